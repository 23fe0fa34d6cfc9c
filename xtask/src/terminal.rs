//! Talks to a person at a terminal: one key at a time, one line at a time, and always cleans up.

#[cfg(not(unix))]
#[path = "terminal/elsewhere.rs"]
mod modes;
#[cfg(unix)]
#[path = "terminal/unix.rs"]
mod modes;

use std::io::{self, BufRead, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use colored::Colorize;
use crossterm::event::{self, Event, KeyCode, KeyModifiers};

/// Whether someone sits there: questions may be asked, keys waited for, the screen redrawn.
#[must_use]
pub fn is_interactive() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// Whether what is read comes from a keyboard.
#[must_use]
pub fn has_keyboard() -> bool {
    io::stdin().is_terminal()
}

/// From now on the terminal is treated as a file is: nothing is written over.
pub fn be_plain() {
    // Relaxed: set once, before anything is shown.
    PLAIN.store(true, Ordering::Relaxed);
}

/// Whether lines may be written over, to show how something gets on.
#[must_use]
pub fn is_live() -> bool {
    is_interactive() && !PLAIN.load(Ordering::Relaxed)
}

static PLAIN: AtomicBool = AtomicBool::new(false);

/// What a person pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// A character, in lower case.
    Char(char),
    /// Enter, space, or the right arrow: go on.
    Next,
    /// Backspace or the left arrow: go back.
    Back,
    /// Ctrl-C, Ctrl-D, Escape, or the end of input: leave.
    Leave,
    /// Ctrl-L: draw the screen again.
    Redraw,
}

/// What happened at the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Input {
    /// A key.
    Key(Key),
    /// Ctrl-Z: give the terminal back to the shell for a while.
    Suspend,
    /// The screen has another size.
    Resized,
}

/// What the terminal does with what is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// Collects lines and shows them: as a shell leaves it, and wants it back.
    Lines,
    /// Hands over single keys, unseen; Ctrl-C is a key too.
    Keys,
    /// Keeps keys, unseen; Ctrl-C ends the program that runs, and the guide.
    Run,
}

/// The keyboard of a person who is led by single keys.
///
/// It is held from the first page to the last, not only while a key is waited for: a key typed a
/// moment before it is asked for must not mean something else. When it goes out of scope, or a signal
/// ends the guide, the terminal is as it was.
#[derive(Debug)]
pub struct Keyboard(());

impl Keyboard {
    /// Takes the keyboard.
    ///
    /// # Errors
    /// When the terminal does not give out single keys.
    pub fn take() -> Result<Self> {
        let keyboard = Self(());
        keyboard.set(Mode::Keys)?;
        Ok(keyboard)
    }

    fn set(&self, mode: Mode) -> Result<()> {
        modes::set(mode).context("the terminal does not give out single keys; try --plain")
    }

    /// Waits for one key.
    ///
    /// # Errors
    /// When the terminal cannot be read.
    pub fn wait_for_key(&self) -> Result<Key> {
        io::stdout().flush().context("the terminal cannot be written to")?;
        loop {
            let event = event::read().context("the terminal cannot be read")?;
            if let Some(key) = key(&event) {
                return Ok(key);
            }
        }
    }

    /// Asks whether to go on, and waits for the answer.
    ///
    /// # Errors
    /// When the terminal cannot be read.
    pub fn goes_on(&self) -> Result<bool> {
        println!("{}", "[space] go on · [q] leave".bright_black());
        self.is_told_to_go_on()
    }

    /// Waits for the key that goes on, or for one that leaves.
    ///
    /// # Errors
    /// When the terminal cannot be read.
    pub fn is_told_to_go_on(&self) -> Result<bool> {
        loop {
            match self.wait_for_key()? {
                Key::Next => return Ok(true),
                Key::Leave | Key::Char('q') => return Ok(false),
                _ => {}
            }
        }
    }

    /// From now on, tells what happens here, on a thread of its own, until `tell` says that nobody
    /// listens any more. The end of the terminal tells [`Key::Leave`]. Nothing else may wait for keys.
    pub fn listen(&self, tell: impl Fn(Input) -> bool + Send + 'static) {
        std::thread::spawn(move || {
            loop {
                let (input, is_last) = match event::read() {
                    Ok(event) => (input(&event), false),
                    Err(_) => (Some(Input::Key(Key::Leave)), true),
                };
                let listens = input.is_none_or(&tell);
                if is_last || !listens {
                    break;
                }
            }
        });
    }

    /// Stops the guide as Ctrl-Z stops any program. The shell gets its terminal as it was; whoever
    /// continues the guide finds the keyboard taken again.
    ///
    /// # Errors
    /// When the terminal does not change its modes.
    pub fn suspend(&self) -> Result<()> {
        self.set(Mode::Lines)?;
        modes::stop();
        self.set(Mode::Keys)
    }

    /// Asks for a line of text; `None` when the person leaves (Ctrl-D) instead.
    ///
    /// # Errors
    /// When the terminal cannot be read.
    pub fn ask_line(&self, prompt: &str) -> Result<Option<String>> {
        self.set(Mode::Lines)?;
        let line = ask_line(prompt);
        self.set(Mode::Keys)?;
        line
    }

    /// Lets a program have the screen for itself. What is typed meanwhile is not shown, and forgotten:
    /// it was no answer to anything.
    ///
    /// # Errors
    /// Those of `run`, and when the terminal cannot be read.
    pub fn during<T>(&self, run: impl FnOnce() -> Result<T>) -> Result<T> {
        self.set(Mode::Run)?;
        let ran = run();
        self.set(Mode::Keys)?;
        let waiting = || event::poll(Duration::ZERO);
        while waiting().context("the terminal cannot be read")? {
            event::read().context("the terminal cannot be read")?;
        }
        ran
    }
}

impl Drop for Keyboard {
    fn drop(&mut self) {
        // Nothing better can be done about a terminal that is gone.
        let _ = modes::set(Mode::Lines);
    }
}

/// What was pressed, if it was a key that means something.
fn key(event: &Event) -> Option<Key> {
    let key = event.as_key_press_event()?;
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    Some(match key.code {
        KeyCode::Char('c' | 'd') if control => Key::Leave,
        KeyCode::Char('l') if control => Key::Redraw,
        KeyCode::Esc => Key::Leave,
        KeyCode::Char(' ') | KeyCode::Enter | KeyCode::Right => Key::Next,
        KeyCode::Backspace | KeyCode::Left => Key::Back,
        KeyCode::Char(c) if !control => Key::Char(c.to_ascii_lowercase()),
        _ => return None,
    })
}

fn input(event: &Event) -> Option<Input> {
    if let Event::Resize(..) = event {
        return Some(Input::Resized);
    }
    let pressed = event.as_key_press_event()?;
    if pressed.code == KeyCode::Char('z') && pressed.modifiers.contains(KeyModifiers::CONTROL) {
        return Some(Input::Suspend);
    }
    key(event).map(Input::Key)
}

fn ask_line(prompt: &str) -> Result<Option<String>> {
    print!("{prompt}");
    io::stdout().flush().context("the terminal cannot be written to")?;
    let mut line = String::new();
    let read = io::stdin().lock().read_line(&mut line).context("the terminal cannot be read")?;
    Ok((read > 0).then(|| only_text(&line)))
}

/// What was typed, without the keys that a terminal in this mode passes on as codes: arrows, for one.
fn only_text(line: &str) -> String {
    let text: String = without_colours(line).chars().filter(|c| !c.is_control()).collect();
    text.trim().to_owned()
}

/// Asks a yes-or-no question.
///
/// # Errors
/// When the terminal cannot be read. Where nobody sits there is no answer: `way_out` is the error then.
pub fn confirm(question: &str, way_out: &str) -> Result<bool> {
    ensure!(is_interactive(), "{way_out}");
    Ok(ask_line(&format!("{question} [y/N] "))?
        .is_some_and(|answer| answer.eq_ignore_ascii_case("y")))
}

/// How many lines the terminal shows now.
#[must_use]
pub fn rows() -> usize {
    crossterm::terminal::size().map_or(24, |(_, rows)| rows.into())
}

/// What to say where charts and code would be broken.
#[must_use]
pub fn too_narrow() -> Option<String> {
    const NEEDED: u16 = 80;
    let (columns, _) = crossterm::terminal::size().ok()?;
    (columns < NEEDED).then(|| {
        format!(
            "This window is {columns} columns wide; charts and code need {NEEDED}. Make it wider."
        )
    })
}

/// Whether a text, with so many lines around it, is longer than the terminal.
#[must_use]
pub fn overflows(text: &str, around: usize) -> bool {
    text.lines().count() + around > rows()
}

/// Wipes the screen and goes to its top.
pub fn clear_screen() {
    print!("\x1b[2J\x1b[H");
}

/// The text without what would colour it.
#[must_use]
pub fn without_colours(text: &str) -> String {
    let mut parts = text.split("\x1b[");
    let first = parts.next().unwrap_or_default();
    let rest = parts.map(|part| part.split_once(|c: char| c.is_ascii_alphabetic()));
    let rest: String = rest.flatten().map(|(_, text)| text).collect();
    format!("{first}{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_taken_out_of_a_text() {
        let coloured = "\x1b[1m\x1b[38;5;9merror\x1b[0m: no such `stir`";
        assert_eq!(without_colours(coloured), "error: no such `stir`");
        assert_eq!(without_colours("plain"), "plain");
    }
}
