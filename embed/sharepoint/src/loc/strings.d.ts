// The sentences of the property pane, one file a language.

declare interface ICercleStrings {
  Description: string;
  CommunityGroup: string;
  Backend: string;
  BackendHint: string;
  BackendProblem: string;
  Community: string;
  CommunityHint: string;
  CommunityProblem: string;
  LookGroup: string;
  View: string;
  ViewCommunity: string;
  ViewBoard: string;
  ViewSignup: string;
  Language: string;
  LanguageAuto: string;
  TokenGroup: string;
  Resource: string;
  ResourceHint: string;
  ResourceProblem: string;
  Missing: string;
}

declare module 'CercleStrings' {
  const strings: ICercleStrings;
  export = strings;
}
