//! Which spans were alive at once, and so which lanes a picture needs.

use std::collections::{BTreeMap, BTreeSet};

use super::Family;
use crate::record::Span;

impl Family<'_> {
    /// Whether some thread was entered by two spans that were alive at once, neither inside the other.
    pub(super) fn took_turns(&self) -> bool {
        let mut lives: BTreeSet<(Option<u64>, u64, u64, u64)> = BTreeSet::new();
        for slice in &self.record.slices {
            if let Some(span) = self.spans.get(&slice.span) {
                let parent = self.parent(span).map(|parent| parent.id);
                lives.insert((parent, slice.thread, span.born, span.id));
            }
        }
        let mut last = None;
        lives.into_iter().any(|(parent, thread, born, id)| {
            let died = self.spans[&id].died.unwrap_or(u64::MAX);
            let (before, until) = last.unwrap_or(((parent, thread), 0));
            let same = before == (parent, thread);
            last = Some(((parent, thread), if same { died.max(until) } else { died }));
            same && born < until
        })
    }

    /// The spans with a lane of their own: roots, and those alive at once with a sibling.
    pub(super) fn laned(&self) -> BTreeSet<u64> {
        let mut laned = BTreeSet::new();
        let mut siblings: BTreeMap<u64, Vec<&Span>> = BTreeMap::new();
        for span in self.spans.values() {
            match self.parent(span) {
                None => _ = laned.insert(span.id),
                Some(_) if span.waits() => {} // waiting is shown in the lane of who waits
                Some(parent) => siblings.entry(parent.id).or_default().push(span),
            }
        }
        for mut siblings in siblings.into_values() {
            siblings.sort_by_key(|span| (span.born, span.id));
            let mut longest: Option<&Span> = None;
            for span in siblings {
                let until = |span: &Span| span.died.unwrap_or(u64::MAX);
                if let Some(other) = longest.filter(|other| span.born < until(other)) {
                    laned.extend([other.id, span.id]);
                }
                longest = longest.into_iter().chain([span]).max_by_key(|span| until(span));
            }
        }
        laned
    }
}
