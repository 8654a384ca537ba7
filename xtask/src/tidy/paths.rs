//! Every path that a piece of Rust code names, groups written out: `use a::{b, c::D}` names `a::b` and `a::c::D`.

use super::tokens::{Kind, Token, follows};

#[derive(Debug, PartialEq)]
pub(super) struct Path {
    pub(super) line: usize,
    /// Segments joined by `::`. A keyword or the name of a method is a path of one segment.
    pub(super) text: String,
}

impl Path {
    /// Whether this is the thing itself or something inside it: `std::fs::File` is within `std::fs`.
    pub(super) fn is_within(&self, outer: &str) -> bool {
        self.text.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
    }
}

pub(super) fn paths(tokens: &[Token]) -> Vec<Path> {
    let mut paths = Vec::new();
    let mut rest = tokens;
    while let Some(first) = rest.first() {
        rest = if follows(rest, &["pub", "(", "in"]) {
            // Who may see a thing is not something that it uses.
            let end = rest.iter().position(|token| token.is(")")).unwrap_or(rest.len());
            &rest[end..]
        } else if first.kind == Kind::Word {
            tree(rest, "", &mut paths)
        } else {
            &rest[1..]
        };
    }
    paths
}

/// Reads one path with its groups, and gives what follows it.
fn tree<'tokens>(tokens: &'tokens [Token], prefix: &str, paths: &mut Vec<Path>) -> &'tokens [Token] {
    let mut text = prefix.to_owned();
    let mut rest = tokens;
    let mut line = 0;
    while let Some((token, after)) = rest.split_first() {
        match token.kind {
            Kind::Word if token.is("self") && !prefix.is_empty() => {}
            Kind::Word => join(&mut text, &token.text),
            Kind::Sign if token.is("*") && !text.is_empty() => join(&mut text, "*"),
            Kind::Sign if token.is("{") => return group(after, &text, paths),
            _ => break,
        }
        line = token.line;
        rest = after;
        match rest.split_first() {
            Some((colons, after)) if colons.is("::") => rest = after,
            _ => break,
        }
    }
    paths.push(Path { line, text });
    rest
}

/// Reads what stands between the braces of a group; `as` and the name it gives are of no interest.
fn group<'tokens>(tokens: &'tokens [Token], prefix: &str, paths: &mut Vec<Path>) -> &'tokens [Token] {
    let mut rest = tokens;
    while let Some((token, after)) = rest.split_first() {
        rest = match token.text.as_str() {
            "}" => return after,
            "," => after,
            "as" => after.get(1..).unwrap_or_default(),
            _ => match tree(rest, prefix, paths) {
                unmoved if unmoved.len() == rest.len() => after,
                moved => moved,
            },
        };
    }
    rest
}

fn join(path: &mut String, segment: &str) {
    if !path.is_empty() {
        *path += "::";
    }
    *path += segment;
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokens;
    use super::*;

    fn named(code: &str) -> Vec<String> {
        paths(&tokens(code)).into_iter().map(|path| path.text).collect()
    }

    #[test]
    fn groups_are_written_out_however_deep() {
        assert_eq!(
            named("use crate::{app::{self, Intent as Wish}, text::*, view};"),
            ["use", "crate::app", "crate::app::Intent", "crate::text::*", "crate::view"],
        );
    }

    #[test]
    fn a_path_inside_an_expression_or_a_type_is_named_too() {
        assert_eq!(
            named("let at: Option<web_sys::Event> = crate::runtime::now::<u8>(3).max(one);"),
            ["let", "at", "Option", "web_sys::Event", "crate::runtime::now", "u8", "max", "one"],
        );
    }

    #[test]
    fn who_may_see_a_thing_is_not_named() {
        assert_eq!(
            named("pub(in crate::view) struct Card { pub(super) id: Id }"),
            ["struct", "Card", "pub", "super", "id", "Id"]
        );
    }

    #[test]
    fn a_body_is_no_group() {
        assert_eq!(named("impl Clock { async fn now() {} }"), ["impl", "Clock", "async", "fn", "now"]);
    }

    #[test]
    fn within_means_the_thing_or_inside_it_and_not_a_longer_name() {
        let path = |text: &str| Path { line: 1, text: text.to_owned() };
        assert!(path("std::fs").is_within("std::fs"));
        assert!(path("std::fs::File").is_within("std::fs"));
        assert!(!path("std::fs_extra").is_within("std::fs"));
    }
}
