//! The twenty-seven programs over loom.

use ::loom as runtime;

#[path = "../../../interleave/tests/cases/programs.rs"]
pub(super) mod programs;
