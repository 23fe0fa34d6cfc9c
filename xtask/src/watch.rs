//! Watches one exercise at a time: whenever its text is saved, there is a verdict; keys do the rest.
//!
//! Three threads tell one what happens: the keyboard's, the judge's, and this one looks at the file
//! itself. All that is decided is decided here, by two rules. *A text is judged when it says something
//! else than the one judged last.* *A run is given up as soon as its text is no longer the one in the
//! file.* So a storm of saves, an editor that writes half a file, and one that puts a new file in the
//! old one's place all end alike: with the verdict on the newest text.

mod page;
mod sight;

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, Scope};
use std::time::Duration;

use anyhow::Result;

use crate::course::{Course, Exercise};
use crate::exercise;
use crate::judge::{self, Verdict};
use crate::list;
use crate::play;
use crate::progress::Store;
use crate::rebuild::Calls;
use crate::terminal::{Input, Key, Keyboard};
use crate::warden::Cancel;

use page::{Page, View};
use sight::{Eyes, Sight};

/// How often the file is looked at. A notice from the system would need a library, and the first build
/// is to stay short; and those that wait for a file to be quiet before they believe it cost more than
/// this: reading two small files takes microseconds, and a text believed too early is judged again.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// After how many looks in vain a file counts as gone or empty. Editors take the old text away for a
/// moment before they put the new one in its place.
const LOOKS_IN_VAIN: u32 = 10;

/// What happens, as the threads tell it.
enum Event {
    Input(Input),
    /// The judging that was started last has come to its end; `None` when it was given up.
    Judged(Result<Option<Verdict>>),
}

/// A text on its way to a verdict, on a thread of its own. Dropping it gives it up.
struct Judging {
    /// The text's fingerprint.
    text: String,
    cancel: Cancel,
}

impl Drop for Judging {
    fn drop(&mut self) {
        self.cancel.cancel();
    }
}

/// Whether the person stays.
#[derive(PartialEq, Eq)]
enum Then {
    Stay,
    Leave,
    /// Wants to be the scheduler for a while.
    Play,
}

/// One person at work on the exercises.
struct Watch<'scope, 'env> {
    scope: &'scope Scope<'scope, 'env>,
    course: &'env Course,
    store: &'env Store,
    keyboard: &'env Keyboard,
    events: Sender<Event>,
    page: Page<'env>,
    eyes: Eyes,
    calls: &'env Calls,
    limit: Duration,
    exercise: Exercise<'env>,
    /// What is being judged now.
    judging: Option<Judging>,
    /// The fingerprint of the text that the last verdict is about.
    judged: Option<String>,
    verdict: Option<Verdict>,
    /// Whether the person turned to something else while the judge was at work: it is not taken away.
    reads: bool,
    looks_in_vain: u32,
}

/// Watches from `first` on, in the order of the course, until the person leaves. Without colour and
/// cursor movement if `plain`.
///
/// # Errors
/// When the terminal cannot be read, or the progress not be saved.
pub fn run(
    course: &Course,
    store: &Store,
    first: Exercise,
    limit: Duration,
    plain: bool,
) -> Result<()> {
    let keyboard = &Keyboard::take()?;
    let (events, happens) = channel();
    let teller = events.clone();
    keyboard.listen(move |input| teller.send(Event::Input(input)).is_ok());
    let page = Page::new(course, plain);
    let calls = &Calls::default();
    thread::scope(|scope| {
        let eyes = Eyes::open(course)?;
        let mut watch = Watch {
            scope,
            course,
            store,
            keyboard,
            events,
            page,
            eyes,
            calls,
            limit,
            exercise: first,
            judging: None,
            judged: None,
            verdict: None,
            reads: false,
            looks_in_vain: 0,
        };
        watch.go_to(first)?;
        loop {
            let then = match happens.recv_timeout(LOOK_EVERY) {
                Ok(Event::Input(input)) => watch.react(input)?,
                Ok(Event::Judged(verdict)) => watch.hear(verdict)?,
                Err(RecvTimeoutError::Timeout) => Then::Stay,
                Err(RecvTimeoutError::Disconnected) => unreachable!("we hold a sender ourselves"),
            };
            match then {
                Then::Stay => {}
                Then::Leave => {
                    watch.page.leave();
                    return Ok(());
                }
                Then::Play => watch.play(&happens)?,
            }
            watch.look()?;
        }
    })
}

impl<'env> Watch<'_, 'env> {
    /// Looks at the file, and does what the two rules say.
    fn look(&mut self) -> Result<()> {
        let sight = self.eyes.look(self.course, self.exercise);
        if let Some(judging) = &self.judging {
            if sight != Sight::Text(judging.text.clone()) {
                // Its end will be heard of; then the newest text gets its turn.
                judging.cancel.cancel();
            }
            return Ok(());
        }
        match sight {
            Sight::Text(text) => {
                self.looks_in_vain = 0;
                if self.judged.as_ref() != Some(&text) {
                    self.page.is_judging();
                    self.reads = false;
                    self.judging = Some(self.start(text));
                }
            }
            Sight::Nothing(why) => {
                self.looks_in_vain = self.looks_in_vain.saturating_add(1);
                if self.looks_in_vain == LOOKS_IN_VAIN {
                    // Whatever comes back gets a verdict, the same text too.
                    (self.judged, self.verdict) = (None, None);
                    self.show(View::Missing(why))?;
                }
            }
        }
        Ok(())
    }

    fn start(&self, text: String) -> Judging {
        let cancel = Cancel::default();
        let (theirs, events) = (cancel.clone(), self.events.clone());
        let (course, exercise, limit, calls) = (self.course, self.exercise, self.limit, self.calls);
        let shown = self.page.shows_building();
        self.scope.spawn(move || {
            let verdict = judge::judge_copy(&theirs, calls, course, exercise, shown, limit);
            // Whoever has left does not want to know.
            let _ = events.send(Event::Judged(verdict));
        });
        Judging { text, cancel }
    }

    /// Takes a verdict, if it is about the text that is in the file.
    fn hear(&mut self, verdict: Result<Option<Verdict>>) -> Result<Then> {
        let Some(judging) = self.judging.take() else { return Ok(Then::Stay) };
        if judging.cancel.is_cancelled()
            || self.eyes.look(self.course, self.exercise) != Sight::Text(judging.text.clone())
        {
            return Ok(Then::Stay);
        }
        self.judged = Some(judging.text.clone());
        let remembered = match &verdict {
            Ok(Some(verdict)) => {
                exercise::remember(self.store, self.exercise, judging.text.clone(), verdict)
            }
            _ => Ok(()),
        };
        match verdict.and_then(|verdict| remembered.map(|()| verdict)) {
            Ok(verdict) => {
                self.verdict = verdict;
                if self.reads {
                    self.page.note("The verdict is there: [space]");
                } else {
                    self.show(View::Verdict)?;
                }
            }
            // No network, no linker, a full disk: not the answer's fault, and no reason to leave.
            Err(error) => self.show(View::Trouble(format!("{error:#}")))?,
        }
        Ok(Then::Stay)
    }

    /// Does what a key says. This is the place of the keys; [`page::KEYS`] names them on the screen.
    fn react(&mut self, input: Input) -> Result<Then> {
        let key = match input {
            Input::Key(key) => key,
            Input::Resized => {
                self.draw()?;
                return Ok(Then::Stay);
            }
            Input::Suspend => {
                self.page.leave();
                self.keyboard.suspend()?;
                self.draw()?;
                return Ok(Then::Stay);
            }
        };
        self.reads = self.judging.is_some() && matches!(key, Key::Char('h' | 'l' | 's' | 'y'));
        match key {
            Key::Leave | Key::Char('q') => return Ok(Then::Leave),
            Key::Char('y') if self.page.view == View::MayShowSolution => self.solution()?,
            Key::Char('h') => {
                let (hints, left) =
                    exercise::one_more_hint(self.course, self.store, self.exercise)?;
                self.show(View::Hints(hints, left))?;
            }
            Key::Char('l') => {
                let (progress, _) = self.store.load()?;
                let list = list::with_arrow(self.course, &progress, Some(self.exercise.name))?;
                self.show(View::List(list))?;
            }
            Key::Char('s') if self.verdict.as_ref().is_some_and(Verdict::is_passed) => {
                self.solution()?;
            }
            Key::Char('s') => self.show(View::MayShowSolution)?,
            Key::Char('p') if self.judging.is_none() => return Ok(Then::Play),
            Key::Char('r') => self.again()?,
            Key::Char('n') => self.walk(1)?,
            Key::Char('b') | Key::Back => self.walk(-1)?,
            Key::Next => self.show(View::Verdict)?,
            Key::Redraw => self.draw()?,
            Key::Char(_) => {}
        }
        Ok(Then::Stay)
    }

    /// Judges the text anew; where there is none, the starter is put back first.
    fn again(&mut self) -> Result<()> {
        (self.judged, self.verdict, self.looks_in_vain) = (None, None, 0);
        if let Some(judging) = &self.judging {
            judging.cancel.cancel();
        }
        self.page.view = View::Verdict;
        if let Err(error) = judge::lay_out(self.course, self.exercise) {
            self.page.view = View::Trouble(format!("{error:#}"));
        }
        self.draw()
    }

    /// Lets the person be the scheduler of their own answer, until they have had enough.
    fn play(&mut self, happens: &Receiver<Event>) -> Result<()> {
        let keyboard = self.keyboard;
        let mut next_key = || loop {
            match happens.recv().expect("we hold a sender ourselves") {
                Event::Input(Input::Key(key)) => return Ok(key),
                Event::Input(Input::Suspend) => {
                    keyboard.suspend()?;
                    return Ok(Key::Redraw);
                }
                Event::Input(Input::Resized) => return Ok(Key::Redraw),
                Event::Judged(_) => {} // it was given up before
            }
        };
        match play::within(self.course, self.store, self.exercise.name, &mut next_key) {
            Ok(()) => self.show(View::Verdict),
            Err(error) => self.show(View::Trouble(format!("{error:#}"))),
        }
    }

    fn walk(&mut self, by: isize) -> Result<()> {
        let all: Vec<_> = self.course.exercises().collect();
        let here = all.iter().position(|one| one.name == self.exercise.name);
        let there = here.and_then(|here| here.checked_add_signed(by));
        match there.and_then(|there| all.get(there)) {
            Some(exercise) => self.go_to(*exercise),
            None => {
                let end = if by > 0 { "last" } else { "first" };
                self.page.note(&format!("This is the {end} exercise."));
                Ok(())
            }
        }
    }

    fn go_to(&mut self, exercise: Exercise<'env>) -> Result<()> {
        self.exercise = exercise;
        self.again()
    }

    fn solution(&mut self) -> Result<()> {
        let solution = exercise::tell_solution(self.course, self.exercise)?;
        self.show(View::Solution(solution))
    }

    fn show(&mut self, view: View) -> Result<()> {
        self.page.view = view;
        self.draw()
    }

    fn draw(&mut self) -> Result<()> {
        self.page.draw(self.store, self.exercise, self.verdict.as_ref())?;
        if self.judging.is_some() {
            self.page.is_judging();
        }
        Ok(())
    }
}
