//! Draws Markdown in the terminal: wrapped, with colour where there is colour.

use colored::{ColoredString, Colorize};
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::{highlight, table};

/// Text that fits a terminal of 80 columns, and is not tiring on a wider one.
pub const WIDTH: usize = 78;

/// Draws `markdown`, at most [`WIDTH`] columns wide (code and tables of long words may be wider).
#[must_use]
pub fn render(markdown: &str) -> String {
    let mut page = Page::default();
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS) {
        page.take(event);
    }
    format!("{}\n", page.out.trim_matches('\n'))
}

#[derive(Clone, Copy, Default, PartialEq)]
struct Style {
    strong: bool,
    emphasis: bool,
    code: bool,
}

#[derive(Default)]
struct Page {
    out: String,
    /// The words of the block being read, each piece with its style.
    words: Vec<(String, Style)>,
    style: Style,
    /// For each open list: the next number, or none for bullets.
    lists: Vec<Option<u64>>,
    /// What the next line of an item starts with: its bullet, until that was printed.
    bullet: Option<String>,
    quotes: usize,
    code: Option<(String, String)>,
    table: Option<Vec<Vec<String>>>,
}

impl Page {
    fn take(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => match &mut self.code {
                Some((_, code)) => code.push_str(&text),
                None => self.words.push((text.into_string(), self.style)),
            },
            // Where there are no colours, backticks tell code from words; a table has no room for them.
            Event::Code(text) if !coloured() && self.table.is_none() => {
                self.words.push((format!("`{text}`"), self.style));
            }
            Event::Code(text) => {
                self.words.push((text.into_string(), Style { code: true, ..self.style }))
            }
            Event::SoftBreak | Event::HardBreak => self.words.push((" ".into(), self.style)),
            Event::TaskListMarker(done) => {
                self.words.push((if done { "[x] " } else { "[ ] " }.into(), self.style))
            }
            Event::Rule => self.block(&"─".repeat(WIDTH)),
            // HTML is for the book: comments for the tools, nothing for a reader.
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag) {
        match tag {
            Tag::Strong => self.style.strong = true,
            Tag::Emphasis => self.style.emphasis = true,
            Tag::List(first) => {
                self.flush();
                self.lists.push(first);
            }
            Tag::Item => {
                let number = self.lists.last_mut().and_then(Option::as_mut);
                self.bullet = Some(match number {
                    None => "• ".into(),
                    Some(number) => {
                        *number += 1;
                        format!("{}. ", *number - 1)
                    }
                });
            }
            Tag::BlockQuote(_) => self.quotes += 1,
            Tag::CodeBlock(CodeBlockKind::Fenced(language)) => {
                self.code = Some((language.into_string(), String::new()))
            }
            Tag::CodeBlock(CodeBlockKind::Indented) => {
                self.code = Some((String::new(), String::new()))
            }
            Tag::Table(_) => self.table = Some(Vec::new()),
            Tag::TableHead | Tag::TableRow => {
                self.table.iter_mut().for_each(|rows| rows.push(Vec::new()))
            }
            Tag::Image { .. } => {
                self.words.push(("picture: ".into(), Style { emphasis: true, ..self.style }))
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Strong => self.style.strong = false,
            TagEnd::Emphasis => self.style.emphasis = false,
            TagEnd::Paragraph | TagEnd::Item => self.flush(),
            TagEnd::Heading(level) => self.heading(level),
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
                if self.lists.is_empty() {
                    self.out.push('\n');
                }
            }
            TagEnd::BlockQuote(_) => self.quotes -= 1,
            TagEnd::CodeBlock => {
                if let Some((language, code)) = self.code.take() {
                    self.out.push_str(&format!("{}\n", draw_code(&code, &language)));
                }
            }
            TagEnd::TableCell => {
                let cell =
                    std::mem::take(&mut self.words).into_iter().map(|(text, _)| text).collect();
                let row = self.table.as_mut().and_then(|rows| rows.last_mut());
                row.expect("a cell lies in a row").push(cell);
            }
            TagEnd::Table => {
                let rows = self.table.take().expect("a table was opened");
                self.out.push_str(&format!("{}\n", table::draw(&rows, WIDTH)));
            }
            _ => {}
        }
    }

    fn heading(&mut self, level: HeadingLevel) {
        let text: String =
            std::mem::take(&mut self.words).into_iter().map(|(text, _)| text).collect();
        let line = if level == HeadingLevel::H1 { text.bold().underline() } else { text.bold() };
        self.block(&line.to_string());
    }

    fn block(&mut self, line: &str) {
        self.out.push_str(&format!("{line}\n\n"));
    }

    /// Writes the words read so far as one wrapped block.
    fn flush(&mut self) {
        let words = std::mem::take(&mut self.words);
        if words.is_empty() {
            return;
        }
        let depth = self.lists.len();
        let margin =
            format!("{}{}", "│ ".repeat(self.quotes), "  ".repeat(depth.saturating_sub(1)));
        let bullet = self.bullet.take();
        let hang = if depth > 0 { "  " } else { "" };
        let first = format!("{margin}{}", bullet.as_deref().unwrap_or(hang));
        self.out.push_str(&wrap(&words, &first, &format!("{margin}{hang}")));
        if depth == 0 {
            self.out.push('\n');
        }
    }
}

/// Indents code; a line that is too long for the terminal goes on below, further in.
fn draw_code(code: &str, language: &str) -> String {
    const INDENT: usize = 2;
    let folded: String = code.lines().map(|line| fold(line, WIDTH - INDENT)).collect();
    let lines = highlight::code(&folded, language);
    let indent =
        |line: &str| if line.is_empty() { "\n".into() } else { format!("{:INDENT$}{line}\n", "") };
    lines.lines().map(indent).collect()
}

/// Breaks a line at its last space before `width`, or before a call, and outside of a text if it can. A comment
/// goes on as a comment, below its beginning, and one behind code goes above it; other code is indented by four
/// more.
fn fold(line: &str, width: usize) -> String {
    let indent = line.chars().take_while(|c| *c == ' ').count();
    let Some((cut, _)) = line.char_indices().nth(width) else { return format!("{line}\n") };
    let comment =
        ["/// ", "//! ", "// ", "# "].into_iter().find(|it| line[indent..].starts_with(it));
    let is_quoted = |at: usize| line[..at].replace("\\\"", "").matches('"').count() % 2 == 1;
    if comment.is_none() {
        let behind = [" // ", "  # "].into_iter().find_map(|mark| line.rfind(mark));
        if let Some(at) = behind.filter(|at| *at > indent && !is_quoted(*at)) {
            let (code, comment) = (line[..at].trim_end(), line[at..].trim_start());
            let comment = format!("{:indent$}{comment}", "");
            return format!("{}{}", fold(&comment, width), fold(code, width));
        }
    }
    let begins = indent + comment.map_or(0, str::len);
    let last = |wanted: char| {
        let places = line[..cut].rmatch_indices(wanted).map(|(at, _)| at);
        let mut places = places.filter(|at| *at >= begins && *at > indent);
        let anywhere = places.clone().next();
        if comment.is_some() { anywhere } else { places.find(|at| !is_quoted(*at)) }
    };
    let inside_a_text = || line[..cut].rfind(' ').filter(|space| *space > begins);
    match last(' ').or_else(|| last('.')).or_else(inside_a_text) {
        Some(space) => {
            let more = if comment.is_some() { 0 } else { 4 };
            let (mark, rest) = (comment.unwrap_or_default(), line[space..].trim_start());
            let rest = format!("{:1$}{mark}{rest}", "", indent + more);
            // The rest is shorter than the line unless its one word fills the width.
            let rest =
                if rest.len() < line.len() { fold(&rest, width) } else { format!("{rest}\n") };
            format!("{}\n{rest}", &line[..space])
        }
        None => format!("{line}\n"),
    }
}

/// Breaks styled text into lines; the first starts with `first`, the others with `rest`.
fn wrap(pieces: &[(String, Style)], first: &str, rest: &str) -> String {
    let mut out = first.to_owned();
    let mut column = first.chars().count();
    let mut line_is_empty = true;
    for word in split_words(pieces) {
        let length: usize = word.iter().map(|(text, _)| text.chars().count()).sum();
        if !line_is_empty && column + 1 + length > WIDTH {
            out.push_str(&format!("\n{rest}"));
            column = rest.chars().count();
            line_is_empty = true;
        }
        if !line_is_empty {
            out.push(' ');
            column += 1;
        }
        for (text, style) in &word {
            out.push_str(&paint(text, *style));
        }
        column += length;
        line_is_empty = false;
    }
    out.push('\n');
    out
}

/// Regroups styled pieces into words; one word may have several styles, as in `N`s.
fn split_words(pieces: &[(String, Style)]) -> Vec<Vec<(String, Style)>> {
    let mut words: Vec<Vec<(String, Style)>> = vec![Vec::new()];
    for (text, style) in pieces {
        for (at, part) in text.split(' ').enumerate() {
            if at > 0 {
                words.push(Vec::new());
            }
            if !part.is_empty() {
                words.last_mut().expect("starts with one").push((part.to_owned(), *style));
            }
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn coloured() -> bool {
    colored::control::SHOULD_COLORIZE.should_colorize()
}

fn paint(text: &str, style: Style) -> String {
    let mut painted = ColoredString::from(text);
    if style.code {
        painted = painted.cyan();
    }
    if style.strong {
        painted = painted.bold();
    }
    if style.emphasis {
        painted = painted.italic();
    }
    painted.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn render_plain(markdown: &str) -> String {
        colored::control::set_override(false);
        render(markdown)
    }

    #[test]
    fn a_long_paragraph_is_wrapped_and_code_keeps_its_backticks() {
        let out = render_plain(&format!("{} `x` end", "word ".repeat(20)));
        assert!(out.lines().all(|line| line.chars().count() <= WIDTH), "{out}");
        assert!(out.contains("`x` end"));
    }

    #[test]
    fn items_hang_below_their_bullet() {
        let out = render_plain(&format!("- {}\n- two\n", "word ".repeat(20)));
        assert!(out.starts_with("• word"), "{out}");
        assert!(out.lines().nth(1).unwrap().starts_with("  word"), "{out}");
        assert!(out.contains("\n• two"), "{out}");
    }

    #[test]
    fn a_span_of_code_keeps_one_pair_of_backticks() {
        assert_eq!(render_plain("see `a b c` here"), "see `a b c` here\n");
    }

    #[test]
    fn a_long_comment_goes_on_as_a_comment_and_a_long_chain_before_a_call() {
        assert_eq!(fold("  // one two three", 13), "  // one two\n  // three\n");
        assert_eq!(fold("kitchen.till.lock()", 15), "kitchen.till\n    .lock()\n");
        assert_eq!(fold("short", 10), "short\n");
    }

    #[test]
    fn a_folded_line_is_still_code() {
        assert_eq!(fold("wait(); // one two three", 15), "// one two\n// three\nwait();\n");
        assert_eq!(fold("say(a, \"one two\")", 14), "say(a,\n    \"one two\")\n");
        assert_eq!(fold("say(\"// one two\", b)", 19), "say(\"// one two\",\n    b)\n");
    }

    #[test]
    fn a_wide_table_is_folded_into_the_width() {
        let out =
            render_plain(&format!("| a | b |\n|---|---|\n| one | {} |\n", "word ".repeat(30)));
        assert!(out.lines().all(|line| line.chars().count() <= WIDTH), "{out}");
        assert!(out.contains("a   │ b"), "{out}");
    }

    #[test]
    fn a_long_line_of_code_goes_on_below() {
        let line = format!("    cook({}last)", "dish, ".repeat(15));
        let out = render_plain(&format!("```rust\n{line}\n```\n"));
        assert!(out.lines().all(|line| line.chars().count() <= WIDTH), "{out}");
        assert!(out.lines().nth(1).unwrap().starts_with("          dish"), "{out}");
        assert_eq!(
            out.split_whitespace().collect::<Vec<_>>(),
            line.split_whitespace().collect::<Vec<_>>()
        );
    }

    #[test]
    fn comments_for_the_tools_are_not_shown() {
        assert_eq!(
            render_plain("Before.\n\n<!-- quote: fn main -->\n\nAfter."),
            "Before.\n\nAfter.\n"
        );
    }
}
