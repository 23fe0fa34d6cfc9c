//! The twenty-seven programs, each decided right.

use interleave as runtime;
use interleave::Explorer;

#[path = "cases/programs.rs"]
mod programs;

#[test]
fn every_program_is_judged_as_it_deserves() {
    for (name, program, is_right) in programs::PROGRAMS {
        let start = std::time::Instant::now();
        let report = Explorer::new().explore(program);
        if std::env::var("SHOW").is_ok() { println!("{name}: {} {:?} covered {} found {:?} {:?}", report.runs, report.complete, report.covered, report.fault.as_ref().map(|f| (f.kind, f.preemptions, f.found_after)), start.elapsed()); }
        if std::env::var("SHOW").is_ok() { if let Some(f)=&report.fault { println!("{f}"); } }
        assert_eq!(report.fault.is_none(), is_right, "{name}: {report}");
        assert_eq!(report.complete, is_right, "{name}: {report}");
    }
}
