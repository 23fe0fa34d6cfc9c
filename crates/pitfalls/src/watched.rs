//! The present program as a child of itself: it may stand still for ever, and somebody watches and ends it.

use std::io::{self, BufRead, BufReader, Lines};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;
use std::{env, process, thread};

/// How long a child that cannot go on is looked at. A longer look would show the same.
const A_LOOK: Duration = Duration::from_millis(300);

/// A child that is being watched; it is ended when this is dropped.
#[derive(Debug)]
pub struct Watched {
    child: Child,
    words: Lines<BufReader<ChildStdout>>,
    /// Closes when this program ends, which the child notices. In `child` it would close in `wait`.
    _lifeline: ChildStdin,
}

impl Watched {
    /// Starts the present program again, with these arguments.
    ///
    /// # Panics
    /// If the system does not let a program be started.
    pub fn start<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Self {
        let program = env::current_exe().expect("a running program knows where it lies");
        let mut child = Command::new(program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("this program can be started again");
        let words = BufReader::new(child.stdout.take().expect("stdout is piped")).lines();
        let _lifeline = child.stdin.take().expect("stdin is piped");
        Self { child, words, _lifeline }
    }

    /// Waits for so many lines of what the child prints; fewer, if it prints no more.
    ///
    /// # Panics
    /// If what it prints is not text.
    pub fn hear(&mut self, lines: usize) -> Vec<String> {
        self.words.by_ref().take(lines).map(|line| line.expect("a child prints text")).collect()
    }

    /// Looks at the child for a while, and tells whether it is still there afterwards. For a child that
    /// is known to be stuck the answer is certain; for another it would be a matter of luck.
    ///
    /// # Panics
    /// If the system does not tell.
    pub fn stands_still(&mut self) -> bool {
        thread::sleep(A_LOOK);
        self.child.try_wait().expect("a child can be asked").is_none()
    }

    /// Waits until the child ends by itself, however long it takes; tells whether all was well.
    ///
    /// # Panics
    /// If the system does not tell.
    pub fn ends(&mut self) -> bool {
        self.child.wait().expect("a child can be waited for").success()
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        // Fails only when the child has ended already, and that is as well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// For the child: ends it when its parent is gone, however that came about. No one is left to do it then.
pub fn end_with_the_parent() {
    thread::spawn(|| {
        let _ = io::copy(&mut io::stdin(), &mut io::sink());
        process::exit(1);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tests' own program, told to list its tests: a child that prints and ends.
    #[test]
    fn a_child_is_heard_and_ends() {
        let mut child = Watched::start(["--list", "watched"]);
        let words = child.hear(1);
        assert_eq!(words, ["watched::tests::a_child_is_heard_and_ends: test"]);
        child.hear(usize::MAX);
        assert!(child.ends());
    }
}
