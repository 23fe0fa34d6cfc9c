//! The modes of a Unix terminal, and how it is left in order when a signal ends the guide.

#![expect(unsafe_code, reason = "the standard library offers neither terminal modes nor signals")]

use std::io;
use std::mem::zeroed;
use std::sync::OnceLock;

use libc::{STDIN_FILENO, TCSANOW, c_int, termios};

use super::Mode;

/// The terminal as it was before the guide changed it for the first time.
static BEFORE: OnceLock<termios> = OnceLock::new();

/// Signals that end the guide unless it was started deaf to them. TSTP, the other one that hands the
/// terminal back to a shell, has no key while the mode is not [`Mode::Lines`].
const ENDING: [c_int; 4] = [libc::SIGINT, libc::SIGQUIT, libc::SIGTERM, libc::SIGHUP];

/// Puts the terminal into a mode. What a person has typed before is kept.
pub(super) fn set(mode: Mode) -> io::Result<()> {
    let mut modes = *before()?;
    if mode != Mode::Lines {
        // Unlike raw mode, the rest stays: line ends are drawn as everybody expects.
        modes.c_lflag &= !(libc::ICANON | libc::ECHO);
        modes.c_cc[libc::VSUSP] = libc::_POSIX_VDISABLE;
        (modes.c_cc[libc::VMIN], modes.c_cc[libc::VTIME]) = (1, 0);
    }
    if mode == Mode::Keys {
        modes.c_lflag &= !libc::ISIG;
    }
    // SAFETY: `modes` is valid for reading during the call.
    match unsafe { libc::tcsetattr(STDIN_FILENO, TCSANOW, &modes) } {
        0 => Ok(()),
        _ => Err(io::Error::last_os_error()),
    }
}

/// Stops until somebody continues us. Where nobody could, in a session without a shell, the kernel
/// does not stop us at all.
pub(super) fn stop() {
    // SAFETY: takes a number only; nobody has changed what this signal does.
    unsafe { libc::raise(libc::SIGTSTP) };
}

/// The modes to go back to. Whoever asks first has the signals watched too.
fn before() -> io::Result<&'static termios> {
    if let Some(modes) = BEFORE.get() {
        return Ok(modes);
    }
    // SAFETY: all zeros is a valid value of this plain C structure.
    let mut modes: termios = unsafe { zeroed() };
    // SAFETY: `modes` is valid for writing during the call.
    if unsafe { libc::tcgetattr(STDIN_FILENO, &mut modes) } == -1 {
        return Err(io::Error::last_os_error());
    }
    let modes = BEFORE.get_or_init(|| modes);
    ENDING.into_iter().for_each(restore_before);
    Ok(modes)
}

/// Has the terminal restored before this signal ends the guide.
fn restore_before(signal: c_int) {
    // SAFETY: all zeros is a valid value of this plain C structure.
    let mut action: libc::sigaction = unsafe { zeroed() };
    // SAFETY: `action` is valid for writing during the call.
    unsafe { libc::sigaction(signal, std::ptr::null(), &mut action) };
    if action.sa_sigaction == libc::SIG_IGN {
        return; // as `nohup` wants it
    }
    action.sa_sigaction = restore as extern "C" fn(c_int) as libc::sighandler_t;
    // Once: sent again from inside the handler, the signal does what it does to everybody.
    action.sa_flags = libc::SA_RESETHAND;
    // SAFETY: `action` is valid for reading during the call, and `restore` is made for being a handler.
    unsafe { libc::sigaction(signal, &action, std::ptr::null_mut()) };
}

extern "C" fn restore(signal: c_int) {
    // SAFETY: only calls that are safe in a signal handler; `get` reads an atomic and what it guards.
    unsafe {
        // In the background it is no longer ours, and changing it would stop us.
        if libc::tcgetpgrp(STDIN_FILENO) == libc::getpgrp()
            && let Some(modes) = BEFORE.get()
        {
            libc::tcsetattr(STDIN_FILENO, TCSANOW, modes);
        }
        // Blocked until this handler returns; then it ends the guide, and its parent sees of what.
        libc::raise(signal);
    }
}
