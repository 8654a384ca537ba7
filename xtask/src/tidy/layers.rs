//! The table of layers of ARCHITECTURE.md: what each folder may use, and what it never contains.

use super::paths::{Path, paths};
use super::source::{Fault, Source};
use super::tokens::{Kind, tokens};

struct Layer {
    folder: &'static str,
    /// The only parts of its own crate that it may name; none where any may be.
    within: &'static [&'static str],
    /// Paths with spaces between them; a keyword or a method is a path of its own.
    never: &'static [&'static str],
}

const CLOCK: &str = "std::time::SystemTime std::time::Instant";
const IO: &str = "std::fs std::net std::io std::env std::process std::thread tokio async";
const CHANCE: &str = "rand getrandom uuid std::collections::HashMap std::collections::HashSet";
const BROWSER: &str = "leptos web_sys js_sys wasm_bindgen wasm_bindgen_futures indexed_db_futures gloo_net";
const SERVER: &str = "axum rusqlite sqlx";
const STORAGE: &str =
    "indexed_db_futures indexed_db local_storage session_storage fetch fetch_with_request gloo_net";
const DECISIONS: &str =
    "cercle_domain::apply crate::app::update crate::app::Model crate::app::Effect crate::app::Reply";

/// What the one outside has, and a world of our own has not; that it is asked without waiting is no matter.
const WORLD: &str = "std::fs std::net std::io std::env std::process std::thread tokio";
/// What a second opinion must not be borrowed from.
const RULES: &str = "cercle_domain::apply cercle_domain::rules cercle_domain::Slice cercle_domain::slice";

const LAYERS: [Layer; 9] = [
    Layer { folder: "domain/src", within: &[], never: &[CLOCK, IO, CHANCE, BROWSER, SERVER] },
    Layer { folder: "src/app", within: &["crate::app"], never: &[CLOCK, IO, BROWSER] },
    Layer { folder: "src/runtime", within: &["crate::app", "crate::runtime"], never: &["leptos"] },
    Layer {
        folder: "src/view",
        within: &["crate::app", "crate::text", "crate::view"],
        never: &[STORAGE, DECISIONS],
    },
    Layer { folder: "src/view/parts", within: &["crate::view::parts"], never: &["cercle_domain"] },
    Layer { folder: "backend/src/routes", within: &[], never: &["rusqlite sqlx"] },
    Layer { folder: "sim/src/plan", within: &[], never: &[CLOCK, WORLD, CHANCE, BROWSER, SERVER] },
    Layer { folder: "sim/src/world", within: &[], never: &[CLOCK, WORLD, CHANCE, BROWSER, SERVER] },
    Layer { folder: "sim/src/oracle", within: &[], never: &[CLOCK, WORLD, CHANCE, BROWSER, SERVER, RULES] },
];

/// Folders in which no sentence of SQL may stand.
const WITHOUT_SQL: [&str; 2] = ["domain/src", "backend/src/routes"];
const SQL: [&str; 5] = ["SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM ", "CREATE TABLE "];

pub(super) fn every_layer_keeps_to_its_own(sources: &[Source]) -> Vec<Fault> {
    sources.iter().filter(|source| source.is_rust()).flat_map(faults_of).collect()
}

fn faults_of(source: &Source) -> Vec<Fault> {
    let tokens = tokens(&source.text);
    let named = absolute(paths(&tokens), &source.path);
    let mut faults = Vec::new();
    for layer in LAYERS.iter().filter(|layer| source.is_below(layer.folder)) {
        for path in &named {
            let strays =
                path.text.starts_with("crate::") && !layer.within.iter().any(|part| path.is_within(part));
            let mut never = layer.never.iter().flat_map(|list| list.split(' '));
            if (strays && !layer.within.is_empty()) || never.any(|never| path.is_within(never)) {
                faults
                    .push(source.fault_at(path.line, format!("{} never uses `{}`", layer.folder, path.text)));
            }
        }
    }
    for folder in WITHOUT_SQL.iter().filter(|folder| source.is_below(folder)) {
        let literals = tokens.iter().filter(|token| token.kind == Kind::Literal);
        for literal in literals.filter(|literal| SQL.iter().any(|sql| literal.text.contains(sql))) {
            faults.push(source.fault_at(literal.line, format!("{folder} holds no SQL")));
        }
    }
    faults
}

/// The same paths with a leading `super` resolved, for a file of the widget's own crate.
fn absolute(paths: Vec<Path>, file: &str) -> Vec<Path> {
    let module = file.strip_prefix("src/").unwrap_or(file).trim_end_matches(".rs");
    let module: Vec<_> = module.split('/').collect();
    let resolve = |mut path: Path| {
        let up = path.text.split("::").take_while(|segment| *segment == "super").count();
        // Tests inside a `mod.rs` say `super` and mean that very file: one level is not counted there.
        if up > 0 {
            let outer = ["crate"].iter().chain(&module[..module.len().saturating_sub(up)]);
            path.text = outer.copied().chain(path.text.split("::").skip(up)).collect::<Vec<_>>().join("::");
        }
        path
    };
    paths.into_iter().map(resolve).collect()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::super::check::check;
    use super::*;

    #[test]
    fn the_domain_has_no_clock_no_chance_and_no_database() {
        check(
            every_layer_keeps_to_its_own,
            &[
                (
                    "domain/src/good.rs",
                    "use std::time::Duration;\nuse std::collections::BTreeMap; // no HashMap",
                ),
                (
                    "domain/src/bad.rs",
                    "use std::{fs, time::{Duration, Instant}};\nconst ALL: &str = \"SELECT *\";",
                ),
            ],
            expect![[r#"
                domain/src/bad.rs:1: domain/src never uses `std::fs`
                domain/src/bad.rs:1: domain/src never uses `std::time::Instant`
                domain/src/bad.rs:2: domain/src holds no SQL"#]],
        );
    }

    #[test]
    fn the_client_is_pure_and_does_not_know_who_runs_it() {
        check(
            every_layer_keeps_to_its_own,
            &[
                (
                    "src/app/good.rs",
                    "use super::Model;\nuse cercle_domain::Op;\nuse crate::app::{Intent, Screen};",
                ),
                (
                    "src/app/bad.rs",
                    "use crate::{app::Intent, runtime::Clock};\nasync fn wait() { super::super::view::draw() }",
                ),
            ],
            expect![[r#"
                src/app/bad.rs:1: src/app never uses `crate::runtime::Clock`
                src/app/bad.rs:2: src/app never uses `async`
                src/app/bad.rs:2: src/app never uses `crate::view::draw`"#]],
        );
    }

    #[test]
    fn a_history_has_no_clock_and_the_oracle_no_rules_of_others() {
        check(
            every_layer_keeps_to_its_own,
            &[
                ("sim/src/main.rs", "use std::time::Instant;"),
                ("sim/src/world/tab.rs", "use std::thread;"),
                ("sim/src/oracle/mod.rs", "use cercle_domain::{Op, apply};"),
            ],
            expect![[r#"
                sim/src/world/tab.rs:1: sim/src/world never uses `std::thread`
                sim/src/oracle/mod.rs:1: sim/src/oracle never uses `cercle_domain::apply`"#]],
        );
    }

    #[test]
    fn a_view_reads_a_screen_and_sends_intents_and_that_is_all() {
        check(
            every_layer_keeps_to_its_own,
            &[
                (
                    "src/view/good.rs",
                    "use leptos::prelude::*;\nuse crate::app::{Intent, Screen};\nuse crate::text::Text;",
                ),
                (
                    "src/view/bad.rs",
                    "use cercle_domain::apply;\nfn keep() { window().local_storage() }\nuse crate::app::Effect;",
                ),
                ("src/view/parts/bad.rs", "use crate::view::card;\nuse cercle_domain::Topic;"),
                ("src/runtime/bad.rs", "use crate::view::Board;"),
            ],
            expect![[r#"
                src/view/bad.rs:1: src/view never uses `cercle_domain::apply`
                src/view/bad.rs:2: src/view never uses `local_storage`
                src/view/bad.rs:3: src/view never uses `crate::app::Effect`
                src/view/parts/bad.rs:1: src/view/parts never uses `crate::view::card`
                src/view/parts/bad.rs:2: src/view/parts never uses `cercle_domain::Topic`
                src/runtime/bad.rs:1: src/runtime never uses `crate::view::Board`"#]],
        );
    }

    #[test]
    fn a_route_speaks_to_the_store_and_not_to_a_database() {
        check(
            every_layer_keeps_to_its_own,
            &[
                (
                    "backend/src/routes/sync.rs",
                    "use rusqlite::params;\nfn all() { run(r\"DELETE FROM ops\") }",
                ),
                (
                    "backend/src/store/sqlite.rs",
                    "use rusqlite::params;\nfn all() { run(\"DELETE FROM ops\") }",
                ),
            ],
            expect![[r#"
                backend/src/routes/sync.rs:1: backend/src/routes never uses `rusqlite::params`
                backend/src/routes/sync.rs:2: backend/src/routes holds no SQL"#]],
        );
    }
}
