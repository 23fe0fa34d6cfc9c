//! Says where a learner is: the lessons and exercises with their state, and what is next.

use anyhow::Result;
use colored::Colorize;

use crate::course::{Course, Exercise, Lesson, read};
use crate::fingerprint::Basis;
use crate::markdown;
use crate::progress::{Progress, Store};

/// Where an exercise stands, judged by the text that is there now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Still the starter.
    Untouched,
    /// Edited, and not judged since.
    Edited,
    /// Judged as it is, and not right yet.
    Failing,
    /// Judged as it is, and right.
    Passed,
    /// Not a file that can be read.
    Unreadable,
}

/// The states of all exercises.
pub struct States<'a> {
    course: &'a Course,
    progress: &'a Progress,
    basis: Basis,
}

impl<'a> States<'a> {
    /// Prepares to tell states.
    ///
    /// # Errors
    /// When a file that verdicts depend on cannot be read.
    pub fn new(course: &'a Course, progress: &'a Progress) -> Result<Self> {
        Ok(Self { course, progress, basis: Basis::read(&course.root)? })
    }

    /// The fingerprint of the student's copy.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn fingerprint(&self, exercise: Exercise) -> Result<String> {
        let root = &self.course.root;
        self.basis.of(root, exercise, &root.join(exercise.copy_path()))
    }

    /// Where the exercise stands.
    ///
    /// # Errors
    /// When one of its files cannot be read.
    pub fn of(&self, exercise: Exercise) -> Result<State> {
        let root = &self.course.root;
        let copy = root.join(exercise.copy_path());
        if !copy.exists() {
            return Ok(State::Untouched);
        }
        let Ok(text) = std::fs::read(&copy) else { return Ok(State::Unreadable) };
        if text == read(&root.join(exercise.starter_path()))?.as_bytes() {
            return Ok(State::Untouched);
        }
        let verdict =
            self.progress.exercises.get(exercise.name).and_then(|record| record.verdict.as_ref());
        let fingerprint = self.fingerprint(exercise)?;
        Ok(match verdict {
            Some((judged, passed)) if *judged == fingerprint => {
                if *passed {
                    State::Passed
                } else {
                    State::Failing
                }
            }
            _ => State::Edited,
        })
    }

    /// Whether the lesson is finished, or one of its exercises edited.
    fn has_begun(&self, lesson: &Lesson) -> Result<bool> {
        if self.progress.has_finished(&lesson.name) {
            return Ok(true);
        }
        for exercise in lesson.exercises() {
            if self.of(exercise)? != State::Untouched {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The first exercise that is not passed yet.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn current(&self) -> Result<Option<Exercise<'a>>> {
        for exercise in self.course.exercises() {
            if self.of(exercise)? != State::Passed {
                return Ok(Some(exercise));
            }
        }
        Ok(None)
    }

    /// How many exercises are passed.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn passed(&self) -> Result<usize> {
        let states = self.course.exercises().map(|one| self.of(one)).collect::<Result<Vec<_>>>()?;
        Ok(states.iter().filter(|state| **state == State::Passed).count())
    }

    fn line(&self, exercise: Exercise, is_here: bool) -> Result<String> {
        let (mark, word) = match self.of(exercise)? {
            State::Passed => ("✓".green(), "passed".green()),
            State::Failing => ("✗".red(), "not right yet".red()),
            State::Edited => ("~".yellow(), "edited, not checked".yellow()),
            State::Untouched => ("·".bright_black(), "".normal()),
            State::Unreadable => ("!".red(), "not a file that can be read".red()),
        };
        let arrow = if is_here { "→" } else { " " };
        Ok(format!("   {arrow} {mark} {:<22} {word}", exercise.name).trim_end().to_owned())
    }
}

/// The lessons and their exercises.
///
/// # Errors
/// When a file cannot be read.
pub fn all(course: &Course, progress: &Progress) -> Result<String> {
    with_arrow(course, progress, None)
}

/// The lessons and their exercises, with an arrow at the exercise of this name.
///
/// # Errors
/// When a file cannot be read.
pub fn with_arrow(course: &Course, progress: &Progress, here: Option<&str>) -> Result<String> {
    let states = States::new(course, progress)?;
    let mut out = String::new();
    let mut chapter = "";
    for lesson in &course.lessons {
        if lesson.chapter != chapter {
            chapter = &lesson.chapter;
            out.push_str(&format!("\n{}\n", chapter.bold()));
        }
        let finished = progress.has_finished(&lesson.name);
        let mark = if finished { "✓".green() } else { "·".bright_black() };
        out.push_str(&format!(
            "{:>2} {mark} {} {}\n",
            lesson.number,
            lesson.page.title,
            format!("({})", lesson.name).bright_black()
        ));
        for exercise in lesson.exercises() {
            out.push_str(&format!("{}\n", states.line(exercise, here == Some(exercise.name))?));
        }
    }
    Ok(format!("{}\n{}\n", out.trim_start(), totals(course, progress, &states)?))
}

fn totals(course: &Course, progress: &Progress, states: &States) -> Result<String> {
    let finished = course.lessons.iter().filter(|lesson| progress.has_finished(&lesson.name));
    Ok(format!(
        "Lessons {} of {} · exercises {} of {}",
        finished.count(),
        course.lessons.len(),
        states.passed()?,
        course.exercises().count()
    ))
}

/// The exercises of one lesson, as its last words.
///
/// # Errors
/// When a file cannot be read.
pub fn exercises_of(course: &Course, store: &Store, lesson: &Lesson) -> Result<String> {
    let (progress, _) = store.load()?;
    let states = States::new(course, &progress)?;
    let mut out = String::from("Edit one of these, then check it:\n");
    for exercise in lesson.exercises() {
        out.push_str(&format!(
            "  {:<38} cargo xtask check {}\n",
            exercise.copy_path(),
            exercise.name
        ));
        crate::judge::lay_out(course, exercise)?;
    }
    let next = course.lessons.get(lesson.number);
    if let Some(next) = next {
        out.push_str(&format!(
            "Or go on to lesson {}, {}: cargo xtask lesson {}\n",
            next.number, next.page.title, next.number
        ));
    }
    let solved =
        lesson.exercises().map(|exercise| states.of(exercise)).collect::<Result<Vec<_>>>()?;
    if solved.iter().all(|state| *state == State::Passed) {
        out.push_str("All exercises of this lesson are passed.\n");
    }
    Ok(out)
}

/// Where the learner is, and the one thing to do next.
///
/// # Errors
/// When a file cannot be read.
pub fn here(course: &Course, progress: &Progress) -> Result<String> {
    let states = States::new(course, progress)?;
    Ok(format!(
        "{}\n{}\n\n{}\n\n{}",
        "Too Many Cooks: concurrency in Rust, by running it".bold(),
        totals(course, progress, &states)?,
        next(course, progress)?,
        "All lessons: cargo xtask list · all commands: cargo xtask --help".bright_black()
    ))
}

/// The lessons in the order in which they come next: on from the last one that was begun, then those that were
/// passed over.
///
/// # Errors
/// When a file cannot be read.
pub fn in_order_of_need<'a>(course: &'a Course, progress: &Progress) -> Result<Vec<&'a Lesson>> {
    let states = States::new(course, progress)?;
    let mut begun = course.lessons.len();
    while begun > 0 && !states.has_begun(&course.lessons[begun - 1])? {
        begun -= 1;
    }
    let (passed_over, ahead) = course.lessons.split_at(begun.saturating_sub(1));
    Ok(ahead.iter().chain(passed_over).collect())
}

/// The one thing to do next: a lesson, or its exercises first.
///
/// # Errors
/// When a file cannot be read.
pub fn next(course: &Course, progress: &Progress) -> Result<String> {
    let states = States::new(course, progress)?;
    for lesson in in_order_of_need(course, progress)? {
        if !progress.has_finished(&lesson.name) {
            let Lesson { number, page, .. } = lesson;
            return Ok(format!(
                "Next: lesson {number}, {}\n\n{}\n  cargo xtask lesson {number}",
                page.title,
                markdown::render(&page.teaser)
            ));
        }
        for exercise in lesson.exercises() {
            if states.of(exercise)? != State::Passed {
                return Ok(format!(
                    "Next: the exercise `{}` of lesson {}\n  edit  {}\n  then  cargo xtask check {}\n  stuck? cargo xtask hint {}",
                    exercise.name,
                    lesson.number,
                    exercise.copy_path(),
                    exercise.name,
                    exercise.name
                ));
            }
        }
    }
    Ok("Everything is done. The whole kitchen is yours.".to_owned())
}
