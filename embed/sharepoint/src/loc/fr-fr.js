define([], function () {
  return {
    Description: 'Le tableau et les inscriptions d’une communauté, gardés par votre serveur Cercle.',
    CommunityGroup: 'Communauté',
    Backend: 'Adresse du serveur',
    BackendHint: 'Par exemple https://cercle.example.org',
    BackendProblem: 'L’adresse du serveur commence par https:// et nomme un serveur, comme https://cercle.example.org ; http:// ne vaut que pour localhost.',
    Community: 'Identifiant de la communauté',
    CommunityHint: 'Par exemple artisanat-logiciel',
    CommunityProblem: 'L’identifiant d’une communauté prend des minuscules sans accent, des chiffres et des traits d’union, 64 au plus.',
    LookGroup: 'Sur cette page',
    View: 'Ce qui est affiché',
    ViewCommunity: 'Le tableau et les inscriptions, avec des onglets',
    ViewBoard: 'Le tableau',
    ViewSignup: 'Les inscriptions',
    Language: 'Langue',
    LanguageAuto: 'La langue de la page',
    TokenGroup: 'Connexion',
    Resource: 'URI d’ID d’application (facultatif)',
    ResourceHint: 'Seulement pour un serveur qui demande des jetons Microsoft Entra, par exemple api://cercle',
    ResourceProblem: 'Un URI d’ID d’application commence par api:// ou https:// et n’a pas d’espace, comme api://cercle.',
    Missing: 'Modifiez cette page, ouvrez le volet de propriétés de ce composant, puis saisissez l’adresse du serveur et l’identifiant de la communauté.',
  };
});
