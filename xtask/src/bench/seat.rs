//! A program at a terminal that nobody sees, and when it said what.

#![expect(unsafe_code, reason = "the standard library offers no terminals")]

use std::fs::File;
use std::io::{self, Read};
use std::os::fd::{FromRawFd, OwnedFd};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// Building for the first time is the longest that anything waits for here.
const PATIENCE: Duration = Duration::from_secs(600);

/// A program at its terminal; ended when dropped.
pub(super) struct Seat {
    child: Child,
    output: Receiver<Vec<u8>>,
    unread: Vec<u8>,
}

impl Seat {
    /// Starts the program at a terminal of 80 by 40.
    ///
    /// # Errors
    /// When there is no terminal to be had, or the program cannot be started.
    pub(super) fn take(mut command: Command) -> Result<Self> {
        let (ours, theirs) = open().context("no terminal can be had")?;
        let end = || theirs.try_clone().map(Stdio::from);
        command.stdin(end()?).stdout(end()?).stderr(end()?).env("TERM", "xterm-256color");
        let child = command.spawn().with_context(|| format!("{command:?} cannot be started"))?;
        let (send, output) = channel();
        std::thread::spawn(move || {
            let mut reader = File::from(ours);
            let mut buffer = [0; 4096];
            // Reading ends with an error when the last process has left the terminal.
            while let Ok(length @ 1..) = reader.read(&mut buffer) {
                if send.send(buffer[..length].to_vec()).is_err() {
                    break;
                }
            }
        });
        Ok(Self { child, output, unread: Vec::new() })
    }

    /// Waits until it has said this, and goes on behind it.
    ///
    /// # Errors
    /// When it ends, or is silent for too long, before that.
    pub(super) fn hear(&mut self, word: &str) -> Result<Instant> {
        let word = word.as_bytes();
        loop {
            if let Some(at) = self.unread.windows(word.len()).position(|part| part == word) {
                self.unread.drain(..at + word.len());
                return Ok(Instant::now());
            }
            match self.output.recv_timeout(PATIENCE) {
                Ok(bytes) => self.unread.extend(bytes),
                Err(_) => bail!(
                    "never heard {:?}, but:\n{}",
                    String::from_utf8_lossy(word),
                    String::from_utf8_lossy(&self.unread)
                ),
            }
        }
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        // It may have left by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The two ends of a new terminal: ours and the program's.
fn open() -> io::Result<(OwnedFd, OwnedFd)> {
    let (mut ours, mut theirs) = (-1, -1);
    let mut size = libc::winsize { ws_row: 40, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0 };
    let (name, modes) = (std::ptr::null_mut(), std::ptr::null_mut());
    // SAFETY: the ends and the size are valid during the call; no name and no modes are allowed.
    if unsafe { libc::openpty(&mut ours, &mut theirs, name, modes, &raw mut size) } == -1 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: both were just opened, and nobody else knows them.
    let ends = unsafe { (OwnedFd::from_raw_fd(ours), OwnedFd::from_raw_fd(theirs)) };
    Ok(ends)
}
