//! What the person sees: where they are, one thing to read, and the keys.

use std::io::Write;

use anyhow::Result;
use colored::Colorize;

use crate::cargo::Progress as Shown;
use crate::course::{Course, Exercise};
use crate::exercise;
use crate::judge::Verdict;
use crate::list::States;
use crate::progress::Store;
use crate::terminal;

/// The last line of every page. `Watch::react` is where they mean something.
pub(super) const KEYS: &str =
    "[h]int · [l]ist · [s]olution · [p]lay · [r]un · [n]ext · [b]ack · [q]uit";

/// Lines around the text: the title and its place, the line kept free, the keys, and what parts them.
const AROUND: usize = 6;

/// The one thing to read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum View {
    /// The last verdict; until there is one, nothing.
    Verdict,
    /// Hints, and how many are left.
    Hints(String, usize),
    /// The list of lessons and exercises.
    List(String),
    /// A question: the exercise is not passed yet.
    MayShowSolution,
    /// The solution and the wrong answers.
    Solution(String),
    /// There is no file to judge, for this reason.
    Missing(String),
    /// The judge could not do its work, for this reason.
    Trouble(String),
}

/// The page. It is printed where lines are printed, so that what is longer than the screen can be
/// scrolled back to.
pub(super) struct Page<'a> {
    course: &'a Course,
    plain: bool,
    pub(super) view: View,
}

impl<'a> Page<'a> {
    pub(super) fn new(course: &'a Course, plain: bool) -> Self {
        Self { course, plain, view: View::Verdict }
    }

    /// How a build may show itself on this page.
    pub(super) fn shows_building(&self) -> Shown {
        if self.plain { Shown::Silent } else { Shown::Live }
    }

    /// Draws the whole page.
    ///
    /// # Errors
    /// When the progress cannot be read.
    pub(super) fn draw(
        &self,
        store: &Store,
        exercise: Exercise,
        verdict: Option<&Verdict>,
    ) -> Result<()> {
        let start = if self.plain { "\n" } else { "\x1b[2J\x1b[H" };
        let title = self.title(store, exercise)?;
        let text = self.text(exercise, verdict);
        let text = text.trim_end();
        let gap = if text.is_empty() { "" } else { "\n\n" };
        let (headline, keys) = (self.headline(text), self.keys());
        // At once, so that nobody sees half a page; a line is kept for what happens next.
        self.print(&format!("{start}{title}\n\n{text}{gap}{headline}\n{keys}"));
        Ok(())
    }

    /// What a verdict comes to once more, if its first lines are about to leave the screen at the top.
    fn headline(&self, text: &str) -> String {
        let leaves =
            matches!(self.view, View::Verdict) && !self.plain && terminal::overflows(text, AROUND);
        if leaves { exercise::headlines(text) } else { String::new() }
    }

    fn title(&self, store: &Store, exercise: Exercise) -> Result<String> {
        let (progress, _) = store.load()?;
        let passed = States::new(self.course, &progress)?.passed()?;
        let at = self.course.exercises().position(|one| one.name == exercise.name);
        let place = format!(
            "Exercise {} of {} · {passed} passed · edit {}",
            at.map_or(0, |at| at + 1),
            self.course.exercises().count(),
            exercise.copy_path()
        );
        let lesson = format!("Lesson {}: {}", exercise.lesson.number, exercise.lesson.page.title);
        Ok(format!("{}\n{}", lesson.bold(), place.bright_black()))
    }

    fn text(&self, exercise: Exercise, verdict: Option<&Verdict>) -> String {
        let back = "[space] goes back to the verdict";
        match &self.view {
            View::Verdict => verdict.map_or_else(String::new, |verdict| {
                let next = if verdict.is_passed() {
                    "\n\n[n] goes on. [s] shows another way, and why not yet another."
                } else {
                    ""
                };
                exercise::tell(exercise, verdict) + next
            }),
            View::Hints(hints, 0) => format!("{hints}\nThat is the last hint. {back}."),
            View::Hints(hints, left) => format!("{hints}\n[h] shows one more, of {left}. {back}."),
            View::List(list) => format!("{list}\n{back}."),
            View::MayShowSolution => format!(
                "`{}` is not passed yet. Show its solution anyway?\n\n[y] shows it. {back}.",
                exercise.name
            ),
            View::Solution(solution) => format!("{solution}{back}."),
            View::Missing(why) => {
                let way_out = "Save it again, or press [r] for a fresh start.";
                format!("{} {why}\n\n{way_out}", "!".yellow())
            }
            View::Trouble(why) => format!("{} {why}\n\n[r] tries again.", "!".red()),
        }
    }

    /// Says, on the page that is there, that a verdict is on its way.
    pub(super) fn is_judging(&self) {
        self.note("Judging …");
    }

    /// Says something in the empty line above the keys.
    pub(super) fn note(&self, text: &str) {
        if self.plain {
            self.print(&format!("\n{text}\n"));
        } else {
            let keys = self.keys();
            self.print(&format!("\r\x1b[K\x1b[1A\x1b[K{}\n{keys}", text.bright_black()));
        }
    }

    fn keys(&self) -> String {
        KEYS.bright_black().to_string()
    }

    /// Leaves the last line, for whoever prints next.
    pub(super) fn leave(&self) {
        self.print("\n");
    }

    fn print(&self, text: &str) {
        let mut out = std::io::stdout().lock();
        // A terminal that is gone is noticed by the keyboard.
        let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    }
}
