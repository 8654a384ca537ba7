//! The shapes a sentence can have: plain (`&str`), with holes ([`Phrase`]), counting something ([`Counted`]).
//!
//! Data rather than `format!`: one function fills every hole there is, so that a sentence costs its letters alone.

/// A sentence with `HOLES` holes, ten at most, written `{0}`, `{1}`… in whatever order its language likes.
#[derive(Debug, Clone, Copy)]
pub struct Phrase<const HOLES: usize>(pub &'static str);

impl<const HOLES: usize> Phrase<HOLES> {
    /// The sentence with its holes filled.
    #[must_use]
    pub fn with(self, fillings: [&str; HOLES]) -> String {
        fill(self.0, &fillings)
    }
}

/// A sentence that counts something, by the plural it takes; `{0}` is the number.
#[derive(Clone, Copy)]
pub struct Counted(pub fn(Plural) -> &'static str);

impl Counted {
    /// The sentence for a number that was written out and that takes this plural.
    #[must_use]
    pub fn with(self, plural: Plural, number: &str) -> String {
        fill((self.0)(plural), &[number])
    }
}

/// The plurals of all languages; each language knows some of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of CLDR and of `Intl.PluralRules`")]
pub enum Plural {
    Zero,
    One,
    Two,
    Few,
    Many,
    Other,
}

impl Plural {
    /// The plural with this name in `Intl`.
    #[must_use]
    pub fn named(name: &str) -> Self {
        match name {
            "zero" => Self::Zero,
            "one" => Self::One,
            "two" => Self::Two,
            "few" => Self::Few,
            "many" => Self::Many,
            _ => Self::Other,
        }
    }
}

/// Puts each filling where its number stands.
#[must_use]
pub fn fill(sentence: &str, fillings: &[&str]) -> String {
    let mut filled = String::with_capacity(sentence.len() + 16);
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let (hole, after) = after.split_once('}').unwrap_or((after, ""));
        let filling =
            hole.bytes().next().and_then(|digit| fillings.get(usize::from(digit.wrapping_sub(b'0'))));
        filled.push_str(filling.copied().unwrap_or_default());
        rest = after;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_are_filled_in_whatever_order_the_sentence_likes() {
        assert_eq!(Phrase("{1}, {0}!").with(["a", "b"]), "b, a!");
        assert_eq!(Phrase("{0}").with(["{1}"]), "{1}");
    }

    #[test]
    fn what_has_no_filling_stays_empty_and_nothing_panics() {
        assert_eq!(fill("a{7}b{x}c{", &[]), "abc");
    }
}
