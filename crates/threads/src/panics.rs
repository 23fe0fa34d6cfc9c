//! Panics that are expected, told in a line.

use std::io::{self, Write};
use std::panic::{self, PanicHookInfo};
use std::thread;

/// From now on each panic of this process is one line on stderr: the thread, and the text.
///
/// The default hook writes three lines, which is right for a surprise and too much for what a lesson does on purpose.
pub fn announce_in_one_line() {
    panic::set_hook(Box::new(|info: &PanicHookInfo<'_>| {
        let thread = thread::current().name().unwrap_or("?").to_owned();
        let _ = writeln!(io::stderr(), "{thread}: {}", info.payload_as_str().unwrap_or("panicked"));
    }));
}
