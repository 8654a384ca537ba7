//! `GET /embed/{community}`.

use axum::http::Method;

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
async fn a_frame_in_a_page_of_another_site_says_that_it_is_apart() {
    let app = TestApp::start().await;
    let asked = async |headers: &[(&str, &str)]| {
        let answer = app.send(Method::GET, "/embed/vannerie", headers, "").await;
        assert_eq!(answer.header("vary"), "accept-language, sec-fetch-dest, sec-fetch-site");
        answer.text().contains("class=\"apart\"").then(|| answer.text())
    };
    let frame = ("sec-fetch-dest", "iframe");
    let apart = asked(&[frame, ("sec-fetch-site", "cross-site")]).await.expect("a note");
    assert!(
        apart.contains(r#"<p class="apart" lang="en">This frame stands in a page of another site"#),
        "{apart}"
    );
    let apart = asked(&[frame, ("sec-fetch-site", "cross-site"), ("accept-language", "fr-CA, en")]).await;
    assert!(apart.expect("a note").contains("d’un autre site"));
    // Hosts of one site share what browsers keep; a page by itself is in no other; and an old browser says nothing.
    assert_eq!(asked(&[frame, ("sec-fetch-site", "same-site")]).await, None);
    assert_eq!(asked(&[("sec-fetch-dest", "document"), ("sec-fetch-site", "cross-site")]).await, None);
    assert_eq!(asked(&[]).await, None);
}

#[tokio::test]
async fn whatever_else_stands_in_the_address_is_not_in_the_page() {
    let app = TestApp::start().await;
    for query in [
        "?lang=%22%3E%3Cscript%3E",
        "?theme=pink",
        "?view=9",
        "?stage=somewhere",
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
