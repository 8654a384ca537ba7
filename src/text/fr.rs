//! French, with *vous*. The spaces before tall punctuation and inside quotation marks are no-break spaces (U+00A0);
//! a test holds them there.

use cercle_domain::Rejection;
use cercle_domain::member::Size;
use cercle_domain::topic::Stage;

use super::sentences::{Later, Text};
use super::shape::{Counted, Phrase, Plural};
use crate::app::effect::Trouble;
use crate::app::screen::{Mark, Saying};

const UNREACHABLE: &str =
    "Le serveur est hors de portée. Ce que vous faites attend ici et partira dès qu’il répondra.";
const VOTED: &str = "Votre vote est placé.";
const VOTE_WITHDRAWN: &str = "Votre vote est de nouveau à vous.";

pub(super) static TEXT: Text = Text {
    direction: "ltr",
    unnamed: "Notre cercle",
    actions: Phrase("Actions : {0}"),
    stage,
    mark,
    votes: Counted(|n| one(n, "{0} vote", "{0} votes")),
    votes_word: Counted(|n| one(n, "vote", "votes")),

    propose: "Proposer un sujet",
    votes_left: Counted(|n| one(n, "{0} vote restant", "{0} votes restants")),
    votes_placed: "Tous vos votes sont placés",
    other_actions: "Autres actions",
    my_commitments: "Mes engagements",
    board: "Tableau",
    join_tab: "Rejoindre",

    find: "Trouver un sujet",
    search: "Chercher",
    stage_label: "Étape",
    all_stages: "Étapes",
    skill_label: "Compétence",
    all_skills: "Compétences",
    mine: "Les miens",
    ranking: "Classement",
    ranking_waits: "Le classement se montre dès votre premier vote, pour que chacun regarde d’un œil neuf.",
    topics_word: Counted(|n| one(n, "sujet", "sujets")),
    news: Counted(|n| one(n, "{0} nouveauté", "{0} nouveautés")),
    empty,
    welcome: "Tout commence par un petit caillou dans la chaussure.",
    welcome_example: "« Relire une demande de fusion de 2 000 lignes me prend la journée. »",
    question: "Qu’est-ce qui vous freine, ou que voudriez-vous essayer ?",
    propose_first: "Proposer le premier sujet",

    vote_for: Phrase("Voter : {0}, {1}"),
    tally_hidden: "décompte caché jusqu’à votre vote",
    skills_wanted: "Compétences recherchées",
    volunteers: Counted(|n| one(n, "{0} volontaire", "{0} volontaires")),
    wants_host: "cherche quelqu’un pour animer",
    move_title: "Déplacer vers",
    why_short: Phrase("{0} sur {1}"),
    why_short_people: Counted(|n| one(n, "{0} personne", "{0} personnes")),
    why_short_early: "Trop tôt pour le dire",
    why_place: Counted(|n| one(n, "{0}er", "{0}e")),

    waiting: Counted(|n| {
        one(
            n,
            "Hors ligne. {0} changement est gardé sur cet appareil.",
            "Hors ligne. {0} changements sont gardés sur cet appareil.",
        )
    }),
    unreachable: UNREACHABLE,
    try_again: "Réessayer",
    voted: VOTED,
    vote_withdrawn: VOTE_WITHDRAWN,

    later: || &LATER,
};

static LATER: Later = Later {
    close: "Fermer",
    cancel: "Annuler",
    save: "Enregistrer",
    edit: "Modifier",
    optional: "facultatif",
    add: "Ajouter…",
    remove: Phrase("Retirer {0}"),
    size,
    size_means,
    size_of,

    nothing: "Aucun sujet ne correspond.",
    show_all: "Tout montrer",

    export_all: "Exporter",
    export_mine: "Exporter mes données",
    import: "Importer",
    facilitate: "Animer",
    settings: "Réglages",

    follow: "Suivre",
    unfollow: "Ne plus suivre",
    move_to: "Déplacer vers…",
    merge_with: "Fusionner avec…",

    proposed: "proposé",
    proposed_by: Phrase("proposé par {0}"),
    vote: "Voter",
    vote_here: Phrase("Voter, {0}"),
    why_here: "Pourquoi ici",
    why: Phrase("{0} sur {1} : {2} sur {3}."),
    why_people: Counted(|n| one(n, "{0} personne qui a vu ce sujet", "{0} personnes qui ont vu ce sujet")),
    why_early: Counted(|n| {
        one(
            n,
            "Trop tôt pour le dire : {0} personne a vu ce sujet.",
            "Trop tôt pour le dire : {0} personnes ont vu ce sujet.",
        )
    }),
    who_can_help: "Qui peut aider",
    could_help: "Des membres qui s’y connaissent",
    lend_a_hand: "Donner un coup de main",
    step_back: "Me retirer",
    join_to_help: "Rejoindre le cercle pour donner un coup de main",
    brings_together: "Ce sujet parle aussi pour",
    unmerge: "Séparer",
    unmerge_this: Phrase("Séparer « {0} »"),
    merged_into: Phrase("Ce sujet fait maintenant partie de « {0} »."),
    edit_title: "Modifier le sujet",
    title: "Titre",
    text: "Texte",
    conflict: "Quelqu’un a modifié ce sujet entre-temps.",
    conflict_kept: "Votre texte est gardé ci-dessus. Voici l’autre :",
    keep_mine: "Garder mon texte",
    take_theirs: "Prendre l’autre",

    question_hint: "Une phrase suffit. Les détails viennent après.",
    similar: "Déjà proposé ?",
    similar_found: Counted(|n| one(n, "{0} sujet semblable", "{0} sujets semblables")),
    its_mine: "C’est le mien : voter",
    its_mine_for: Phrase("C’est le mien : voter pour « {0} »"),
    have_voted: "vous avez voté",
    a_little_more: "Un peu plus",
    skills_helpful: "Compétences qui aideraient",
    on_the_board: "Déjà sur le tableau",
    can_host: "Je peux animer",
    go_on: "Continuer",
    propose_it: "Proposer",

    join_title: "Rejoindre le cercle",
    profile_title: "Vous dans le cercle",
    name: "Comment vous appeler ?",
    name_hint: "Un prénom ou un pseudonyme. Il figure à côté de ce que vous proposez et offrez, visible de tous ici.",
    give: "Ce que vous pouvez donner en ce moment",
    offers: "Ce que vous savez et partageriez",
    offers_sought: "Recherché sur le tableau",
    wants: "Ce que vous aimeriez apprendre",
    wants_offered: "Proposé par les membres",
    join: "Rejoindre le cercle",
    joined: "Vous êtes du cercle.",
    joined_free: "Vous pouvez vous retirer d’un clic, sans explication.",
    where_to_help: "Là où vous pourriez aider",
    looks_for: Phrase("cherche {0}"),
    no_commitments: "Aucun engagement, et c’est très bien ainsi.",
    still_asked: "Toujours d’actualité ?",
    still_up: "Ça tient toujours",
    pass: "Je passe mon tour",
    you_here: "Vous dans le cercle",
    you_share: Phrase("partage {0}"),
    you_learn: Phrase("aimerait apprendre {0}"),
    leave: "Quitter le cercle",
    erase: "M’effacer",
    erase_says: "Votre nom, vos compétences, vos engagements et vos votes en cours disparaissent pour de bon. Ce qui est décidé garde ses décomptes, et vos sujets restent, sans votre nom.",
    stay: "Rester",
    erase_me: "M’effacer",

    facilitate_title: "Animer ce cercle",
    facilitate_says: "Le serveur a affiché un code à l’ouverture de ce cercle. Il sert une fois.",
    code: "Code",
    facilitate_do: "Animer",
    settings_title: "Réglages du cercle",
    community_name: "Nom",
    community_purpose: "Pour qui et pourquoi",
    vote_cap: "Votes par personne",
    no_cap: "Votes sans limite",
    hide_tallies: "Cacher les décomptes jusqu’au vote",
    cadence: "Redemander « toujours d’actualité ? » au bout de ce nombre de jours",
    merge_title: Phrase("Fusionner « {0} » avec…"),
    merge_here: "Fusionner ici",
    merge_into: Phrase("Fusionner ici, avec « {0} »"),
    import_title: "Importer un cercle",
    import_says: "Le cercle de ce fichier prend la place de celui que garde ce navigateur. Exportez d’abord l’actuel si vous voulez le garder.",
    import_mine: "C’est moi qui l’ai exporté",
    import_do: "Remplacer",

    held: Counted(|n| {
        one(
            n,
            "Le serveur est revenu à un état plus ancien. {0} de vos changements attend sur cet appareil que d’autres rapportent son sujet.",
            "Le serveur est revenu à un état plus ancien. {0} de vos changements attendent sur cet appareil que d’autres rapportent leurs sujets.",
        )
    }),
    refusal,
    refused_about: Phrase("À propos de « {0} » :"),
    text_kept: "Votre texte est gardé.",
    take_up: "Reprendre le texte",
    let_go: "Laisser",

    trouble,
    said,

    bad_community: "Cette page ne nomme aucun cercle que Cercle puisse lire : l’attribut « community » prend des minuscules, des chiffres et des traits d’union.",
    broken: "Cette partie de la page n’a pas pu démarrer. Rechargez la page : ce que vous y avez fait est gardé sur cet appareil.",
};

/// French counts 0 and 1 alike, and has a plural of its own for millions that our sentences need not know.
fn one(plural: Plural, one: &'static str, other: &'static str) -> &'static str {
    if plural == Plural::One { one } else { other }
}

fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Proposed => "Proposé",
        Stage::Backlog => "Backlog",
        Stage::Scheduled => "Planifié",
        Stage::Active => "En cours",
        Stage::Adopted => "Adopté",
        Stage::Parked => "Mis de côté",
    }
}

fn empty(stage: Stage) -> &'static str {
    match stage {
        Stage::Proposed => "Rien de proposé pour le moment.",
        Stage::Backlog => "Rien dans le backlog pour le moment.",
        Stage::Scheduled => "Rien de planifié pour le moment.",
        Stage::Active => "Rien en cours pour le moment.",
        Stage::Adopted => "Ce qui aura fait ses preuves viendra ici.",
        Stage::Parked => "Rien de mis de côté.",
    }
}

fn size(size: Size) -> &'static str {
    match size {
        Size::Listening => "Juste écouter",
        Size::Quarter => "15 minutes ici ou là",
        Size::Session => "Une séance",
        Size::Host => "Je peux animer",
    }
}

fn size_means(size: Size) -> &'static str {
    match size {
        Size::Listening => "Suivre de loin, venir quand c’est possible.",
        Size::Quarter => "Relire, répondre, essayer une petite chose.",
        Size::Session => "Venir une fois et y participer.",
        Size::Host => "Préparer une séance et donner la parole.",
    }
}

fn size_of(size: Size) -> &'static str {
    match size {
        Size::Listening => "à l’écoute",
        Size::Quarter => "15 minutes",
        Size::Session => "une séance",
        Size::Host => "peut animer",
    }
}

fn mark(mark: Mark) -> &'static str {
    match mark {
        Mark::Pending => "en attente",
        Mark::Kept => "sur cet appareil",
        Mark::Saved => "enregistré",
    }
}

fn trouble(trouble: Trouble) -> &'static str {
    match trouble {
        Trouble::MemoryOnly => {
            "Ce navigateur ne garde pas de données : ce que vous faites ici dure jusqu’à la fermeture de la page."
        }
        Trouble::Unreadable => {
            "Une partie de ce que cet appareil avait gardé n’a pas pu être lue. Elle est mise à l’abri, intacte ; le reste est là."
        }
        Trouble::Lost => {
            "Le navigateur a perdu ce que cet appareil gardait. Ce qui n’était que là n’existe plus."
        }
        Trouble::Unreachable => UNREACHABLE,
        Trouble::BadAnswer => {
            "Le serveur répond d’une façon que Cercle ne comprend pas. Ce que vous faites attend ici."
        }
        Trouble::Unauthorized => {
            "Le serveur aimerait savoir qui vous êtes. Ce que vous faites attend ici ; reconnectez-vous à l’intranet, puis réessayez."
        }
        Trouble::UnknownCommunity => {
            "Le serveur ne connaît pas ce cercle. Ce que vous faites attend ici ; qui s’occupe de cette page peut en vérifier le nom."
        }
        Trouble::ForbiddenOrigin => {
            "Le serveur n’accepte pas l’adresse de cette page. Ce que vous faites attend ici ; qui s’occupe du serveur peut l’ajouter."
        }
        Trouble::BadAddress => {
            "Le serveur que nomme cette page n’est pas une adresse. Ce que vous faites attend ici ; qui s’occupe de cette page peut corriger son attribut « backend »."
        }
        Trouble::Insecure => {
            "Cette page est arrivée en https et l’adresse du serveur est en http : le navigateur les tient à l’écart. Ce que vous faites attend ici ; qui s’occupe de la page peut y mettre une adresse https."
        }
        Trouble::Policy => {
            "La politique de sécurité de cette page n’autorise pas le serveur. Ce que vous faites attend ici ; qui s’occupe du site peut ajouter l’adresse du serveur à son connect-src."
        }
        Trouble::LocalNetwork => {
            "Le navigateur ne laisse pas cette page entrer dans le réseau local, où est le serveur. Ce que vous faites attend ici ; autorisez-le dans les réglages du site, à côté de la barre d’adresse."
        }
        Trouble::WrongCode => {
            "Ce code ne correspond pas. Qui s’occupe du serveur peut en afficher un nouveau."
        }
        Trouble::BadFile => "Ce fichier n’est pas un cercle exporté par Cercle. Rien n’a changé.",
        Trouble::Diverged => {
            "Cet appareil et le serveur ne voyaient pas la même chose ; tout a été relu. Vos propres changements sont gardés."
        }
    }
}

fn refusal(code: Rejection) -> &'static str {
    match code {
        Rejection::Forbidden => "Ceci revient à l’animation du cercle.",
        Rejection::JoinFirst => "Il faut d’abord rejoindre le cercle : un nom suffit.",
        Rejection::UnknownTopic => "Ce sujet n’est plus sur le tableau.",
        Rejection::IdInUse => "Ce sujet est déjà enregistré sous un autre auteur.",
        Rejection::VotesSpent => "Tous vos votes sont placés. Reprenez-en un pour le donner ici.",
        Rejection::VotingClosed => "Ce sujet a avancé : il ne prend plus de votes.",
        Rejection::Conflict => "Quelqu’un a modifié ce sujet entre-temps.",
        Rejection::Merged => "Ce sujet fait maintenant partie d’un autre, qui parle pour lui.",
        Rejection::MergeLoop => "Un sujet ne peut pas fusionner avec lui-même.",
        Rejection::NotMerged => "Ce sujet est déjà seul.",
        Rejection::TitleLength => "Il faut un titre, de {0} caractères au plus.",
        Rejection::TextLength => "Le texte peut avoir jusqu’à {0} caractères.",
        Rejection::NameLength => "Il faut un nom, même inventé, de {0} caractères au plus.",
        Rejection::Skills => "Jusqu’à {0} compétences, de {1} caractères au plus chacune.",
        Rejection::Settings => "Un de ces réglages sort des limites.",
        Rejection::Unsupported => "Le serveur est plus ancien que cette page et ne connaît pas cette action.",
        Rejection::Expired => {
            "Ce changement a attendu trop longtemps sur cet appareil pour que le serveur le prenne."
        }
        Rejection::Refused => "Le serveur n’a pas pu prendre ce changement.",
    }
}

fn said(saying: Saying) -> &'static str {
    match saying {
        Saying::Proposed => "Votre sujet est sur le tableau.",
        Saying::Voted => VOTED,
        Saying::VoteWithdrawn => VOTE_WITHDRAWN,
        Saying::Volunteered => "Votre offre est notée. Merci.",
        Saying::SteppedBack => "C’est fait, vous êtes en retrait. Personne n’en est averti.",
        Saying::Joined => "Vous êtes du cercle.",
        Saying::Left => "Vous avez quitté le cercle.",
        Saying::Edited => "Le sujet est modifié.",
        Saying::Merged => "Les deux sujets n’en font qu’un.",
        Saying::Facilitates => "Vous animez maintenant ce cercle.",
        Saying::Settled => "Les réglages sont enregistrés.",
        Saying::Moved(_) => "Déplacé vers : {0}.",
        Saying::Refused(code) => refusal(code),
        Saying::Trouble(Trouble::Unreachable) => {
            "Le serveur est hors de portée. Votre code est toujours là : réessayez dans un instant."
        }
        Saying::Trouble(what) => trouble(what),
    }
}
