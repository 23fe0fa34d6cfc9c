//! The table's scope ends before the first await; the buffer must outlive one, so it lives on the heap.

use std::io;
use tokio::io::{AsyncRead, AsyncReadExt};

/// The sum of all bytes until the reader ends; none counts for more than the heaviest weight of the table.
pub async fn add_up<R: AsyncRead + Unpin>(mut reader: R) -> io::Result<u64> {
    let heaviest = {
        let mut table = [0; 256];
        fill(&mut table);
        table.into_iter().max().unwrap_or(0)
    };

    let mut buffer = vec![0; 4096];
    let mut sum = 0;
    loop {
        let count = reader.read(&mut buffer).await?;
        if count == 0 {
            return Ok(sum);
        }
        for byte in &buffer[..count] {
            sum += u64::from(*byte).min(heaviest);
        }
    }
}

fn fill(table: &mut [u64; 256]) {
    for (byte, weight) in table.iter_mut().enumerate() {
        *weight = byte as u64 * 7 % 251;
    }
}
