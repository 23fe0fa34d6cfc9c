//! Taking messages out.

use std::sync::PoisonError;
use std::sync::mpsc::{RecvError, RecvTimeoutError, TryRecvError};
use std::time::{Duration, Instant};

use super::{Channel, Receiver};
use crate::event::Did;
use crate::model::{Here, Setting, must_not_block, setting};
use crate::op::{Access, Need, Oid, Op, Touch, Verb};
use crate::place::Place;
use crate::session::Session;

/// What a receiver may need.
const A_MESSAGE: Need = Need::AtLeast(1);

impl<T> Receiver<T> {
    /// Waits for a message.
    ///
    /// # Errors
    /// If the channel is empty and all senders are gone.
    #[track_caller]
    pub fn recv(&self) -> Result<T, RecvError> {
        self.recv_at(Place::caller())
    }

    fn recv_at(&self, place: Place) -> Result<T, RecvError> {
        let Setting::Inside(here) = setting() else {
            return self.channel.take_outside(None).map_err(|_| RecvError);
        };
        let channel = &self.channel;
        let gate = channel.gate(&here);
        channel.announce(&here, gate, place, 1);
        let op = Op::when(Verb::Receive(gate), gate, Access::Write, A_MESSAGE);
        let is_there = here.perform(place, |_| op, |session| channel.take(session, gate, 1));
        let message = if is_there { channel.queue().messages.pop_front() } else { None };
        channel.hand_over(&here, place, message.is_some());
        message.ok_or(RecvError)
    }

    /// Takes a message if there is one.
    ///
    /// # Errors
    /// If there is none, and whether there can still be one.
    #[track_caller]
    pub fn try_recv(&self) -> Result<T, TryRecvError> {
        self.try_recv_at(Place::caller())
    }

    fn try_recv_at(&self, place: Place) -> Result<T, TryRecvError> {
        let Setting::Inside(here) = setting() else { return self.channel.try_take_outside() };
        let channel = &self.channel;
        let gate = channel.gate(&here);
        let op = Op::on(gate, Touch::Is(Access::Write)).looking();
        let is_there = here.perform(place, |_| op, |session| channel.take(session, gate, 0));
        if is_there {
            let message = channel.queue().messages.pop_front();
            channel.hand_over(&here, place, message.is_some());
            message.ok_or(TryRecvError::Disconnected)
        } else if channel.queue().senders == 0 {
            Err(TryRecvError::Disconnected)
        } else {
            Err(TryRecvError::Empty)
        }
    }

    /// Waits for a message, but no longer than `limit`. In a run the time may run out at any
    /// moment at which there is no message.
    ///
    /// # Errors
    /// If the time is up, or the channel is empty and all senders are gone.
    #[track_caller]
    pub fn recv_timeout(&self, limit: Duration) -> Result<T, RecvTimeoutError> {
        if let Setting::Inside(_) = setting() {
            return match self.try_recv() {
                Ok(message) => Ok(message),
                Err(TryRecvError::Disconnected) => Err(RecvTimeoutError::Disconnected),
                Err(TryRecvError::Empty) => Err(RecvTimeoutError::Timeout),
            };
        }
        self.channel.take_outside(Some(Instant::now() + limit))
    }

    /// The messages, until all senders are gone.
    #[track_caller]
    pub fn iter(&self) -> Iter<'_, T> {
        Iter(self, Place::caller())
    }

    /// The messages that are there already.
    #[track_caller]
    pub fn try_iter(&self) -> TryIter<'_, T> {
        TryIter(self, Place::caller())
    }
}

impl<T> Channel<T> {
    /// Hand to hand: a receiver that waits can be seen by `try_send`.
    fn announce(&self, here: &Here, gate: Oid, place: Place, by: usize) {
        if self.is_hand_to_hand() {
            let op = Op::on(gate, Touch::Is(Access::Write));
            here.perform(place, |_| op, |_| self.queue().waiting += by);
        }
    }

    /// Takes the place in the queue; `waiting` receivers stop waiting.
    fn take(&self, session: &mut Session<'_>, gate: Oid, waiting: usize) -> bool {
        let mut queue = self.queue();
        if self.is_hand_to_hand() {
            queue.waiting -= waiting;
        }
        if queue.messages.is_empty() {
            let is_disconnected = queue.senders == 0;
            drop(queue);
            if is_disconnected {
                let known = session.state.scene.gate(gate).view.clone();
                session.learn(&known);
            }
            session.turned_away(gate, Did::Turned("finds it empty"));
            return false;
        }
        queue.taken += 1;
        drop(queue);
        session.shift(gate, -1);
        if let Some(letter) = session.state.scene.gate_mut(gate).letters.pop_front() {
            session.learn(&letter);
        }
        session.effect();
        session.note(Some(gate), || Did::Received);
        true
    }

    /// Hand to hand: lets the sender go on.
    fn hand_over(&self, here: &Here, place: Place, was_taken: bool) {
        if self.is_hand_to_hand() && was_taken {
            let hands = self.hands(here);
            let op = Op::on(hands, Touch::Is(Access::Write));
            here.perform(
                place,
                |_| op,
                |session| {
                    session.shift(hands, 1);
                    let knowledge = session.knowledge();
                    session.state.scene.gate_mut(hands).view.join(&knowledge);
                },
            );
        }
    }

    fn try_take_outside(&self) -> Result<T, TryRecvError> {
        let mut queue = self.queue();
        match queue.messages.pop_front() {
            Some(message) => {
                queue.taken += 1;
                self.changed.notify_all();
                Ok(message)
            }
            None if queue.senders == 0 => Err(TryRecvError::Disconnected),
            None => Err(TryRecvError::Empty),
        }
    }

    fn take_outside(&self, until: Option<Instant>) -> Result<T, RecvTimeoutError> {
        loop {
            match self.try_take_outside() {
                Ok(message) => return Ok(message),
                Err(TryRecvError::Disconnected) => return Err(RecvTimeoutError::Disconnected),
                Err(TryRecvError::Empty) => must_not_block(),
            }
            let mut queue = self.queue();
            if !queue.messages.is_empty() || queue.senders == 0 {
                continue;
            }
            queue.waiting += 1;
            self.changed.notify_all();
            let left = until.map(|until| until.saturating_duration_since(Instant::now()));
            if left == Some(Duration::ZERO) {
                queue.waiting -= 1;
                return Err(RecvTimeoutError::Timeout);
            }
            let limit = left.unwrap_or(Duration::from_secs(3_600));
            let waited = self.changed.wait_timeout(queue, limit);
            waited.unwrap_or_else(PoisonError::into_inner).0.waiting -= 1;
        }
    }
}

// An iterator remembers where it was made: called by an adaptor of the library, it has no better line to show.

/// The messages of a channel, until all senders are gone.
#[derive(Debug)]
pub struct Iter<'a, T>(&'a Receiver<T>, Place);

/// The messages that are in a channel already.
#[derive(Debug)]
pub struct TryIter<'a, T>(&'a Receiver<T>, Place);

/// The messages of a channel, with the receiver itself.
#[derive(Debug)]
pub struct IntoIter<T>(Receiver<T>, Place);

impl<T> Iterator for Iter<'_, T> {
    type Item = T;
    #[track_caller]
    fn next(&mut self) -> Option<T> {
        self.0.recv_at(Place::caller().or_if_of_the_library(self.1)).ok()
    }
}

impl<T> Iterator for TryIter<'_, T> {
    type Item = T;
    #[track_caller]
    fn next(&mut self) -> Option<T> {
        self.0.try_recv_at(Place::caller().or_if_of_the_library(self.1)).ok()
    }
}

impl<T> Iterator for IntoIter<T> {
    type Item = T;
    #[track_caller]
    fn next(&mut self) -> Option<T> {
        self.0.recv_at(Place::caller().or_if_of_the_library(self.1)).ok()
    }
}

impl<'a, T> IntoIterator for &'a Receiver<T> {
    type Item = T;
    type IntoIter = Iter<'a, T>;
    #[track_caller]
    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

impl<T> IntoIterator for Receiver<T> {
    type Item = T;
    type IntoIter = IntoIter<T>;
    #[track_caller]
    fn into_iter(self) -> IntoIter<T> {
        IntoIter(self, Place::caller())
    }
}
