//! Who did what when: records [`tracing`] spans and draws them as a chart.
//!
//! ```
//! # #[cfg(feature = "layer")] {
//! let recorder = timeline::start();
//! std::thread::scope(|scope| {
//!     scope.spawn(|| {
//!         let _span = tracing::info_span!("bake", dish = "bread").entered();
//!         let _wait = tracing::info_span!("wait", on = "the oven").entered();
//!     });
//! });
//! tracing::info!(target: "measured", loaves = 2);
//! recorder.finish().show(); // a chart on standard error, then: measured in this run: loaves 2
//! # }
//! ```
//!
//! | Module | Its one job |
//! |---|---|
//! | [`record`] | what happened, as plain data |
//! | [`layer`] | writes a record while a program runs (feature `layer`, on by default) |
//! | [`wire`] | a record as lines of text, and back |
//! | [`chart`] | draws a record as text |
//! | [`show`] | puts the chart on a terminal |
//! | [`svg`] | draws records as a picture |
//! | [`perfetto`] | turns records into a trace for <https://ui.perfetto.dev> |
//!
//! Data flows one way: program → spans → [`Record`] → picture. The recorder is never the same twice and
//! the printers are exact; they meet in plain data, so a printer can be tested with a record made by hand.
//!
//! [`tracing`]: https://docs.rs/tracing

pub mod chart;
#[cfg(feature = "layer")]
pub mod layer;
pub mod perfetto;
pub mod record;
pub mod show;
pub mod svg;
pub mod wire;

mod axis;
#[cfg(test)]
mod by_hand;
#[cfg(feature = "layer")]
mod clock;
mod columns;
mod facts;
mod natural;
mod picture;

pub use chart::Style;
#[cfg(feature = "layer")]
pub use layer::{Recorder, absorb, start};
pub use record::{Fact, Lanes, Record, Slice, Span, Thread};
pub use wire::WireError;
