//! An atomic as seen from inside a run.

use std::fmt;
use std::sync::atomic::Ordering;

use super::word::Word;
use crate::event::Did;
use crate::model::Here;
use crate::op::{Access, Oid, Op, Touch};
use crate::place::Place;
use crate::scene::ORDER;
use crate::session::{Found, Session};

/// A variable as seen from inside a run.
pub(super) struct Inside<'a> {
    pub(super) here: Here,
    pub(super) object: Oid,
    pub(super) place: Place,
    /// Writes the newest value through to the real atomic, for those who look after the run.
    pub(super) keep: &'a dyn Fn(u64),
}

impl Inside<'_> {
    fn act<R>(
        &self,
        touch: Touch,
        ordering: Ordering,
        act: impl FnOnce(&mut Session<'_>) -> R,
    ) -> R {
        let mut op = Op::on(self.object, touch).looking();
        if ordering == Ordering::SeqCst {
            op = op.and(ORDER, Touch::Is(Access::Read));
        }
        self.here.perform(self.place, |_| op, act)
    }

    pub(super) fn load<V: Word>(&self, ordering: Ordering) -> V {
        let found = self.act(Touch::Load(ordering), ordering, |session| {
            let found = session.load(self.object, ordering);
            session.note(Some(self.object), || read_event::<V>(&found));
            found
        });
        V::from_word(found.value)
    }

    pub(super) fn store<V: Word>(&self, value: V, ordering: Ordering) {
        self.act(Touch::Is(Access::Write), ordering, |session| {
            session.store(self.object, value.to_word(), ordering);
            session.note(Some(self.object), || Did::Wrote(text(value)));
        });
        (self.keep)(value.to_word());
    }

    pub(super) fn update<V: Word>(
        &self,
        how: &'static str,
        ordering: Ordering,
        change: impl FnOnce(V) -> V,
    ) -> V {
        let (old, new) = self.act(Touch::Is(Access::Write), ordering, |session| {
            let mut new = 0;
            let old = session.update(self.object, ordering, |old| {
                new = change(V::from_word(old)).to_word();
                new
            });
            session.note(Some(self.object), || updated::<V>(how, old, new));
            (old, new)
        });
        (self.keep)(new);
        V::from_word(old)
    }

    pub(super) fn exchange<V: Word>(
        &self,
        (expected, new): (V, V),
        (success, failure): (Ordering, Ordering),
        may_fail: bool,
    ) -> Result<V, V> {
        let (expected, new) = (expected.to_word(), new.to_word());
        let strongest = if failure == Ordering::SeqCst { failure } else { success };
        let touch = Touch::Exchange { expected, failure };
        let result = self.act(touch, strongest, |session| {
            let orderings = (success, failure);
            let result = session.exchange(self.object, (expected, new), orderings, may_fail);
            session.note(Some(self.object), || match &result {
                Ok(_) => updated::<V>("compare_exchange", expected, new),
                Err((found, spurious)) => {
                    Did::Refused { found: text(V::from_word(found.value)), spurious: *spurious }
                }
            });
            result
        });
        match result {
            Ok(found) => {
                (self.keep)(new);
                Ok(V::from_word(found.value))
            }
            Err((found, _)) => Err(V::from_word(found.value)),
        }
    }
}

fn text(value: impl fmt::Debug) -> String {
    std::format!("{value:?}")
}

/// A value of the model as its own type writes it.
pub(super) fn text_of_word<V: Word>(word: u64) -> String {
    text(V::from_word(word))
}

fn read_event<V: Word>(found: &Found) -> Did {
    let newer = found.newer.map(|(by, value)| (by, text(V::from_word(value))));
    Did::Read { value: text(V::from_word(found.value)), newer }
}

fn updated<V: Word>(how: &'static str, old: u64, new: u64) -> Did {
    Did::Updated { how, old: text(V::from_word(old)), new: text(V::from_word(new)) }
}
