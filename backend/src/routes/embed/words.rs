//! What the page says by itself, in the reader's language.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;

/// All that the page says in one language.
pub(super) struct Words {
    pub(super) lang: &'static str,
    /// What stands there while no script of ours has run; the style sheet shows it after a while. `WebKit` takes a frame in
    /// a sandbox without its origin for nobody's, and our policy with it.
    pub(super) not_started: &'static str,
    /// What stands below the widget in a page of another site.
    pub(super) apart: &'static str,
}

const EN: Words = Words {
    lang: "en",
    not_started: "Cercle could not start here. If this frame has a sandbox attribute, it needs allow-scripts and allow-same-origin.",
    apart: "This frame stands in a page of another site, so your browser keeps it apart: votes and sign-ups from here do not join those you make elsewhere.",
};

const FR: Words = Words {
    lang: "fr",
    not_started: "Cercle n’a pas pu démarrer ici. Si ce cadre a un attribut sandbox, il lui faut allow-scripts et allow-same-origin.",
    apart: "Ce cadre est dans une page d’un autre site, et votre navigateur le garde à part : vos votes et inscriptions d’ici ne rejoignent pas ceux d’ailleurs.",
};

/// The words for this language, or else for the one that the browser asks for first.
pub(super) fn words(lang: Option<&str>, asked: &HeaderMap) -> &'static Words {
    let first = || asked.get(ACCEPT_LANGUAGE)?.to_str().ok();
    if lang.or_else(first).is_some_and(|lang| lang.starts_with("fr")) { &FR } else { &EN }
}
