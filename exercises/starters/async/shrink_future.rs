//! A thousand clerks each add up a long list of bytes, and each future takes more than 5 KiB: 5 MiB of notes.
//!
//! A future has room for everything that may still be alive at one of its awaits. Bring the future of `add_up` below
//! 256 bytes. It must go on reading in pieces of up to 4096 bytes (every read costs), and return the same sum.

use std::io;
use tokio::io::{AsyncRead, AsyncReadExt};

/// The sum of all bytes until the reader ends; none counts for more than the heaviest weight of the table.
pub async fn add_up<R: AsyncRead + Unpin>(mut reader: R) -> io::Result<u64> {
    let mut table = [0; 256];
    fill(&mut table);
    let heaviest = table.into_iter().max().unwrap_or(0);

    let mut buffer = [0; 4096];
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
