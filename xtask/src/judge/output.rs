//! Reads what a judge has printed: libtest's lines, the engine's proofs, and the words of what failed.

use super::Failure;

/// From `running 3 tests`.
pub(super) fn announced_tests(stdout: &str) -> Option<usize> {
    let line = stdout.lines().find_map(|line| line.strip_prefix("running "))?;
    line.split(' ').next()?.parse().ok()
}

/// From `test result: ok. 3 passed; …`, which must be there: `exit(0)` never gets so far.
pub(super) fn passed_tests(stdout: &str) -> Option<usize> {
    let line = stdout.lines().rev().find_map(|line| line.strip_prefix("test result: ok. "))?;
    line.split(' ').next()?.parse().ok()
}

/// How many tests have begun, from `test a_full_queue_waits ... `: a summary alone proves nothing, as an answer can
/// print one and exit.
pub(super) fn begun_tests(stdout: &str) -> usize {
    // Not by lines: what an answer prints without a line's end may stand before it.
    stdout.matches(" ... ").count()
}

/// From `90 interleavings, that is all of them`, once for each search; more may stand on the line before it.
pub(super) fn explored_runs(stdout: &str) -> u64 {
    let whole = |line: &str| {
        let (before, after) = line.split_once(" interleaving")?;
        let count = before.rsplit(' ').next()?.parse::<u64>().ok();
        count.filter(|_| after.ends_with(", that is all of them"))
    };
    stdout.lines().filter_map(whole).fold(0, u64::saturating_add)
}

/// How many runs the judge's searches have made, if one of them was long enough to say that it goes on.
pub(super) fn runs_so_far(stdout: &str, stderr: &str) -> Option<u64> {
    let said = |line: &str| {
        let (_, count) = line.split_once(" goes on searching: ")?;
        count.split(' ').next()?.parse::<u64>().ok()
    };
    // The one that goes on, or all that have ended: whichever is more says more.
    let last = stderr.lines().rev().find_map(said)?;
    Some(last.max(explored_runs(stdout)))
}

/// The test whose line has no result yet: `test a_full_queue_waits ... `.
pub(super) fn running_test(stdout: &str) -> Option<String> {
    let last = stdout.lines().rfind(|line| line.starts_with("test ") && line.contains(" ... "))?;
    let (name, result) = last.strip_prefix("test ")?.split_once(" ... ")?;
    (!matches!(result, "ok" | "FAILED" | "ignored")).then(|| name.to_owned())
}

/// The failed tests, from the list that ends the output, and what each said when it panicked.
pub(super) fn failures(stdout: &str, stderr: &str) -> Vec<Failure> {
    let Some((_, list)) = stdout.rsplit_once("\nfailures:\n") else { return Vec::new() };
    let names = list.lines().map_while(|line| line.strip_prefix("    "));
    names.map(|test| Failure { test: test.to_owned(), message: last_words(test, stderr) }).collect()
}

/// How the engine's reports begin, which tell every place themselves.
const REPORT: &str = "a schedule breaks this program";

/// The message of the panic of the thread with this name: libtest names it after the test. With it, where it
/// panicked, if that was in the judge or in the answer.
fn last_words(thread: &str, stderr: &str) -> String {
    let Some((_, panic)) = stderr.split_once(&format!("\nthread '{thread}'")) else {
        return String::new();
    };
    let (place, message) = panic.split_once(":\n").unwrap_or_default();
    let ends =
        ["\nnote: run with `RUST_BACKTRACE", "\nnote: in Rust", "\nstack backtrace:", "\nthread '"];
    let end = ends.iter().filter_map(|end| message.find(end)).min().unwrap_or(message.len());
    let message = only_text_and_colours(message[..end].trim());
    let place = place.split_once("panicked at ").map_or("", |(_, place)| place);
    match place.rsplit_once(':') {
        Some((line, _column)) if line.starts_with("exercises") && !message.contains(REPORT) => {
            format!("{message}\nat {line}")
        }
        _ => message,
    }
}

/// A message may hold what would move the cursor; only its text is for reading, and colours, `ESC [ 1;31 m`.
pub(super) fn only_text_and_colours(message: &str) -> String {
    let mut pieces = message.split('\x1b');
    let mut kept = String::from(pieces.next().unwrap_or_default());
    for piece in pieces {
        let codes =
            piece.strip_prefix('[').and_then(|rest| rest.split_once('m')).map(|(codes, _)| codes);
        let is_colour = codes.is_some_and(|it| it.chars().all(|c| c.is_ascii_digit() || c == ';'));
        if is_colour {
            kept.push('\x1b');
        }
        kept.push_str(piece);
    }
    kept.retain(|c| !c.is_control() || matches!(c, '\n' | '\t' | '\x1b'));
    let plain = ["\x1b[0m", "\x1b[m"].map(|reset| kept.rfind(reset)).into_iter().max().flatten();
    if kept.rfind('\x1b') > plain {
        kept.push_str("\x1b[0m"); // what comes after it has colours of its own
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    const FAILED: &str = "\nrunning 2 tests\ntest a_cook ... ok\ntest two_cooks ... FAILED\n\nfailures:\n\n\
        failures:\n    two_cooks\n\ntest result: FAILED. 1 passed; 1 failed; 0 ignored; 0 measured\n";

    #[test]
    fn a_failure_keeps_the_judges_words_only() {
        let stderr = |file| {
            format!(
                "the student's own words\n\nthread 'two_cooks' (7) panicked at {file}:3:5:\nthe till lost 1\n\
                 note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace\n"
            )
        };
        let failure = |message: &str| Failure { test: "two_cooks".into(), message: message.into() };
        let by_the_engine = failures(FAILED, &stderr("crates/interleave/src/lib.rs"));
        assert_eq!(by_the_engine, [failure("the till lost 1")]);
        let by_the_judge = failures(FAILED, &stderr("exercises/tests/x.rs"));
        assert_eq!(by_the_judge, [failure("the till lost 1\nat exercises/tests/x.rs:3")]);
    }

    #[test]
    fn a_message_keeps_its_colours_and_moves_no_cursor() {
        assert_eq!(only_text_and_colours("\x1b[1;31m✗\x1b[0m\x1b[2J\r!"), "\x1b[1;31m✗\x1b[0m[2J!");
        assert_eq!(only_text_and_colours("\x1b[8mhidden"), "\x1b[8mhidden\x1b[0m");
    }

    #[test]
    fn a_summary_is_needed_to_pass() {
        assert_eq!(announced_tests(FAILED), Some(2));
        assert_eq!(passed_tests(FAILED), None);
        assert_eq!(passed_tests("test result: ok. 3 passed; 0 failed"), Some(3));
        assert_eq!(begun_tests(FAILED), 2);
        assert_eq!(begun_tests("running 3 tests\ntest result: ok. 3 passed; 0 failed"), 0);
    }

    #[test]
    fn only_searches_that_came_to_their_end_count_as_proofs() {
        let stdout = "running 3 tests\ntest a ... 90 interleavings, that is all of them\nok\n\
            1 interleaving, that is all of them\n5 interleavings; stopped at this bound, so this is not a proof\n";
        assert_eq!(explored_runs(stdout), 91);
        assert_eq!(explored_runs("test result: ok. 3 passed"), 0);
    }

    #[test]
    fn a_search_is_as_far_as_it_has_said_last() {
        let stderr = "slow goes on searching: 100 interleavings so far, and none goes wrong\nwords\n\
            slow goes on searching: 250 interleavings so far, and none goes wrong\n";
        assert_eq!(runs_so_far("", stderr), Some(250));
        assert_eq!(
            runs_so_far("test a ... 900 interleavings, that is all of them\n", stderr),
            Some(900)
        );
        assert_eq!(runs_so_far("", "the student's own words"), None);
    }

    #[test]
    fn the_test_that_was_running_is_the_one_without_a_result() {
        assert_eq!(
            running_test("running 2 tests\ntest a ... ok\ntest b ... ").as_deref(),
            Some("b")
        );
        assert_eq!(running_test("running 1 test\ntest a ... ok\n"), None);
    }
}
