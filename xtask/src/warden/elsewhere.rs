//! What can be done on systems that are not Unix: kill the program itself at its limit.

use std::io;
use std::process::{Child, Command};

use super::Limits;

/// Nothing to do: only Unix sends a signal about it.
pub fn end_quietly_when_the_reader_of_our_output_is_gone() {}

/// Nothing is confined here but by the time limit and the flood limit.
pub(super) fn confine(_: &mut Command, _: &Limits) {}

pub(super) fn has_ended(child: &mut Child) -> io::Result<bool> {
    child.try_wait().map(|status| status.is_some())
}

pub(super) const ADOPTS_ORPHANS: bool = false;

pub(super) fn has_no_children() -> bool {
    true
}

pub(super) fn strays(_: &Child) -> usize {
    0
}

pub(super) fn kill_all(child: &mut Child) {
    // It fails when the program has ended already, which is what is wanted.
    let _ = child.kill();
}

pub(super) fn kill_strays() {}
