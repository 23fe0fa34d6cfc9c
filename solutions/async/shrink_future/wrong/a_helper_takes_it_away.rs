//! Believes: an array handed to another async function is no longer part of this future.
//! Rejected by: the_future_is_below_256_bytes

use std::io;
use tokio::io::{AsyncRead, AsyncReadExt};

/// The sum of all bytes until the reader ends; none counts for more than the heaviest weight of the table.
pub async fn add_up<R: AsyncRead + Unpin>(mut reader: R) -> io::Result<u64> {
    let heaviest = {
        let mut table = [0; 256];
        fill(&mut table);
        table.into_iter().max().unwrap_or(0)
    };

    let mut buffer = [0; 4096];
    let mut sum = 0;
    loop {
        let count = fill_from(&mut reader, &mut buffer).await?;
        if count == 0 {
            return Ok(sum);
        }
        for byte in &buffer[..count] {
            sum += u64::from(*byte).min(heaviest);
        }
    }
}

async fn fill_from<R: AsyncRead + Unpin>(
    reader: &mut R,
    buffer: &mut [u8; 4096],
) -> io::Result<usize> {
    reader.read(buffer).await
}

fn fill(table: &mut [u64; 256]) {
    for (byte, weight) in table.iter_mut().enumerate() {
        *weight = byte as u64 * 7 % 251;
    }
}
