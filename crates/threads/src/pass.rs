//! The pass between cooks and waiter: one channel, whether its room is limited or not.

use std::fmt;
use std::str::FromStr;
use std::sync::mpsc::{self, Receiver, SendError, Sender, SyncSender, TrySendError};

/// How many messages may lie there that nobody has taken; `None` is no limit.
///
/// ```
/// use threads::pass::Room;
///
/// assert_eq!("none".parse(), Ok(Room(None)));
/// assert_eq!("2".parse(), Ok(Room(Some(2))));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Room(pub Option<usize>);

/// The end of the pass that cooks hold: each has a clone. The standard library has a type for either kind.
#[derive(Debug)]
pub enum Pass<T> {
    /// Always has room.
    Endless(Sender<T>),
    /// Has room for some messages, and then makes whoever sends wait.
    Limited(SyncSender<T>),
}

/// Opens a pass: the cooks' end, and the waiter's. There is one waiter's end only.
pub fn open<T>(room: Room) -> (Pass<T>, Receiver<T>) {
    match room {
        Room(None) => {
            let (send, receive) = mpsc::channel();
            (Pass::Endless(send), receive)
        }
        Room(Some(room)) => {
            let (send, receive) = mpsc::sync_channel(room);
            (Pass::Limited(send), receive)
        }
    }
}

impl<T> Pass<T> {
    /// Puts a message down, after waiting for room.
    ///
    /// # Errors
    ///
    /// When the receiver is gone. The message comes back in the error.
    pub fn send(&self, message: T) -> Result<(), SendError<T>> {
        match self {
            Self::Endless(pass) => pass.send(message),
            Self::Limited(pass) => pass.send(message),
        }
    }

    /// Puts a message down if there is room at once.
    ///
    /// # Errors
    ///
    /// When there is no room, or the receiver is gone. The message comes back in the error.
    pub fn try_send(&self, message: T) -> Result<(), TrySendError<T>> {
        match self {
            Self::Endless(pass) => Ok(pass.send(message)?), // there is always room, or nobody
            Self::Limited(pass) => pass.try_send(message),
        }
    }
}

// By hand: a derived `Clone` would ask for messages that can be cloned, and only the end is.
impl<T> Clone for Pass<T> {
    fn clone(&self) -> Self {
        match self {
            Self::Endless(pass) => Self::Endless(pass.clone()),
            Self::Limited(pass) => Self::Limited(pass.clone()),
        }
    }
}

impl FromStr for Room {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // A limited channel sets aside all its room when it is opened.
        let room = text.parse().ok().filter(|room| *room <= 1_000_000);
        if text == "none" {
            Ok(Self(None))
        } else {
            room.map(|room| Self(Some(room))).ok_or("`none`, or a number up to 1000000")
        }
    }
}

impl fmt::Display for Room {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            None => f.write_str("no limit"),
            Some(room) => write!(f, "room for {room}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Puts down 0, 1, 2 … as long as there is room; says how many, and keeps the receiver till then.
    fn fill(room: Room) -> usize {
        let (pass, _waiter) = open(room);
        (0..10).take_while(|plate| pass.try_send(*plate).is_ok()).count()
    }

    #[test]
    fn a_limited_pass_takes_as_many_as_it_has_room_for() {
        assert_eq!(fill(Room(Some(0))), 0, "from hand to hand, and no hand is there");
        assert_eq!(fill(Room(Some(2))), 2);
    }

    #[test]
    fn an_endless_pass_takes_all() {
        assert_eq!(fill(Room(None)), 10);
    }

    #[test]
    fn a_full_pass_gives_the_message_back() {
        let (pass, _waiter) = open(Room(Some(1)));
        assert_eq!(pass.try_send("soup"), Ok(()));
        assert_eq!(pass.try_send("salad"), Err(TrySendError::Full("salad")));
    }

    #[test]
    fn with_the_receiver_gone_every_message_comes_back() {
        for room in [Room(None), Room(Some(1))] {
            let (pass, waiter) = open(room);
            drop(waiter);
            assert_eq!(pass.try_send(7), Err(TrySendError::Disconnected(7)));
            assert_eq!(pass.send(8), Err(SendError(8)));
        }
    }

    #[test]
    fn the_receiver_ends_with_the_last_clone() {
        for room in [Room(None), Room(Some(2))] {
            let (pass, waiter) = open(room);
            let other = pass.clone();
            pass.send('a').unwrap();
            drop(pass);
            other.send('b').unwrap();
            drop(other);
            assert_eq!(waiter.iter().collect::<String>(), "ab");
        }
    }

    #[test]
    fn room_is_a_number_or_none() {
        assert_eq!("0".parse(), Ok(Room(Some(0))));
        for no_room in ["few", "-1", "1000001"] {
            assert!(no_room.parse::<Room>().is_err(), "{no_room}");
        }
        let told = [None, Some(2)].map(|room| Room(room).to_string());
        assert_eq!(told, ["no limit", "room for 2"]);
    }
}
