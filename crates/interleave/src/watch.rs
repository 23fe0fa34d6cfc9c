//! Notices that a thread looks again and again while nothing changes: it is waiting in a loop.
//!
//! A loop such as `while !ready.load(Acquire) {}` has endless runs in which the other threads
//! never move, and none of them is worth a look. So after [`LOOKS`] looks from one line that
//! showed nothing new, the search goes two ways. In one, the next look waits for news: until
//! somebody else changes something the thread has seen since it last changed anything itself. In
//! the other the thread presses on without news, for the sake of loops that give up after some
//! tries; if it has not given up after [`PATIENCE`] looks, this way holds nothing new and is left.
//! When nobody else can move, the waiting thread goes on looking in any case.
//!
//! A loop that gives up has counted its looks, in whatever way, so it may matter at which of them
//! the news comes. Then the search goes a third way: one more look without news, and the choice
//! again. A few looks from one line that are no loop at all, in a function that is called a few
//! times, give up as well.

use crate::op::Oid;
use crate::place::Place;

/// How often a thread may look from one line before it has to wait for news.
const LOOKS: usize = 3;

/// How many looks from one line, none of them showing anything new, make a loop an endless one.
pub(crate) const PATIENCE: usize = 100;

/// What a look at an object showed, as a count that grows when it would show something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sighting {
    /// The value of a variable, or of what a lock protects.
    Edit(u64),
    /// The level of a gate: whether a lock is free, how full a channel is.
    Turn(u64),
}

/// What a thread has seen since it last changed something or learned something new.
#[derive(Default)]
pub(crate) struct Watch {
    looks: Vec<(Place, usize)>,
    pub(crate) seen: Vec<(Oid, Sighting)>,
    /// What the thread does once it looks in a loop.
    pub(crate) way: Way,
}

/// The two ways on for a thread that looks in a loop.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Way {
    #[default]
    Undecided,
    /// Every look waits for news.
    Waits,
    /// Goes on without news.
    PressesOn,
    /// Goes on without news for one look, and decides again.
    LooksOnce,
}

/// What there is to say about a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Looked {
    /// It may be useful.
    Usefully,
    /// It prolongs a loop by one turn without news.
    Idly,
    /// It has shown what the way that waits for news shows as well, or nothing for far too long.
    InVain,
}

impl Watch {
    /// The thread has changed something that others may notice: it is not just waiting.
    pub(crate) fn forget(&mut self) {
        self.looks.clear();
        self.seen.clear();
        self.way = Way::Undecided;
    }

    /// The thread has looked from this place at an object, or at nothing in particular.
    pub(crate) fn look(&mut self, place: Place, sight: Option<(Oid, Sighting)>) -> Looked {
        let presses_on = self.presses_on_at(place);
        if sight.is_some_and(|(object, sighting)| self.is_news(object, sighting)) {
            if presses_on || self.way == Way::LooksOnce {
                return Looked::InVain;
            }
            self.forget();
        }
        if let Some(fresh) = sight
            && !self.seen.contains(&fresh)
        {
            self.seen.push(fresh);
        }
        match self.looks.iter_mut().find(|(known, _)| *known == place) {
            Some((_, count)) => *count += 1,
            None => self.looks.push((place, 1)),
        }
        match presses_on {
            true if self.count(place) > PATIENCE => Looked::InVain,
            true => Looked::Idly,
            false => Looked::Usefully,
        }
    }

    /// Whether looking from this place would end the run, if this is what it showed.
    pub(crate) fn is_in_vain(&self, place: Place, object: Oid, sighting: Sighting) -> bool {
        (self.presses_on_at(place) || self.way == Way::LooksOnce) && self.is_news(object, sighting)
    }

    fn presses_on_at(&self, place: Place) -> bool {
        matches!(self.way, Way::PressesOn | Way::LooksOnce) && self.count(place) >= LOOKS
    }

    fn count(&self, place: Place) -> usize {
        self.looks.iter().find(|(known, _)| *known == place).map_or(0, |(_, count)| *count)
    }

    fn is_news(&self, object: Oid, sighting: Sighting) -> bool {
        self.seen.iter().any(|(known, other)| {
            *known == object
                && *other != sighting
                && std::mem::discriminant(other) == std::mem::discriminant(&sighting)
        })
    }

    /// Whether the next look from this place would be one too many without news.
    pub(crate) fn is_in_a_loop_at(&self, place: Place) -> bool {
        self.way != Way::PressesOn && !self.seen.is_empty() && self.count(place) >= LOOKS
    }
}
