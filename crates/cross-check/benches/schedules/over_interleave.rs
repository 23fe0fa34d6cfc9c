//! The twenty-seven programs over interleave.

use ::interleave as runtime;

#[path = "../../../interleave/tests/cases/programs.rs"]
pub(super) mod programs;
