//! Rust code as a flat list of words and signs, each on its line; comments and docs are gone.
//!
//! A rule that looks at these cannot be fooled by a sentence that merely mentions what it forbids.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub(super) line: usize,
    pub(super) kind: Kind,
    pub(super) text: String,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kind {
    /// An identifier or a keyword.
    Word,
    /// A string, a character or a number, as it stands in the source.
    Literal,
    /// `::` and brackets are one sign each, any other punctuation is one sign a character.
    Sign,
}

impl Token {
    pub(super) fn is(&self, text: &str) -> bool {
        self.kind != Kind::Literal && self.text == text
    }
}

/// The tokens of a file. One that is no Rust has none: that is the compiler's to complain about.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    flatten(text.parse().unwrap_or_default(), &mut tokens);
    tokens
}

/// Whether these texts stand there one after the other.
pub(super) fn follows(tokens: &[Token], texts: &[&str]) -> bool {
    tokens.len() >= texts.len() && tokens.iter().zip(texts).all(|(token, text)| token.is(text))
}

fn flatten(stream: TokenStream, into: &mut Vec<Token>) {
    for tree in stream {
        let line = tree.span().start().line;
        let mut push = |kind, text: String| into.push(Token { line, kind, text });
        match tree {
            TokenTree::Ident(word) => push(Kind::Word, word.to_string()),
            TokenTree::Literal(literal) => push(Kind::Literal, literal.to_string()),
            TokenTree::Punct(sign) if sign.as_char() == ':' => colon(sign.spacing(), line, into),
            TokenTree::Punct(sign) => push(Kind::Sign, sign.as_char().to_string()),
            TokenTree::Group(group) => {
                let (open, close) = brackets(group.delimiter());
                let end = group.span_close().start().line;
                push(Kind::Sign, open.to_owned());
                let inside = into.len();
                flatten(group.stream(), into);
                if follows(&into[inside..], &["doc", "="]) {
                    drop_attribute(inside, into);
                } else {
                    into.push(Token { line: end, kind: Kind::Sign, text: close.to_owned() });
                }
            }
        }
    }
}

/// Two colons of which the first touches the second become one `::`.
fn colon(spacing: Spacing, line: usize, into: &mut Vec<Token>) {
    let sign = |text: &str| Token { line, kind: Kind::Sign, text: text.to_owned() };
    match into.last_mut() {
        Some(last) if last.is(":+") => "::".clone_into(&mut last.text),
        // `:+` stands only until the colon that it touches arrives.
        _ if spacing == Spacing::Joint => into.push(sign(":+")),
        _ => into.push(sign(":")),
    }
}

/// The lexer hands us a doc comment as `#[doc = "…"]`; it goes, with the `#` or `#!` before it.
fn drop_attribute(inside: usize, into: &mut Vec<Token>) {
    into.truncate(inside - 1);
    into.pop_if(|token| token.is("!"));
    into.pop_if(|token| token.is("#"));
}

fn brackets(delimiter: Delimiter) -> (&'static str, &'static str) {
    match delimiter {
        Delimiter::Parenthesis => ("(", ")"),
        Delimiter::Brace => ("{", "}"),
        Delimiter::Bracket => ("[", "]"),
        Delimiter::None => ("", ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(code: &str) -> String {
        tokens(code).into_iter().map(|token| token.text).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn comments_and_docs_of_every_kind_are_gone() {
        let code = "//! About `leptos`.\n/// Not async.\n/* sleep(1) */ fn vote() {} // #[allow(x)]";
        assert_eq!(texts(code), "fn vote ( ) { }");
    }

    #[test]
    fn a_string_is_one_token_and_no_word() {
        let tokens = tokens(r##"let sql = r#"SELECT "id" // all"#;"##);
        assert_eq!(
            (tokens[3].kind, tokens[3].text.as_str()),
            (Kind::Literal, r##"r#"SELECT "id" // all"#"##)
        );
        assert!(!tokens.iter().any(|token| token.is("SELECT")));
    }

    #[test]
    fn a_double_colon_is_one_sign_and_a_single_one_another() {
        assert_eq!(texts("let x: a::B = C::D"), "let x : a :: B = C :: D");
    }

    #[test]
    fn a_token_knows_its_line() {
        let lines: Vec<_> = tokens("fn one() {\n}\nfn two() {}").iter().map(|token| token.line).collect();
        assert_eq!(lines, [1, 1, 1, 1, 1, 2, 3, 3, 3, 3, 3, 3]);
    }
}
