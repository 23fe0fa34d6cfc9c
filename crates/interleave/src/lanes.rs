//! Draws a failing run as lanes: one column per thread, time downward, at most 80 columns wide.

use std::fmt::{self, Write};

use crate::event::Did;
use crate::fault::{Fault, Recording};
use crate::pattern;
use crate::source::Sources;

/// The width of a report.
const WIDTH: usize = 80;
/// What the line numbers take up, with the bar after them.
const MARGIN: usize = 7;
/// More threads than this get no lanes, but one line after the other with their names.
const MOST_LANES: usize = 4;

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, sentence) = pattern::name(self.kind, &self.message, &self.recording);
        for line in wrap(&format!("✗ {name}: {sentence}."), WIDTH - 2) {
            writeln!(f, "{line}")?;
        }
        if let (Some(thread), Some(place)) = (self.thread, self.place) {
            writeln!(f, "  {} at {place}: {}", self.recording.thread(thread), self.first_lines())?;
        }
        for wait in &self.recording.waiting {
            let name = self.recording.thread(wait.thread);
            let text = format!(
                "• {name} (line {}) {}",
                wait.place.line,
                self.recording.wait_in_words(wait)
            );
            for (count, line) in wrap(&text, WIDTH - 6).iter().enumerate() {
                writeln!(f, "  {}{line}", if count == 0 { "" } else { "  " })?;
            }
        }
        let plural = if self.preemptions == 1 { "" } else { "s" };
        writeln!(f, "\nThe run, with {} interruption{plural}, time downward:\n", self.preemptions)?;
        f.write_str(&draw(&self.recording))?;
        writeln!(f, "\nThe same run again: interleave::replay(\"{}\", …)", self.schedule)
    }
}

impl Fault {
    /// The message of a panic: an assertion takes three lines.
    fn first_lines(&self) -> String {
        self.message.lines().take(5).collect::<Vec<_>>().join("\n    ")
    }
}

/// One entry of a lane.
struct Row {
    thread: usize,
    line: u32,
    source: String,
    words: String,
}

fn rows(run: &Recording) -> Vec<Row> {
    let mut sources = Sources::default();
    let mut rows: Vec<Row> = vec![];
    let mut last = None;
    for event in &run.events {
        let Some(words) = run.words(event) else { continue };
        // A lock is let go of wherever its guard ends, and that place is not known.
        let is_shown = !matches!(event.did, Did::Unlocked { .. })
            && last != Some((event.thread, event.place.line));
        let source = if is_shown { shorten(&sources.line(event.place)) } else { String::new() };
        if is_shown || last.is_none_or(|(thread, _)| thread != event.thread) {
            last = Some((event.thread, event.place.line));
        }
        rows.push(Row { thread: event.thread, line: event.place.line, source, words });
    }
    for wait in &run.waiting {
        let words = format!("… {}", run.wait_in_words(wait));
        let source = shorten(&sources.line(wait.place));
        rows.push(Row { thread: wait.thread, line: wait.place.line, source, words });
    }
    rows
}

/// Leaves out what every line of Rust has.
fn shorten(source: &str) -> String {
    let end = source.trim_end_matches(['{', ';', ' ']);
    end.trim_start_matches("let ")
        .trim_start_matches("mut ")
        .replace(".unwrap()", "")
        .replace("Ordering::", "")
}

fn draw(run: &Recording) -> String {
    let rows = rows(run);
    let mut lanes: Vec<usize> = rows.iter().map(|row| row.thread).collect();
    lanes.sort_unstable();
    lanes.dedup();
    if lanes.len() > MOST_LANES { list(run, &rows) } else { Lanes::new(run, &lanes).draw(&rows) }
}

/// For many threads: one line after the other.
fn list(run: &Recording, rows: &[Row]) -> String {
    let mut text = String::new();
    for row in rows {
        let name = run.thread(row.thread);
        let number = if row.source.is_empty() { String::new() } else { row.line.to_string() };
        let entry = format!("{} → {}", row.source, row.words);
        for (count, part) in
            wrap(entry.trim_start_matches(" → "), WIDTH - MARGIN - 16).iter().enumerate()
        {
            let (number, name) = if count == 0 { (number.as_str(), name) } else { ("", "") };
            writeln!(text, "{number:>5} │ {name:<12} {part}").expect("a string takes everything");
        }
    }
    text
}

struct Lanes<'a> {
    run: &'a Recording,
    threads: &'a [usize],
    width: usize,
    text: String,
}

impl<'a> Lanes<'a> {
    fn new(run: &'a Recording, threads: &'a [usize]) -> Self {
        let width = (WIDTH - MARGIN) / threads.len().max(1) - 3;
        Lanes { run, threads, width, text: String::new() }
    }

    fn draw(mut self, rows: &[Row]) -> String {
        let names: Vec<&str> = self.threads.iter().map(|&thread| self.run.thread(thread)).collect();
        self.write("line", |_, lane| names[lane].to_owned());
        let rule = vec!["─".repeat(self.width + 2); self.threads.len()].join("┼");
        writeln!(self.text, "──────┼{rule}").expect("a string takes everything");
        let mut last: Option<usize> = None;
        for row in rows {
            let lane = self.threads.iter().position(|&thread| thread == row.thread).unwrap_or(0);
            if let Some(from) = last.filter(|&from| from != lane) {
                self.arrow(from, lane);
            }
            last = Some(lane);
            self.entry(row, lane);
        }
        self.text
    }

    /// An event: its source line, and below it what came of it.
    fn entry(&mut self, row: &Row, lane: usize) {
        let mut parts = vec![];
        if !row.source.is_empty() {
            parts.push(clip(&row.source, self.width));
        }
        for (count, part) in wrap(&row.words, self.width - 4).into_iter().enumerate() {
            parts.push(format!("{}{part}", if count == 0 { "  → " } else { "    " }));
        }
        for (count, part) in parts.iter().enumerate() {
            let is_first = count == 0 && !row.source.is_empty();
            let number = if is_first { row.line.to_string() } else { String::new() };
            self.write(&number, |_, here| if here == lane { part.clone() } else { String::new() });
        }
    }

    /// From one lane to another: here the turn changes.
    fn arrow(&mut self, from: usize, to: usize) {
        let middle = self.width / 2;
        let tail = self.width - middle - 1;
        let mut line = String::from("      │ ");
        for lane in 0..self.threads.len() {
            let (first, last) = (from.min(to), from.max(to));
            let head = match lane {
                _ if lane == from && from < to => "└",
                _ if lane == from => "┘",
                _ => "▼",
            };
            line += &match lane {
                _ if lane < first || lane > last => " ".repeat(self.width),
                _ if lane == first => format!("{}{head}{}", " ".repeat(middle), "─".repeat(tail)),
                _ if lane == last => format!("{}{head}{}", "─".repeat(middle), " ".repeat(tail)),
                _ => "─".repeat(self.width),
            };
            line += match lane {
                _ if lane + 1 == self.threads.len() => "",
                _ if lane >= first && lane < last => "─┼─",
                _ => " │ ",
            };
        }
        writeln!(self.text, "{}", line.trim_end()).expect("a string takes everything");
    }

    fn write(&mut self, number: &str, cell: impl Fn(&Self, usize) -> String) {
        let cells: Vec<String> = (0..self.threads.len())
            .map(|lane| {
                let text = clip(&cell(self, lane), self.width);
                let padding = self.width.saturating_sub(text.chars().count());
                text + &" ".repeat(padding)
            })
            .collect();
        let line = format!("{number:>5} │ {}", cells.join(" │ "));
        writeln!(self.text, "{}", line.trim_end()).expect("a string takes everything");
    }
}

fn clip(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    text.chars().take(width - 1).chain(['…']).collect()
}

/// Breaks a text between words. A word that is longer than a line is cut.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![];
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(clip(word, width)),
        }
    }
    lines
}
