//! Judges `shrink_future`: the size of the future, its sum, and how many reads it took.

#[path = "../async/shrink_future.rs"]
mod exercise;

use std::cell::Cell;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use exercise::add_up;
use tokio::io::{AsyncRead, ReadBuf};
use tokio::task::yield_now;

/// Gives as many bytes as are asked for, every one of them 255, and counts how often it was asked.
struct Counted<'a> {
    left: usize,
    reads: &'a Cell<usize>,
}

impl AsyncRead for Counted<'_> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _context: &mut Context,
        buffer: &mut ReadBuf,
    ) -> Poll<io::Result<()>> {
        self.reads.update(|reads| reads + 1);
        let count = self.left.min(buffer.remaining());
        buffer.put_slice(&vec![255; count]);
        self.left -= count;
        Poll::Ready(Ok(()))
    }
}

#[test]
fn the_future_is_below_256_bytes() {
    let bytes = size_of_val(&add_up(tokio::io::empty()));
    assert!(bytes < 256, "the future takes {bytes} bytes");
}

#[tokio::test]
async fn the_sum_is_still_right() {
    assert_eq!(add_up(&[][..]).await.unwrap(), 0, "the sum of nothing");
    assert_eq!(add_up(&[1, 2, 3, 250][..]).await.unwrap(), 256, "1 + 2 + 3 + 250");
    assert_eq!(add_up(&[255, 251][..]).await.unwrap(), 500, "bytes above 250 count as 250");
}

#[tokio::test]
async fn a_reader_that_hands_out_little_at_a_time_is_read_to_its_end() {
    let (mut far, near) = tokio::io::duplex(3);
    let feed = async move {
        for _ in 0..10 {
            tokio::io::AsyncWriteExt::write_all(&mut far, &[5; 7]).await.unwrap();
            yield_now().await;
        }
    };
    let (sum, ()) = tokio::join!(add_up(near), feed);
    assert_eq!(sum.unwrap(), 350, "seventy times 5, three bytes at a time");
}

#[tokio::test]
async fn the_pieces_are_still_large() {
    let reads = Cell::new(0);
    let sum = add_up(Counted { left: 10 * 4096, reads: &reads }).await.unwrap();
    assert_eq!(sum, 10 * 4096 * 250);
    assert!(reads.get() <= 11, "{} reads for 10 pieces of 4096 bytes", reads.get());
}
