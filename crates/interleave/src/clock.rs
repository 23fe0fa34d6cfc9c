//! Vector clocks: how much of every thread, or of every variable, is known.

/// For each index, how far it is known. Indices never mentioned stand at 0.
///
/// Used in two ways. Indexed by thread and counted in steps it is a vector clock, and tells which
/// steps of a run come before which. Indexed by object and counted in stores it is a [`View`].
#[derive(Clone, Debug, Default)]
pub(crate) struct Clock(Vec<u32>);

/// Per atomic variable, the oldest store that may still be read.
pub(crate) type View = Clock;

impl Clock {
    pub(crate) fn get(&self, index: usize) -> u32 {
        self.0.get(index).copied().unwrap_or(0)
    }

    /// Moves one index forward; never back.
    pub(crate) fn raise(&mut self, index: usize, to: u32) {
        if self.0.len() <= index {
            self.0.resize(index + 1, 0);
        }
        self.0[index] = self.0[index].max(to);
    }

    /// Learns everything that `other` knows.
    pub(crate) fn join(&mut self, other: &Clock) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine = (*mine).max(*theirs);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joining_knows_the_most_of_both() {
        let (mut a, mut b) = (Clock::default(), Clock::default());
        a.raise(0, 3);
        b.raise(0, 2);
        b.raise(4, 1);
        a.join(&b);
        assert_eq!([a.get(0), a.get(4), a.get(9)], [3, 1, 0]);
    }
}
