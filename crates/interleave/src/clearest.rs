//! Among the failing runs of a program, finds the one that is easiest to follow.

use crate::bounded::Bounded;
use crate::execute::{Body, Finished, execute};
use crate::explore::Explorer;
use crate::fault::Fault;
use crate::place::Place;
use crate::record::fault_of;
use crate::run::Ending;
use crate::strategy::Strategy;

/// How many runs the search for a clearer failing run may take.
const CLEARER: usize = 150;

impl Explorer {
    /// The failing run that is easiest to follow: with the fewest preemptions, then the shortest.
    pub(crate) fn show_clearest(
        &self,
        body: &Body,
        found: &Finished,
        place: Place,
        runs: u64,
    ) -> Fault {
        if matches!(found.ending, Ending::Diverged) {
            return fault_of(found, runs);
        }
        let clearer = self.find_clearer(body, found.cost(), place);
        let best = self.again(body, clearer.unwrap_or_else(|| found.path.clone()), place);
        fault_of(&best, runs)
    }

    fn find_clearer(
        &self,
        body: &Body,
        known: (usize, usize, usize),
        place: Place,
    ) -> Option<Vec<usize>> {
        let mut left = CLEARER;
        let mut best: Option<((usize, usize, usize), Vec<usize>)> = None;
        for bound in 0..=known.0 {
            let mut strategy: Box<dyn Strategy> = Box::new(Bounded::new(Some(bound)));
            loop {
                let mut finished = execute(body, strategy, self.limits, place);
                left -= 1;
                let fails = !matches!(finished.ending, Ending::Complete | Ending::Covered);
                let limit = best.as_ref().map_or(known, |(cost, _)| *cost);
                if fails && finished.cost() < limit {
                    best = Some((finished.cost(), finished.path.clone()));
                }
                if left == 0 {
                    return best.map(|(_, path)| path);
                }
                if !finished.strategy.next_run() {
                    break;
                }
                strategy = finished.strategy;
            }
            if best.is_some() {
                break;
            }
        }
        best.map(|(_, path)| path)
    }
}
