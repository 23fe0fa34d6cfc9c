//! A lesson as a walk: the steps that the lesson and the demo both go through, and their texts.

use crate::course::Lesson;
use crate::markdown;
use crate::question::{Answer, Question};

/// One stop on the walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The idea, with the kitchen.
    Idea,
    /// The question with this place.
    Predict(usize),
    /// The run, and then what it answers.
    Run,
    /// The piece of "Investigate" with this place.
    Investigate(usize),
    /// Knobs worth turning.
    Modify,
    /// The exercises.
    Make,
}

/// The steps of a lesson, in order.
#[must_use]
pub fn of(lesson: &Lesson) -> Vec<Step> {
    let mut steps = vec![Step::Idea];
    steps.extend((0..lesson.page.questions.len()).map(Step::Predict));
    steps.push(Step::Run);
    steps.extend((0..pieces(lesson.page.section("Investigate")).len()).map(Step::Investigate));
    steps.extend([Step::Modify, Step::Make]);
    steps
}

impl Step {
    /// The step's name: the page's section that it shows.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Idea => "The idea",
            Self::Predict(_) => "Predict",
            Self::Run => "Run",
            Self::Investigate(_) => "Investigate",
            Self::Modify => "Modify",
            Self::Make => "Make",
        }
    }

    /// The step's heading: its name, and which one of several it is.
    #[must_use]
    pub fn heading(self, lesson: &Lesson) -> String {
        let (at, of) = match self {
            Self::Predict(at) => (at, lesson.page.questions.len()),
            Self::Investigate(at) => (at, pieces(lesson.page.section("Investigate")).len()),
            _ => (0, 1),
        };
        if of > 1 { format!("{} {} of {of}", self.name(), at + 1) } else { self.name().to_owned() }
    }

    /// The step's text, drawn for the terminal.
    #[must_use]
    pub fn text(self, lesson: &Lesson) -> String {
        match self {
            Self::Predict(at) => ask(&lesson.page.questions[at]),
            Self::Run => markdown::render(&without_output(lesson.page.section("Run"))),
            Self::Investigate(at) => {
                markdown::render(&pieces(lesson.page.section("Investigate"))[at])
            }
            _ => markdown::render(lesson.page.section(self.name())),
        }
    }
}

/// The letter of an option: a, b, c.
#[must_use]
pub fn letter(option: usize) -> char {
    (b'a'..=b'z').nth(option).map_or('?', char::from)
}

fn ask(question: &Question) -> String {
    let mut text = markdown::render(&question.ask);
    for (at, option) in question.options.iter().enumerate() {
        let option = markdown::render(&format!("- {}", option.text));
        text.push_str(
            &option
                .trim_end()
                .replacen('•', &format!("\n{})", letter(at)), 1)
                .replace("\n  ", "\n   "),
        );
    }
    text.push('\n');
    text
}

/// What a run with these knobs says about a question, next to the guess if there was one.
#[must_use]
pub fn tell(
    question: &Question,
    answer: &Answer,
    knobs: &[String],
    guess: Option<usize>,
) -> String {
    let right = answer.option();
    let knobs = (!knobs.is_empty()).then(|| format!("`{}`", knobs.join(" ")));
    let with = knobs.as_ref().map(|knobs| format!(" with {knobs}")).unwrap_or_default();
    let source = match answer {
        Answer::Exact(_) => "The answer is".to_owned(),
        Answer::Measured(_, fact, value) => {
            format!("In this run{with}, `{fact}` was {value:.1}, so the answer is")
        }
    };
    let verdict = match guess {
        Some(guess) if guess == right => format!("You said {}) and were right. ", letter(guess)),
        Some(guess) => format!("You said {}). ", letter(guess)),
        None => String::new(),
    };
    let text = &question.options[right].text;
    let differs = match answer {
        Answer::Measured(option, ..) if *option != question.marked() => {
            let usual = letter(question.marked());
            match knobs {
                // The question is about the program as it is.
                Some(knobs) => format!("\n\nWithout {knobs} it is {usual})."),
                None => format!(
                    "\n\nUsually it is {usual}); this run went another way. What kept it from that?"
                ),
            }
        }
        _ => String::new(),
    };
    markdown::render(&format!(
        "{verdict}{source} **{})** {text}{differs}\n\n> **Why:** {}",
        letter(right),
        question.why.replace('\n', "\n> ")
    ))
}

/// The "Run" section without the recorded output of the plain run: here the program itself makes that. What
/// it says with other knobs is text like any other.
fn without_output(section: &str) -> String {
    let (mut keep, mut blocks) = (true, 0);
    let lines = section.lines().filter(|line| {
        let was_inside = !keep;
        if line.starts_with("```console") {
            keep = blocks > 0;
            blocks += 1;
        } else if was_inside && *line == "```" {
            keep = true;
        }
        keep && !was_inside && !line.starts_with("![")
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Cuts a section behind each block of code, so that one screen holds one piece of the program.
fn pieces(section: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut fenced = false;
    for line in section.lines() {
        let piece = pieces.last_mut().expect("starts with one");
        piece.push_str(line);
        piece.push('\n');
        if line.starts_with("```") {
            fenced = !fenced;
            if !fenced {
                pieces.push(String::new());
            }
        }
    }
    pieces.retain(|piece| !piece.trim().is_empty());
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_piece_ends_with_its_code() {
        let section = "one\n```rust\nfn a() {}\n```\ntwo\n```rust\nfn b() {}\n```\n| table |\n";
        let pieces = pieces(section);
        assert_eq!(pieces.len(), 3);
        assert!(pieces[1].starts_with("two\n```rust\nfn b"));
    }

    #[test]
    fn recorded_output_is_left_out_and_the_rest_kept() {
        let section = "Run it.\n```console\n$ cargo run\nhello\n```\nThe chart shows cooks.\n![chart](x.svg)\n";
        assert_eq!(without_output(section), "Run it.\nThe chart shows cooks.");
    }

    #[test]
    fn the_output_with_other_knobs_stays_beside_its_text() {
        let section = "```console\n$ a\nhello\n```\nWith `-b`:\n```console\n$ a -b\nhey\n```\n";
        assert_eq!(without_output(section), "With `-b`:\n```console\n$ a -b\nhey\n```");
    }
}
