//! What is going to happen, soonest first; what happens at the same time happens in the order in which it was asked for.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Things to come.
#[derive(Debug)]
pub(crate) struct Queue<E> {
    heap: BinaryHeap<Reverse<(u64, u64, Slot<E>)>>,
    now: u64,
    asked: u64,
}

/// Never compared: the two numbers before it are unique.
#[derive(Debug)]
struct Slot<E>(E);

impl<E> PartialEq for Slot<E> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}
impl<E> Eq for Slot<E> {}
impl<E> PartialOrd for Slot<E> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<E> Ord for Slot<E> {
    fn cmp(&self, _: &Self) -> std::cmp::Ordering {
        std::cmp::Ordering::Equal
    }
}

impl<E> Default for Queue<E> {
    fn default() -> Self {
        Self { heap: BinaryHeap::new(), now: 0, asked: 0 }
    }
}

impl<E> Queue<E> {
    /// The time of the world, in milliseconds.
    pub(crate) fn now(&self) -> u64 {
        self.now
    }

    pub(crate) fn at(&mut self, at: u64, event: E) {
        self.asked += 1;
        self.heap.push(Reverse((at.max(self.now), self.asked, Slot(event))));
    }

    pub(crate) fn after(&mut self, wait: u64, event: E) {
        self.at(self.now.saturating_add(wait), event);
    }

    pub(crate) fn next(&mut self) -> Option<E> {
        let Reverse((at, _, Slot(event))) = self.heap.pop()?;
        self.now = at;
        Some(event)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_soonest_comes_first_and_equals_come_in_their_order() {
        let mut queue = Queue::default();
        queue.at(5, "c");
        queue.at(1, "a");
        queue.at(5, "d");
        queue.at(1, "b");
        let order: Vec<&str> = std::iter::from_fn(|| queue.next()).collect();
        assert_eq!(order, ["a", "b", "c", "d"]);
        assert_eq!(queue.now(), 5);
    }
}
