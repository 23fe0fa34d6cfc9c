//! The course's guide, `cargo xtask`. It runs programs and reads pages; it links none of the chapters.
//!
//! - What there is: [`course`] lists the lessons, [`page`] and [`question`] read them, [`quote`] finds
//!   code by name.
//! - Learning: [`lesson`] and [`demo`] walk through the same [`steps`]; [`program`] runs the lesson's
//!   program; [`list`] says where one is.
//! - Exercises: [`exercise`] holds a student's commands, [`mod@watch`] their keys, [`judge`] gives
//!   verdicts, [`warden`] runs what cannot be trusted, [`answer`] and [`verify`] prove the judges,
//!   [`refutation`] shows what breaks a wrong answer.
//! - Playing: [`play`] lets a person be the scheduler.
//! - Keeping: [`progress`] remembers, [`fingerprint`] tells what changed.
//! - Authoring: [`weave`] fills pages, [`book`] builds the book, [`screenshot`] draws the
//!   terminal, [`mod@bench`] measures.
//! - Showing: [`terminal`], [`markdown`], [`table`], [`highlight`], [`screenful`]. Building: [`cargo`], and [`rebuild`]
//!   for the same thing again and again.

pub mod answer;
pub mod bench;
pub mod book;
pub mod cargo;
pub mod cli;
pub mod course;
pub mod demo;
pub mod exercise;
pub mod fingerprint;
pub mod highlight;
pub mod judge;
pub mod lesson;
pub mod list;
pub mod markdown;
pub mod page;
pub mod play;
pub mod program;
pub mod progress;
pub mod question;
pub mod quote;
pub mod rebuild;
pub mod refutation;
pub mod screenful;
pub mod screenshot;
pub mod steps;
pub mod table;
pub mod terminal;
pub mod verify;
pub mod warden;
pub mod watch;
pub mod weave;
