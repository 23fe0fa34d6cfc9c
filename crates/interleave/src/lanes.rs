//! Draws a run as lanes: one column per thread, time downward, at most 80 columns wide.

use std::fmt;

use crate::event::Did;
use crate::fault::{Fault, Recording};
use crate::files::Files;
use crate::pattern;
use crate::place::Place;
use crate::sheet::{Sheet, Tone};
use crate::source::Sources;

/// The width of a report.
const WIDTH: usize = 80;
/// What the line numbers take up, with the bar after them.
const MARGIN: usize = 7;
/// More threads than this get no lanes, but one line after the other with their names.
const MOST_LANES: usize = 4;

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sheet(&self.title()).plain())
    }
}

impl Fault {
    /// The report with the colours of a terminal.
    pub fn in_colour(&self) -> String {
        self.sheet(&self.title()).coloured()
    }

    /// The report as a picture, for light and for dark pages.
    pub fn to_svg(&self) -> String {
        self.sheet(&self.title()).svg(&self.headline())
    }

    /// The name of the fault and a sentence that tells it.
    pub fn headline(&self) -> String {
        let (name, sentence) = self.names();
        format!("{name}: {sentence}.")
    }

    /// The name of the fault: lost update, check-then-act, deadlock, lost wake-up, stale read, broken
    /// invariant, livelock, leaked thread, not repeatable, or panic.
    pub fn name(&self) -> &'static str {
        self.names().0
    }

    fn names(&self) -> (&'static str, String) {
        pattern::name(self.kind, &self.message, self.place, &self.recording)
    }

    fn title(&self) -> String {
        let plural = if self.preemptions == 1 { "" } else { "s" };
        format!("The run, with {} interruption{plural}, time downward:", self.preemptions)
    }

    /// The report; `title` stands over the run.
    pub(crate) fn sheet(&self, title: &str) -> Sheet {
        let mut sheet = Sheet::default();
        let (name, sentence) = self.names();
        for (count, line) in wrap(&format!("{name}: {sentence}."), WIDTH - 4).iter().enumerate() {
            match line.strip_prefix(name).filter(|_| count == 0) {
                Some(rest) => {
                    sheet.line().put(Tone::Bad, format!("✗ {name}")).put(Tone::Strong, rest)
                }
                None => sheet.line().put(Tone::Strong, line),
            };
        }
        if let (Some(thread), Some(place)) = (self.thread, self.place) {
            let name = self.recording.thread(thread);
            // An assertion takes three lines.
            let mut lines = self.message.lines().take(5);
            let first = lines.next().unwrap_or_default();
            for line in wrap(&format!("{name} at {place}: {first}"), WIDTH - 2) {
                sheet.line().put(Tone::Plain, format!("  {line}"));
            }
            lines.for_each(|line| _ = sheet.line().put(Tone::Plain, format!("    {line}")));
        }
        for wait in self.recording.waiting_for_more_than_an_end() {
            let (name, line) = (self.recording.thread(wait.thread), wait.place.line);
            let text = format!("{name} (line {line}) {}", self.recording.wait_in_words(wait));
            for (count, line) in wrap(&text, WIDTH - 8).iter().enumerate() {
                let indent = if count == 0 { "  • " } else { "    " };
                sheet.line().put(Tone::Waits, format!("{indent}{line}"));
            }
        }
        sheet.line();
        sheet.line().put(Tone::Plain, title);
        sheet.line();
        sheet.append(draw(&self.recording));
        sheet.line();
        let again = format!("The same run again: interleave::replay(\"{}\", …)", self.schedule);
        sheet.line().put(Tone::Faint, again);
        sheet
    }
}

/// One entry of a lane.
struct Row {
    thread: usize,
    place: Place,
    source: String,
    words: String,
    tone: Option<Tone>,
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
        let is_bad = matches!(event.did, Did::Panicked(_) | Did::Read { newer: Some(_), .. });
        let tone = is_bad.then_some(Tone::Bad);
        rows.push(Row { thread: event.thread, place: event.place, source, words, tone });
    }
    for wait in run.waiting_for_more_than_an_end() {
        let words = format!("… {}", run.wait_in_words(wait));
        let source = shorten(&sources.line(wait.place));
        let (thread, place) = (wait.thread, wait.place);
        rows.push(Row { thread, place, source, words, tone: Some(Tone::Waits) });
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

fn draw(run: &Recording) -> Sheet {
    let rows = rows(run);
    let files = Files::of(rows.iter().map(|row| row.place.file));
    let mut lanes: Vec<usize> = rows.iter().map(|row| row.thread).collect();
    lanes.sort_unstable();
    lanes.dedup();
    let mut sheet = if lanes.len() > MOST_LANES {
        list(run, &files, &rows)
    } else {
        Lanes::new(run, &files, &lanes).draw(&rows)
    };
    if let Some(legend) = files.legend() {
        sheet.line();
        wrap(&legend, WIDTH).iter().for_each(|line| _ = sheet.line().put(Tone::Faint, line));
    }
    sheet
}

/// For many threads: one line after the other.
fn list(run: &Recording, files: &Files, rows: &[Row]) -> Sheet {
    let mut sheet = Sheet::default();
    for row in rows {
        let number = if row.source.is_empty() { String::new() } else { files.number(row.place) };
        let entry = format!("{} → {}", row.source, row.words);
        let parts = wrap(entry.trim_start_matches(" → "), WIDTH - MARGIN - 16);
        for (count, part) in parts.iter().enumerate() {
            let (number, name) =
                if count == 0 { (&number[..], run.thread(row.thread)) } else { ("", "") };
            let tone = row.tone.unwrap_or(Tone::Lane(row.thread));
            let margin = format!("{number:>5} │ ");
            sheet.line().put(Tone::Faint, margin).put(tone, format!("{name:<12} {part}"));
        }
    }
    sheet
}

struct Lanes<'a> {
    run: &'a Recording,
    files: &'a Files,
    threads: &'a [usize],
    width: usize,
    sheet: Sheet,
}

impl<'a> Lanes<'a> {
    fn new(run: &'a Recording, files: &'a Files, threads: &'a [usize]) -> Self {
        let width = (WIDTH - MARGIN) / threads.len().max(1) - 3;
        Lanes { run, files, threads, width, sheet: Sheet::default() }
    }

    fn draw(mut self, rows: &[Row]) -> Sheet {
        self.head();
        let mut last: Option<usize> = None;
        for row in rows {
            let lane = self.threads.iter().position(|&thread| thread == row.thread).unwrap_or(0);
            if let Some(from) = last.filter(|&from| from != lane) {
                self.arrow(from, lane);
            }
            last = Some(lane);
            self.entry(row, lane);
        }
        self.sheet
    }

    fn head(&mut self) {
        self.sheet.line().put(Tone::Faint, " line");
        for (lane, &thread) in self.threads.iter().enumerate() {
            let name = fit(self.run.thread(thread), self.width);
            self.sheet.put(Tone::Faint, " │ ").put(Tone::Lane(lane), name);
        }
        let rule = vec!["─".repeat(self.width + 2); self.threads.len()].join("┼");
        self.sheet.line().put(Tone::Faint, format!("──────┼{rule}"));
    }

    /// An event: its source line, and below it what came of it.
    fn entry(&mut self, row: &Row, lane: usize) {
        if !row.source.is_empty() {
            self.write(&self.files.number(row.place), lane, Tone::Plain, &row.source);
        }
        let tone = row.tone.unwrap_or(Tone::Lane(lane));
        for (count, part) in wrap(&row.words, self.width - 4).iter().enumerate() {
            let indent = if count == 0 { "  → " } else { "    " };
            self.write("", lane, tone, &format!("{indent}{part}"));
        }
    }

    /// A line with text in one lane.
    fn write(&mut self, number: &str, lane: usize, tone: Tone, text: &str) {
        self.sheet.line().put(Tone::Faint, format!("{number:>5}"));
        for here in 0..self.threads.len() {
            let cell = if here == lane { fit(text, self.width) } else { fit("", self.width) };
            self.sheet.put(Tone::Faint, " │ ").put(tone, cell);
        }
    }

    /// From one lane to another: here the turn changes.
    fn arrow(&mut self, from: usize, to: usize) {
        let middle = self.width / 2;
        let tail = self.width - middle - 1;
        let (first, last) = (from.min(to), from.max(to));
        self.sheet.line().put(Tone::Faint, "      │ ");
        for lane in 0..self.threads.len() {
            let head = match lane {
                _ if lane == from && from < to => "└",
                _ if lane == from => "┘",
                _ => "▼",
            };
            let cell = match lane {
                _ if lane < first || lane > last => " ".repeat(self.width),
                _ if lane == first => format!("{}{head}{}", " ".repeat(middle), "─".repeat(tail)),
                _ if lane == last => format!("{}{head}{}", "─".repeat(middle), " ".repeat(tail)),
                _ => "─".repeat(self.width),
            };
            let bar = match lane {
                _ if lane + 1 == self.threads.len() => "",
                _ if lane >= first && lane < last => "─┼─",
                _ => " │ ",
            };
            let tone = if (first..=last).contains(&lane) { Tone::Lane(to) } else { Tone::Faint };
            self.sheet.put(tone, cell);
            self.sheet.put(if bar.trim() == "│" { Tone::Faint } else { tone }, bar);
        }
    }
}

/// Exactly so wide.
fn fit(text: &str, width: usize) -> String {
    let text = clip(text, width);
    let padding = width.saturating_sub(text.chars().count());
    text + &" ".repeat(padding)
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
