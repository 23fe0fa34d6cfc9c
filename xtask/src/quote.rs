//! Finds an item of a program by name, so that pages quote code instead of copying it.

use anyhow::{Context, Result, ensure};

/// The text of a top-level Rust item: `fn main`, `struct Knobs`, `impl Pool`, with its docs and attributes.
///
/// Relies on rustfmt's layout: a top-level item starts in the first column, and ends at the first
/// later line that closes a brace there (or on its own line, for one that ends with `;`).
///
/// # Errors
/// When there is no such item.
pub fn rust_item(source: &str, item: &str) -> Result<String> {
    let lines: Vec<_> = source.lines().collect();
    let at = lines.iter().position(|line| declares(line, item));
    let at = at.with_context(|| format!("there is no `{item}` at the top level"))?;
    let is_above = |line: &&&str| line.starts_with("///") || line.starts_with("#[");
    let above = lines[..at].iter().rev().take_while(is_above).count();
    let ends = |line: &&str| line.starts_with('}') || *line == ");" || *line == "];";
    let one_line = lines[at].ends_with(';') || lines[at].ends_with('}');
    let length = if one_line { Some(0) } else { lines[at..].iter().position(ends) };
    let length = length.with_context(|| format!("`{item}` never ends; is the file formatted?"))?;
    Ok(lines[at - above..=at + length].join("\n"))
}

/// Whether `line` starts the item `fn main`, whatever its visibility.
fn declares(line: &str, item: &str) -> bool {
    let visible =
        line.strip_prefix("pub(crate) ").or_else(|| line.strip_prefix("pub ")).unwrap_or(line);
    let plain = ["const ", "async ", "unsafe "].iter().fold(visible, |line, word| {
        match item.starts_with(word) {
            true => line,
            false => line.strip_prefix(word).unwrap_or(line),
        }
    });
    let Some(rest) = plain.strip_prefix(item) else { return false };
    !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_')
}

/// The text of a top-level Python function or class: `def main`, `class Desk`.
///
/// # Errors
/// When there is no such item.
pub fn python_item(source: &str, item: &str) -> Result<String> {
    let lines: Vec<_> = source.lines().collect();
    let starts = |line: &&str| {
        let line = line.strip_prefix("async ").unwrap_or(line);
        line.strip_prefix(item).is_some_and(|rest| rest.starts_with(['(', ':']))
    };
    let at = lines
        .iter()
        .position(starts)
        .with_context(|| format!("there is no `{item}` at the top level"))?;
    let above = lines[..at].iter().rev().take_while(|line| line.starts_with('@')).count();
    let body = lines[at + 1..]
        .iter()
        .take_while(|line| line.is_empty() || line.starts_with([' ', ')', '\t']));
    let text = lines[at - above..=at + body.count()].join("\n");
    let text = text.trim_end();
    ensure!(text.lines().count() > 1, "`{item}` has no body");
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUST: &str = "use x;\n\n/// Runs.\n#[test]\nfn main() {\n    a();\n}\n\nfn main_course() {\n}\n\n\
        pub struct Unit;\n\nconst LIST: [u8; 2] = [\n    1,\n    2,\n];\n\nimpl Unit {\n    fn a() {}\n}\n";

    #[test]
    fn an_item_comes_with_what_is_above_it() {
        let text = rust_item(RUST, "fn main").unwrap();
        assert_eq!(text, "/// Runs.\n#[test]\nfn main() {\n    a();\n}");
    }

    #[test]
    fn a_signature_of_several_lines_is_no_end() {
        let source = "fn cook(\n    dish: Dish,\n) -> Plate {\n    plate\n}\n";
        assert_eq!(rust_item(source, "fn cook").unwrap(), source.trim_end());
    }

    #[test]
    fn a_longer_name_is_another_item() {
        assert!(rust_item(RUST, "fn mai").is_err());
        assert_eq!(rust_item(RUST, "fn main_course").unwrap(), "fn main_course() {\n}");
    }

    #[test]
    fn items_of_one_line_and_lists_end_where_they_end() {
        assert_eq!(rust_item(RUST, "struct Unit").unwrap(), "pub struct Unit;");
        assert_eq!(rust_item(RUST, "const LIST").unwrap().lines().count(), 4);
        assert_eq!(rust_item(RUST, "impl Unit").unwrap().lines().count(), 3);
    }

    #[test]
    fn a_python_function_ends_where_its_indentation_does() {
        let source =
            "import time\n\n\ndef cook(n):\n    a()\n\n    b()\n\n\ndef main():\n    c()\n";
        assert_eq!(python_item(source, "def cook").unwrap(), "def cook(n):\n    a()\n\n    b()");
        assert!(python_item(source, "def coo").is_err());
    }
}
