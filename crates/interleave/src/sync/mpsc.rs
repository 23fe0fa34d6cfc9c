//! Channels: a gate whose level is the number of messages inside.

mod ends;
mod receive;
mod send;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

pub use std::sync::mpsc::{RecvError, RecvTimeoutError, SendError, TryRecvError, TrySendError};

pub use self::ends::{Receiver, Sender, SyncSender};
pub use self::receive::{IntoIter, Iter, TryIter};

use crate::model::Here;
use crate::object::Kind;
use crate::op::{Need, Oid};
use crate::tag::Tag;

/// More than any channel holds. Added to the level when all senders are gone, and taken off when
/// the receiver is, so that whoever waits for a message or for room waits no longer.
const OPEN: i64 = 1 << 40;

/// A channel without a bound; see [`std::sync::mpsc::channel`].
pub fn channel<T>() -> (Sender<T>, Receiver<T>) {
    let channel = Arc::new(Channel::new(None));
    (Sender::new(Arc::clone(&channel)), Receiver::new(channel))
}

/// A channel that holds at most `bound` messages. With a bound of 0 each message is handed over
/// from hand to hand; see [`std::sync::mpsc::sync_channel`].
pub fn sync_channel<T>(bound: usize) -> (SyncSender<T>, Receiver<T>) {
    let channel = Arc::new(Channel::new(Some(bound)));
    (SyncSender::new(Arc::clone(&channel)), Receiver::new(channel))
}

/// What the ends of a channel share.
struct Channel<T> {
    bound: Option<usize>,
    messages: Tag,
    /// Counts the receivers that wait, and after a handing over the messages taken: for the
    /// hand-to-hand channel only.
    hands: Tag,
    /// Outside of a run the channel is a queue under a real lock.
    queue: Mutex<Queue<T>>,
    changed: std::sync::Condvar,
}

struct Queue<T> {
    messages: VecDeque<T>,
    senders: usize,
    has_receiver: bool,
    /// Messages ever put in and taken out: who hands over waits for the second to catch up.
    put: u64,
    taken: u64,
    /// Receivers that wait for a message.
    waiting: usize,
}

impl<T> Channel<T> {
    fn new(bound: Option<usize>) -> Self {
        let queue = Queue {
            messages: VecDeque::new(),
            senders: 1,
            has_receiver: true,
            put: 0,
            taken: 0,
            waiting: 0,
        };
        Channel {
            bound,
            messages: Tag::new(),
            hands: Tag::new(),
            queue: Mutex::new(queue),
            changed: std::sync::Condvar::new(),
        }
    }

    fn queue(&self) -> std::sync::MutexGuard<'_, Queue<T>> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The gate, for a run that may meet a channel that has been used before.
    fn gate(&self, here: &Here) -> Oid {
        here.object(&self.messages, |scene| {
            let queue = self.queue();
            let mut level = i64::try_from(queue.messages.len()).expect("a length fits");
            level += if queue.senders == 0 { OPEN } else { 0 };
            level -= if queue.has_receiver { 0 } else { 2 * OPEN };
            scene.add_gate(Kind::Channel, level)
        })
    }

    /// The gate of those who hand over: its level is the number of messages taken.
    fn hands(&self, here: &Here) -> Oid {
        here.object(&self.hands, |scene| {
            let taken = i64::try_from(self.queue().taken).expect("a count fits");
            scene.add_gate(Kind::Channel, taken)
        })
    }

    fn is_hand_to_hand(&self) -> bool {
        self.bound == Some(0)
    }

    /// What a sender that may wait needs: room for one more.
    fn room(&self) -> Option<Need> {
        let bound = i64::try_from(self.bound?.max(1)).unwrap_or(i64::MAX);
        Some(Need::AtMost(bound - 1))
    }
}
