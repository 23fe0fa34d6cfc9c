//! Draws a table in the terminal: columns give way until it fits, cells are folded.

use colored::Colorize;

/// Draws rows of cells in columns; the widest columns give way until the table fits.
#[must_use]
pub fn draw(rows: &[Vec<String>], width: usize) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widest = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max()
    };
    let mut widths: Vec<_> = (0..columns).map(|column| widest(column).unwrap_or(0)).collect();
    let room = width.saturating_sub(3 * columns.saturating_sub(1));
    while widths.iter().sum::<usize>() > room {
        let widest = widths.iter_mut().max().expect("a sum above 0 has parts");
        *widest -= 1;
    }
    let mut out = String::new();
    for (at, row) in rows.iter().enumerate() {
        out.push_str(&draw_row(row, &widths, at == 0));
        if at == 0 {
            let rule: Vec<_> = widths.iter().map(|width| "─".repeat(*width)).collect();
            out.push_str(&format!("{}\n", rule.join("─┼─")));
        }
    }
    out
}

fn draw_row(row: &[String], widths: &[usize], head: bool) -> String {
    let cells: Vec<_> =
        row.iter().zip(widths).map(|(cell, width)| wrap_cell(cell, *width)).collect();
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    let mut out = String::new();
    for line in 0..height {
        let parts = cells.iter().zip(widths).map(|(cell, width)| {
            let text = cell.get(line).map_or("", String::as_str);
            let padded = format!("{text:<width$}");
            if head { padded.bold().to_string() } else { padded }
        });
        let line = parts.collect::<Vec<_>>().join(" │ ");
        out.push_str(&format!("{}\n", line.trim_end()));
    }
    out
}

/// Breaks a cell into lines of at most `width` characters; a longer word is cut.
fn wrap_cell(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let mut word: Vec<char> = word.chars().collect();
        loop {
            let last = lines.last_mut().expect("starts with one");
            let used = last.chars().count();
            let gap = usize::from(used > 0);
            if used + gap + word.len() <= width {
                last.push_str(&" ".repeat(gap));
                last.extend(&word);
                break;
            }
            if used > 0 {
                lines.push(String::new());
            } else {
                last.extend(word.drain(..width.max(1).min(word.len())));
                lines.push(String::new());
            }
        }
    }
    lines
}
