//! Drawings, in strokes of the text's colour.

use leptos::prelude::document;

use super::element::{El, sure};

/// A drawing on a grid of 16.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::view) enum Icon {
    Up,
    Follow,
    Search,
    Close,
    More,
    Plus,
    Move,
    Warning,
}

/// Draws it; ears pass over it.
pub(in crate::view) fn icon(icon: Icon) -> El {
    let (class, path) = match icon {
        Icon::Up => ("icon", "M8 13V3.5M3.5 8 8 3.5 12.5 8"),
        Icon::Follow => ("icon", "M4.5 2.5h7v11L8 10.8l-3.5 2.7z"),
        Icon::Search => ("icon", "M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zm3.3-1.2 3.2 3.2"),
        Icon::Close => ("icon", "M4 4l8 8m0-8-8 8"),
        Icon::More => ("icon dots", "M3.5 8h.01M8 8h.01m4.49 0h.01"),
        Icon::Plus => ("icon", "M8 3v10M3 8h10"),
        Icon::Move => ("icon flip", "M2 8h8M6.5 4.5 10 8l-3.5 3.5M13.5 3v10"),
        Icon::Warning => ("icon", "M8 2.8 14.2 13.2H1.8zM8 6.8v2.7m0 1.7v.01"),
    };
    svg("svg")
        .attr("class", class)
        .attr("viewBox", "0 0 16 16")
        .attr("aria-hidden", "true")
        .child(svg("path").attr("d", path))
}

fn svg(tag: &str) -> El {
    El::of(sure(document().create_element_ns(Some("http://www.w3.org/2000/svg"), tag)))
}
