//! Topics that say nearly the same, found while somebody types a new one.
//!
//! Words are folded (case, accents), the ones that carry no meaning in French and English are dropped, the rest is
//! cut into trigrams, and titles are compared by the share of the shorter one's trigrams that the other has. That
//! forgives plurals, endings and typing mistakes in both languages, and weighs nothing.

/// How alike two texts must be to be offered as similar.
pub const ALIKE: f32 = 0.5;

/// Words that carry no meaning of their own, folded, in French and English.
const SMALL_WORDS: &str = " a about aux avec ce ces comment dans de des du en est et etre faire for how in is it la \
     le les leur leurs mes mieux mon ne nos not notre nous of on or ou our par pas plus pour quand que qui quoi sa \
     sans se ses si son sur the their to tous tout trop un une vos votre vous we what when with without you your ";

/// Lower case without accents; whatever is neither a letter nor a digit becomes one space.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars().map(lower) {
        match letter {
            'à' | 'á' | 'â' | 'ä' | 'ã' | 'å' => folded.push('a'),
            'ç' => folded.push('c'),
            'è' | 'é' | 'ê' | 'ë' => folded.push('e'),
            'ì' | 'í' | 'î' | 'ï' => folded.push('i'),
            'ñ' => folded.push('n'),
            'ò' | 'ó' | 'ô' | 'ö' | 'õ' => folded.push('o'),
            'ù' | 'ú' | 'û' | 'ü' => folded.push('u'),
            'ÿ' | 'ý' => folded.push('y'),
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            // Combining accents follow their letter in decomposed text.
            '\u{300}'..='\u{36f}' => {}
            letter if is_letter(letter) || letter == '+' || letter == '#' => folded.push(letter),
            _ if folded.ends_with(' ') => {}
            _ => folded.push(' '),
        }
    }
    folded.trim().to_owned()
}

/// A letter in lower case: Latin, Greek and Cyrillic as Unicode has it, others as they are. What Rust knows of all other
/// alphabets weighs more in a widget than the rules of a community.
#[must_use]
pub fn lower(letter: char) -> char {
    let code = u32::from(letter);
    let lower = match letter {
        'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' | 'Α'..='Ρ' | 'Σ'..='Ϋ' | 'А'..='Я' => code + 32,
        'Ѐ'..='Џ' => code + 80,
        'Έ'..='Ί' => code + 37,
        'Ύ' | 'Ώ' => code + 63,
        'Ά' => return 'ά',
        'Ό' => return 'ό',
        'Ÿ' => return 'ÿ',
        // With a dot that goes the way of all accents.
        'İ' => return 'i',
        // Here capitals and small letters take turns.
        'Ā'..='ķ' | 'Ŋ'..='ŷ' | 'Ѡ'..='ҁ' | 'Ҋ'..='ҿ' | 'Ӑ'..='ԯ' | 'Ḁ'..='ẕ' | 'Ạ'..='ỿ' => {
            code | 1
        }
        'Ĺ'..='ň' | 'Ź'..='ž' => code + code % 2,
        _ => code,
    };
    char::from_u32(lower).unwrap_or(letter)
}

/// Whether this is a letter or a digit: beyond ASCII whatever does not lie among signs and pictures.
fn is_letter(letter: char) -> bool {
    match letter {
        '\0'..='\x7f' => letter.is_ascii_alphanumeric(),
        'ª' | '²' | '³' | 'µ' | '¹' | 'º' | '¼'..='¾' => true,
        '\u{80}'..='¿'
        | '×'
        | '÷'
        | '\u{2000}'..='\u{2bff}'
        | '\u{2e00}'..='\u{2e7f}'
        | '\u{3000}'..='\u{3004}'
        | '\u{3008}'..='\u{3020}'
        | '\u{e000}'..='\u{f8ff}'
        | '\u{fe00}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ff0f}'
        | '\u{1f000}'..='\u{1faff}' => false,
        _ => true,
    }
}

/// The trigrams of a text's words that carry meaning, sorted, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gist(Vec<[char; 3]>);

impl Gist {
    /// The gist of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let folded = fold(text);
        let mut trigrams = Vec::new();
        for word in folded.split(' ') {
            let padded = format!(" {word:.24} ");
            if word.chars().nth(1).is_some() && !SMALL_WORDS.contains(&padded) {
                // The space before and after a word makes its beginning and end count.
                let letters: Vec<char> = padded.chars().collect();
                trigrams.extend(letters.windows(3).map(|window| [window[0], window[1], window[2]]));
            }
        }
        trigrams.sort_unstable();
        trigrams.dedup();
        Self(trigrams)
    }

    /// How alike two texts are, between 0 and 1.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a set of trigrams of one title is small")]
    pub fn likeness(&self, other: &Self) -> f32 {
        let shared = self.0.iter().filter(|trigram| other.0.binary_search(trigram).is_ok()).count();
        let shorter = self.0.len().min(other.0.len());
        if shared < 2 || shorter == 0 {
            return 0.0;
        }
        shared as f32 / shorter as f32
    }

    /// Whether two texts are worth showing side by side.
    #[must_use]
    pub fn is_like(&self, other: &Self) -> bool {
        self.likeness(other) >= ALIKE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(a: &str, b: &str) -> bool {
        Gist::of(a).is_like(&Gist::of(b))
    }

    #[test]
    fn accents_case_plurals_and_small_words_do_not_hide_a_twin() {
        assert!(alike("Revues de code", "Comment mieux faire la revue du code ?"));
        assert!(alike("DÉPLOIEMENTS TROP LENTS", "le deploiement est lent"));
        assert!(alike("Tests flaky in CI", "Our CI tests are flaky"));
        assert!(alike("Onboarding des nouveaux", "accueil et onboarding des nouvelles personnes"));
    }

    #[test]
    fn different_topics_are_not_offered() {
        assert!(!alike("Revues de code", "Dette technique"));
        assert!(!alike("Pair programming", "Observabilité en production"));
        assert!(!alike("de la pour", "sur les des"));
        assert!(!alike("", "Dette technique"));
    }

    #[test]
    fn capitals_are_lowered_as_unicode_has_it() {
        let (latin, greek) = (('\0'..='ſ').chain('Ḁ'..='ẕ').chain('Ạ'..='ỿ'), 'Ά'..='ώ');
        let cyrillic = ('Ѐ'..='ҿ').chain('Ӑ'..='ԯ');
        for letter in latin.chain(greek).chain(cyrillic) {
            assert_eq!(Some(lower(letter)), letter.to_lowercase().next(), "{letter}");
        }
    }

    #[test]
    fn signs_and_pictures_are_no_letters() {
        for letter in '\0'..='ʯ' {
            assert_eq!(is_letter(letter), letter.is_alphanumeric(), "{letter}");
        }
        assert_eq!(fold("«\u{a0}C’est l’été…\u{a0}» – 50\u{202f}€ 🙂 日本語、Ж"), "c est l ete 50 日本語 ж");
    }

    #[test]
    fn decomposed_accents_fold_like_composed_ones() {
        assert_eq!(fold("E\u{301}TÉ, l’œuvre\u{a0}!"), "ete l oeuvre");
    }
}
