//! Says what an author slipped on: one sentence for each surprise, and the way out.

use super::answers::{Answer, Expected};
use super::rounds::{Plain, Runs};
use crate::answer::Rejection;
use crate::judge::{Breakage, Verdict};
use crate::terminal;

/// How much of a message is enough to recognise it.
const LINES: usize = 12;

/// What is wrong with an answer, if anything. `file` is its path below the root.
pub(super) fn surprise(answer: &Answer, runs: &Runs, file: &str) -> Option<String> {
    let judge = answer.exercise.judge_path();
    let what = outcome(&runs.verdict);
    if runs.is_as_expected {
        return about_schedules(answer, runs, file);
    }
    let so_far = if runs.count > 1 { " (not every time)" } else { "" };
    let sentence = match (&answer.expected, &runs.verdict) {
        (Expected::Fails, Verdict::Passed { .. }) => format!(
            "a starter must fail, and this one passes. Take the answer out of it, or ask for more in {judge}."
        ),
        (Expected::Fails, _) => format!(
            "a starter must compile, and this one does not. Let it and {judge} agree on names and types.\n{what}"
        ),
        (Expected::Passes, Verdict::DoesNotCompile { .. }) => format!(
            "a solution must pass, and this one does not compile with {judge}: a name or a type that was \
             changed on one side only? Let both agree.\n{what}"
        ),
        (Expected::Passes, Verdict::Failed(_)) => format!(
            "a solution must pass, and {judge} contradicts it. Only one of the two can be right.\n{what}"
        ),
        (Expected::Passes, Verdict::Broke { how: Breakage::Hangs | Breakage::Spins, .. }) => {
            format!("a solution must pass, and this one never comes to its end.\n{what}")
        }
        (Expected::Passes, _) => format!("a solution must pass, and this one does not.\n{what}"),
        (Expected::Rejected(_), Verdict::Passed { .. }) => format!(
            "a wrong answer must be rejected, and {judge} lets this one pass. Ask for more there, or take \
             it out: it is right."
        ),
        (Expected::Rejected(rejection), _) => format!(
            "line 2 predicts `{rejection}`, and it is rejected for another reason. Correct the prediction \
             or the answer; see: {}\n{what}",
            refute(answer)
        ),
    };
    Some(format!("{file}: {sentence}{so_far}"))
}

/// A pass must be a proof, and a schedule's fault must be predicted.
fn about_schedules(answer: &Answer, runs: &Runs, file: &str) -> Option<String> {
    let judge = answer.exercise.judge_path();
    if !answer.is_explored {
        return None;
    }
    match (&answer.expected, &runs.verdict) {
        (Expected::Passes, _) if runs.proofs == 0 => Some(format!(
            "{judge}: it explores no schedule to its end, so a pass proves nothing. Let a test call \
             std::check, or take out `extern crate interleave as std;`."
        )),
        (Expected::Rejected(Rejection::Test(test)), Verdict::Failed(failures)) => {
            let message = &failures.iter().find(|failure| failure.test == *test)?.message;
            let fault = message.lines().find_map(|line| line.strip_prefix("✗ "))?;
            let fault = fault.split_once(':')?.0;
            Some(format!(
                "{file}: a schedule shows its fault, so line 2 must predict that too: \
                 `//! Rejected by: {test}: {fault}`"
            ))
        }
        _ => None,
    }
}

/// What is wrong when a judge cannot be run without its schedules.
pub(super) fn not_plain(answer: &Answer, plain: &Plain) -> Option<String> {
    let Plain::DoesNotCompile(errors) = plain else { return None };
    Some(format!(
        "{}: it does not compile without its schedules, so one plain run cannot be compared with it. Teach \
         xtask/src/verify/plain_std.rs what it uses.\n{}",
        answer.exercise.judge_path(),
        beginning(errors)
    ))
}

fn refute(answer: &Answer) -> String {
    let stem = answer.file.file_stem().unwrap_or_default().to_string_lossy();
    format!("cargo xtask refute {} {stem}", answer.exercise.name)
}

/// A verdict, short.
fn outcome(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Passed { .. } => "It passes.".to_owned(),
        Verdict::DoesNotCompile { errors } => beginning(errors),
        Verdict::Failed(failures) => {
            let failures = failures
                .iter()
                .map(|failure| beginning(&format!("{}: {}", failure.test, failure.message)));
            failures.collect::<Vec<_>>().join("\n")
        }
        Verdict::Broke { how, test, story } => {
            let during = test.as_ref().map(|test| format!(" during {test}")).unwrap_or_default();
            beginning(&format!("It {}{during}: {story}", how.word()))
        }
    }
}

/// The first lines of a message, indented.
fn beginning(text: &str) -> String {
    let text = terminal::without_colours(text);
    let lines: Vec<_> = text.lines().take(LINES).map(|line| format!("    {line}")).collect();
    lines.join("\n")
}
