//! The twenty-seven programs, each decided right.

use interleave as runtime;
use interleave::Explorer;

#[path = "cases/programs.rs"]
mod programs;

#[test]
fn every_program_is_judged_as_it_deserves() {
    for (name, program, is_right) in programs::PROGRAMS {
        let report = Explorer::new().explore(program);
        assert_eq!(report.fault.is_none(), is_right, "{name}: {report}");
        assert_eq!(report.complete, is_right, "{name}: {report}");
    }
}
