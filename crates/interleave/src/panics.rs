//! Keeps the message and place of a panic inside a run, and keeps it off the screen: a search
//! provokes the same panic many times, and reports it once.

use std::any::Any;
use std::cell::RefCell;
use std::panic::{set_hook, take_hook};
use std::sync::Once;

use crate::actor::Panic;
use crate::model;
use crate::place::Place;

thread_local! {
    static LAST: RefCell<Option<Place>> = const { RefCell::new(None) };
}

/// Puts the hook in front of the one that is there. Panics outside of runs go to that one.
pub(crate) fn install() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let others = take_hook();
        set_hook(Box::new(move |info| {
            if !model::is_inside() {
                return others(info);
            }
            let place = info.location().map(Place::of_panic);
            // A thread-local may be gone when a destructor of another one panics.
            let first = LAST.try_with(|last| std::mem::replace(&mut *last.borrow_mut(), place));
            if let (Ok(Some(first)), Some(second)) = (first, place) {
                announce_the_abort(first, second);
            }
        }));
    });
}

/// The thread goes on: whatever has panicked in it before has been caught.
pub(crate) fn forget() {
    if !std::thread::panicking() {
        LAST.with(|last| *last.borrow_mut() = None);
    }
}

/// Where this thread has panicked last.
pub(crate) fn last() -> Option<Place> {
    LAST.with(|last| *last.borrow())
}

/// It goes on to unwind from there.
pub(crate) fn remember(at: Option<Place>) {
    LAST.with(|last| *last.borrow_mut() = at);
}

/// A panic in a destructor while another panic unwinds ends the process, so there will be no
/// report. All that can be said is said here.
fn announce_the_abort(first: Place, second: Place) {
    eprintln!(
        "✗ double panic: while the panic at {first} unwinds, a destructor panics at {second}, \
         and Rust ends the process."
    );
    if let Some(schedule) = model::schedule() {
        eprintln!("The same run again: interleave::replay(\"{schedule}\", …)");
    }
}

/// The panic that has just unwound this thread, from its payload and what the hook has seen.
#[track_caller]
pub(crate) fn take(payload: &(dyn Any + Send)) -> Panic {
    let text = payload
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| payload.downcast_ref::<String>().cloned());
    Panic {
        message: text.unwrap_or_else(|| "a panic with a value that is no text".to_owned()),
        // `resume_unwind` does not call the hook.
        place: LAST.with(|last| last.borrow_mut().take()).unwrap_or_else(Place::caller),
    }
}
