//! The twenty-seven programs over shuttle.

use ::shuttle as runtime;

#[path = "../../../interleave/tests/cases/programs.rs"]
pub(super) mod programs;
