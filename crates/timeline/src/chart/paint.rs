//! Paints a lane: which character and which colour each cell has.

use super::Style;
use crate::columns;
use crate::picture::{Bar, Kind, Lane};

/// The lane as so many columns of text, with colours if the style says so.
pub(super) fn lane(lane: &Lane, length: u64, cells: usize, style: Style) -> String {
    let shares = share_out(&lane.bars, length, cells);
    let mut canvas: Vec<Cell> =
        (0..cells).map(|at| paint(&lane.bars, &shares, at, style)).collect();
    write_texts(&mut canvas, &lane.bars, style);
    render(&canvas, style)
}

/// What a cell's time was spent on; fractions of the cell.
#[derive(Clone, Default)]
struct Share {
    working: f64,
    waiting: f64,
    alive: bool,
    /// The working and the waiting bar with the most of it.
    worker: Option<(usize, f64)>,
    waiter: Option<(usize, f64)>,
    /// Whether the work lies against its left edge.
    from_left: bool,
}

fn share_out(bars: &[Bar], length: u64, cells: usize) -> Vec<Share> {
    let mut shares = vec![Share::default(); cells];
    let scale = |time: u64| time.min(length) as f64 / length as f64 * cells as f64;
    for (index, bar) in bars.iter().enumerate() {
        let (start, end) = (scale(bar.start), scale(bar.end));
        let first = (start as usize).min(cells - 1);
        let last = (end.ceil() as usize).clamp(first + 1, cells);
        for (at, share) in shares[first..last].iter_mut().enumerate() {
            let left = (first + at) as f64;
            let part = (end.min(left + 1.0) - start.max(left)).max(0.0);
            share.add(bar.kind, index, part, start <= left);
        }
    }
    shares
}

impl Share {
    fn add(&mut self, kind: Kind, bar: usize, part: f64, from_left: bool) {
        let most = |known: Option<(usize, f64)>| match known {
            Some((_, most)) if most >= part => known,
            _ => Some((bar, part)),
        };
        match kind {
            Kind::Alive => self.alive = self.alive || part > 0.0,
            Kind::Waiting => (self.waiting, self.waiter) = (self.waiting + part, most(self.waiter)),
            Kind::Working => {
                (self.working, self.worker) = (self.working + part, most(self.worker));
                self.from_left |= from_left;
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
struct Cell {
    glyph: char,
    ink: Ink,
    bar: Option<usize>,
}

#[derive(Clone, Copy, PartialEq)]
enum Ink {
    Plain,
    Faint,
    Hue(usize),
    /// Text on a bar of this colour.
    On(usize),
}

/// A wide character's second column.
const TAKEN: char = '\0';

fn paint(bars: &[Bar], shares: &[Share], at: usize, style: Style) -> Cell {
    let share = &shares[at];
    let pick = |unicode, ascii| if style.ascii { ascii } else { unicode };
    let alive = Cell { glyph: pick('·', '.'), ink: Ink::Faint, bar: None };
    match (share.worker, share.waiter) {
        (Some((worker, _)), _) if share.working >= share.waiting => {
            let before = at.checked_sub(1).and_then(|before| shares[before].worker);
            let joint = before.is_some_and(|(other, _)| bars[other].slice != bars[worker].slice);
            let glyph = work(share.working, share.from_left, joint, style.ascii);
            Cell { glyph, ink: Ink::Hue(bars[worker].hue), bar: Some(worker) }
        }
        // So short a wait beside a life is a poll that found nothing yet.
        (_, Some(_)) if share.alive && share.waiting < 1.0 / 8.0 => alive,
        (_, Some((waiter, _))) => {
            Cell { glyph: pick('░', '='), ink: Ink::Faint, bar: Some(waiter) }
        }
        _ if share.alive => alive,
        _ => Cell { glyph: ' ', ink: Ink::Plain, bar: None },
    }
}

/// So much of a cell filled, from its left edge or towards its right one. Where one bar meets the
/// next (a joint), a gap is left: else two jobs would look like one.
fn work(part: f64, from_left: bool, joint: bool, ascii: bool) -> char {
    let eighths = (part * 8.0).round().clamp(1.0, 8.0) as usize;
    match (eighths, ascii) {
        (8, false) if joint => '▐',
        (8, true) if joint => '|',
        (4.., true) => '#',
        (_, true) => '|',
        (8, false) => '█',
        (3.., false) if !from_left => '▐',
        (_, false) => ['▏', '▎', '▍', '▌', '▋', '▊', '▉'][eighths - 1],
    }
}

/// Writes each bar's text into it where there is room for it and an edge on both sides.
fn write_texts(canvas: &mut [Cell], bars: &[Bar], style: Style) {
    let mut at = 0;
    while at < canvas.len() {
        let bar = canvas[at].bar;
        let run = canvas[at..].iter().take_while(|cell| cell.bar == bar).count();
        if let Some(bar) = bar.map(|bar| &bars[bar]) {
            let text = columns::plain(&bar.text);
            if !text.is_empty() && columns::width(&text) + 2 <= run {
                write_text(&mut canvas[at..at + run], &text, bar, style);
            }
        }
        at += run;
    }
}

fn write_text(run: &mut [Cell], text: &str, bar: &Bar, style: Style) {
    let working = bar.kind == Kind::Working;
    if working && run[0].glyph != ' ' {
        run[0].glyph = if style.ascii { '[' } else { '▐' };
    }
    let ink = if working { Ink::On(bar.hue) } else { Ink::Faint };
    let mut at = 1;
    for c in text.chars().filter(|c| columns::of(*c) > 0) {
        run[at] = Cell { glyph: c, ink, ..run[at] };
        if columns::of(c) == 2 {
            run[at + 1] = Cell { glyph: TAKEN, ink, ..run[at] };
        }
        at += columns::of(c);
    }
}

fn render(canvas: &[Cell], style: Style) -> String {
    let mut out = String::new();
    let mut ink = Ink::Plain;
    for cell in canvas.iter().filter(|cell| cell.glyph != TAKEN) {
        if style.colour && cell.ink != ink {
            ink = cell.ink;
            out.push_str(&escape(ink));
        }
        out.push(cell.glyph);
    }
    if ink != Ink::Plain {
        out.push_str(&escape(Ink::Plain));
    }
    out
}

/// The colours every terminal theme keeps readable on its background, so red and black are not among
/// them; red would also look like an error.
const HUES: [u8; 5] = [6, 3, 5, 2, 4];

fn escape(ink: Ink) -> String {
    match ink {
        Ink::Plain => "\x1b[0m".to_owned(),
        Ink::Faint => "\x1b[0;2m".to_owned(),
        Ink::Hue(hue) => format!("\x1b[0;3{}m", HUES[hue % HUES.len()]),
        Ink::On(hue) => format!("\x1b[0;30;4{}m", HUES[hue % HUES.len()]),
    }
}
