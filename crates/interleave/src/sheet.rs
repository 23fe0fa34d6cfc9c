//! A report as lines of text with tones: printed plain or in colour, or drawn as an SVG.

use std::fmt::Write;

/// What a piece of text means, from which its colour follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    Plain,
    /// Rules, line numbers: there to be looked past.
    Faint,
    Strong,
    /// What went wrong.
    Bad,
    /// Somebody waits.
    Waits,
    /// Belongs to the thread in this lane.
    Lane(usize),
}

/// Colours of the threads, told apart by people who see colours differently as well: cyan, magenta, green,
/// blue.
const LANES: [&str; 4] = ["36", "35", "32", "34"];

impl Tone {
    /// The codes of ANSI terminals, as in `ESC [ CODES m`.
    fn codes(self) -> &'static str {
        match self {
            Tone::Plain => "",
            Tone::Faint => "90",
            Tone::Strong => "1",
            Tone::Bad => "1;31",
            Tone::Waits => "33",
            Tone::Lane(lane) => LANES[lane % LANES.len()],
        }
    }

    fn class(self) -> String {
        match self {
            Tone::Plain => "plain".to_owned(),
            Tone::Faint => "faint".to_owned(),
            Tone::Strong => "strong".to_owned(),
            Tone::Bad => "bad".to_owned(),
            Tone::Waits => "waits".to_owned(),
            Tone::Lane(lane) => std::format!("lane{}", lane % LANES.len()),
        }
    }
}

/// Lines of text in tones.
#[derive(Default)]
pub(crate) struct Sheet(Vec<Vec<(Tone, String)>>);

impl Sheet {
    /// Begins a new line.
    pub(crate) fn line(&mut self) -> &mut Self {
        self.0.push(std::vec![]);
        self
    }

    /// Adds to the last line.
    pub(crate) fn put(&mut self, tone: Tone, text: impl Into<String>) -> &mut Self {
        if self.0.is_empty() {
            self.line();
        }
        let text = text.into();
        if let Some(line) = self.0.last_mut().filter(|_| !text.is_empty()) {
            line.push((tone, text));
        }
        self
    }

    pub(crate) fn append(&mut self, mut other: Sheet) {
        self.0.append(&mut other.0);
    }

    pub(crate) fn plain(&self) -> String {
        self.written(|_, text| text.to_owned())
    }

    pub(crate) fn coloured(&self) -> String {
        self.written(|tone, text| match tone.codes() {
            "" => text.to_owned(),
            _ if text.trim().is_empty() => text.to_owned(),
            codes => std::format!("\x1b[{codes}m{text}\x1b[0m"),
        })
    }

    fn written(&self, write: impl Fn(Tone, &str) -> String) -> String {
        let mut all = String::new();
        for line in &self.0 {
            let end = line.iter().rposition(|(_, text)| !text.trim().is_empty());
            for (at, (tone, text)) in line.iter().enumerate().take(end.map_or(0, |end| end + 1)) {
                all += &write(*tone, if Some(at) == end { text.trim_end() } else { text });
            }
            all.push('\n');
        }
        all
    }

    /// Draws the lines as a picture for light and dark pages.
    pub(crate) fn svg(&self, title: &str) -> String {
        const LETTER: f64 = 7.83;
        const LINE: f64 = 17.0;
        const MARGIN: f64 = 14.0;
        let columns = self.plain().lines().map(|line| line.chars().count()).max().unwrap_or(0);
        let width = columns as f64 * LETTER + 2.0 * MARGIN;
        let height = self.0.len() as f64 * LINE + 2.0 * MARGIN;
        let mut svg = std::format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" \
             width=\"{width:.0}\" height=\"{height:.0}\" role=\"img\">\n<title>{}</title>\n\
             <style>\n{}</style>\n<rect class=\"page\" width=\"100%\" height=\"100%\" rx=\"8\"/>\n",
            escape(title),
            include_str!("sheet.css"),
        );
        for (row, line) in self.0.iter().enumerate() {
            let y = MARGIN + (row as f64 + 0.75) * LINE;
            let mut column = 0;
            for (tone, text) in line {
                let letters = text.chars().count();
                if !text.trim().is_empty() {
                    // A place and a length for each piece, so that no font can shift a lane.
                    let (x, length) = (MARGIN + column as f64 * LETTER, letters as f64 * LETTER);
                    let (class, text) = (tone.class(), escape(text));
                    writeln!(
                        svg,
                        "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" textLength=\"{length:.1}\">{text}</text>"
                    )
                    .expect("a string takes everything");
                }
                column += letters;
            }
        }
        svg + "</svg>\n"
    }
}

fn escape(text: &str) -> String {
    // Plain spaces side by side would be shown as one.
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace(' ', "\u{a0}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> Sheet {
        let mut sheet = Sheet::default();
        sheet.line().put(Tone::Bad, "✗ deadlock").put(Tone::Plain, ": a < b  ");
        sheet.line().put(Tone::Lane(1), "  two").put(Tone::Plain, "   ");
        sheet
    }

    #[test]
    fn plain_text_has_no_colour_and_no_space_at_the_end() {
        assert_eq!(sheet().plain(), "✗ deadlock: a < b\n  two\n");
    }

    #[test]
    fn every_colour_ends_where_it_began() {
        let text = sheet().coloured();
        assert_eq!(text, "\x1b[1;31m✗ deadlock\x1b[0m: a < b\n\x1b[35m  two\x1b[0m\n");
    }

    #[test]
    fn a_picture_escapes_the_text_and_suits_dark_pages() {
        let svg = sheet().svg("a & b");
        assert!(svg.contains("<title>a\u{a0}&amp;\u{a0}b</title>"), "{svg}");
        assert!(svg.contains(":\u{a0}a\u{a0}&lt;\u{a0}b"), "{svg}");
        assert!(svg.contains("prefers-color-scheme: dark"));
    }
}
