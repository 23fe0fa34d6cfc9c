//! Cuts a text into pieces that fit a screen.

/// Cuts a text into pieces of at most so many lines: between paragraphs, and in the middle of one only
/// if it is longer than a screen itself.
#[must_use]
pub fn screenfuls(text: &str, rows: usize) -> Vec<String> {
    let lines: Vec<_> = text.trim_end().lines().collect();
    let mut parts = Vec::new();
    let mut rest = &lines[..];
    while rest.len() > rows {
        let empty = |line: &&str| line.trim().is_empty();
        let (cut, skipped) = match rest[..=rows].iter().rposition(empty) {
            Some(gap) if gap > 0 => (gap, 1),
            _ => (rows, 0),
        };
        parts.push(rest[..cut].join("\n"));
        rest = &rest[cut + skipped..];
    }
    parts.push(rest.join("\n"));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_between_paragraphs_and_loses_nothing() {
        let text = "one\ntwo\n\nthree\nfour\n\nfive";
        assert_eq!(screenfuls(text, 10), [text]);
        assert_eq!(screenfuls(text, 5), ["one\ntwo\n\nthree\nfour", "five"]);
        assert_eq!(screenfuls(text, 3), ["one\ntwo", "three\nfour", "five"]);
        assert_eq!(screenfuls("one\ntwo\nthree", 2), ["one\ntwo", "three"]);
        assert_eq!(screenfuls("", 2), [""]);
    }
}
