//! Shows a lesson to a class, a screen at a time: nothing to type, a knob to turn, notes, a clock.

use std::time::Instant;

use anyhow::Result;
use colored::Colorize;

use crate::course::Course;
use crate::course::Lesson;
use crate::lesson::run_live;
use crate::markdown;
use crate::program::Run;
use crate::screenful::screenfuls;
use crate::steps::{self, Step, tell};
use crate::terminal::{self, Key, Keyboard};

/// A demo in front of a class.
struct Demo<'a> {
    keyboard: &'a Keyboard,
    course: &'a Course,
    lesson: &'a Lesson,
    /// For every run; the knob that is turned comes after them.
    knobs: &'a [String],
    steps: Vec<Step>,
    at: usize,
    /// The place of the knob's value that the next run uses; none: the program's own default.
    value: Option<usize>,
    last_run: Option<Run>,
    /// What is shown, in screenfuls; none while a run fills the screen.
    parts: Vec<String>,
    part: usize,
    since: Instant,
}

/// Shows the lesson, key by key, until the instructor leaves. Its program runs with these knobs, and one more.
///
/// # Errors
/// When the program cannot be built or started, or the terminal not be read.
pub fn show(course: &Course, lesson: &Lesson, knobs: &[String]) -> Result<()> {
    let keyboard = &Keyboard::take()?;
    let steps = steps::of(lesson);
    let since = Instant::now();
    let (value, last_run, parts) = (None, None, Vec::new());
    let mut demo = Demo {
        keyboard,
        course,
        lesson,
        knobs,
        steps,
        at: 0,
        value,
        last_run,
        parts,
        part: 0,
        since,
    };
    if let Some(hint) = terminal::too_narrow() {
        demo.present(&hint);
        if !keyboard.is_told_to_go_on()? {
            return Ok(());
        }
    }
    demo.draw();
    if demo.step() == Step::Run {
        demo.run()?;
    }
    loop {
        match keyboard.wait_for_key()? {
            Key::Leave | Key::Char('q') => break,
            Key::Next if demo.part + 1 < demo.parts.len() => demo.turn_page(1),
            Key::Next => demo.go_to(demo.at + 1)?,
            Key::Back | Key::Char('b') if demo.part > 0 => demo.turn_page(-1),
            Key::Back | Key::Char('b') => demo.go_to(demo.at.saturating_sub(1))?,
            Key::Char('r') => demo.run()?,
            Key::Char('+' | '=') => demo.turn(1)?,
            Key::Char('-') => demo.turn(-1)?,
            Key::Char('n') => demo.notes(),
            Key::Char('t') => demo.tell(),
            Key::Redraw => demo.draw(),
            Key::Char(_) => {}
        }
    }
    terminal::clear_screen();
    Ok(())
}

impl Demo<'_> {
    fn step(&self) -> Step {
        self.steps[self.at]
    }

    fn go_to(&mut self, at: usize) -> Result<()> {
        let at = at.min(self.steps.len() - 1);
        let arrives = at != self.at;
        self.at = at;
        if arrives && self.step() == Step::Run && self.last_run.is_none() {
            return self.run();
        }
        self.draw();
        Ok(())
    }

    /// Moves the knob one value up or down, and runs with it at once: the picture changes.
    fn turn(&mut self, by: isize) -> Result<()> {
        let values = &self.lesson.page.class.knob.values;
        let at = match self.value {
            Some(at) => at.saturating_add_signed(by).min(values.len() - 1),
            None if by > 0 => 0,
            None => values.len() - 1,
        };
        self.value = Some(at);
        self.run()
    }

    fn knobs(&self) -> Vec<String> {
        let knob = &self.lesson.page.class.knob;
        let turned = self.value.map(|at| [knob.flag.clone(), knob.values[at].clone()]);
        self.knobs.iter().cloned().chain(turned.into_iter().flatten()).collect()
    }

    fn run(&mut self) -> Result<()> {
        self.at = self.steps.iter().position(|step| *step == Step::Run).expect("every lesson runs");
        self.heading();
        (self.parts, self.part) = (Vec::new(), 0);
        self.last_run = Some(run_live(self.keyboard, self.course, self.lesson, &self.knobs())?);
        self.footer();
        Ok(())
    }

    fn draw(&mut self) {
        let text = match (self.step(), &self.last_run) {
            (Step::Run, Some(run)) => {
                let style = timeline::Style::for_stdout();
                run.records.iter().map(|record| format!("{}\n", record.chart(style))).collect()
            }
            (step, _) => step.text(self.lesson),
        };
        self.present(&text);
    }

    /// What the last run says about the question on the screen; elsewhere, about all of them.
    fn tell(&mut self) {
        let mut text = String::new();
        let questions = &self.lesson.page.questions;
        let asked = match self.step() {
            Step::Predict(at) => &questions[at..=at],
            _ => &questions[..],
        };
        let knobs = self.last_run.as_ref().map_or(&[][..], |run| &run.knobs);
        for question in asked {
            let fact = |name: &str| self.last_run.as_ref().and_then(|run| run.fact(name));
            let asked = markdown::render(&format!("*{}*", question.ask.replace('\n', " ")));
            text += &format!("{}\n", asked.trim_end());
            text += &format!("{}\n", tell(question, &question.answer(fact), knobs, None));
        }
        self.present(&text);
    }

    fn notes(&mut self) {
        self.present(&markdown::render(self.lesson.page.section("For instructors")));
    }

    fn present(&mut self, text: &str) {
        self.parts = screenfuls(text, terminal::rows().saturating_sub(AROUND).max(1));
        self.part = 0;
        self.turn_page(0);
    }

    fn turn_page(&mut self, by: isize) {
        self.part = self.part.saturating_add_signed(by);
        self.heading();
        println!("{}", self.parts[self.part]);
        self.footer();
    }

    fn heading(&self) {
        terminal::clear_screen();
        println!(
            "{}  {}\n",
            self.lesson.page.title.bold(),
            self.step().heading(self.lesson).bright_black()
        );
    }

    fn footer(&self) {
        let knob = &self.lesson.page.class.knob;
        let value = self.value.map_or("its default", |at| &knob.values[at]);
        let used = self.since.elapsed().as_secs() / 60;
        let planned = self.lesson.page.class.minutes;
        println!(
            "\n{}",
            format!(
                "{}{} of {} · {} {value} · {used} of {planned} min",
                if self.part + 1 < self.parts.len() { "↓ more · " } else { "" },
                self.at + 1,
                self.steps.len(),
                knob.flag
            )
            .bright_black()
        );
        println!(
            "{}",
            "[space] on · [b] back · [r] run · [+-] knob · [t] tell · [n] notes · [q] leave"
                .bright_black()
        );
    }
}

/// Lines that are not the text's: the heading, the last two lines, and the empty ones between.
const AROUND: usize = 6;
