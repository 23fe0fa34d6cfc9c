//! The modes of a terminal on systems that are not Unix.

use std::io;

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};

use super::Mode;

/// Puts the terminal into a mode. There is none here for a run: keys may show up in its output.
pub(super) fn set(mode: Mode) -> io::Result<()> {
    match mode {
        Mode::Keys => enable_raw_mode(),
        Mode::Lines | Mode::Run => disable_raw_mode(),
    }
}

/// Programs are not suspended here.
pub(super) fn stop() {}
