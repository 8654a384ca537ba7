//! Making a failing plan smaller: delta debugging (Zeller, Hildebrandt 2002) over its lines.
//!
//! Lines are taken away in ever smaller pieces, for as long as what is left still fails in the same way. First whole tabs,
//! since that takes most away at once.

use crate::plan::{Line, Plan};

/// The smallest plan found that still fails, as told by `fails`.
pub fn smaller(plan: &Plan, mut fails: impl FnMut(&Plan) -> bool) -> Plan {
    let mut best = plan.clone();
    for tab in 0..best.shape.profiles.len() {
        let without = keep(&best, |line| of(line) != Some(tab));
        if fails(&without) {
            best = without;
        }
    }
    let mut pieces = 2;
    while !best.lines.is_empty() {
        let size = best.lines.len().div_ceil(pieces);
        let mut reduced = false;
        let mut from = 0;
        while from < best.lines.len() {
            let mut lines = best.lines.clone();
            lines.drain(from..(from + size).min(lines.len()));
            let without = Plan { lines, ..best.clone() };
            if fails(&without) {
                best = without;
                reduced = true;
            } else {
                from += size;
            }
        }
        if size == 1 && !reduced {
            break;
        }
        pieces = if reduced { pieces.max(2) } else { (pieces * 2).min(best.lines.len().max(2)) };
    }
    best
}

fn keep(plan: &Plan, keeps: impl Fn(&Line) -> bool) -> Plan {
    let lines = plan.lines.iter().filter(|line| keeps(line)).cloned().collect();
    Plan { lines, ..plan.clone() }
}

/// The tab that a line is about.
fn of(line: &Line) -> Option<usize> {
    match line {
        Line::Act(_, tab, _) | Line::Fate(tab, ..) | Line::Crash(tab, ..) => Some(*tab),
        Line::Blow(..) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Act;

    #[test]
    fn what_is_left_is_exactly_what_is_needed() {
        let plan = Plan::draw(1, 1);
        let needed = [plan.lines[3].clone(), plan.lines[plan.lines.len() - 2].clone()];
        let fails = |plan: &Plan| needed.iter().all(|line| plan.lines.contains(line));
        assert_eq!(smaller(&plan, fails).lines, needed);
    }

    #[test]
    fn a_plan_that_fails_whatever_happens_becomes_empty() {
        let plan = Plan { lines: vec![Line::Act(0, 0, Act::Leave); 7], ..Plan::draw(1, 1) };
        assert_eq!(smaller(&plan, |_| true).lines, []);
    }
}
