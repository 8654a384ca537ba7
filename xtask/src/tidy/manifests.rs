//! What every Cargo.toml owes the workspace, and what the domain's may hold at all.

use std::collections::BTreeSet;

use toml::{Table, Value};

use super::source::{Fault, Source};

/// All that the vocabulary and the rules of a community may depend on.
const DOMAIN_MAY_USE: [&str; 2] = ["serde", "thiserror"];

pub(super) fn every_member_inherits_the_lints(sources: &[Source]) -> Vec<Fault> {
    let inherits = |manifest: &Table| manifest.get("lints")?.get("workspace")?.as_bool();
    let deaf = |source: &&Source| inherits(&table(source)) != Some(true);
    manifests(sources).filter(deaf).map(|source| source.fault("lacks `[lints] workspace = true`")).collect()
}

pub(super) fn the_domain_depends_on_next_to_nothing(sources: &[Source]) -> Vec<Fault> {
    let domain = manifests(sources).filter(|source| source.path == "domain/Cargo.toml");
    domain
        .filter_map(|source| {
            let found = dependencies(&table(source));
            let allowed = BTreeSet::from(DOMAIN_MAY_USE.map(str::to_owned));
            let names = |names: BTreeSet<String>| names.into_iter().collect::<Vec<_>>().join(", ");
            let (wanted, there) = (names(allowed), names(found));
            (wanted != there)
                .then(|| source.fault(format!("depends on {there} rather than on {wanted} alone")))
        })
        .collect()
}

/// The manifests of all packages: a manifest that only holds a workspace has no lints to inherit.
fn manifests(sources: &[Source]) -> impl Iterator<Item = &Source> {
    let is_manifest = |path: &str| path == "Cargo.toml" || path.ends_with("/Cargo.toml");
    sources.iter().filter(move |source| is_manifest(&source.path) && table(source).contains_key("package"))
}

/// One that cannot be read has no entries: cargo says better what is wrong with it.
fn table(source: &Source) -> Table {
    source.text.parse().unwrap_or_default()
}

/// Everything that is compiled into the package or runs while it is, on any target; tests may use what they like.
fn dependencies(manifest: &Table) -> BTreeSet<String> {
    let targets = manifest.get("target").and_then(Value::as_table).into_iter().flat_map(Table::values);
    let tables = targets.filter_map(Value::as_table).chain([manifest]);
    let kinds = tables.flat_map(|table| [table.get("dependencies"), table.get("build-dependencies")]);
    kinds.flatten().filter_map(Value::as_table).flat_map(Table::keys).cloned().collect()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::super::check::check;
    use super::*;

    const GOOD: &str = "\
        [package]\nname = \"cercle-domain\"\n\
        [dependencies]\nserde.workspace = true\nthiserror = \"2\"\n\
        [dev-dependencies]\nproptest = \"1\"\n\
        [lints]\nworkspace = true\n";

    #[test]
    fn a_member_without_the_common_lints_is_found() {
        check(
            every_member_inherits_the_lints,
            &[
                ("domain/Cargo.toml", GOOD),
                ("backend/Cargo.toml", "[package]\nname = \"cercle-backend\"\n"),
                ("xtask/Cargo.toml", "[package]\nname = \"xtask\"\n[lints]\nworkspace = false\n"),
            ],
            expect![[r#"
                backend/Cargo.toml: lacks `[lints] workspace = true`
                xtask/Cargo.toml: lacks `[lints] workspace = true`"#]],
        );
    }

    #[test]
    fn tests_of_the_domain_may_use_what_they_like() {
        check(the_domain_depends_on_next_to_nothing, &[("domain/Cargo.toml", GOOD)], expect![""]);
    }

    #[test]
    fn a_dependency_cannot_hide_behind_a_target_or_a_build_script() {
        let bad = "[target.'cfg(unix)'.dependencies]\nlibc = \"0.2\"\n[build-dependencies]\ncc = \"1\"\n";
        let bad = format!("{GOOD}{bad}");
        check(
            the_domain_depends_on_next_to_nothing,
            &[("domain/Cargo.toml", &bad)],
            expect![
                "domain/Cargo.toml: depends on cc, libc, serde, thiserror rather than on serde, thiserror alone"
            ],
        );
    }
}
