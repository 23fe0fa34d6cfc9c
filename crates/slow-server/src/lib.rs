//! A local HTTP server that takes its time, for lessons about waiting.
//!
//! It answers every request after the same delay, on `127.0.0.1` and a free port, so that a lesson needs no
//! network and no luck. It stops when the value is dropped.
//!
//! ```
//! let server = slow_server::start(slow_server::Delay::ms(300))?;
//! assert!(server.url("/stock/AAPL").ends_with("/stock/AAPL"));
//! # std::io::Result::Ok(())
//! ```
//!
//! # Paths
//!
//! | path | answer |
//! |---|---|
//! | `/stock/SYMBOL` | `{"symbol":"AAPL","price":829.55}`; the price follows from the symbol, see [`price_in_cents`] |
//! | `/file/N` | N KiB of text, N from 0 to 65536 |
//! | `/site/NAME` | a small HTML page |
//!
//! Anything else is a 404 that says which paths exist.
//!
//! # Faults
//!
//! By name, for every request whose last path segment matches: [`Builder::fail`], [`Builder::hang`]. For one
//! request, by its query; where the two disagree the query wins, and of two faults in a query the last:
//!
//! | query | effect |
//! |---|---|
//! | `?delay_ms=50` | this delay instead of the server's, at most 600000 |
//! | `?status=503` | this status, 200 to 599, with a text that says so |
//! | `?hang` | no answer, ever |
//! | `?drop` | the connection is closed without an answer |
//! | `?bytes=1000` | a text of exactly this many bytes instead of the usual body, at most 67108864 |
//!
//! A query that cannot be read is answered at once by a 400 that says what can.

pub mod descriptors;
mod kitchen;
mod menu;
mod query;
mod server;

pub use menu::price_in_cents;
pub use server::{Builder, Delay, SlowServer, start};
