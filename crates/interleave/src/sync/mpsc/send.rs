//! Putting messages in.

use std::sync::PoisonError;
use std::sync::mpsc::{SendError, TrySendError};

use super::{Channel, Sender, SyncSender};
use crate::event::Did;
use crate::model::{Here, Setting, setting};
use crate::op::{Access, Need, Oid, Op, Touch, Verb};
use crate::place::Place;
use crate::session::Session;

/// How an attempt to put a message in came out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Attempt {
    Put,
    Full,
    NobodyThere,
}

impl<T> Sender<T> {
    /// Puts a message in.
    ///
    /// # Errors
    /// If the receiver is gone. The error contains the message.
    #[track_caller]
    pub fn send(&self, message: T) -> Result<(), SendError<T>> {
        self.0.0.send(message, Place::caller())
    }
}

impl<T> SyncSender<T> {
    /// Waits for room and puts a message in; into a channel of bound 0, waits until it is taken.
    ///
    /// # Errors
    /// If the receiver is gone. The error contains the message.
    #[track_caller]
    pub fn send(&self, message: T) -> Result<(), SendError<T>> {
        self.0.0.send(message, Place::caller())
    }

    /// Puts a message in if there is room; into a channel of bound 0, if a receiver waits.
    ///
    /// # Errors
    /// If there is no room, or the receiver is gone. The error contains the message.
    #[track_caller]
    pub fn try_send(&self, message: T) -> Result<(), TrySendError<T>> {
        self.0.0.try_send(message, Place::caller())
    }
}

impl<T> Channel<T> {
    fn send(&self, message: T, place: Place) -> Result<(), SendError<T>> {
        let here = match setting() {
            Setting::Inside(here) => here,
            Setting::Outside => return self.send_outside(message),
            // In a destructor. Nobody will read it, and an `unwrap` of that would end the process.
            Setting::Unwinding => return Ok(()),
        };
        let gate = self.gate(&here);
        let op = match self.room() {
            Some(room) => Op::when(Verb::Send(gate), gate, Access::Write, room),
            None => Op::on(gate, Touch::Is(Access::Write)),
        };
        let attempt = here.perform(place, |_| op, |session| self.attempt(session, gate, false));
        if attempt == Attempt::NobodyThere {
            return Err(SendError(message));
        }
        let ticket = self.put(message);
        if self.is_hand_to_hand() && !self.wait_until_taken(&here, gate, ticket, place) {
            let message = self.queue().messages.pop_back();
            return message.map_or(Ok(()), |message| Err(SendError(message)));
        }
        Ok(())
    }

    /// Puts the message in place and returns its number.
    fn put(&self, message: T) -> u64 {
        let mut queue = self.queue();
        queue.messages.push_back(message);
        queue.put += 1;
        queue.put
    }

    /// Hand to hand: waits until the message is taken. `false` if the receiver left before.
    fn wait_until_taken(&self, here: &Here, gate: Oid, ticket: u64, place: Place) -> bool {
        let hands = self.hands(here);
        let ticket = i64::try_from(ticket).expect("a count fits");
        let need = Need::AtLeast(ticket);
        let op = Op::when(Verb::Send(gate), hands, Access::Write, need);
        here.perform(
            place,
            |_| op,
            |session| {
                let known = session.state.scene.gate(hands).view.clone();
                session.learn(&known);
                session.effect();
                let is_taken = self.queue().taken >= u64::try_from(ticket).expect("it was one");
                if !is_taken {
                    session.note(Some(gate), || Did::Turned("finds no receiver"));
                }
                is_taken
            },
        )
    }

    fn attempt(&self, session: &mut Session<'_>, gate: Oid, must_be_at_once: bool) -> Attempt {
        let (has_receiver, waiting, inside) = {
            let queue = self.queue();
            (queue.has_receiver, queue.waiting, queue.messages.len())
        };
        if !has_receiver {
            session.turned_away(gate, Did::Turned("finds no receiver"));
            return Attempt::NobodyThere;
        }
        let is_full = match self.bound {
            Some(0) => waiting <= inside,
            Some(bound) => inside >= bound,
            None => false,
        };
        if must_be_at_once && is_full {
            session.turned_away(gate, Did::Turned("finds no room"));
            return Attempt::Full;
        }
        session.shift(gate, 1);
        let knowledge = session.knowledge();
        session.state.scene.gate_mut(gate).letters.push_back(knowledge);
        session.effect();
        session.note(Some(gate), || Did::Sent(inside + 1));
        Attempt::Put
    }

    fn try_send(&self, message: T, place: Place) -> Result<(), TrySendError<T>> {
        let attempt = match setting() {
            Setting::Inside(here) => {
                let gate = self.gate(&here);
                let op = Op::on(gate, Touch::Is(Access::Write)).looking();
                here.perform(place, |_| op, |session| self.attempt(session, gate, true))
            }
            _ => self.attempt_outside(),
        };
        match attempt {
            Attempt::Full => Err(TrySendError::Full(message)),
            Attempt::NobodyThere => Err(TrySendError::Disconnected(message)),
            Attempt::Put => {
                self.put(message);
                self.changed.notify_all();
                Ok(())
            }
        }
    }

    fn attempt_outside(&self) -> Attempt {
        let queue = self.queue();
        let room = self.bound.map(|bound| if bound == 0 { queue.waiting } else { bound });
        match room {
            _ if !queue.has_receiver => Attempt::NobodyThere,
            Some(room) if queue.messages.len() >= room => Attempt::Full,
            _ => Attempt::Put,
        }
    }

    fn send_outside(&self, message: T) -> Result<(), SendError<T>> {
        let wait = |queue| self.changed.wait(queue).unwrap_or_else(PoisonError::into_inner);
        let mut queue = self.queue();
        while queue.has_receiver
            && self.bound.is_some_and(|bound| queue.messages.len() >= bound.max(1))
        {
            queue = wait(queue);
        }
        if !queue.has_receiver {
            return Err(SendError(message));
        }
        queue.messages.push_back(message);
        queue.put += 1;
        let ticket = queue.put;
        self.changed.notify_all();
        while self.is_hand_to_hand() && queue.has_receiver && queue.taken < ticket {
            queue = wait(queue);
        }
        if self.is_hand_to_hand() && queue.taken < ticket {
            let message = queue.messages.pop_back();
            return message.map_or(Ok(()), |message| Err(SendError(message)));
        }
        Ok(())
    }
}
