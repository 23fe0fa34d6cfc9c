//! How many files and sockets this process may hold open, and how to be allowed more.
//!
//! Ten thousand connections need ten thousand descriptors; a shell usually allows 1,024. The server itself never
//! touches the limit: that is for a program to decide, and the `slow-server` binary does.
#![allow(unsafe_code, reason = "the limit is a pair of plain C calls, and std has none")]

use std::io;

/// Raises this process's limit on open descriptors as far as the system lets it without privileges, and returns the
/// limit now in force.
///
/// # Errors
///
/// When the system refuses, or on a system without such limits ([`io::ErrorKind::Unsupported`]); the process
/// then goes on under the limit it had.
#[cfg(unix)]
pub fn raise_limit() -> io::Result<usize> {
    let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: the pointer is to a live `rlimit` of ours, which the call only fills in.
    if unsafe { libc::getrlimit(libc::RLIMIT_NOFILE, &raw mut limit) } != 0 {
        return Err(io::Error::last_os_error());
    }
    limit.rlim_cur = attainable(limit.rlim_max);
    // SAFETY: the pointer is to a live, filled-in `rlimit`, which the call only reads.
    if unsafe { libc::setrlimit(libc::RLIMIT_NOFILE, &raw const limit) } != 0 {
        return Err(io::Error::last_os_error());
    }
    // An unlimited process reports a number beyond any count.
    Ok(usize::try_from(limit.rlim_cur).unwrap_or(usize::MAX))
}

// macOS reports an unlimited hard limit and then refuses more than OPEN_MAX.
#[cfg(unix)]
fn attainable(hard: libc::rlim_t) -> libc::rlim_t {
    if cfg!(target_vendor = "apple") { hard.min(10_240) } else { hard }
}

/// Elsewhere there is no limit to raise.
///
/// # Errors
///
/// Always [`io::ErrorKind::Unsupported`].
#[cfg(not(unix))]
pub fn raise_limit() -> io::Result<usize> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn raising_twice_changes_nothing_more() {
        assert_eq!(raise_limit().unwrap(), raise_limit().unwrap());
    }
}
