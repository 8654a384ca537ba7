//! Which function comes next: the one that has most in common, for its size, with the code just before it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// How many bytes make a piece: about two instructions. Longer and shorter pieces were tried, and several at a time.
const PIECE: usize = 6;
/// How many bytes of code are *just before*.
const BEFORE: usize = 2048;

/// The places of these functions in the order that is best to compress; the first one stays where it is.
pub(super) fn order(functions: &[&[u8]]) -> Vec<usize> {
    let mut rest = Rest::of(functions);
    let mut before = VecDeque::new();
    let mut size = 0;
    let mut order = Vec::with_capacity(functions.len());
    let mut next = (!functions.is_empty()).then_some(0);
    while let Some(function) = next {
        order.push(function);
        rest.take(function);
        before.push_back(function);
        size += functions[function].len();
        while size > BEFORE && before.len() > 1 {
            let gone = before.pop_front().expect("there are two");
            size -= functions[gone].len();
            rest.forget(gone);
        }
        next = rest.most_like();
    }
    order
}

/// The functions that have no place yet, and how much each has in common with what stands just before.
struct Rest {
    sizes: Vec<usize>,
    /// The pieces of each function that others have too, and for each piece whose it is.
    pieces: Vec<Vec<usize>>,
    owners: Vec<Vec<usize>>,
    /// How often each piece stands just before.
    near: Vec<usize>,
    in_common: Vec<usize>,
    taken: Vec<bool>,
}

impl Rest {
    fn of(functions: &[&[u8]]) -> Self {
        let mut found: BTreeMap<&[u8], BTreeSet<usize>> = BTreeMap::new();
        for (function, code) in functions.iter().enumerate() {
            for piece in code.windows(PIECE) {
                found.entry(piece).or_default().insert(function);
            }
        }
        let owners: Vec<Vec<usize>> =
            found.into_values().filter(|owners| owners.len() > 1).map(Vec::from_iter).collect();
        let mut pieces = vec![Vec::new(); functions.len()];
        for (piece, owners) in owners.iter().enumerate() {
            for owner in owners {
                pieces[*owner].push(piece);
            }
        }
        Self {
            sizes: functions.iter().map(|code| code.len()).collect(),
            near: vec![0; owners.len()],
            in_common: vec![0; functions.len()],
            taken: vec![false; functions.len()],
            pieces,
            owners,
        }
    }

    fn take(&mut self, function: usize) {
        self.taken[function] = true;
        for piece in &self.pieces[function] {
            self.near[*piece] += 1;
            if self.near[*piece] == 1 {
                self.owners[*piece].iter().for_each(|owner| self.in_common[*owner] += 1);
            }
        }
    }

    fn forget(&mut self, function: usize) {
        for piece in &self.pieces[function] {
            self.near[*piece] -= 1;
            if self.near[*piece] == 0 {
                self.owners[*piece].iter().for_each(|owner| self.in_common[*owner] -= 1);
            }
        }
    }

    fn most_like(&self) -> Option<usize> {
        // Fractions are compared crosswise; of equals, whoever came first in the module goes first.
        (0..self.taken.len()).filter(|function| !self.taken[*function]).reduce(|best, other| {
            let more = self.in_common[other] * self.sizes[best] > self.in_common[best] * self.sizes[other];
            if more { other } else { best }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::order;

    #[test]
    fn every_function_has_one_place_and_stands_beside_what_it_is_like() {
        let (one, another) = (b"an example of some code".as_slice(), b"what is like nothing else".as_slice());
        assert_eq!(order(&[one, another, one, another, b"an example of other code"]), [0, 2, 4, 1, 3]);
        assert_eq!(order(&[]), [0; 0]);
    }
}
