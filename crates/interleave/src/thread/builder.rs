//! Starting threads.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread as real;

use super::handle::{Handle, JoinHandle, Member, Packet, Thread, Who};
use super::scope::{Scope, ScopedJoinHandle};
use crate::model::{Here, Setting, Unwound, setting};
use crate::place::Place;

/// Starts a thread.
#[track_caller]
pub fn spawn<F, T>(body: F) -> JoinHandle<T>
where
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    Builder::new().spawn(body).expect("failed to spawn thread")
}

/// A thread that is about to be started; see [`std::thread::Builder`].
#[derive(Debug, Default)]
pub struct Builder {
    name: Option<String>,
    stack_size: Option<usize>,
}

impl Builder {
    /// A thread without a name and with a stack of the usual size.
    pub fn new() -> Self {
        Builder::default()
    }

    /// Names the thread. Reports call it by this name.
    pub fn name(mut self, name: String) -> Self {
        self.name = Some(name);
        self
    }

    /// Sets the size of the stack, in bytes.
    pub fn stack_size(mut self, size: usize) -> Self {
        self.stack_size = Some(size);
        self
    }

    /// Starts the thread.
    ///
    /// # Errors
    /// If the system cannot start another thread.
    #[track_caller]
    pub fn spawn<F, T>(self, body: F) -> io::Result<JoinHandle<T>>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        let place = Place::caller();
        let Setting::Inside(here) = setting() else {
            let handle = self.real().spawn(body)?;
            let thread = Thread(Who::Outside(handle.thread().clone()));
            return Ok(JoinHandle(Handle::Outside(handle, thread)));
        };
        let (member, life) = enrol(&here, self.name.clone(), place, false, body);
        let number = member.here.me;
        let handle = self.real().spawn(life).inspect_err(|_| here.run.state().bury(number))?;
        here.run.state().handles.push((number, handle));
        Ok(JoinHandle(Handle::Inside(member)))
    }

    /// Starts a thread of a scope.
    ///
    /// # Errors
    /// If the system cannot start another thread.
    #[track_caller]
    pub fn spawn_scoped<'scope, 'env, F, T>(
        self,
        scope: &'scope Scope<'scope, 'env>,
        body: F,
    ) -> io::Result<ScopedJoinHandle<'scope, T>>
    where
        F: FnOnce() -> T + Send + 'scope,
        T: Send + 'scope,
    {
        scope.start(self, Place::caller(), body)
    }

    pub(super) fn real(&self) -> real::Builder {
        let mut builder = real::Builder::new();
        if let Some(name) = &self.name {
            builder = builder.name(name.clone());
        }
        match self.stack_size {
            Some(size) => builder.stack_size(size),
            None => builder,
        }
    }

    pub(super) fn take_name(&mut self) -> Option<String> {
        self.name.take()
    }
}

/// A new member of the run, and the life that a thread of the system must lead for it.
pub(super) fn enrol<'a, F, T>(
    here: &Here,
    name: Option<String>,
    place: Place,
    is_scoped: bool,
    body: F,
) -> (Member<T>, impl FnOnce() + Send + use<'a, F, T>)
where
    F: FnOnce() -> T + Send + 'a,
    T: Send + 'a,
{
    // The system would notice only when the thread is a member already.
    let has_null = name.as_ref().is_some_and(|name| name.contains('\0'));
    assert!(!has_null, "thread name may not contain interior null bytes");
    let child = here.enrol(name, place, is_scoped);
    let packet = Packet::new();
    let (member_packet, thread) = (packet.share(), Thread::of(&child));
    let member = Member { here: child.clone(), packet: member_packet, thread };
    let life = move || {
        child.live(|| match catch_unwind(AssertUnwindSafe(body)) {
            Ok(value) => {
                packet.put(Ok(value));
                None
            }
            Err(payload) => {
                let told: Box<dyn std::any::Any + Send> =
                    if payload.is::<Unwound>() { Box::new(Unwound) } else { copy_text(&*payload) };
                packet.put(Err(payload));
                Some(told)
            }
        });
    };
    (member, life)
}

/// The message of a panic: the payload itself belongs to whoever joins the thread.
fn copy_text(payload: &(dyn std::any::Any + Send)) -> Box<dyn std::any::Any + Send> {
    match (payload.downcast_ref::<&str>(), payload.downcast_ref::<String>()) {
        (Some(text), _) => Box::new(*text),
        (_, Some(text)) => Box::new(text.clone()),
        _ => Box::new(()),
    }
}
