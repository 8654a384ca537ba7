// Every sentence of the macro's that is not the widget's own, in the language that Confluence says the reader reads.

const WORDS = {
  en: {
    unconfigured: 'This macro does not know yet which circle to show: edit the page, select the macro, and name the circle in its settings.',
    elsewhere: 'This page works only where Confluence shows it, as a macro.',
    broken: 'The circle could not be shown here. Reload the page; if it stays like this, tell whoever looks after Confluence.',
    settings: 'Which circle the macro shows',
    community: 'Circle',
    hint: 'Its id, for example “atelier”, or the link to its page.',
    bad: 'The id of a circle has lower-case letters, digits and hyphens, at most 64 of them.',
    view: 'What it shows',
    views: { community: 'The board and the sign-up', board: 'The board alone', signup: 'The sign-up alone' },
    language: 'Language',
    languages: { reader: 'The one that the reader chose in Confluence', fr: 'Français', en: 'English' },
    save: 'Save',
    cancel: 'Cancel',
    unsaved: 'Confluence did not take these settings. Nothing is lost: try again.',
  },
  fr: {
    unconfigured: 'Cette macro ne sait pas encore quel cercle montrer : modifiez la page, sélectionnez la macro et nommez le cercle dans ses réglages.',
    elsewhere: 'Cette page ne fonctionne que là où Confluence la montre, comme macro.',
    broken: 'Le cercle n’a pas pu être montré ici. Rechargez la page ; si rien ne change, dites-le aux responsables de Confluence.',
    settings: 'Le cercle que montre la macro',
    community: 'Cercle',
    hint: 'Son identifiant, par exemple « atelier », ou le lien qui mène à sa page.',
    bad: 'L’identifiant d’un cercle prend des minuscules, des chiffres et des traits d’union, 64 au plus.',
    view: 'Ce qu’elle montre',
    views: { community: 'Le tableau et l’inscription', board: 'Le tableau seul', signup: 'L’inscription seule' },
    language: 'Langue',
    languages: { reader: 'Celle que chacun a choisie dans Confluence', fr: 'Français', en: 'English' },
    save: 'Enregistrer',
    cancel: 'Annuler',
    unsaved: 'Confluence n’a pas pris ces réglages. Rien n’est perdu : réessayez.',
  },
};

/** The sentences for the first of these languages that has some. */
export function words(...languages) {
  const spoken = languages.filter(Boolean).map((tag) => tag.split(/[-_]/)[0].toLowerCase());
  return WORDS[spoken.find((tag) => Object.hasOwn(WORDS, tag)) ?? 'en'];
}
