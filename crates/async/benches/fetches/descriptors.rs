//! Makes sure that a process may hold one socket per fetch.

use slow_server::descriptors;

// Standard streams, the runtime's own, the libraries' files while Python imports them.
const BESIDES: usize = 100;

/// Raises the limit on open descriptors and checks that `fetches` sockets fit.
///
/// # Errors
///
/// A sentence that says what the limit is and how to raise it.
pub(crate) fn allow(fetches: usize) -> Result<(), String> {
    match descriptors::raise_limit() {
        Ok(limit) if limit < fetches + BESIDES => Err(format!(
            "A process may open only {limit} files here; for more: `ulimit -n 32768`, as root if need be"
        )),
        Ok(_) => Ok(()),
        // No such limits on this system: then nothing is in the way.
        Err(error) if error.kind() == std::io::ErrorKind::Unsupported => Ok(()),
        Err(error) => Err(format!(
            "The limit on open files cannot be raised ({error}); try `ulimit -n 32768`"
        )),
    }
}
