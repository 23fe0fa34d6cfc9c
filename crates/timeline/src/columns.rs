//! Text measured in the columns it takes on a terminal.

/// The columns a character takes: 2 for East Asian wide characters and emoji, 0 for combining marks.
///
/// The ranges are the large blocks of Unicode's East Asian Width table (UAX #11), enough for labels.
pub(crate) fn of(c: char) -> usize {
    match u32::from(c) {
        0x0300..=0x036f | 0x200b..=0x200f | 0x20d0..=0x20ff | 0xfe00..=0xfe0f => 0,
        0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff => 2,
        0xfe30..=0xfe6f | 0xff00..=0xff60 | 0xffe0..=0xffe6 => 2,
        0x1f300..=0x1f64f | 0x1f680..=0x1f6ff | 0x1f900..=0x1f9ff | 0x20000..=0x3fffd => 2,
        _ => 1,
    }
}

/// The columns a text takes.
pub(crate) fn width(text: &str) -> usize {
    text.chars().map(of).sum()
}

/// The text without control characters, which could move the cursor or change colours.
pub(crate) fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// The text, cut to so many columns; what is cut ends in the given mark.
pub(crate) fn shorten(text: &str, columns: usize, mark: &str) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let room = columns.saturating_sub(width(mark));
    let mut taken = 0;
    let fits = |c: &char| {
        taken += of(*c);
        taken <= room
    };
    text.chars().take_while(fits).collect::<String>() + mark
}

/// The text, filled with spaces to so many columns.
pub(crate) fn pad(text: &str, columns: usize) -> String {
    text.to_owned() + &" ".repeat(columns.saturating_sub(width(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_characters_take_two_columns_and_combining_marks_none() {
        assert_eq!(width("日本"), 4);
        assert_eq!(width("e\u{301}"), 1);
        assert_eq!(pad("日", 4), "日  ");
    }

    #[test]
    fn a_long_text_is_shortened_and_a_fitting_one_is_not() {
        assert_eq!(shorten("download", 8, "…"), "download");
        assert_eq!(shorten("download", 5, "…"), "down…");
        assert_eq!(shorten("download", 6, "..."), "dow...");
        assert_eq!(shorten("日本語", 5, "…"), "日本…");
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        assert_eq!(plain("a\x1b[31m\nb"), "a [31m b");
    }
}
