//! How long from a save to its verdict: our watch and rustlings', side by side on the same code.
//!
//! Both sit at a terminal of their own in a scratch folder, so nobody's answers or progress are
//! touched. Save by save they take turns; what is compared is the time until the last byte of the
//! verdict has come.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use super::parts;
use super::rustlings::Rustlings;
use super::seat::Seat;
use crate::course::{Course, Exercise, read};

/// How many saves each number is the median of.
pub(super) const SAVES: usize = 9;

/// What is saved, over and over.
struct Case {
    name: &'static str,
    exercise: &'static str,
    /// Below the solution's folder.
    answer: &'static str,
    /// Text put in front of it.
    spoilt_by: &'static str,
    aim: &'static str,
}

impl Case {
    fn is_right(&self) -> bool {
        self.answer == "solution.rs" && self.spoilt_by.is_empty()
    }
}

/// Those of one exercise come together: both watches are started once for it.
const CASES: [Case; 4] = [
    Case {
        name: "compile error, std",
        exercise: "counter",
        answer: "solution.rs",
        spoilt_by: "fn half_written( {\n",
        aim: "150 ms",
    },
    Case {
        name: "wrong, every schedule",
        exercise: "counter",
        answer: parts::WRONG,
        spoilt_by: "",
        aim: "350 ms",
    },
    Case {
        name: "right, every schedule",
        exercise: "counter",
        answer: "solution.rs",
        spoilt_by: "",
        aim: "350 ms",
    },
    Case {
        name: "right, tokio",
        exercise: "first_success",
        answer: "solution.rs",
        spoilt_by: "",
        aim: "500 ms",
    },
];

/// A watch at a terminal, and the file it watches.
pub(super) struct Watcher {
    pub(super) seat: Seat,
    pub(super) file: PathBuf,
    /// What it says when it has noticed a save, and then, in this order, up to the verdict's end.
    pub(super) notices: &'static str,
    pub(super) verdict: &'static [&'static str],
}

impl Watcher {
    /// Saves, and tells how long it took to notice and to judge.
    ///
    /// # Errors
    /// When the file cannot be written, or the watch falls silent.
    fn save(&mut self, text: &str) -> Result<(Duration, Duration)> {
        fs::write(&self.file, text).context("the scratch course cannot be written")?;
        let since = Instant::now();
        let noticed = self.seat.hear(self.notices)? - since;
        for word in self.verdict {
            self.seat.hear(word)?;
        }
        Ok((noticed, since.elapsed()))
    }
}

/// Measures, and prints a table.
///
/// # Errors
/// When the scratch course cannot be made, or a watch cannot be driven.
pub(super) fn measure(course: &Course) -> Result<()> {
    let folder = course.scratch().join("bench-watch");
    let scratch = lay_out(course, &folder.join("course"))?;
    let target = folder.join("target");
    let rustlings = Rustlings::find();
    if rustlings.is_none() {
        println!("rustlings is not here, so ours stands alone: cargo install rustlings\n");
    }
    println!("save → verdict, median of {SAVES}    aim (2 idle cores)     ours  rustlings");
    let mut passing = None;
    for cases in CASES.chunk_by(|one, next| one.exercise == next.exercise) {
        let exercise = scratch.exercise(cases[0].exercise)?;
        let mut ours = start(&scratch, exercise, &target)?;
        let mut theirs = rustlings
            .as_ref()
            .map(|rustlings| rustlings.start(&scratch, exercise, &folder))
            .transpose()?;
        for case in cases {
            let row = race(&scratch, exercise, case, &mut ours, theirs.as_mut())?;
            let theirs = row.theirs.map_or_else(String::new, |theirs| {
                let ratio = row.ours.as_secs_f64() / theirs.as_secs_f64();
                format!("{theirs:>8.0?}  ours takes {ratio:.2} of it")
            });
            println!("  {:<28} {:>17} {:>8.0?}  {theirs}", case.name, case.aim, row.ours);
            if case.is_right() && case.exercise == parts::EXERCISE {
                passing = Some(row);
            }
        }
    }
    println!();
    let whole = passing.context("one of the cases is taken apart")?;
    parts::measure(&scratch, &target, whole.notice, whole.ours)
}

struct Row {
    ours: Duration,
    notice: Duration,
    theirs: Option<Duration>,
}

fn race(
    course: &Course,
    exercise: Exercise,
    case: &Case,
    ours: &mut Watcher,
    mut theirs: Option<&mut Watcher>,
) -> Result<Row> {
    let answer = read(&course.root.join(exercise.solution_folder()).join(case.answer))?;
    let mut times = (Vec::new(), Vec::new(), Vec::new());
    // One more than counted: the first save builds what the second one reuses.
    for save in 0..=SAVES {
        let text = format!("{}{answer}\n// save {save}\n", case.spoilt_by);
        let (noticed, judged) = ours.save(&text)?;
        let their_time = match theirs.as_deref_mut() {
            Some(theirs) => {
                let text = super::rustlings::in_one_file(course, exercise, &text)?;
                Some(theirs.save(&text)?.1)
            }
            None => None,
        };
        if save > 0 {
            times.0.push(judged);
            times.1.push(noticed);
            times.2.extend(their_time);
        }
    }
    let theirs = (!times.2.is_empty()).then(|| median(times.2));
    Ok(Row { ours: median(times.0), notice: median(times.1), theirs })
}

/// Seats our watch at an exercise, and waits for its first verdict.
fn start(course: &Course, exercise: Exercise, target: &Path) -> Result<Watcher> {
    let itself = std::env::current_exe().context("this program does not know where it lies")?;
    let mut command = Command::new(itself);
    command.args(["watch", exercise.name]).current_dir(&course.root);
    command.env("CARGO_TARGET_DIR", target).env_remove("NO_COLOR");
    let file = course.root.join(exercise.copy_path());
    let verdict = &["\x1b[2J", "[q]uit"];
    let mut seat = Seat::take(command)?;
    // The page without a verdict, and then the one with it.
    for word in ["\x1b[2J", "Judging"].iter().chain(verdict) {
        seat.hear(word)?;
    }
    Ok(Watcher { seat, file, notices: "Judging", verdict })
}

/// Copies what the course consists of, without anybody's answers and progress.
fn lay_out(course: &Course, folder: &Path) -> Result<Course> {
    // A former measurement's answers must not be there.
    let _ = fs::remove_dir_all(folder);
    for name in ["Cargo.toml", "Cargo.lock", "crates", "solutions", "tutorial", "xtask"] {
        copy(&course.root.join(name), &folder.join(name))?;
    }
    for name in ["Cargo.toml", "build.rs", "src", "starters", "tests"] {
        copy(&course.root.join("exercises").join(name), &folder.join("exercises").join(name))?;
    }
    Course::read(folder)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    let copied = || -> std::io::Result<()> {
        if from.is_file() {
            fs::create_dir_all(to.parent().expect("below the scratch folder"))?;
            return fs::copy(from, to).map(drop);
        }
        fs::create_dir_all(to)
    };
    copied().with_context(|| format!("{} cannot be copied", from.display()))?;
    if from.is_dir() {
        let entries = fs::read_dir(from).with_context(|| format!("{}", from.display()))?;
        entries.flatten().try_for_each(|entry| copy(&entry.path(), &to.join(entry.file_name())))?;
    }
    Ok(())
}

/// The one in the middle.
pub(super) fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
