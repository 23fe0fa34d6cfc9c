//! Talks to a person at a terminal: one key at a time, one line at a time, and always cleans up.

use std::io::{self, BufRead, IsTerminal, Write};

use anyhow::{Context, Result};
use crossterm::event::{self, Event, KeyCode, KeyEventKind, KeyModifiers};
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};

/// Whether someone sits there: questions may be asked, keys waited for, the screen redrawn.
#[must_use]
pub fn is_interactive() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

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
}

/// Raw mode that ends when it goes out of scope, whichever way that happens.
struct RawMode;

impl RawMode {
    fn enter() -> Result<Self> {
        enable_raw_mode().context("the terminal does not give out single keys; try --plain")?;
        Ok(Self)
    }
}

impl Drop for RawMode {
    fn drop(&mut self) {
        // Nothing better can be done about a terminal that is gone.
        let _ = disable_raw_mode();
    }
}

/// Waits for one key. The terminal is raw only meanwhile, so that everything else finds it normal.
///
/// # Errors
/// When the terminal cannot be read.
pub fn wait_for_key() -> Result<Key> {
    io::stdout().flush().context("the terminal cannot be written to")?;
    let _raw = RawMode::enter()?;
    loop {
        let Event::Key(key) = event::read().context("the terminal cannot be read")? else {
            continue;
        };
        if key.kind == KeyEventKind::Release {
            continue;
        }
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        return Ok(match key.code {
            KeyCode::Char('c' | 'd') if control => Key::Leave,
            KeyCode::Esc => Key::Leave,
            KeyCode::Char(' ') | KeyCode::Enter | KeyCode::Right => Key::Next,
            KeyCode::Backspace | KeyCode::Left => Key::Back,
            KeyCode::Char(c) if !control => Key::Char(c.to_ascii_lowercase()),
            _ => continue,
        });
    }
}

/// Asks for a line of text; `None` when the person leaves (Ctrl-D) instead.
///
/// # Errors
/// When the terminal cannot be read.
pub fn ask_line(prompt: &str) -> Result<Option<String>> {
    print!("{prompt}");
    io::stdout().flush().context("the terminal cannot be written to")?;
    let mut line = String::new();
    let read = io::stdin().lock().read_line(&mut line).context("the terminal cannot be read")?;
    Ok((read > 0).then(|| line.trim().to_owned()))
}

/// Asks a yes-or-no question. Where nobody sits, the answer is no.
///
/// # Errors
/// When the terminal cannot be read.
pub fn confirm(question: &str) -> Result<bool> {
    if !is_interactive() {
        return Ok(false);
    }
    Ok(ask_line(&format!("{question} [y/N] "))?
        .is_some_and(|answer| answer.eq_ignore_ascii_case("y")))
}

/// Wipes the screen and goes to its top.
pub fn clear_screen() {
    print!("\x1b[2J\x1b[H");
}
