//! What the browser knows about a language: `Intl`.

use std::cell::OnceCell;

use js_sys::{Array, Date, Function, Intl, JsString, Object};
use wasm_bindgen::{JsCast, JsValue};

use super::Locale;
use super::shape::Plural;
use cercle_domain::id::Millis;

thread_local! {
    // Nothing of an instance: each language's formats are made once for the page, because making one takes far longer
    // than using it.
    static FORMATS: [OnceCell<Formats>; Locale::ALL.len()] = const { [const { OnceCell::new() }; Locale::ALL.len()] };
}

/// Asks the browser's formats for a language.
pub(super) fn ask<T>(locale: Locale, question: impl FnOnce(&Formats) -> T) -> T {
    FORMATS.with(|formats| question(formats[locale as usize].get_or_init(|| Formats::of(locale))))
}

/// The browser's formats for one language. Those that few screens need are made anew each time.
#[derive(Debug)]
pub(super) struct Formats {
    locales: Array,
    number: Function,
}

impl Formats {
    fn of(locale: Locale) -> Self {
        let locales = Array::of1(&JsValue::from_str(locale.tag()));
        Self { number: Intl::NumberFormat::new(&locales, &Object::new()).format(), locales }
    }

    pub(super) fn number(&self, number: usize) -> String {
        let text = self.number.call1(&JsValue::UNDEFINED, &float(number).into());
        text.ok().and_then(|text| text.as_string()).unwrap_or_default()
    }

    pub(super) fn ordinal(&self, number: usize) -> Plural {
        let options = Intl::PluralRulesOptions::new();
        options.set_type(Intl::PluralRulesType::Ordinal);
        named(&Intl::PluralRules::new(&self.locales, &options).select(float(number)))
    }

    pub(super) fn list(&self, items: &[&str]) -> String {
        let items: Array = items.iter().map(|item| JsValue::from_str(item)).collect();
        Intl::ListFormat::new(&self.locales, &Object::new()).format(&items).into()
    }

    /// "yesterday", "3 weeks ago".
    pub(super) fn near(&self, then: Millis, now: Millis) -> String {
        let options = Intl::RelativeTimeFormatOptions::new();
        options.set_numeric(Intl::RelativeTimeFormatNumeric::Auto);
        let (count, unit) = distance(then, now);
        Intl::RelativeTimeFormat::new(&self.locales, &options).format(count, unit).into()
    }

    /// "Thursday, 3 December 2026 at 14:00".
    pub(super) fn date(&self, then: Millis) -> String {
        let options = Intl::DateTimeFormatOptions::new();
        options.set_date_style(Intl::DateTimeStyle::Full);
        options.set_time_style(Intl::DateTimeStyle::Short);
        let format = Intl::DateTimeFormat::new(&self.locales, &options).format();
        let text = format.call1(&JsValue::UNDEFINED, &date(then));
        text.ok().and_then(|text| text.as_string()).unwrap_or_default()
    }
}

/// The moment as HTML's `datetime` wants it.
pub(super) fn iso(then: Millis) -> String {
    date(then).unchecked_ref::<Date>().to_iso_string().into()
}

fn date(then: Millis) -> JsValue {
    // A clock beyond what a date can say is shown as its last moment.
    let last = 8_640_000_000_000_000_u64;
    #[expect(clippy::cast_precision_loss, reason = "below 2^53")]
    Date::new(&JsValue::from_f64(then.0.min(last) as f64)).into()
}

/// How long ago `then` was at `now`, in the largest unit that fits.
fn distance(then: Millis, now: Millis) -> (f64, &'static str) {
    let days = now.since(then) / Millis::DAY;
    let (count, unit) = match days {
        0 => return hours(now.since(then)),
        1..=13 => (days, "day"),
        14..=59 => (days / 7, "week"),
        60..=729 => (days / 30, "month"),
        _ => (days / 365, "year"),
    };
    (-f64::from(u32::try_from(count).unwrap_or(u32::MAX)), unit)
}

fn hours(millis: u64) -> (f64, &'static str) {
    let minutes = u32::try_from(millis / 60_000).unwrap_or(0);
    match minutes {
        0..=59 => (-f64::from(minutes), "minute"),
        _ => (-f64::from(minutes / 60), "hour"),
    }
}

fn named(plural: &JsString) -> Plural {
    plural.as_string().map_or(Plural::Other, |name| Plural::named(&name))
}

fn float(number: usize) -> f64 {
    u32::try_from(number).unwrap_or(u32::MAX).into()
}
