//! Reads the two lines that open a wrong answer: what it believes, and what rejects it.

use std::fmt;

use anyhow::{Context, Result};

use crate::judge::{Breakage, Verdict};
use crate::terminal;

/// What a wrong answer says about itself.
#[derive(Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The belief, one sentence.
    pub belief: String,
    /// What must reject it.
    pub rejected_by: Rejection,
}

/// What must reject a wrong answer.
#[derive(Debug, PartialEq, Eq)]
pub enum Rejection {
    /// The judge's test with this name.
    Test(String),
    /// The judge's test with this name, which shows a run with this fault: `lost update`, `deadlock` …
    Schedule {
        /// The test.
        test: String,
        /// The fault, as the report names it.
        fault: String,
    },
    /// The compiler, with this error code.
    Compiler(String),
    /// It keeps the judge from finishing.
    Breakage(Breakage),
}

const BREAKAGES: [Breakage; 7] = [
    Breakage::Hangs,
    Breakage::Spins,
    Breakage::Exits,
    Breakage::Floods,
    Breakage::Aborts,
    Breakage::LeavesChildren,
    Breakage::TakesTooLong,
];

/// Reads a wrong answer's first two lines.
///
/// # Errors
/// When they are not in their form; the message shows it.
pub fn parse_wrong(text: &str) -> Result<Wrong> {
    let mut lines = text.lines();
    let belief = lines.next().and_then(|line| line.strip_prefix("//! Believes: "));
    let belief = belief.context("line 1 must be `//! Believes: …`, one sentence")?;
    let rejected_by = lines.next().and_then(|line| line.strip_prefix("//! Rejected by: "));
    let rejected_by = rejected_by.context("line 2 must be `//! Rejected by: name_of_a_test` (or `name_of_a_test: deadlock`, `hangs`, `does not compile: E0277` …)")?;
    Ok(Wrong { belief: belief.trim().to_owned(), rejected_by: parse_rejection(rejected_by.trim()) })
}

fn parse_rejection(text: &str) -> Rejection {
    if let Some(code) = text.strip_prefix("does not compile") {
        return Rejection::Compiler(code.trim_start_matches(':').trim().to_owned());
    }
    if let Some((test, fault)) = text.split_once(": ") {
        return Rejection::Schedule { test: test.to_owned(), fault: fault.trim().to_owned() };
    }
    match BREAKAGES.into_iter().find(|breakage| breakage.word() == text) {
        Some(breakage) => Rejection::Breakage(breakage),
        None => Rejection::Test(text.to_owned()),
    }
}

/// As an author writes it.
impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Test(test) => f.write_str(test),
            Self::Schedule { test, fault } => write!(f, "{test}: {fault}"),
            Self::Compiler(code) => write!(f, "does not compile: {code}"),
            Self::Breakage(breakage) => f.write_str(breakage.word()),
        }
    }
}

impl Rejection {
    /// Whether this verdict is the rejection that was predicted.
    #[must_use]
    pub fn matches(&self, verdict: &Verdict) -> bool {
        match (self, verdict) {
            (Self::Test(name), Verdict::Failed(failures)) => {
                failures.iter().any(|failure| failure.test == *name)
            }
            (Self::Schedule { test, fault }, Verdict::Failed(failures)) => {
                let sign = format!("✗ {fault}:");
                failures.iter().any(|failure| {
                    failure.test == *test
                        && terminal::without_colours(&failure.message).contains(&sign)
                })
            }
            (Self::Compiler(code), Verdict::DoesNotCompile { errors }) => {
                errors.contains(code.as_str())
            }
            (Self::Breakage(expected), Verdict::Broke { how, .. }) => expected == how,
            _ => false,
        }
    }

    /// The rejection as the end of a sentence about the belief.
    #[must_use]
    pub fn in_words(&self) -> String {
        match self {
            Self::Test(name) => format!("Not so: {}.", name.replace('_', " ")),
            Self::Schedule { test, fault } => {
                format!("Not so: {} ({fault}).", test.replace('_', " "))
            }
            Self::Compiler(code) => format!("The compiler refuses it: {code}."),
            Self::Breakage(breakage) => format!("It {}.", breakage.word()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge::Failure;

    #[test]
    fn the_two_lines_are_read() {
        let wrong = parse_wrong(
            "//! Believes: a join cannot fail.\n//! Rejected by: a_panic_is_an_error\n",
        )
        .unwrap();
        assert_eq!(wrong.belief, "a join cannot fail.");
        assert_eq!(wrong.rejected_by, Rejection::Test("a_panic_is_an_error".into()));
        assert_eq!(parse_rejection("hangs"), Rejection::Breakage(Breakage::Hangs));
        assert_eq!(parse_rejection("does not compile: E0277"), Rejection::Compiler("E0277".into()));
    }

    #[test]
    fn a_rejection_for_another_reason_does_not_count() {
        let expected = Rejection::Test("a_panic_is_an_error".into());
        let other =
            Verdict::Failed(vec![Failure { test: "order_is_kept".into(), message: String::new() }]);
        assert!(!expected.matches(&other));
        assert!(!expected.matches(&Verdict::Passed { tests: 2, runs: 0 }));
    }

    #[test]
    fn a_predicted_fault_must_be_the_one_that_is_shown() {
        let expected = parse_rejection("nobody_gets_stuck: deadlock");
        let shows = |fault: &str| {
            Verdict::Failed(vec![Failure {
                test: "nobody_gets_stuck".into(),
                message: format!(
                    "a schedule breaks this program\n\n\x1b[1;31m✗ {fault}\x1b[0m: cook waits for main."
                ),
            }])
        };
        assert!(expected.matches(&shows("deadlock")));
        assert!(!expected.matches(&shows("lost wake-up")));
    }

    #[test]
    fn a_missing_line_is_shown_its_form() {
        let error = parse_wrong("//! Believes: x\nfn f() {}\n").unwrap_err().to_string();
        assert!(error.contains("line 2 must be"), "{error}");
    }
}
