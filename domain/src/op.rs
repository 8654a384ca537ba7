//! Everything that a person can do, as data.
//!
//! An op states what is wanted (`vote.set … on`), never a step (`+1`): doing it twice is doing it once. The one
//! exception is [`Op::Shown`], whose count must not remember who looked; its op id alone keeps it from counting
//! twice. A name is never given another meaning; fields are only added, with defaults.

use serde::Serialize;

use crate::community::Community;
use crate::id::{Millis, OpId, PersonId, TopicId};
use crate::member::{Size, Skill};
use crate::read::{Object, Read, Value};
use crate::readable;
use crate::role::Act;
use crate::topic::{Stage, Wording};

/// Who acts, when, and under which id. None of it is read from the body of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// The person who acts.
    pub actor: PersonId,
    /// When: the backend's clock once it is confirmed, the device's until then. For display only.
    pub at: Millis,
    /// The id of this act.
    pub op: OpId,
}

/// One thing that a person does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "t", content = "a")]
pub enum Op {
    /// Propose a topic.
    #[serde(rename = "topic.propose")]
    Propose {
        /// The new topic's id, made by the device.
        topic: TopicId,
        /// What it says.
        wording: Wording,
    },
    /// Change what a topic says.
    #[serde(rename = "topic.edit")]
    Edit {
        /// Which topic.
        topic: TopicId,
        /// The revision that the writer had before their eyes.
        base: u32,
        /// What it should say.
        wording: Wording,
    },
    /// Put a topic into a stage.
    #[serde(rename = "topic.move")]
    Move {
        /// Which topic.
        topic: TopicId,
        /// Where to.
        stage: Stage,
    },
    /// Make one topic a part of another; their voters become one set.
    #[serde(rename = "topic.merge")]
    Merge {
        /// The topic that becomes a part.
        topic: TopicId,
        /// The topic that speaks for both.
        into: TopicId,
    },
    /// Undo a merge.
    #[serde(rename = "topic.unmerge")]
    Unmerge {
        /// The topic that stands by itself again.
        topic: TopicId,
    },
    /// Say that this person was shown topics for the first time.
    #[serde(rename = "topic.shown")]
    Shown {
        /// Which topics.
        topics: Vec<TopicId>,
    },
    /// Vote for a topic, or withdraw the vote.
    #[serde(rename = "vote.set")]
    Vote {
        /// Which topic.
        topic: TopicId,
        /// Whether the vote should stand.
        on: bool,
    },
    /// Follow a topic, or stop.
    #[serde(rename = "follow.set")]
    Follow {
        /// Which topic.
        topic: TopicId,
        /// Whether to follow.
        on: bool,
    },
    /// Offer help on a topic, say that the offer still stands, or step back (`size: null`).
    #[serde(rename = "volunteer.set")]
    Volunteer {
        /// Which topic.
        topic: TopicId,
        /// How much, or nothing.
        size: Option<Size>,
    },
    /// Join, or change one's profile.
    #[serde(rename = "member.join")]
    Join(Profile),
    /// Leave: the profile and all offers go.
    #[serde(rename = "member.leave")]
    Leave {},
    /// Leave and be forgotten.
    #[serde(rename = "member.erase")]
    Erase {},
    /// Change the settings of the community.
    #[serde(rename = "community.edit")]
    Settle(Community),
}

/// What a person says about themselves when they join.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Profile {
    /// The display name.
    pub name: String,
    /// What they can give just now.
    pub size: Size,
    /// Skills they offer.
    pub offers: Vec<Skill>,
    /// Skills they would like to gain.
    pub wants: Vec<Skill>,
}

readable!(Profile { name, size, offers or Vec::new(), wants or Vec::new() });

impl Read for Op {
    fn read(value: Value) -> Option<Self> {
        let mut op = Object::read(value)?;
        Self::named(&op.take::<String>("t")?, op.take("a")?)
    }
}

readable!(Op);

impl Op {
    /// The op with this name that says this.
    #[must_use]
    pub fn named(name: &str, says: Value) -> Option<Self> {
        let mut a = Object::read(says)?;
        Some(match name {
            "topic.propose" => Self::Propose { topic: a.take("topic")?, wording: a.take("wording")? },
            "topic.edit" => {
                Self::Edit { topic: a.take("topic")?, base: a.take("base")?, wording: a.take("wording")? }
            }
            "topic.move" => Self::Move { topic: a.take("topic")?, stage: a.take("stage")? },
            "topic.merge" => Self::Merge { topic: a.take("topic")?, into: a.take("into")? },
            "topic.unmerge" => Self::Unmerge { topic: a.take("topic")? },
            "topic.shown" => Self::Shown { topics: a.take("topics")? },
            "vote.set" => Self::Vote { topic: a.take("topic")?, on: a.take("on")? },
            "follow.set" => Self::Follow { topic: a.take("topic")?, on: a.take("on")? },
            "volunteer.set" => Self::Volunteer { topic: a.take("topic")?, size: a.take_or("size", None)? },
            "member.join" => Self::Join(Read::read(Value::Object(a))?),
            "member.leave" => Self::Leave {},
            "member.erase" => Self::Erase {},
            "community.edit" => Self::Settle(Read::read(Value::Object(a))?),
            _ => return None,
        })
    }

    /// What kind of act this is, for [`crate::role::may`].
    #[must_use]
    pub fn act(&self) -> Act {
        match self {
            Self::Propose { .. } => Act::Propose,
            Self::Edit { .. } => Act::Edit,
            Self::Move { .. } => Act::Move,
            Self::Merge { .. } => Act::Merge,
            Self::Unmerge { .. } => Act::Unmerge,
            Self::Shown { .. } => Act::Shown,
            Self::Vote { .. } => Act::Vote,
            Self::Follow { .. } => Act::Follow,
            Self::Volunteer { size: Some(_), .. } => Act::Volunteer,
            Self::Volunteer { size: None, .. } => Act::StepBack,
            Self::Join(_) => Act::Join,
            Self::Leave {} => Act::Leave,
            Self::Erase {} => Act::Erase,
            Self::Settle(_) => Act::Settle,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    #[test]
    fn ops_are_spelled_like_this_on_the_wire_and_in_stores_for_ever() {
        let topic = TopicId(1);
        let ops = [
            Op::Propose { topic, wording: Wording { title: "Revue de code".into(), ..Wording::default() } },
            Op::Vote { topic, on: true },
            Op::Volunteer { topic, size: Some(Size::Quarter) },
            Op::Volunteer { topic, size: None },
            Op::Leave {},
        ];
        let json = ops.each_ref().map(|op| serde_json::to_string(op).unwrap()).join("\n");
        expect![[r#"
            {"t":"topic.propose","a":{"topic":"00000000000000000000000000000001","wording":{"title":"Revue de code","text":"","wants":[]}}}
            {"t":"vote.set","a":{"topic":"00000000000000000000000000000001","on":true}}
            {"t":"volunteer.set","a":{"topic":"00000000000000000000000000000001","size":"quarter"}}
            {"t":"volunteer.set","a":{"topic":"00000000000000000000000000000001","size":null}}
            {"t":"member.leave","a":{}}"#]]
        .assert_eq(&json);
        let back: Vec<Op> = json.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(back, ops);
    }
}
