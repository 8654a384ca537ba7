//! Role by op, over HTTP: the table of `cercle_domain::role` as somebody outside meets it.

use cercle_domain::Rejection;
use cercle_domain::community::Community;
use cercle_domain::id::TopicId;
use cercle_domain::member::Size;
use cercle_domain::op::Op;
use cercle_domain::role::{Role, may};
use cercle_domain::topic::{Stage, Wording};

use crate::app::{TestApp, join, propose, vote};

fn every_op() -> Vec<Op> {
    let (topic, into) = (TopicId(1), TopicId(2));
    let wording = Wording { title: "Autrement".to_owned(), ..Wording::default() };
    vec![
        propose(9, "Encore un"),
        Op::Edit { topic, base: 0, wording },
        Op::Move { topic, stage: Stage::Backlog },
        Op::Merge { topic, into },
        Op::Unmerge { topic },
        Op::Shown { topics: vec![topic] },
        vote(1),
        Op::Follow { topic, on: true },
        Op::Volunteer { topic, size: Some(Size::Host) },
        Op::Volunteer { topic, size: None },
        Op::Settle(Community::default()),
        join("Lin"),
        Op::Leave {},
        Op::Erase {},
    ]
}

#[tokio::test]
async fn everybody_may_do_what_the_table_says_and_nothing_else() {
    for role in Role::ALL {
        let app = TestApp::start().await;
        let lin = app.facilitator("ada").await;
        lin.act(1, propose(1, "Revues de code")).await.unwrap();
        lin.act(2, propose(2, "Ateliers")).await.unwrap();
        let person = match role {
            Role::Visitor => app.person("lin"),
            Role::Member => {
                app.person("lin").act(3, join("Lin")).await.unwrap();
                app.person("lin")
            }
            Role::Facilitator => lin,
        };
        for (id, op) in (10..).zip(every_op()) {
            let act = op.act();
            let refused = match person.act(id, op).await {
                Err(Rejection::Forbidden | Rejection::JoinFirst) => true,
                Ok(()) => false,
                Err(other) => panic!("{role:?} {act:?}: {other}"),
            };
            assert_eq!(refused, !may(role, act), "{role:?} {act:?}");
        }
    }
}
