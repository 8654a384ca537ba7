//! How everything that was written as JSON is read: from one tree, [`Value`], by hand or by a list of fields.
//!
//! serde's derived forms read straight from the text, which is faster and weighs a lot: each type brings code for each
//! way in which it might have been written. Here a type brings little more than the names of its fields, and serde
//! reads one type alone. What is written is left to serde's derived forms, which are small.
//!
//! Nothing says *why* something cannot be read: no program could do anything about it.

mod value;

use serde::de::Error as _;
use serde::{Deserialize as _, Deserializer};

pub use value::{Object, Value};

/// What can be read from JSON.
pub trait Read: Sized {
    /// What the value says; `None` if it is not of this form. Fields that are not known are ignored.
    fn read(value: Value) -> Option<Self>;
}

/// Makes a type [`Read`], and `Deserialize` by way of that.
///
/// - `readable!(Edit { base, text or String::new(), kind as "type" })`: an object with these fields; the text may be
///   missing, and the kind has another name in JSON.
/// - `readable!(Skill(_))`: whatever is within.
/// - `readable!(Stage by Self::named)`: a text that a function understands.
/// - `readable!(Op)`: `Deserialize` alone, for what is read by hand.
#[macro_export]
macro_rules! readable {
    ($name:ident { $($field:ident $(as $wire:literal)? $(or $default:expr)?),* $(,)? }) => {
        impl $crate::read::Read for $name {
            fn read(value: $crate::read::Value) -> Option<Self> {
                let mut object = <$crate::read::Object as $crate::read::Read>::read(value)?;
                Some(Self {
                    $($field: $crate::readable!(@take object $field $(as $wire)? $(or $default)?),)*
                })
            }
        }
        $crate::readable!($name);
    };
    ($name:ident(_)) => {
        impl $crate::read::Read for $name {
            fn read(value: $crate::read::Value) -> Option<Self> {
                $crate::read::Read::read(value).map(Self)
            }
        }
        $crate::readable!($name);
    };
    ($name:ident by $understand:expr) => {
        impl $crate::read::Read for $name {
            fn read(value: $crate::read::Value) -> Option<Self> {
                let understand: fn(&str) -> Option<Self> = $understand;
                understand(value.text()?)
            }
        }
        $crate::readable!($name);
    };
    ($name:ident) => {
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::read::from_serde(deserializer, stringify!($name))
            }
        }
    };
    (@take $object:ident $field:ident) => {
        $object.take(stringify!($field))?
    };
    (@take $object:ident $field:ident as $wire:literal) => {
        $object.take($wire)?
    };
    (@take $object:ident $field:ident or $default:expr) => {
        $object.take_or(stringify!($field), $default)?
    };
}

/// Reads something from whatever serde reads from; `what` it is, for the error.
pub fn from_serde<'de, T: Read, D: Deserializer<'de>>(deserializer: D, what: &str) -> Result<T, D::Error> {
    let value = Value::deserialize(deserializer)?;
    T::read(value).ok_or_else(|| D::Error::custom(format_args!("this is no {what}")))
}

impl Read for Value {
    fn read(value: Value) -> Option<Self> {
        Some(value)
    }
}

impl Read for Object {
    fn read(value: Value) -> Option<Self> {
        if let Value::Object(object) = value { Some(object) } else { None }
    }
}

impl Read for String {
    fn read(value: Value) -> Option<Self> {
        if let Value::Text(text) = value { Some(text) } else { None }
    }
}

impl Read for bool {
    fn read(value: Value) -> Option<Self> {
        if let Value::Bool(is) = value { Some(is) } else { None }
    }
}

impl Read for u64 {
    fn read(value: Value) -> Option<Self> {
        if let Value::Number(number) = value { Some(number) } else { None }
    }
}

impl Read for u32 {
    fn read(value: Value) -> Option<Self> {
        u64::read(value)?.try_into().ok()
    }
}

impl Read for u16 {
    fn read(value: Value) -> Option<Self> {
        u64::read(value)?.try_into().ok()
    }
}

impl<T: Read> Read for Option<T> {
    fn read(value: Value) -> Option<Self> {
        if matches!(value, Value::Null) { Some(None) } else { T::read(value).map(Some) }
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(value: Value) -> Option<Self> {
        let Value::List(items) = value else { return None };
        // A loop: `collect` into an `Option` of a list weighs several times as much.
        let mut list = Self::with_capacity(items.len());
        for item in items {
            list.push(T::read(item)?);
        }
        Some(list)
    }
}

impl<A: Read, B: Read> Read for (A, B) {
    fn read(value: Value) -> Option<Self> {
        let Value::List(items) = value else { return None };
        let [a, b] = items.try_into().ok()?;
        Some((A::read(a)?, B::read(b)?))
    }
}

#[cfg(test)]
mod tests;
