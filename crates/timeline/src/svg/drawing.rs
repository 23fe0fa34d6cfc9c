//! The SVG as it grows downwards.

use std::fmt::Write;

use crate::axis::Axis;
use crate::columns;
use crate::facts;
use crate::picture::{Bar, Kind, Lane, Picture};
use crate::record::Record;

/// All in pixels of a picture that is drawn in its own size.
const WIDTH: f64 = 860.0;
const MARGIN: f64 = 16.0;
const LANE: f64 = 26.0;
const BAR: f64 = 20.0;
/// Width of a character of a label, generous: fonts differ.
const LETTER: f64 = 7.3;
/// The columns a lane's label may take.
const LABEL: usize = 26;
/// A poll of a microsecond should still be seen.
const THINNEST: f64 = 1.2;
const LANES: usize = 40;

pub(super) struct Drawing {
    body: String,
    /// Where the next thing goes.
    y: f64,
    /// The same in words.
    described: Vec<String>,
}

impl Drawing {
    pub(super) fn of(records: &[Record]) -> Self {
        let mut drawing = Self { body: String::new(), y: MARGIN, described: Vec::new() };
        let mut kinds = Vec::new();
        for record in records {
            let picture = Picture::of(record);
            let all = [Kind::Working, Kind::Waiting, Kind::Alive];
            kinds.extend(all.into_iter().filter(|kind| picture.shows(*kind)));
            drawing.record(record, &picture);
        }
        drawing.legend(&kinds);
        drawing
    }

    pub(super) fn finish(self) -> String {
        let height = self.y + MARGIN;
        let described = escape(&self.described.join(" "));
        format!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="name words" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}">
<title id="name">Who did what when</title>
<desc id="words">{described}</desc>
<style>
{}</style>
<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line class="hatch" x1="0" y1="0" x2="0" y2="6"/></pattern></defs>
<rect class="page" width="{WIDTH}" height="{height}" rx="8"/>
{}</svg>
"##,
            include_str!("style.css"),
            self.body
        )
    }

    fn record(&mut self, record: &Record, picture: &Picture) {
        if !record.title.is_empty() {
            self.y += 14.0;
            self.text(MARGIN, self.y, "title", &record.title);
            self.y += 10.0;
        }
        let lanes = || picture.groups.iter().flat_map(|group| &group.lanes);
        let many = lanes().count();
        if many > 0 {
            let widest = lanes()
                .map(|lane| columns::width(&label(lane)) + 2 * lane.depth.min(4))
                .max()
                .unwrap_or(0);
            let left = MARGIN + widest as f64 * LETTER + 12.0;
            let scale = (WIDTH - MARGIN - left) / picture.length as f64;
            self.axis(picture, left, scale);
            let mut room = LANES;
            for group in &picture.groups {
                let shown = &group.lanes[..group.lanes.len().min(room)];
                room -= shown.len();
                if let (Some(heading), false) = (&group.heading, shown.is_empty()) {
                    self.y += 18.0;
                    self.text(MARGIN, self.y, "heading", heading);
                    self.y += 6.0;
                }
                shown.iter().for_each(|lane| self.lane(lane, left, scale));
            }
            if many > LANES {
                self.y += 18.0;
                self.text(MARGIN, self.y, "small", &format!("… and {} more lanes", many - LANES));
            }
            self.describe(record, picture, many);
        }
        self.facts(record);
        self.y += 18.0;
    }

    fn axis(&mut self, picture: &Picture, left: f64, scale: f64) {
        let axis = Axis::new(picture.length, 8);
        let headings = picture.groups.iter().filter(|group| group.heading.is_some()).count();
        let lanes: usize = picture.groups.iter().map(|group| group.lanes.len()).sum();
        let below = lanes.min(LANES) as f64 * LANE + headings as f64 * 24.0;
        self.y += 14.0;
        let y = self.y;
        for time in axis.marks(picture.length) {
            let x = left + time as f64 * scale;
            let bottom = y + 6.0 + below;
            let _ = writeln!(
                self.body,
                r#"<line class="mark" x1="{x:.1}" y1="{:.1}" x2="{x:.1}" y2="{bottom:.1}"/>"#,
                y - 10.0
            );
            let unit = if time == 0 { format!(" {}", axis.unit) } else { String::new() };
            // The last number may have no room to the right of its mark.
            if x + 30.0 < WIDTH {
                self.text(x + 4.0, y, "small", &(axis.label(time) + &unit));
            }
        }
        self.y += 6.0;
    }

    fn lane(&mut self, lane: &Lane, left: f64, scale: f64) {
        let y = self.y + (LANE - BAR) / 2.0;
        let indent = lane.depth.min(4) as f64 * 12.0;
        self.text(MARGIN + indent, y + 14.5, "name", &label(lane));
        for bar in &lane.bars {
            self.bar(bar, left, y, scale);
        }
        self.y += LANE;
    }

    fn bar(&mut self, bar: &Bar, left: f64, y: f64, scale: f64) {
        let x = left + bar.start as f64 * scale;
        let real = (bar.end.saturating_sub(bar.start)) as f64 * scale;
        if bar.kind == Kind::Alive {
            let (y, end) = (y + BAR / 2.0, x + real);
            let _ = writeln!(self.body, r#"<path class="alive" d="M{x:.2} {y:.1}H{end:.2}"/>"#);
            return;
        }
        let width = real.max(THINNEST);
        let (class, corner) = match bar.kind {
            Kind::Waiting => ("waiting".to_owned(), 2.0),
            _ => (format!("h{}", bar.hue % 6), (width / 4.0).min(3.0)),
        };
        let tip = escape(&format!("{}: {}", bar.label, took(bar.end - bar.start)));
        let _ = writeln!(
            self.body,
            r#"<rect class="{class}" x="{x:.2}" y="{y:.1}" width="{width:.2}" height="{BAR}" rx="{corner:.1}"><title>{tip}</title></rect>"#
        );
        let text = columns::plain(&bar.text);
        if !text.is_empty() && columns::width(&text) as f64 * LETTER + 8.0 <= width {
            let class = if bar.kind == Kind::Waiting { "on-wait" } else { "in" };
            self.text(x + 6.0, y + 14.5, class, &text);
        }
    }

    fn facts(&mut self, record: &Record) {
        let style = crate::Style { width: 120, colour: false, ascii: false };
        let mut lines = String::new();
        facts::write(&mut lines, &record.facts, style);
        for line in lines.lines() {
            self.y += 20.0;
            self.text(MARGIN, self.y, "small", line);
        }
    }

    fn legend(&mut self, kinds: &[Kind]) {
        let mut x = MARGIN;
        let known = [
            (Kind::Working, "working"),
            (Kind::Waiting, "waiting"),
            (Kind::Alive, "alive, not running"),
        ];
        for (kind, word) in known.into_iter().filter(|(kind, _)| kinds.contains(kind)) {
            let y = self.y;
            let _ = match kind {
                Kind::Alive => {
                    let (y, end) = (y + 6.0, x + 24.0);
                    writeln!(self.body, r#"<path class="alive" d="M{x:.1} {y:.1}H{end:.1}"/>"#)
                }
                _ => {
                    let class = if kind == Kind::Waiting { "waiting" } else { "h0" };
                    writeln!(
                        self.body,
                        r#"<rect class="{class}" x="{x:.1}" y="{y:.1}" width="24" height="12" rx="3"/>"#
                    )
                }
            };
            self.text(x + 32.0, y + 10.5, "small", word);
            x += 56.0 + columns::width(word) as f64 * LETTER;
        }
        if !kinds.is_empty() {
            self.y += 12.0;
        }
    }

    fn describe(&mut self, record: &Record, picture: &Picture, lanes: usize) {
        let title = if record.title.is_empty() { "" } else { &format!("{}: ", record.title) };
        let length = took(picture.length);
        let names: Vec<&str> = (picture.groups.iter())
            .flat_map(|group| group.lanes.iter().map(|lane| lane.label.as_str()))
            .take(LANES)
            .collect();
        let plural = if lanes == 1 { "lane" } else { "lanes" };
        self.described
            .push(format!("{title}{lanes} {plural} over {length}: {}.", names.join(", ")));
    }

    fn text(&mut self, x: f64, y: f64, class: &str, text: &str) {
        let text = escape(text);
        let _ = writeln!(self.body, r#"<text class="{class}" x="{x:.1}" y="{y:.1}">{text}</text>"#);
    }
}

fn label(lane: &Lane) -> String {
    columns::shorten(&columns::plain(&lane.label), LABEL, "…")
}

fn took(nanoseconds: u64) -> String {
    let axis = Axis::new(nanoseconds, 1);
    let whole = axis.label(nanoseconds);
    // Four characters that count are more than anyone reads.
    let short = whole.split_once('.').map_or(whole.clone(), |(whole, part)| {
        let digits = 3_usize.saturating_sub(whole.len());
        let part: String = part.chars().take(digits).collect();
        if part.is_empty() { whole.to_owned() } else { format!("{whole}.{part}") }
    });
    format!("{short} {}", axis.unit)
}

fn escape(text: &str) -> String {
    let text = columns::plain(text);
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
