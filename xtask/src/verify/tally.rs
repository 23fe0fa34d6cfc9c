//! The table of what was proved, for the terminal and for the README.

use std::fmt::Write;

use anyhow::{Context, Result};

use crate::course::{Course, read};
use crate::table;

/// The README's table stands between these two lines.
const MARKS: (&str, &str) = ("<!-- verified -->", "<!-- /verified -->");

/// What was proved of one exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// The exercise.
    pub exercise: String,
    /// Its chapter.
    pub chapter: String,
    /// How many wrong answers it has.
    pub wrong: usize,
    /// How many of them were rejected as predicted, every time.
    pub rejected: usize,
    /// How many of them one plain run of the judge, on the real `std`, lets through; `None` where the
    /// judge itself is that run.
    pub let_through: Option<usize>,
}

const HEAD: [&str; 6] =
    ["", "Exercises", "Wrong answers", "Rejected", "By schedules", "One plain run lets through"];

/// The table for the terminal: a line for each chapter, or for each exercise.
#[must_use]
pub fn draw(tallies: &[Tally], by_exercise: bool, width: usize) -> String {
    let name = |tally: &Tally| if by_exercise { &tally.exercise } else { &tally.chapter }.clone();
    let rows = [HEAD.map(String::from).to_vec()].into_iter().chain(rows(tallies, name));
    table::draw(&rows.collect::<Vec<_>>(), width)
}

/// The README with the table of these tallies, which must be of the whole course.
///
/// # Errors
/// When the README has no place for it.
pub fn readme(course: &Course, tallies: &[Tally]) -> Result<String> {
    let text = read(&course.root.join("README.md"))?;
    let (before, rest) =
        text.split_once(MARKS.0).with_context(|| format!("README.md lacks {}", MARKS.0))?;
    let (_, after) =
        rest.split_once(MARKS.1).with_context(|| format!("README.md lacks {}", MARKS.1))?;
    let mut table = format!("\n| {} |\n|---|--:|--:|--:|--:|--:|\n", HEAD.join(" | "));
    for row in rows(tallies, |tally| tally.chapter.clone()) {
        let _ = writeln!(table, "| {} |", row.join(" | "));
    }
    Ok(format!("{before}{}{table}{}{after}", MARKS.0, MARKS.1))
}

/// How many the README says that one plain run lets through: the last number of its table.
///
/// # Errors
/// When there is none.
pub fn let_through_by_readme(course: &Course) -> Result<usize> {
    let text = read(&course.root.join("README.md"))?;
    let table = text.split_once(MARKS.1).map_or("", |(before, _)| before);
    let last = table.trim_end().rsplit('|').nth(1).unwrap_or_default();
    last.trim().parse().context("the README's table ends with a number")
}

/// A README without what luck decides: the table's last column, whose width is luck's too.
#[must_use]
pub fn without_luck(readme: &str) -> String {
    let mut inside = false;
    let mut out = String::new();
    for line in readme.lines() {
        inside = (inside || line == MARKS.0) && line != MARKS.1;
        let kept = line.trim_end_matches(" |").rsplit_once(" | ").map_or(line, |(kept, _)| kept);
        out.push_str(if inside { kept } else { line });
        out.push('\n');
    }
    out
}

/// A row for each group with the same name, in the order of their first, and one for all.
fn rows(tallies: &[Tally], name: impl Fn(&Tally) -> String) -> Vec<Vec<String>> {
    let mut groups: Vec<(String, Vec<&Tally>)> = Vec::new();
    for tally in tallies {
        let name = name(tally);
        match groups.iter_mut().find(|(other, _)| *other == name) {
            Some((_, group)) => group.push(tally),
            None => groups.push((name, vec![tally])),
        }
    }
    groups.push(("all".to_owned(), tallies.iter().collect()));
    groups.iter().map(|(name, group)| row(name, group)).collect()
}

fn row(name: &str, group: &[&Tally]) -> Vec<String> {
    let sum = |count: fn(&Tally) -> usize| group.iter().map(|tally| count(tally)).sum::<usize>();
    let is_explored = group.iter().any(|tally| tally.let_through.is_some());
    let explored = |count: fn(&Tally) -> usize| {
        if is_explored { sum(count).to_string() } else { "–".to_owned() }
    };
    vec![
        name.to_owned(),
        group.len().to_string(),
        sum(|tally| tally.wrong).to_string(),
        sum(|tally| tally.rejected).to_string(),
        explored(|tally| if tally.let_through.is_some() { tally.rejected } else { 0 }),
        explored(|tally| tally.let_through.unwrap_or_default()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(exercise: &str, chapter: &str, wrong: usize, let_through: Option<usize>) -> Tally {
        let (exercise, chapter) = (exercise.to_owned(), chapter.to_owned());
        Tally { exercise, chapter, wrong, rejected: wrong, let_through }
    }

    #[test]
    fn chapters_are_added_up_and_only_schedules_have_a_plain_run() {
        let tallies = [
            tally("stir", "threads", 2, None),
            tally("till", "pitfalls", 3, Some(2)),
            tally("bank", "pitfalls", 1, Some(1)),
        ];
        let rows = rows(&tallies, |tally| tally.chapter.clone());
        assert_eq!(
            rows,
            [
                ["threads", "1", "2", "2", "–", "–"],
                ["pitfalls", "2", "4", "4", "4", "3"],
                ["all", "3", "6", "6", "4", "3"],
            ]
        );
    }

    #[test]
    fn without_luck_only_the_last_column_may_differ() {
        let table = |end: &str, last: &str| {
            format!("a | b\n<!-- verified -->\n| all | 3 | {end} | {last} |\n<!-- /verified -->\n")
        };
        assert_eq!(without_luck(&table("4", "3")), without_luck(&table("4", "12")));
        assert_ne!(without_luck(&table("4", "3")), without_luck(&table("5", "3")));
        assert!(without_luck(&table("4", "3")).starts_with("a | b\n"));
    }
}
