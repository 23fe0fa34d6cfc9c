//! A question asked before the run, and how a guess is scored: against the facts of this very run.

use std::ops::Range;

use anyhow::{Context, Result, ensure};

/// One question with its options.
#[derive(Debug)]
pub struct Question {
    /// The question, in Markdown.
    pub ask: String,
    /// What can be chosen.
    pub options: Vec<Choice>,
    /// The reason, in Markdown, shown after the run.
    pub why: String,
}

/// One option of a question.
#[derive(Debug)]
pub struct Choice {
    /// The option, in Markdown.
    pub text: String,
    /// Whether the page marks it right.
    pub right: bool,
    /// When the option is right depending on what was measured: the fact's name and its range.
    pub when: Option<(String, Range<f64>)>,
}

/// Which option is right, and how we know.
#[derive(Debug, PartialEq)]
pub enum Answer {
    /// Exact: it is so on every machine.
    Exact(usize),
    /// Measured in this run: the option, the fact's name, its value.
    Measured(usize, String, f64),
}

impl Answer {
    /// The right option's index.
    #[must_use]
    pub fn option(&self) -> usize {
        match self {
            Self::Exact(option) | Self::Measured(option, ..) => *option,
        }
    }
}

impl Question {
    /// The right option, given how to look up a fact of this run by name.
    ///
    /// A question whose facts this run did not measure (other knobs, an early end) falls back on
    /// the option that the page marks.
    pub fn answer(&self, fact: impl Fn(&str) -> Option<f64>) -> Answer {
        for (at, option) in self.options.iter().enumerate() {
            if let Some((name, range)) = &option.when
                && let Some(value) = fact(name)
                && range.contains(&value)
            {
                return Answer::Measured(at, name.clone(), value);
            }
        }
        Answer::Exact(self.marked())
    }

    /// The option that the page marks right.
    ///
    /// # Panics
    /// Never on a parsed question: parsing refuses one without a mark.
    #[must_use]
    pub fn marked(&self) -> usize {
        self.options.iter().position(|option| option.right).expect("parsing checked the mark")
    }
}

/// Reads the questions of a "Predict" section: a paragraph, a task list, a quoted `**Why:**`.
///
/// # Errors
/// When a question lacks one of its three parts, or does not mark exactly one option.
pub fn parse(section: &str) -> Result<Vec<Question>> {
    let mut questions = Vec::new();
    let mut ask = String::new();
    let mut lines = section.lines().peekable();
    while let Some(line) = lines.next() {
        if !is_option(line) {
            ask.push_str(line);
            ask.push('\n');
            continue;
        }
        let mut options = vec![line.to_owned()];
        while let Some(line) = lines.next_if(|line| is_option(line) || line.starts_with("  ")) {
            match options.last_mut() {
                Some(option) if !is_option(line) => *option = format!("{option} {}", line.trim()),
                _ => options.push(line.to_owned()),
            }
        }
        let options = options.iter().map(|option| parse_option(option)).collect::<Result<_>>()?;
        while lines.next_if(|line| line.trim().is_empty()).is_some() {}
        let mut why = String::new();
        while let Some(line) = lines.next_if(|line| line.starts_with('>')) {
            why.push_str(line[1..].trim_start());
            why.push('\n');
        }
        questions.push(finish(ask.trim(), options, &why)?);
        ask.clear();
    }
    ensure!(
        !questions.is_empty(),
        "\"Predict\" needs a question with options `- [ ] …` and one `- [x] …`"
    );
    ensure!(
        ask.trim().is_empty(),
        "\"Predict\" ends with text that belongs to no question: {}",
        ask.trim()
    );
    Ok(questions)
}

fn finish(ask: &str, options: Vec<Choice>, why: &str) -> Result<Question> {
    ensure!(!ask.is_empty(), "options without a question above them");
    let marks = options.iter().filter(|option| option.right).count();
    ensure!(marks == 1, "exactly one option is marked `- [x]`, not {marks}, in: {ask}");
    let why = why.trim().strip_prefix("**Why:**");
    let why =
        why.with_context(|| format!("the options need `> **Why:** …` below them, in: {ask}"))?;
    Ok(Question { ask: ask.to_owned(), options, why: why.trim().to_owned() })
}

fn is_option(line: &str) -> bool {
    line.starts_with("- [ ] ") || line.starts_with("- [x] ")
}

fn parse_option(line: &str) -> Result<Choice> {
    let right = line.starts_with("- [x] ");
    let (text, when) = match line[6..].split_once("<!--") {
        None => (&line[6..], None),
        Some((text, comment)) => {
            (text, Some(parse_when(comment.trim_end().trim_end_matches("-->"))?))
        }
    };
    Ok(Choice { text: text.trim().to_owned(), right, when })
}

/// Reads `speedup: 1.5..3.5`; either end may be missing.
fn parse_when(comment: &str) -> Result<(String, Range<f64>)> {
    let form = || format!("`<!--{comment}-->` must look like `<!-- speedup: 1.5..3.5 -->`");
    let (fact, range) = comment.split_once(':').with_context(form)?;
    let (from, to) = range.split_once("..").with_context(form)?;
    let end = |text: &str, missing: f64| match text.trim() {
        "" => Ok(missing),
        number => number.parse().with_context(form),
    };
    Ok((fact.trim().to_owned(), end(from, f64::NEG_INFINITY)?..end(to, f64::INFINITY)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "How much faster?\n\n- [ ] Not at all. <!-- speedup: ..1.5 -->\n\
        - [x] As fast as one,\n  or nearly. <!-- speedup: 1.5.. -->\n\n> **Why:** the waits\n> overlap.\n";

    fn the_question() -> Question {
        parse(TEXT).unwrap().remove(0)
    }

    #[test]
    fn a_question_has_its_parts() {
        let question = the_question();
        assert_eq!(question.ask, "How much faster?");
        assert_eq!(question.options[1].text, "As fast as one, or nearly.");
        assert_eq!(question.why, "the waits\noverlap.");
        assert_eq!(question.marked(), 1);
    }

    #[test]
    fn this_runs_fact_beats_the_mark() {
        let question = the_question();
        assert_eq!(question.answer(|_| Some(1.2)), Answer::Measured(0, "speedup".into(), 1.2));
        assert_eq!(question.answer(|_| Some(1.5)), Answer::Measured(1, "speedup".into(), 1.5));
        assert_eq!(question.answer(|_| None), Answer::Exact(1));
    }

    #[test]
    fn two_marks_are_refused() {
        let error = parse(&TEXT.replace("[ ]", "[x]")).unwrap_err().to_string();
        assert!(error.contains("exactly one option"), "{error}");
    }

    #[test]
    fn a_question_without_a_reason_is_refused() {
        let error = parse("Why?\n\n- [x] So.\n").unwrap_err().to_string();
        assert!(error.contains("**Why:**"), "{error}");
    }

    #[test]
    fn a_range_in_another_form_is_shown_the_form() {
        let error = parse(&TEXT.replace("..1.5", "less than 1.5")).unwrap_err();
        assert!(format!("{error:#}").contains("must look like"), "{error:#}");
    }
}
