//! What whoever runs the backend asks it, and how it is started.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use axum::http::Method;

use crate::app::{TestApp, join, problem};

#[tokio::test]
async fn it_says_that_it_is_well_and_what_it_did() {
    let app = TestApp::start().await;
    assert_eq!(app.get("/healthz").await.text(), "ok\n");
    app.person("ada").act(1, join("Ada")).await.unwrap();
    app.person("ada").act(2, join("")).await.unwrap_err();
    assert_eq!(app.metric("cercle_ops_done_total").await, 1);
    assert_eq!(app.metric("cercle_ops_rejected_total").await, 1);
    assert_eq!(app.metric("cercle_streams").await, 0);
}

#[tokio::test]
async fn the_wrong_method_is_told_the_right_one() {
    let app = TestApp::start().await;
    let answer = app.send(Method::DELETE, "/v1/communities/vannerie/sync", &[], "").await;
    assert_eq!(answer.problem(), problem(405, "method_not_allowed"));
    assert_eq!(answer.header("allow"), "POST");
    assert_eq!(
        app.send(Method::POST, "/healthz", &[], "").await.problem(),
        problem(405, "method_not_allowed")
    );
}

#[test]
fn the_program_says_where_it_listens_and_ends_when_it_is_told_to() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Command::new(env!("CARGO_BIN_EXE_cercle-backend"));
    program.arg("--data").arg(folder.path()).args(["--port", "0", "--sample"]).stdout(Stdio::piped());
    let mut running = program.spawn().unwrap();
    let mut lines = BufReader::new(running.stdout.take().unwrap()).lines().map(Result::unwrap);
    let listening =
        lines.find_map(|line| line.strip_prefix("listening on http://127.0.0.1:").map(str::to_owned));
    assert_ne!(listening.unwrap().parse::<u16>().unwrap(), 0);

    let terminated = Command::new("kill").arg(running.id().to_string()).status().unwrap();
    assert!(terminated.success());
    assert!(running.wait().unwrap().success());
}

#[test]
fn a_new_code_is_made_from_outside() {
    let folder = tempfile::tempdir().unwrap();
    let code = || {
        let mut program = Command::new(env!("CARGO_BIN_EXE_cercle-backend"));
        let output = program.args(["code", "vannerie", "--data"]).arg(folder.path()).output().unwrap();
        assert!(output.status.success());
        String::from_utf8(output.stdout).unwrap()
    };
    let (first, second) = (code(), code());
    assert!(first.contains("community vannerie"), "{first}");
    assert_ne!(first, second);
}

#[test]
fn an_option_that_does_not_exist_is_a_failure_in_one_line() {
    let output = Command::new(env!("CARGO_BIN_EXE_cercle-backend")).arg("--colour").output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success());
    assert_eq!(said, "cercle-backend: there is no option --colour (--help shows what there is)\n");
}
