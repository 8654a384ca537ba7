//! Cargo.lock, read for the one version that a tool must match exactly.

use anyhow::{Context, Result, bail};
use toml::{Table, Value};

/// The version of the one package of this name.
pub(super) fn version_of(package: &str, lockfile: &str) -> Result<String> {
    let lockfile: Table = lockfile.parse().context("Cargo.lock cannot be read")?;
    let packages = lockfile.get("package").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let text_of = |entry: &Value, key| entry.get(key).and_then(Value::as_str).map(str::to_owned);
    let mut versions = packages
        .iter()
        .filter(|entry| text_of(entry, "name").as_deref() == Some(package))
        .filter_map(|entry| text_of(entry, "version"));
    match (versions.next(), versions.next()) {
        (Some(version), None) => Ok(version),
        (Some(_), Some(_)) => bail!("Cargo.lock holds `{package}` in two versions"),
        (None, _) => bail!("Cargo.lock does not hold `{package}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCKFILE: &str = r#"
version = 4

[[package]]
name = "wasm-bindgen"
version = "0.2.130"
dependencies = ["wasm-bindgen-macro"]

[[package]]
name = "wasm-bindgen-macro"
version = "0.2.131"

[[package]]
name = "syn"
version = "1.0.109"

[[package]]
name = "syn"
version = "2.0.117"
"#;

    #[test]
    fn the_version_is_that_of_the_very_package_and_not_of_one_with_a_longer_name() {
        assert_eq!(version_of("wasm-bindgen", LOCKFILE).expect("it is there"), "0.2.130");
    }

    #[test]
    fn a_package_that_is_missing_or_there_twice_is_an_error_that_names_it() {
        let problem = |package| version_of(package, LOCKFILE).expect_err("no single version").to_string();
        assert_eq!(problem("leptos"), "Cargo.lock does not hold `leptos`");
        assert_eq!(problem("syn"), "Cargo.lock holds `syn` in two versions");
    }
}
