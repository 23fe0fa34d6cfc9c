//! Draws a table in the terminal: columns give way until it fits, cells are folded.

use colored::Colorize;

/// Draws rows of cells in columns; the widest columns give way until the table fits.
#[must_use]
pub fn draw(rows: &[Vec<String>], width: usize) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let most = |measure: fn(&str) -> usize| -> Vec<usize> {
        let cells = |column: usize| rows.iter().filter_map(move |row| row.get(column));
        (0..columns).map(|at| cells(at).map(|cell| measure(cell)).max().unwrap_or(0)).collect()
    };
    let (mut widths, words) = (most(letters), most(longest_word));
    let room = width.saturating_sub(3 * columns.saturating_sub(1));
    while widths.iter().sum::<usize>() > room {
        // A column whose words would be cut gives way when no other can.
        let gives = |at: &usize| (widths[*at] > words[*at], widths[*at]);
        let at = (0..columns).max_by_key(gives).expect("a sum above 0 has parts");
        widths[at] -= 1;
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

fn letters(text: &str) -> usize {
    text.chars().count()
}

fn longest_word(text: &str) -> usize {
    text.split_whitespace().map(letters).max().unwrap_or(0)
}

fn draw_row(row: &[String], widths: &[usize], head: bool) -> String {
    let cells: Vec<_> =
        row.iter().zip(widths).map(|(cell, width)| break_words(cell, *width)).collect();
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

/// Breaks a text between its words into lines of at most `width` characters; a longer word is cut.
pub(crate) fn break_words(text: &str, width: usize) -> Vec<String> {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn table(width: usize) -> String {
        let rows = [["exercise", "wrong answers in all"], ["bounded_queue", "6"]];
        draw(&rows.map(|row| row.map(str::to_owned).into()), width)
    }

    #[test]
    fn a_table_that_fits_is_left_alone() {
        assert!(table(40).starts_with("exercise      │ wrong answers in all\n"), "{}", table(40));
    }

    #[test]
    fn a_column_of_several_words_gives_way_before_a_word_is_cut() {
        let narrow = "exercise      │ wrong\n              │ answers\n              │ in all\n\
                      ──────────────┼────────\nbounded_queue │ 6\n";
        assert_eq!(table(23), narrow);
    }

    #[test]
    fn where_nothing_else_helps_words_are_cut() {
        assert!(table(15).lines().all(|line| line.chars().count() <= 15), "{}", table(15));
    }
}
