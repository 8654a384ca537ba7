//! What travels, in the dialect of whoever speaks: this version, the one before, or one that is yet to come.
//!
//! There is one version of the protocol so far. What is played is what "fields are only added, with defaults" promises:
//! a widget that leaves out every field that has a default and calls itself one version older; a backend that adds
//! fields to everything it says and gives reasons that nobody has heard of; a backend that does not know an op.

use cercle_backend::core::RawOp;
use cercle_domain::protocol::{SyncAnswer, SyncRequest};
use serde_json::{Value, json};

use crate::plan::Version;

/// The op that an older backend does not know.
const NEW_OP: &str = "follow.set";
/// Fields that have a default when they are read.
const OPTIONAL: [&str; 3] = ["text", "wants", "offers"];

/// A request as the backend reads it.
pub(crate) fn heard(
    request: &SyncRequest,
    older: bool,
    backend: Version,
    over_json: bool,
) -> serde_json::Result<SyncRequest<RawOp>> {
    if !over_json {
        let ops = request.ops.iter().map(raw).collect::<Result<_, _>>()?;
        return Ok(SyncRequest { v: request.v, epoch: request.epoch, since: request.since, ops });
    }
    if !older && backend != Version::Older {
        return serde_json::from_str(&serde_json::to_string(request)?);
    }
    let mut value = serde_json::to_value(request)?;
    if older {
        value["v"] = json!(request.v.saturating_sub(1));
        strip(&mut value["ops"]);
    }
    if backend == Version::Older {
        // To a backend that does not know the op it is as good as any other name.
        for op in value["ops"].as_array_mut().into_iter().flatten() {
            if op["t"] == NEW_OP {
                op["t"] = json!("something.new");
            }
        }
        add_field(&mut value["ops"]);
    }
    let text = serde_json::to_string(&value)?;
    serde_json::from_str(&text)
}

/// An answer as the widget reads it.
pub(crate) fn answered(
    answer: SyncAnswer,
    backend: Version,
    over_json: bool,
) -> serde_json::Result<SyncAnswer> {
    if !over_json {
        return Ok(answer);
    }
    if backend != Version::Newer {
        return serde_json::from_str(&serde_json::to_string(&answer)?);
    }
    let mut value = serde_json::to_value(&answer)?;
    for receipt in value["receipts"].as_array_mut().into_iter().flatten() {
        if receipt.get("code").is_some() {
            receipt["code"] = json!("a_reason_of_next_year");
        }
    }
    add_field(&mut value);
    serde_json::from_str(&serde_json::to_string(&value)?)
}

fn raw(op: &cercle_domain::protocol::SentOp) -> serde_json::Result<RawOp> {
    let mut value = serde_json::to_value(&op.op)?;
    let a = value.get_mut("a").map(Value::take).unwrap_or_default();
    let t = value["t"].as_str().unwrap_or_default().to_owned();
    Ok(RawOp { id: op.id, t, a })
}

fn strip(value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(strip),
        Value::Object(fields) => {
            let empty = |value: &Value| *value == json!("") || *value == json!([]);
            fields.retain(|name, value| !(OPTIONAL.contains(&name.as_str()) && empty(value)));
            fields.values_mut().for_each(strip);
        }
        _ => {}
    }
}

/// Adds a field that nobody knows to every object.
fn add_field(value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(add_field),
        Value::Object(fields) => {
            fields.values_mut().for_each(add_field);
            fields.insert("next_year".to_owned(), json!({"since": 2027, "of": ["next", "year"]}));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cercle_domain::Op;
    use cercle_domain::id::{OpId, TopicId};
    use cercle_domain::protocol::SentOp;

    #[test]
    fn an_op_reads_the_same_with_and_without_json_between() {
        let op = Op::Vote { topic: TopicId(3), on: true };
        let request = SyncRequest { v: 1, epoch: None, since: None, ops: vec![SentOp { id: OpId(1), op }] };
        let straight = heard(&request, false, Version::Same, false).unwrap();
        let over_json = heard(&request, false, Version::Same, true).unwrap();
        assert_eq!(straight, over_json);
        assert_eq!(straight.ops[0].understood(), Some(request.ops[0].op.clone()));
    }

    #[test]
    fn an_older_backend_does_not_understand_the_newer_op() {
        let op = Op::Follow { topic: TopicId(3), on: true };
        let request = SyncRequest { v: 1, epoch: None, since: None, ops: vec![SentOp { id: OpId(1), op }] };
        let heard = heard(&request, false, Version::Older, true).unwrap();
        assert_eq!(heard.ops[0].understood(), None);
    }
}
