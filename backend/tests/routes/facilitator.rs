//! `POST /v1/communities/{community}/facilitator`.

use cercle_domain::id::TopicId;
use cercle_domain::topic::Stage;
use cercle_domain::{Op, Rejection};
use serde_json::json;

use crate::app::{COMMUNITY, TestApp, problem, propose};

const PARK: Op = Op::Move { topic: TopicId(1), stage: Stage::Parked };

#[tokio::test]
async fn the_code_makes_a_facilitator_once() {
    let app = TestApp::start().await;
    let (ada, lin) = (app.person("ada"), app.person("lin"));
    ada.act(1, propose(1, "Revues de code")).await.unwrap();
    assert_eq!(ada.act(2, PARK).await, Err(Rejection::Forbidden));

    let code = json!({"code": app.code(COMMUNITY).to_lowercase().replace('-', " ")});
    assert_eq!(ada.post("facilitator", &code).await.status, 204);
    assert_eq!(ada.act(3, PARK).await, Ok(()));

    assert_eq!(lin.post("facilitator", &code).await.problem(), problem(403, "wrong_code"));
    assert_eq!(lin.act(4, PARK).await, Err(Rejection::Forbidden));
    // The answer might have been lost on its way.
    assert_eq!(ada.post("facilitator", &code).await.status, 204);
}

#[tokio::test]
async fn a_wrong_code_is_wrong() {
    let app = TestApp::start().await;
    let ada = app.person("ada");
    ada.pull(None).await;
    for code in ["", "AAAA-AAAA-AAAA-AAAA"] {
        let refused = ada.post("facilitator", &json!({"code": code})).await;
        assert_eq!(refused.problem(), problem(403, "wrong_code"));
    }
    for body in [json!({}), json!({"code": 7}), json!([])] {
        assert_eq!(ada.post("facilitator", &body).await.problem(), problem(400, "malformed_json"));
    }
}

#[tokio::test]
async fn the_code_of_one_community_opens_no_other() {
    let app = TestApp::start().await;
    let mut ada = app.person("ada");
    ada.pull(None).await;
    ada.community = "poterie".to_owned();
    ada.pull(None).await;
    let code = json!({"code": app.code(COMMUNITY)});
    assert_eq!(ada.post("facilitator", &code).await.problem(), problem(403, "wrong_code"));
}
