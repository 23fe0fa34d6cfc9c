//! Draws coloured terminal text as an SVG: a window, one line of text a row.

/// Size of a character cell in pixels, for a 13-pixel monospace font.
const CELL: (f64, f64) = (7.83, 17.0);
const MARGIN: f64 = 14.0;
const BACKGROUND: &str = "#16181d";
const FOREGROUND: &str = "#d7dae0";

/// The eight colours of a terminal, readable on the dark background: normal, then bright.
const COLOURS: [[&str; 8]; 2] = [
    ["#5c6370", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#d7dae0"],
    ["#7f8794", "#f08a91", "#b5d99c", "#f2d398", "#8cc4f5", "#d79bea", "#7fd0da", "#ffffff"],
];

/// Draws `text`, whose colours are ANSI escape sequences, in a window of `columns` by as many lines as it has.
#[must_use]
pub fn draw(text: &str, columns: usize, title: &str) -> String {
    let lines: Vec<_> = text.trim_end().lines().collect();
    let (width, height) =
        (columns as f64 * CELL.0 + 2.0 * MARGIN, lines.len() as f64 * CELL.1 + 2.0 * MARGIN);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\">\n\
         <title>{}</title>\n<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{BACKGROUND}\"/>\n\
         <g font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"13\" \
         fill=\"{FOREGROUND}\">\n",
        escape(title)
    );
    let mut pen = Pen::default();
    for (row, line) in lines.iter().enumerate() {
        let y = MARGIN + (row as f64 + 0.75) * CELL.1;
        let mut column = 0;
        for (piece, style) in pen.pieces(line) {
            let length = piece.chars().count();
            if !piece.trim().is_empty() {
                // Each piece is given its own place and length, so that no font can shift a column.
                let (x, wide) = (MARGIN + column as f64 * CELL.0, length as f64 * CELL.0);
                let text = escape(&piece);
                out.push_str(&format!("<text x=\"{x:.1}\" y=\"{y:.1}\" textLength=\"{wide:.1}\"{style}>{text}</text>\n"));
            }
            column += length;
        }
    }
    out + "</g>\n</svg>\n"
}

fn escape(text: &str) -> String {
    // Plain spaces side by side would be shown as one.
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace(' ', "\u{a0}")
}

/// What the escape sequences so far have set.
#[derive(Default)]
struct Pen {
    colour: Option<String>,
    bold: bool,
    dim: bool,
    italic: bool,
}

impl Pen {
    /// Cuts a line where its style changes; each piece comes with its attributes.
    fn pieces(&mut self, line: &str) -> Vec<(String, String)> {
        let mut pieces = Vec::new();
        let mut rest = line;
        while let Some((before, after)) = rest.split_once("\x1b[") {
            pieces.push((before.to_owned(), self.attributes()));
            let Some(end) = after.find(|c: char| c.is_ascii_alphabetic()) else { return pieces };
            if after[end..].starts_with('m') {
                self.set(&after[..end]);
            }
            rest = &after[end + 1..];
        }
        pieces.push((rest.to_owned(), self.attributes()));
        pieces
    }

    fn set(&mut self, codes: &str) {
        let mut codes = codes.split(';').map(|code| code.parse::<usize>().unwrap_or(0));
        while let Some(code) = codes.next() {
            match code {
                0 => *self = Self::default(),
                1 => self.bold = true,
                2 => self.dim = true,
                3 => self.italic = true,
                22 => (self.bold, self.dim) = (false, false),
                30..38 => self.colour = Some(COLOURS[0][code - 30].to_owned()),
                90..98 => self.colour = Some(COLOURS[1][code - 90].to_owned()),
                38 if codes.next() == Some(5) => self.colour = codes.next().map(indexed_colour),
                39 => self.colour = None,
                _ => {}
            }
        }
    }

    fn attributes(&self) -> String {
        let mut out =
            self.colour.as_ref().map(|colour| format!(" fill=\"{colour}\"")).unwrap_or_default();
        for (set, attribute) in [
            (self.bold, " font-weight=\"bold\""),
            (self.dim, " opacity=\"0.6\""),
            (self.italic, " font-style=\"italic\""),
        ] {
            out.push_str(if set { attribute } else { "" });
        }
        out
    }
}

/// One of xterm's 256 colours: 16 named ones, a cube of 6×6×6, 24 greys.
fn indexed_colour(index: usize) -> String {
    let level = |n: usize| if n == 0 { 0 } else { 55 + 40 * n };
    match index {
        0..16 => COLOURS[index / 8][index % 8].to_owned(),
        16..232 => {
            let n = index - 16;
            format!("#{:02x}{:02x}{:02x}", level(n / 36), level(n / 6 % 6), level(n % 6))
        }
        _ => format!("#{0:02x}{0:02x}{0:02x}", 8 + 10 * (index.min(255) - 232)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_lasts_until_it_is_reset() {
        let svg = draw("\x1b[31mred\n still\x1b[0m plain <&>", 20, "t");
        assert_eq!(svg.matches("#e06c75").count(), 2);
        assert!(svg.contains(">\u{a0}plain\u{a0}&lt;&amp;&gt;</text>"), "{svg}");
    }

    #[test]
    fn the_cube_and_the_greys_are_xterms() {
        assert_eq!(indexed_colour(16), "#000000");
        assert_eq!(indexed_colour(231), "#ffffff");
        assert_eq!(indexed_colour(244), "#808080");
    }
}
