//! Colours code in the terminal: comments, strings, keywords. Enough to read by, not a parser.

use colored::Colorize;

const RUST: &str = "as async await box break const continue crate dyn else enum extern false fn for if impl in let \
    loop match mod move mut pub ref return self Self static struct super trait true type unsafe use where while";
const PYTHON: &str = "and as assert async await break class continue def del elif else except False finally for from \
    global if import in is lambda None nonlocal not or pass raise return True try while with yield";

/// Colours `code`, which is in the language that a Markdown fence names (`rust`, `python`, `console`).
#[must_use]
pub fn code(code: &str, language: &str) -> String {
    let (keywords, comment) = match language.split(',').next() {
        Some("rust") => (RUST, "//"),
        Some("python") => (PYTHON, "#"),
        Some("console") => {
            return code.lines().map(|line| format!("{}\n", command(line))).collect();
        }
        _ => return code.to_owned(),
    };
    code.lines().map(|text| format!("{}\n", line(text, keywords, comment))).collect()
}

fn command(line: &str) -> String {
    if line.starts_with("$ ") { line.bold().to_string() } else { line.to_owned() }
}

fn line(text: &str, keywords: &str, comment: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if rest.starts_with(comment) {
            rest.len()
        } else if first == '"' {
            string_length(rest)
        } else if first.is_alphabetic() || first == '_' {
            rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (token, after) = rest.split_at(length);
        rest = after;
        if token.starts_with(comment) {
            out.push_str(&token.bright_black().to_string());
        } else if first == '"' {
            out.push_str(&token.green().to_string());
        } else if keywords.split_whitespace().any(|keyword| keyword == token) {
            out.push_str(&token.magenta().to_string());
        } else if token.ends_with(char::is_alphanumeric) && after.starts_with('!') {
            out.push_str(&token.blue().to_string());
        } else {
            out.push_str(token);
        }
    }
    out
}

/// The length of the string literal that `text` starts with, quotes included.
fn string_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        if c == '"' && !escaped {
            return at + 1;
        }
        escaped = c == '\\' && !escaped;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_colour_code_is_left_as_it_is() {
        colored::control::set_override(false);
        let text = "fn main() { println!(\"a \\\" // b\"); } // ü\n";
        assert_eq!(code(text, "rust"), text);
        assert_eq!(code("x = 1  # one\n", "python"), "x = 1  # one\n");
    }

    #[test]
    fn a_string_ends_at_its_own_quote() {
        assert_eq!(string_length(r#""a\"b" + c"#), 6);
        assert_eq!(string_length(r#""open"#), 5);
    }
}
