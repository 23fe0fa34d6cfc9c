//! The two ends of a channel, and what happens when they go away.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use super::{Channel, OPEN};
use crate::event::Did;
use crate::model::{Setting, setting};
use crate::op::{Access, Op, Touch};
use crate::place::Place;

/// The sending end of a [`channel`](super::channel).
pub struct Sender<T>(pub(super) Link<T>);

/// The sending end of a [`sync_channel`](super::sync_channel).
pub struct SyncSender<T>(pub(super) Link<T>);

/// The receiving end of a channel.
pub struct Receiver<T> {
    pub(super) channel: Arc<Channel<T>>,
    /// A receiver may move to another thread, but not be shared, as in the standard library.
    _unshared: PhantomData<std::cell::Cell<()>>,
}

/// One sender's share of a channel.
pub(super) struct Link<T>(pub(super) Arc<Channel<T>>);

impl<T> Sender<T> {
    pub(super) fn new(channel: Arc<Channel<T>>) -> Self {
        Sender(Link(channel))
    }
}

impl<T> SyncSender<T> {
    pub(super) fn new(channel: Arc<Channel<T>>) -> Self {
        SyncSender(Link(channel))
    }
}

impl<T> Receiver<T> {
    pub(super) fn new(channel: Arc<Channel<T>>) -> Self {
        Receiver { channel, _unshared: PhantomData }
    }
}

impl<T> Clone for Link<T> {
    fn clone(&self) -> Self {
        // No step: whoever can clone a sender holds one, so the channel is connected in any case.
        self.0.queue().senders += 1;
        Link(Arc::clone(&self.0))
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        Sender(self.0.clone())
    }
}

impl<T> Clone for SyncSender<T> {
    fn clone(&self) -> Self {
        SyncSender(self.0.clone())
    }
}

/// Counts one sender out.
fn leave<T>(channel: &Channel<T>) -> bool {
    let mut queue = channel.queue();
    queue.senders -= 1;
    queue.senders == 0
}

impl<T> Drop for Link<T> {
    #[track_caller]
    fn drop(&mut self) {
        let place = Place::caller();
        let Setting::Inside(here) = setting() else {
            leave(&self.0);
            self.0.changed.notify_all();
            return;
        };
        let gate = self.0.gate(&here);
        let op = Op::on(gate, Touch::Is(Access::Write));
        here.perform(
            place,
            |_| op,
            |session| {
                // Whoever finds all senders gone knows what they knew: the library counts them out with AcqRel.
                let knowledge = session.knowledge();
                session.state.scene.gate_mut(gate).view.join(&knowledge);
                if leave(&self.0) {
                    session.shift(gate, OPEN);
                    session.effect();
                    session.note(Some(gate), || Did::Turned("hangs up: no sender is left"));
                }
            },
        );
    }
}

impl<T> Drop for Receiver<T> {
    #[track_caller]
    fn drop(&mut self) {
        let place = Place::caller();
        // The messages that nobody will read are dropped after the step: that may be one itself.
        let unread = match setting() {
            Setting::Inside(here) => {
                let gate = self.channel.gate(&here);
                let hands = self.channel.is_hand_to_hand().then(|| self.channel.hands(&here));
                let op = Op::on(gate, Touch::Is(Access::Write));
                let op = match hands {
                    Some(hands) => op.and(hands, Touch::Is(Access::Write)),
                    None => op,
                };
                here.perform(
                    place,
                    |_| op,
                    |session| {
                        session.shift(gate, -2 * OPEN);
                        // Whoever has put a message into these hands takes it back.
                        hands.into_iter().for_each(|hands| session.shift(hands, OPEN));
                        session.effect();
                        session.note(Some(gate), || Did::Turned("hangs up: no receiver is left"));
                    },
                );
                self.close()
            }
            _ => self.close(),
        };
        self.channel.changed.notify_all();
        drop(unread);
    }
}

impl<T> Receiver<T> {
    fn close(&self) -> std::collections::VecDeque<T> {
        let mut queue = self.channel.queue();
        queue.has_receiver = false;
        if self.channel.is_hand_to_hand() {
            return std::collections::VecDeque::new();
        }
        std::mem::take(&mut queue.messages)
    }
}

impl<T> fmt::Debug for Sender<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sender").finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for SyncSender<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SyncSender").finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for Receiver<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiver").finish_non_exhaustive()
    }
}
