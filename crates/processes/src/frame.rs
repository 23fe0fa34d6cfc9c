//! Messages over a byte stream: each frame is its length in 4 bytes, little-endian, then its payload.
//!
//! A pipe carries bytes, not messages: one `write` may arrive as three `read`s, and three as one.
//! The length in front says where a message ends, whatever bytes it is made of.

use std::io::{self, ErrorKind, Read, Write};

/// The longest payload that [`read_frame`] is asked to believe in, in bytes (64 MiB).
///
/// A stray `println!` in a worker puts text where a length should be, and text read as a length is
/// half a gigabyte or more: the limit turns that into an error instead of an endless wait.
pub const LIMIT: u32 = 64 << 20;

/// How much room a length alone may claim before any payload has arrived, in bytes.
const TRUST: usize = 64 << 10;

/// Writes one frame and flushes it.
///
/// # Errors
///
/// `InvalidInput` when the payload is longer than a 4-byte length can say; otherwise what the stream
/// says, such as `BrokenPipe` when nobody is left to read.
pub fn write_frame(to: &mut impl Write, payload: &[u8]) -> io::Result<()> {
    let length = u32::try_from(payload.len()).map_err(|_| {
        let text = format!("{} bytes do not fit in one frame; send them in pieces", payload.len());
        io::Error::new(ErrorKind::InvalidInput, text)
    })?;
    to.write_all(&length.to_le_bytes())?;
    to.write_all(payload)?;
    to.flush()
}

/// Reads one frame, or `None` when the stream ended cleanly between two frames.
///
/// # Errors
///
/// `UnexpectedEof` when the stream ends inside a frame, `InvalidData` when the announced length is over
/// `limit` bytes; otherwise what the stream says.
pub fn read_frame(from: &mut impl Read, limit: u32) -> io::Result<Option<Vec<u8>>> {
    let mut prefix = Vec::with_capacity(4);
    from.take(4).read_to_end(&mut prefix)?;
    if prefix.is_empty() {
        return Ok(None);
    }
    let prefix = <[u8; 4]>::try_from(prefix).map_err(|_| cut_short())?;
    let length = u32::from_le_bytes(prefix);
    if length > limit {
        let text = format!("a frame of {length} bytes is announced, the limit is {limit}");
        return Err(io::Error::new(ErrorKind::InvalidData, text));
    }

    // The payload grows as it arrives: a length is a claim, and a false one must not cost memory.
    let mut payload = Vec::with_capacity(TRUST.min(length as usize));
    from.take(length.into()).read_to_end(&mut payload)?;
    if payload.len() < length as usize {
        return Err(cut_short());
    }
    Ok(Some(payload))
}

fn cut_short() -> io::Error {
    io::Error::new(ErrorKind::UnexpectedEof, "the stream ended inside a frame")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hands out one byte per call, as a slow pipe may.
    struct Drip<'a>(&'a [u8]);

    impl Read for Drip<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let n = self.0.len().min(into.len()).min(1);
            self.0.read(&mut into[..n])
        }
    }

    fn framed(payloads: &[&[u8]]) -> Vec<u8> {
        let mut stream = Vec::new();
        for payload in payloads {
            write_frame(&mut stream, payload).expect("a Vec takes every write");
        }
        stream
    }

    fn fail(stream: &[u8]) -> ErrorKind {
        read_frame(&mut &*stream, 10).expect_err("this stream is broken").kind()
    }

    #[test]
    fn frames_come_back_whole_however_the_bytes_are_split() {
        let stream = framed(&[b"one", b"", b"three\nwith\0anything"]);
        let mut drip = Drip(&stream);
        for expected in [&b"one"[..], b"", b"three\nwith\0anything"] {
            assert_eq!(read_frame(&mut drip, LIMIT).unwrap().as_deref(), Some(expected));
        }
        assert_eq!(read_frame(&mut drip, LIMIT).unwrap(), None);
    }

    #[test]
    fn a_stream_cut_anywhere_inside_a_frame_is_an_error() {
        let stream = framed(&[b"payload"]);
        for cut in 1..stream.len() {
            assert_eq!(fail(&stream[..cut]), ErrorKind::UnexpectedEof, "cut after {cut} bytes");
        }
    }

    #[test]
    fn a_frame_of_exactly_the_limit_passes_and_one_byte_more_does_not() {
        assert_eq!(read_frame(&mut &*framed(&[&[7; 10]]), 10).unwrap(), Some(vec![7; 10]));
        assert_eq!(fail(&framed(&[&[7; 11]])), ErrorKind::InvalidData);
    }

    #[test]
    fn text_where_a_frame_should_be_is_refused() {
        let error = read_frame(&mut &b"Hello from println!\n"[..], LIMIT).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidData);
    }
}
