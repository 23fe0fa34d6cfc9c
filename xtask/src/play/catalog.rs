//! What can be played: the games of the chapter on pitfalls, and every exercise judged under all schedules.

use anyhow::{Context, Result, bail, ensure};
use colored::Colorize;
use xxhash_rust::xxh3::xxh3_64;

use super::Version;
use crate::course::{Course, Exercise, read};
use crate::progress::Progress;

/// Where the games live: each file is one, and says in its first lines what it is.
const GAMES: &str = "crates/pitfalls/tests/games";

/// Something that can be played.
#[derive(Debug)]
pub(super) struct Playable {
    /// What it is called.
    pub(super) name: String,
    /// The name under which the score is kept. A student's answer that is changed is another game.
    pub(super) kept_as: String,
    /// What happens in it.
    pub(super) story: String,
    /// What the player should bring about.
    pub(super) goal: String,
    /// What Cargo builds: package and test target.
    pub(super) package: String,
    pub(super) target: String,
    /// The test that is played; none: the first of these that goes wrong.
    pub(super) tests: Vec<String>,
    /// The file that the player looks at, below the root.
    pub(super) file: String,
    /// A student's own answer: laid out and built afresh.
    pub(super) is_exercise: bool,
}

/// A game, with its first lines read.
struct Entry {
    name: String,
    story: String,
    goal: String,
}

/// The games, in the order of their names.
fn games(course: &Course) -> Result<Vec<Entry>> {
    let folder = course.root.join(GAMES);
    let entries = std::fs::read_dir(&folder)
        .with_context(|| format!("{} cannot be listed", folder.display()))?;
    let mut names: Vec<_> = entries
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.strip_suffix(".rs").map(str::to_owned))
        .filter(|name| name != "main")
        .collect();
    names.sort();
    names.into_iter().map(|name| entry(course, name)).collect()
}

fn entry(course: &Course, name: String) -> Result<Entry> {
    let text = read(&course.root.join(format!("{GAMES}/{name}.rs")))?;
    let head: Vec<_> = text.lines().map_while(|line| line.strip_prefix("//!")).collect();
    let head = head.join("\n");
    let (story, goal) = head
        .split_once("\n Goal: ")
        .with_context(|| format!("{GAMES}/{name}.rs must say `//! Goal: …` in its first lines"))?;
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    Ok(Entry { name, story: one_line(story), goal: one_line(goal) })
}

/// The list of games, with the scores.
pub(super) fn list(course: &Course, progress: &Progress) -> Result<String> {
    let mut text = String::from("Be the scheduler. The games:\n\n");
    for game in games(course)? {
        let score = progress.games.get(&game.name);
        let score = score.map_or_else(String::new, |moves| format!("best: {moves} moves"));
        text += &format!("  {:<20} {}\n", game.name.bold(), score.green());
        text += &format!("      {}\n", game.goal);
    }
    text += "\nPlay one:           cargo xtask play lost_update\n\
             The repaired one:   cargo xtask play lost_update --fixed\n\
             Your own answer:    cargo xtask play counter; where a game has its name, with --answer\n";
    Ok(text)
}

/// Whether there is a game of this name.
pub(super) fn is_game(course: &Course, name: &str) -> bool {
    course.root.join(format!("{GAMES}/{name}.rs")).is_file()
}

/// The game or the exercise with this name.
pub(super) fn find(course: &Course, name: &str, version: Version) -> Result<Playable> {
    let fixed = version == Version::Fixed;
    let games = if version == Version::Answer { Vec::new() } else { games(course)? };
    if let Some(game) = games.into_iter().find(|game| game.name == name) {
        let half = if fixed { "fixed" } else { "broken" };
        let goal = if fixed {
            format!("the same as before: {} Or press p for a proof that you cannot.", game.goal)
        } else {
            game.goal
        };
        let shown = if fixed { format!("{name} (fixed)") } else { game.name };
        return Ok(Playable {
            kept_as: shown.clone(),
            story: game.story,
            goal,
            package: "pitfalls".into(),
            target: "games".into(),
            tests: vec![format!("{half}::{name}")],
            file: format!("{GAMES}/{name}.rs"),
            name: shown,
            is_exercise: false,
        });
    }
    let exercise = course
        .exercise(name)
        .map_err(|error| error.context("Games are listed by: cargo xtask play"))?;
    ensure!(!fixed, "An exercise is repaired by you: cargo xtask play {name}");
    of_exercise(course, exercise)
}

fn of_exercise(course: &Course, exercise: Exercise) -> Result<Playable> {
    let judge = read(&course.root.join(exercise.judge_path()))?;
    if !exercise.explores_schedules(&course.root)? {
        bail!(
            "`{0}` is judged without schedules, so there is nothing to schedule. Check it: cargo xtask check {0}",
            exercise.name
        );
    }
    // Not laid out yet, it is the starter: then there is no score to mix up.
    let answer = std::fs::read(course.root.join(exercise.copy_path())).unwrap_or_default();
    let is_test = |(before, _): &(&str, &str)| before.trim_end().ends_with("#[test]");
    let names = judge.match_indices("\nfn ").filter_map(|(at, _)| {
        let (before, after) = judge.split_at(at);
        Some((before, after)).filter(is_test)?;
        after.trim_start().strip_prefix("fn ")?.split('(').next().map(str::to_owned)
    });
    Ok(Playable {
        name: exercise.name.to_owned(),
        kept_as: score_name(exercise.name, &answer),
        story: "Your answer, under the judge's own test.".into(),
        goal: "find a run that breaks it. Or press p for a proof that you cannot.".into(),
        package: "exercises".into(),
        target: exercise.name.to_owned(),
        tests: names.collect(),
        file: exercise.copy_path(),
        is_exercise: true,
    })
}

fn score_name(exercise: &str, answer: &[u8]) -> String {
    format!("{exercise} {:016x}", xxh3_64(answer))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_a_game_has_an_exercises_name_both_can_be_played() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the course");
        let course = Course::read(root).expect("the course can be read");
        let plays = |version| find(&course, "philosophers", version).unwrap().is_exercise;
        assert!(!plays(Version::Broken) && !plays(Version::Fixed) && plays(Version::Answer));
        let command = crate::play::command_for_answer;
        assert_eq!(command(&course, "philosophers"), "cargo xtask play philosophers --answer");
        assert_eq!(command(&course, "counter"), "cargo xtask play counter");
    }

    #[test]
    fn another_text_of_an_answer_is_another_game() {
        assert_eq!(score_name("counter", b"one"), score_name("counter", b"one"));
        assert_ne!(score_name("counter", b"one"), score_name("counter", b"two"));
        assert_ne!(score_name("counter", b"one"), score_name("transfer", b"one"));
    }
}
