//! Empties a program's output stream as fast as it comes, and keeps its beginning and its end.

use std::collections::VecDeque;
use std::io::Read;
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// What was kept of an output stream.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Captured {
    head: String,
    tail: String,
    total: u64,
    left_out: u64,
}

impl Captured {
    /// The text, with a line in place of what was left out of its middle. Bytes that are no text are
    /// shown as `�`.
    #[must_use]
    pub fn text(&self) -> String {
        match self.left_out {
            0 => format!("{}{}", self.head, self.tail),
            bytes => format!("{}\n… {bytes} bytes left out …\n{}", self.head, self.tail),
        }
    }

    /// How many bytes the program printed.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.total
    }
}

/// A stream that is being emptied by a thread of its own.
pub(super) struct Capture {
    kept: Arc<Mutex<Kept>>,
    /// Disconnected when the stream has come to its end.
    ended: Receiver<()>,
}

impl Capture {
    /// Starts to empty `stream`. Where there is none, nothing is ever captured.
    pub(super) fn start(stream: Option<impl Read + Send + 'static>, limit: usize) -> Self {
        let kept = Arc::new(Mutex::new(Kept { limit, ..Kept::default() }));
        let (end, ended) = mpsc::channel();
        if let Some(mut stream) = stream {
            let kept = Arc::clone(&kept);
            std::thread::spawn(move || {
                let _end: mpsc::Sender<()> = end;
                let mut buffer = vec![0; 64 << 10];
                // A broken stream is an ended one.
                while let Ok(count @ 1..) = stream.read(&mut buffer) {
                    lock(&kept).add(&buffer[..count]);
                }
            });
        }
        Self { kept, ended }
    }

    /// How many bytes have come so far.
    pub(super) fn total(&self) -> u64 {
        lock(&self.kept).total
    }

    /// What was kept, once all has come. Whoever could hold the stream open has been killed by now; if
    /// one escaped even that, the verdict does not wait for it.
    pub(super) fn finish(self) -> Captured {
        let _ = self.ended.recv_timeout(Duration::from_millis(500));
        lock(&self.kept).captured()
    }
}

fn lock(kept: &Mutex<Kept>) -> MutexGuard<'_, Kept> {
    // Adding bytes does not panic half-way; what was kept is always whole.
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}

#[derive(Default)]
struct Kept {
    limit: usize,
    head: Vec<u8>,
    tail: VecDeque<u8>,
    total: u64,
}

impl Kept {
    fn add(&mut self, bytes: &[u8]) {
        self.total += bytes.len() as u64;
        let (head, rest) = bytes.split_at(bytes.len().min(self.limit - self.head.len()));
        self.head.extend(head);
        self.tail.extend(rest);
        let surplus = self.tail.len().saturating_sub(self.limit);
        self.tail.drain(..surplus);
    }

    fn captured(&self) -> Captured {
        let left_out = self.total - self.head.len() as u64 - self.tail.len() as u64;
        let tail: Vec<u8> = self.tail.iter().copied().collect();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        if left_out == 0 {
            // Whole, so that no character is cut where the head is full.
            let whole = [self.head.as_slice(), &tail].concat();
            return Captured { head: text(&whole), total: self.total, ..Captured::default() };
        }
        Captured { head: text(&self.head), tail: text(&tail), total: self.total, left_out }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn capture(printed: &'static str, limit: usize) -> Captured {
        Capture::start(Some(printed.as_bytes()), limit).finish()
    }

    #[test]
    fn a_short_text_is_kept_whole_even_where_the_head_ends_inside_a_character() {
        assert_eq!(capture("drei Löffel", 7).text(), "drei Löffel");
    }

    #[test]
    fn a_long_text_keeps_its_beginning_and_its_end() {
        let captured = capture("first, a great deal, last", 6);
        assert_eq!(captured.text(), "first,\n… 13 bytes left out …\n, last");
        assert_eq!(captured.total(), 25);
    }

    #[test]
    fn without_a_stream_nothing_is_captured() {
        assert_eq!(Capture::start(None::<&[u8]>, 8).finish(), Captured::default());
    }
}
