define([], function () {
  return {
    Description: 'The board and the sign-up of a community, kept by your Cercle backend.',
    CommunityGroup: 'Community',
    Backend: 'Address of the backend',
    BackendHint: 'For example https://cercle.example.org',
    BackendProblem: 'The address of the backend begins with https:// and names a server, such as https://cercle.example.org; http:// is for localhost only.',
    Community: 'Id of the community',
    CommunityHint: 'For example software-craft',
    CommunityProblem: 'The id of a community has lower-case letters without accents, digits and hyphens only, at most 64.',
    LookGroup: 'On this page',
    View: 'What is shown',
    ViewCommunity: 'Board and sign-up, with tabs',
    ViewBoard: 'The board',
    ViewSignup: 'The sign-up',
    Language: 'Language',
    LanguageAuto: 'The language of the page',
    TokenGroup: 'Sign-in',
    Resource: 'Application ID URI (optional)',
    ResourceHint: 'Only for a backend that wants tokens of Microsoft Entra, for example api://cercle',
    ResourceProblem: 'An application ID URI begins with api:// or https:// and has no spaces, such as api://cercle.',
    Missing: 'Edit this page, open the property pane of this web part, and enter the address of the backend and the id of the community.',
  };
});
