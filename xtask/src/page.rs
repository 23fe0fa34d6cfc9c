//! Reads a lesson's page: its fixed sections, its questions, its exercises, its plan for a class.

use anyhow::{Context, Result, bail, ensure};

use crate::question::{self, Question};

/// The sections every page has, in this order.
pub const SECTIONS: [&str; 7] =
    ["The idea", "Predict", "Run", "Investigate", "Modify", "Make", "For instructors"];

/// A lesson's page, taken apart.
#[derive(Debug)]
pub struct Page {
    /// The first heading.
    pub title: String,
    /// The first paragraph.
    pub teaser: String,
    sections: Vec<String>,
    /// What is asked before the run.
    pub questions: Vec<Question>,
    /// What is worth trying, as the page writes it: knobs such as `--files 6`, or a command.
    pub tries: Vec<String>,
    /// Names of the lesson's exercises.
    pub exercises: Vec<String>,
    /// What an instructor needs to plan the class.
    pub class: ClassPlan,
}

/// The lines of "For instructors" that the tool itself uses.
#[derive(Debug, PartialEq)]
pub struct ClassPlan {
    /// Minutes the lesson takes in class.
    pub minutes: u32,
    /// The knob that `+` and `-` turn in a demo.
    pub knob: Knob,
    /// The knobs that make the program as long as the articles' own; none where it is that already.
    pub full: Vec<String>,
}

/// A knob of the program and the values worth showing, in order.
#[derive(Debug, PartialEq)]
pub struct Knob {
    /// As typed: `--files`.
    pub flag: String,
    /// As typed: `1`, `2`, `3`.
    pub values: Vec<String>,
}

impl ClassPlan {
    /// These knobs, and before them those of the full length that they leave alone.
    #[must_use]
    pub fn with_full_length(&self, knobs: &[String]) -> Vec<String> {
        let full = self.full.chunks(2).filter(|knob| !knobs.contains(&knob[0]));
        full.flatten().chain(knobs).cloned().collect()
    }
}

impl Page {
    /// Takes a page apart.
    ///
    /// # Errors
    /// When a section is missing or out of order, or a part cannot be read. The message says which
    /// part, and what it should look like.
    pub fn parse(text: &str) -> Result<Self> {
        let (head, sections) = split_sections(text)?;
        let mut head = head.trim().splitn(2, '\n');
        let title = head.next().and_then(|line| line.strip_prefix("# ")).map(str::trim);
        let title = title.context("the page must open with its title: `# Title`")?.to_owned();
        let teaser = first_paragraph(head.next().unwrap_or(""));
        ensure!(
            !teaser.is_empty(),
            "the title must be followed by a paragraph: the lesson's teaser"
        );
        let section = |name: &str| section_of(&sections, name);
        Ok(Self {
            title,
            teaser,
            questions: question::parse(section("Predict"))?,
            tries: bullets_in_backticks(section("Modify")),
            exercises: bullets_in_backticks(section("Make")),
            class: parse_class_plan(section("For instructors"))?,
            sections,
        })
    }

    /// The Markdown of one of the [`SECTIONS`], without its heading.
    ///
    /// # Panics
    /// When `name` is not one of them.
    #[must_use]
    pub fn section(&self, name: &str) -> &str {
        section_of(&self.sections, name)
    }
}

fn section_of<'a>(sections: &'a [String], name: &str) -> &'a str {
    let at = SECTIONS.iter().position(|section| *section == name);
    &sections[at.expect("a section's name is one of SECTIONS")]
}

/// Splits at `## ` headings, but not inside fenced code, where `##` is a comment or an attribute.
fn split_sections(text: &str) -> Result<(String, Vec<String>)> {
    let mut parts = vec![(String::new(), String::new())];
    let mut fenced = false;
    for line in text.lines() {
        fenced ^= line.trim_start().starts_with("```");
        match line.strip_prefix("## ") {
            Some(name) if !fenced => parts.push((name.trim().to_owned(), String::new())),
            _ => {
                let part = &mut parts.last_mut().expect("there is always the head").1;
                part.push_str(line);
                part.push('\n');
            }
        }
    }
    ensure!(!fenced, "a code block is opened with ``` and never closed");
    let head = parts.remove(0).1;
    let names: Vec<_> = parts.iter().map(|(name, _)| name.as_str()).collect();
    ensure!(
        names == SECTIONS,
        "the sections must be, in this order: {}; found: {}",
        SECTIONS.join(", "),
        names.join(", ")
    );
    Ok((head, parts.into_iter().map(|(_, text)| text).collect()))
}

fn first_paragraph(text: &str) -> String {
    let lines = text.lines().skip_while(|line| line.trim().is_empty());
    let lines: Vec<_> = lines.take_while(|line| !line.trim().is_empty()).map(str::trim).collect();
    lines.join(" ")
}

/// The texts in backticks that open the top-level bullets: "- `--files 6`: …" gives "--files 6".
fn bullets_in_backticks(section: &str) -> Vec<String> {
    let bullets = section.lines().filter_map(|line| line.strip_prefix("- `"));
    bullets.filter_map(|rest| rest.split_once('`')).map(|(name, _)| name.to_owned()).collect()
}

fn parse_class_plan(section: &str) -> Result<ClassPlan> {
    // Knobs stand in backticks: outside them a book would make one dash of two.
    let line = |key: &str| {
        let rest = section.lines().find_map(|line| line.strip_prefix(key));
        rest.map(|rest| rest.trim().trim_matches('`'))
    };
    let minutes = line("- Minutes:").context("\"For instructors\" needs a line `- Minutes: 15`")?;
    let minutes =
        minutes.parse().with_context(|| format!("`- Minutes: {minutes}` is not a number"))?;
    let knob = line("- Knob:")
        .context("\"For instructors\" needs a line ``- Knob: `--files 1, 2, 3` ``")?;
    let Some((flag, values)) = knob.split_once(' ') else {
        bail!(
            "``- Knob: `{knob}` `` needs the values to walk through: ``- Knob: `--files 1, 2, 3` ``"
        );
    };
    let values = values.split(',').map(|value| value.trim().to_owned()).collect();
    let full: Vec<_> =
        line("- Full:").unwrap_or_default().split_whitespace().map(str::to_owned).collect();
    ensure!(
        full.chunks(2).all(|knob| knob.len() == 2 && knob[0].starts_with("--")),
        "``- Full: `{}` `` needs knobs with a value each: ``- Full: `--hold-ms 500 --timer-ms 3000` ``",
        full.join(" ")
    );
    Ok(ClassPlan { minutes, knob: Knob { flag: flag.to_owned(), values }, full })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "# Three downloads\n\nA teaser\nin two lines.\n\n## The idea\ncooks\n```sh\n## no heading\n```\n\
        ## Predict\nHow long?\n\n- [ ] 6 s\n- [x] 2 s\n\n> **Why:** they overlap.\n\n## Run\n## Investigate\n\
        ## Modify\n- `--files 6`: look\n## Make\n- `fetch_all`: do it\n## For instructors\n\
        - Minutes: 15\n- Knob: `--files 1, 2, 3`\n- Full: `--sleep-ms 2000 --files 3`\n";

    #[test]
    fn a_page_gives_its_parts() {
        let page = Page::parse(PAGE).unwrap();
        assert_eq!(page.title, "Three downloads");
        assert_eq!(page.teaser, "A teaser in two lines.");
        assert!(page.section("The idea").contains("## no heading"));
        assert_eq!(page.questions.len(), 1);
        assert_eq!(page.tries, ["--files 6"]);
        assert_eq!(page.exercises, ["fetch_all"]);
        assert_eq!(page.class.minutes, 15);
        assert_eq!(page.class.knob.flag, "--files");
        assert_eq!(page.class.knob.values, ["1", "2", "3"]);
        assert_eq!(page.class.full, ["--sleep-ms", "2000", "--files", "3"]);
    }

    #[test]
    fn a_given_knob_outranks_the_full_length() {
        let class = Page::parse(PAGE).unwrap().class;
        let with = |knobs: &[&str]| {
            let knobs: Vec<_> = knobs.iter().map(|knob| (*knob).to_owned()).collect();
            class.with_full_length(&knobs).join(" ")
        };
        assert_eq!(with(&[]), "--sleep-ms 2000 --files 3");
        assert_eq!(with(&["--files", "6"]), "--sleep-ms 2000 --files 6");
    }

    #[test]
    fn a_missing_section_is_named() {
        let error = Page::parse(&PAGE.replace("## Run\n", "")).unwrap_err().to_string();
        assert!(error.contains("found: The idea, Predict, Investigate"), "{error}");
    }

    #[test]
    fn a_class_plan_without_values_says_how_to_write_it() {
        let error =
            Page::parse(&PAGE.replace("`--files 1, 2, 3`", "--files")).unwrap_err().to_string();
        assert!(error.contains("needs the values"), "{error}");
    }

    #[test]
    fn an_open_code_block_is_an_error() {
        let error = Page::parse(&PAGE.replace("no heading\n```\n", "no heading\n")).unwrap_err();
        assert!(error.to_string().contains("never closed"), "{error}");
    }
}
