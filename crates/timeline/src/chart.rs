//! Draws a record as text: a lane for each thread or task, then a legend, then the facts.
//!
//! Lanes are threads, unless one thread was entered by two spans that were alive at once and neither
//! inside the other: that is an executor taking turns, and then each root span has a lane, and so does
//! each child that was alive at once with a sibling. [`Record::lanes`] overrules this.

use crate::axis::Axis;
use crate::columns;
use crate::facts;
use crate::picture::{Kind, Lane, Picture};
use crate::record::Record;

mod paint;

/// How many lanes a chart shows before it says how many more there are.
const LANES: usize = 24;
/// The columns a lane's label may take.
const LABEL: usize = 24;

/// How a chart is to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// The columns of the widest line; at least 40 are used.
    pub width: usize,
    /// Whether to use the terminal's colours.
    pub colour: bool,
    /// Whether to keep to characters every terminal has (names are shown as they are).
    pub ascii: bool,
}

impl Record {
    /// The record as a chart: lines, each ended by a newline.
    #[must_use]
    pub fn chart(&self, style: Style) -> String {
        let style = Style { width: style.width.max(40), ..style };
        let picture = Picture::of(self);
        let mut out = String::new();
        if !self.title.is_empty() {
            title(&mut out, &self.title, style);
        }
        if picture.groups.is_empty() {
            if self.facts.is_empty() {
                out.push_str("nothing was recorded: no span was entered\n");
            }
        } else {
            lanes(&mut out, &picture, style);
            legend(&mut out, &picture, style);
        }
        facts::write(&mut out, &self.facts, style);
        out
    }
}

fn title(out: &mut String, title: &str, style: Style) {
    let (rule, mark) = if style.ascii { ("-", "...") } else { ("─", "…") };
    let title = columns::shorten(&columns::plain(title), style.width - 8, mark);
    let rest = style.width - columns::width(&title) - 4;
    out.push_str(&format!("{0}{0} {title} {1}\n", rule, rule.repeat(rest)));
}

fn lanes(out: &mut String, picture: &Picture, style: Style) {
    let all: Vec<(Option<&str>, &Lane)> = picture
        .groups
        .iter()
        .flat_map(|group| {
            let headings =
                group.heading.as_deref().into_iter().map(Some).chain(std::iter::repeat(None));
            headings.zip(&group.lanes)
        })
        .collect();
    let shown = &all[..all.len().min(LANES)];
    let labels: Vec<String> = shown.iter().map(|(_, lane)| label(lane, style)).collect();
    let label_width = labels.iter().map(|label| columns::width(label)).max().unwrap_or(0);
    let (left, right) = if style.ascii { ("|", "|") } else { ("▕", "▏") };
    let cells = style.width - label_width - 3;
    out.push_str(&format!("{} {}\n", " ".repeat(label_width), ruler(picture.length, cells, style)));
    for ((heading, lane), label) in shown.iter().zip(labels) {
        if let Some(heading) = heading {
            out.push_str(&format!("{heading}\n"));
        }
        let label = columns::pad(&label, label_width);
        let cells = paint::lane(lane, picture.length, cells, style);
        out.push_str(&format!("{label} {left}{cells}{right}\n"));
    }
    let more = all.len() - shown.len();
    if more > 0 {
        let lanes = if more == 1 { "lane" } else { "lanes" };
        let mark = if style.ascii { "..." } else { "…" };
        out.push_str(&format!("{mark} and {more} more {lanes}\n"));
    }
}

fn label(lane: &Lane, style: Style) -> String {
    let mark = if style.ascii { "..." } else { "…" };
    let indent = "  ".repeat(lane.depth.min(4));
    columns::shorten(&(indent + &columns::plain(&lane.label)), LABEL, mark)
}

/// `├0 ms─────┼50──────┼100─────┤`: each mark stands at its time, its number to the right of it.
fn ruler(length: u64, cells: usize, style: Style) -> String {
    let (first, mark, rule, last) =
        if style.ascii { ('|', '|', '-', '|') } else { ('├', '┼', '─', '┤') };
    let axis = Axis::new(length, (cells / 8) as u64);
    let unit = if style.ascii && axis.unit == "µs" { "us" } else { axis.unit };
    // One column more than the lanes have: they lie between its two ends.
    let mut ruler = vec![rule; cells + 1];
    for time in axis.marks(length) {
        let at = (u128::from(time) * cells as u128 / u128::from(length)) as usize;
        let number = axis.label(time) + &if time == 0 { format!(" {unit}") } else { String::new() };
        if at + 1 + number.len() <= cells {
            let text = [mark].into_iter().chain(number.chars());
            ruler[at..].iter_mut().zip(text).for_each(|(cell, c)| *cell = c);
        }
    }
    ruler[0] = first;
    ruler.push(last);
    ruler.into_iter().collect()
}

fn legend(out: &mut String, picture: &Picture, style: Style) {
    let known = [
        (Kind::Working, ("█ working", "# working")),
        (Kind::Waiting, ("░ waiting", "= waiting")),
        (Kind::Alive, ("· alive, not running", ". alive, not running")),
    ];
    let words = known.iter().filter(|(kind, _)| picture.shows(*kind));
    let words: Vec<&str> =
        words.map(|(_, (unicode, ascii))| if style.ascii { *ascii } else { *unicode }).collect();
    let line = words.join("   ");
    // A narrow terminal gets them one below the other.
    let fits = columns::width(&line) <= style.width;
    out.push_str(&if fits { line } else { words.join("\n") });
    out.push('\n');
}

#[cfg(test)]
#[path = "chart_tests.rs"]
mod tests;
