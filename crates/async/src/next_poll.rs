//! A future written by hand, as small as a wait can be.

use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Pending at the first poll, ready at the second: its task gives way to all others once.
#[derive(Debug, Default)]
pub struct NextPoll {
    polled: bool,
}

impl Future for NextPoll {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context) -> Poll<()> {
        if mem::replace(&mut self.polled, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref(); // "come back at once": there is nothing to wait for
        Poll::Pending
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::pin::pin;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::task::{Wake, Waker};

    #[derive(Default)]
    struct Bell(AtomicUsize);

    impl Wake for Bell {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::Relaxed); // one thread: there is nothing to order
        }
    }

    #[test]
    fn it_is_ready_at_the_second_poll_and_rings_once_for_it() {
        let bell = Arc::new(Bell::default());
        let waker = Waker::from(Arc::clone(&bell));
        let mut context = Context::from_waker(&waker);
        let mut future = pin!(NextPoll::default());
        assert!(future.as_mut().poll(&mut context).is_pending());
        assert_eq!(bell.0.load(Ordering::Relaxed), 1, "nobody would ever come back");
        assert!(future.as_mut().poll(&mut context).is_ready());
        assert_eq!(bell.0.load(Ordering::Relaxed), 1);
    }
}
