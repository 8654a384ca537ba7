//! `GET /embed/{community}`.

use crate::app::{TestApp, problem};

#[tokio::test]
async fn the_page_has_the_widget_and_a_strict_policy() {
    let app = TestApp::with_options("--frame-ancestors https://intranet.example").await;
    let page = app.get("/embed/vannerie?lang=fr&theme=dark").await;
    let text = page.text();
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    assert!(text.contains(r#"<html lang="fr">"#), "{text}");
    assert!(
        text.contains(r#"<cercle-community community="vannerie" backend="/" lang="fr" theme="dark">"#),
        "{text}"
    );

    let policy = page.header("content-security-policy");
    for directive in [
        "default-src 'none'",
        "frame-ancestors https://intranet.example",
        "object-src 'none'",
        "require-trusted-types-for 'script'",
    ] {
        assert!(policy.contains(directive), "{policy}");
    }
    // Nothing inline, which that policy would refuse.
    assert!(!text.contains("<style") && !text.contains("style=") && !text.contains("<script>"), "{text}");
}

#[tokio::test]
async fn whatever_else_stands_in_the_address_is_not_in_the_page() {
    let app = TestApp::start().await;
    for query in [
        "?lang=%22%3E%3Cscript%3E",
        "?theme=pink",
        "?view=9",
        "?lang=&theme=",
        "?other=%3Cb%3E",
        "?lang=a&lang=b",
    ] {
        let text = app.get(&format!("/embed/vannerie{query}")).await.text();
        assert!(
            text.contains(r#"<cercle-community community="vannerie" backend="/"><p lang="en">"#),
            "{query}: {text}"
        );
    }
    assert_eq!(app.get("/embed/%3Cb%3E").await.problem(), problem(400, "bad_community"));
    assert!(app.get("/embed.css").await.header("content-type").starts_with("text/css"));
    assert!(app.get("/embed.js").await.header("content-type").starts_with("text/javascript"));
}
