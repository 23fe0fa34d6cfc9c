//! What an exploration has found out.

use std::fmt;

use crate::fault::Fault;

/// What an exploration has found out.
#[derive(Clone, Debug)]
pub struct Report {
    /// How many different runs were made; the last one failed if there is a fault.
    pub runs: u64,
    /// Whether these are all the runs there are, so that none can fail.
    pub complete: bool,
    /// Runs that were begun and left, because other runs show all they could have shown.
    pub covered: u64,
    /// The run that failed.
    pub fault: Option<Fault>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(fault) = &self.fault {
            return fault.fmt(f);
        }
        let plural = if self.runs == 1 { "" } else { "s" };
        write!(f, "{} interleaving{plural}", self.runs)?;
        if self.complete {
            f.write_str(", that is all of them")
        } else {
            f.write_str("; stopped at this bound, so this is not a proof")
        }
    }
}
