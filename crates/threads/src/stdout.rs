//! Standard output for a reader who may leave early.

use std::fmt::Display;
use std::io::{self, Write};

/// Prints a line. A reader who has seen enough (`| head -1`) is no error; `println!` would panic.
pub fn say(line: impl Display) {
    say_to(&mut io::stdout(), line);
}

/// Prints a title, and under it the lines, indented.
pub fn say_list<L: Display>(title: &str, lines: impl IntoIterator<Item = L>) {
    say_list_to(&mut io::stdout(), title, lines);
}

fn say_list_to<L: Display>(out: &mut impl Write, title: &str, lines: impl IntoIterator<Item = L>) {
    say_to(out, title);
    for line in lines {
        say_to(out, format_args!("  {line}"));
    }
}

fn say_to(out: &mut impl Write, line: impl Display) {
    let _ = writeln!(out, "{line}");
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Gone;

    impl Write for Gone {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_line_ends_with_its_newline() {
        let mut out = Vec::new();
        say_to(&mut out, 7);
        say_to(&mut out, "");
        assert_eq!(out, b"7\n\n");
    }

    #[test]
    fn a_list_stands_indented_under_its_title() {
        let mut out = Vec::new();
        say_list_to(&mut out, "squares", [1, 4]);
        assert_eq!(out, b"squares\n  1\n  4\n");
    }

    #[test]
    fn a_reader_who_is_gone_is_no_panic() {
        say_to(&mut Gone, "hello?");
    }
}
