//! Small things that are easy to slip in and hard to get out again.

use super::source::{Fault, Source};
use super::tokens::{Token, follows, tokens};

/// `expect` says why, and tells the day on which it is no longer needed; `allow` stays for ever.
pub(super) fn nothing_is_silently_allowed(sources: &[Source]) -> Vec<Fault> {
    let problem = "`#[allow(..)]`: say `#[expect(.., reason = \"..\")]`";
    let allows = |rest: &[Token]| attribute(rest).windows(2).any(|pair| follows(pair, &["allow", "("]));
    let look = |source: &Source| places(source, &tokens(&source.text), allows, problem);
    sources.iter().filter(|source| source.is_rust()).flat_map(look).collect()
}

/// A test that waits a while is slow on a fast machine and wrong on a slow one.
pub(super) fn tests_wait_for_conditions(sources: &[Source]) -> Vec<Fault> {
    let problem = "a test waits for a condition, it never sleeps";
    let sleeps = |rest: &[Token]| follows(rest, &["sleep", "("]);
    let look = |source: &Source| {
        let tokens = tokens(&source.text);
        places(source, tests_among(&tokens, &source.path), sleeps, problem)
    };
    sources.iter().filter(|source| source.is_rust()).flat_map(look).collect()
}

/// The content security policy of a page may forbid styles and scripts in markup; we must work there too.
pub(super) fn the_strictest_page_can_hold_us(sources: &[Source]) -> Vec<Fault> {
    let problem = "a strict content security policy refuses this: style by class, and write text, not markup";
    let look = |source: &Source| {
        if source.is_rust() {
            return places(source, &tokens(&source.text), is_markup, problem);
        }
        let lines = (1..).zip(source.text.lines());
        let markup =
            lines.filter(|(_, line)| is_script(line) && MARKUP.iter().any(|markup| line.contains(markup)));
        markup.map(|(line, _)| source.fault_at(line, problem)).collect()
    };
    sources.iter().filter(|source| source.is_below("src")).flat_map(look).collect()
}

/// How markup gets into a page from a script.
const MARKUP: [&str; 6] =
    ["style=\"", "<style", "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write"];

fn is_script(line: &str) -> bool {
    let line = line.trim_start();
    !(line.starts_with("//") || line.starts_with("/*") || line.starts_with('*'))
}

/// How markup gets into a page from Rust: an attribute or an element of a view, or a call.
fn is_markup(rest: &[Token]) -> bool {
    let is =
        |at: usize, texts: &[&str]| rest.get(at).is_some_and(|token| texts.iter().any(|text| token.is(text)));
    let attribute = is(1, &["style"]) && is(2, &["="]) && !is(0, &["let", "mut", "."]) && !is(3, &["=", ">"]);
    let element = is(0, &["<"]) && is(1, &["style"]) && !is(2, &["::"]);
    let call = is(0, &["inner_html", "set_inner_html", "set_outer_html", "insert_adjacent_html"]);
    let set = is(0, &["set_attribute"]) && rest.get(2).is_some_and(|token| token.text == "\"style\"");
    attribute || element || call || set
}

/// A fault for each place from which on the tokens are what is looked for.
fn places(source: &Source, tokens: &[Token], found: impl Fn(&[Token]) -> bool, problem: &str) -> Vec<Fault> {
    let places = (0..tokens.len()).filter(|at| found(&tokens[*at..]));
    places.map(|at| source.fault_at(tokens[at].line, problem)).collect()
}

/// The tokens of the attribute that begins here, from its bracket on; none if none does.
fn attribute(rest: &[Token]) -> &[Token] {
    let open = if follows(rest, &["#", "!", "["]) { 2 } else { 1 };
    if !follows(rest, &["#"]) || !rest.get(open).is_some_and(|token| token.is("[")) {
        return &[];
    }
    let inside = &rest[open..];
    let end = inside.iter().position(|token| token.is("]")).unwrap_or(inside.len());
    &inside[..end]
}

/// What is compiled for tests alone: a file of tests, or what follows `#[cfg(test)]`.
fn tests_among<'tokens>(tokens: &'tokens [Token], path: &str) -> &'tokens [Token] {
    if path.split('/').any(|part| part == "tests" || part == "tests.rs") {
        return tokens;
    }
    let begin = ["#", "[", "cfg", "(", "test", ")", "]"];
    let first = (0..tokens.len()).find(|at| follows(&tokens[*at..], &begin));
    &tokens[first.unwrap_or(tokens.len())..]
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::super::check::check;
    use super::*;

    #[test]
    fn an_allow_is_found_wherever_it_hides() {
        check(
            nothing_is_silently_allowed,
            &[
                (
                    "src/good.rs",
                    "#[expect(dead_code, reason = \"soon\")]\nfn allow() { allow(1) } // #[allow(dead_code)]",
                ),
                (
                    "src/bad.rs",
                    "#![allow(dead_code)]\n#[allow(unused)]\n#[cfg_attr(test, allow(unused))]\nfn vote() {}",
                ),
            ],
            expect![[r#"
                src/bad.rs:1: `#[allow(..)]`: say `#[expect(.., reason = "..")]`
                src/bad.rs:2: `#[allow(..)]`: say `#[expect(.., reason = "..")]`
                src/bad.rs:3: `#[allow(..)]`: say `#[expect(.., reason = "..")]`"#]],
        );
    }

    #[test]
    fn only_tests_may_not_sleep() {
        check(
            tests_wait_for_conditions,
            &[
                (
                    "backend/src/writer.rs",
                    "fn wait() { sleep(SECOND) }\n#[cfg(test)]\nmod tests { fn wait() { sleep(SECOND) } }",
                ),
                (
                    "tests/browser/vote.rs",
                    "//! No sleep(1) here.\nfn wait() {\n    tokio::time::sleep(SECOND)\n}",
                ),
                ("tests/flows/clock.rs", "fn wait() { clock.sleep_until(noon) }"),
            ],
            expect![[r#"
                backend/src/writer.rs:3: a test waits for a condition, it never sleeps
                tests/browser/vote.rs:3: a test waits for a condition, it never sleeps"#]],
        );
    }

    #[test]
    fn markup_that_a_strict_page_refuses_is_found_in_views_and_scripts() {
        check(
            the_strictest_page_can_hold_us,
            &[
                (
                    "src/view/good.rs",
                    "//! No `<style>`.\nfn draw() { let style = one; view! { <p style:width=half class=\"a\">{x}</p> } }",
                ),
                ("src/view/attribute.rs", "view! { <p style=\"color: red\">{x}</p> }"),
                ("src/view/element.rs", "view! {\n    <style>{css}</style>\n}"),
                (
                    "src/view/call.rs",
                    "view! { <p inner_html=x/> }\nfn set() { element.set_attribute(\"style\", x) }",
                ),
                ("src/embed/element.js", "// not innerHTML\nroot.innerHTML = '<p>';"),
                ("tests/pages/hostile.html", "<p style=\"color: red\">"),
            ],
            expect![[r#"
                src/view/attribute.rs:1: a strict content security policy refuses this: style by class, and write text, not markup
                src/view/element.rs:2: a strict content security policy refuses this: style by class, and write text, not markup
                src/view/call.rs:1: a strict content security policy refuses this: style by class, and write text, not markup
                src/view/call.rs:2: a strict content security policy refuses this: style by class, and write text, not markup
                src/embed/element.js:2: a strict content security policy refuses this: style by class, and write text, not markup"#]],
        );
    }
}
