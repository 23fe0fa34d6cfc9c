//! Parking: every thread has a token, which `unpark` leaves and `park` waits for.

use std::thread as real;
use std::time::Duration;

use super::handle::{Thread, Who};
use crate::event::Did;
use crate::model::{Setting, abandon, setting};
use crate::op::{Access, Need, Op, Touch, Verb};
use crate::place::Place;

/// Waits until somebody has unparked this thread.
#[track_caller]
pub fn park() {
    let place = Place::caller();
    match setting() {
        Setting::Inside(here) => {
            let token = here.quietly(|session| session.state.scene.actors[here.me].token);
            let op = Op::when(Verb::Park, token, Access::Write, Need::AtLeast(1));
            here.perform(
                place,
                |_| op,
                |session| {
                    session.shift(token, -1);
                    let known = session.state.scene.gate(token).view.clone();
                    session.learn(&known);
                    session.effect();
                    session.note(None, || Did::Parked);
                },
            );
        }
        Setting::Outside => real::park(),
        Setting::Unwinding => abandon(),
    }
}

/// Waits until somebody has unparked this thread, but no longer than `limit`. Inside a run the
/// time may run out at any moment.
#[track_caller]
pub fn park_timeout(limit: Duration) {
    let place = Place::caller();
    match setting() {
        Setting::Inside(here) => {
            let token = here.quietly(|session| session.state.scene.actors[here.me].token);
            let op = Op::on(token, Touch::Is(Access::Write)).looking();
            here.perform(
                place,
                |_| op,
                |session| {
                    let level = session.state.scene.gate(token).level;
                    session.shift(token, -level);
                    let known = session.state.scene.gate(token).view.clone();
                    session.learn(&known);
                    session.looked(None);
                    session.note(None, || Did::Parked);
                },
            );
        }
        Setting::Outside => real::park_timeout(limit),
        Setting::Unwinding => {}
    }
}

impl Thread {
    /// Leaves the token, so that the thread's `park` returns, now or when it comes to it.
    #[track_caller]
    pub fn unpark(&self) {
        let place = Place::caller();
        match (&self.0, setting()) {
            (Who::Outside(thread), _) => thread.unpark(),
            (Who::Inside(target, _), Setting::Inside(here)) => {
                let thread = target.me;
                let token = here.quietly(|session| session.state.scene.actors[thread].token);
                let op = Op::on(token, Touch::Is(Access::Write));
                here.perform(
                    place,
                    |_| op,
                    |session| {
                        let level = session.state.scene.gate(token).level;
                        session.shift(token, 1 - level);
                        let knowledge = session.knowledge();
                        session.state.scene.gate_mut(token).view.join(&knowledge);
                        session.effect();
                        session.note(None, || Did::Unparked(thread));
                    },
                );
            }
            (Who::Inside(..), _) => {}
        }
    }
}
