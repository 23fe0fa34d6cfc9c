//! Draws a game: the source with a marker for each thread, who can move, what they share, what happened.

use std::collections::BTreeSet;
use std::fs;

use colored::{ColoredString, Colorize};

use super::arena::{Position, Shared};
use super::game::{Game, Outcome, Told, Votes};
use crate::course::Course;
use crate::highlight;
use crate::markdown;

/// Lines of source around one where a thread stands.
const AROUND: usize = 1;
/// How much of what happened is shown.
const LAST: usize = 5;
/// Where the markers of the threads stand.
const MARKERS: usize = 68;

/// The whole screen. With votes it is for a projector.
pub(super) fn draw(course: &Course, game: &Game, votes: Option<&Votes>) -> String {
    let mut text = heading(game);
    if let Told::Report(report) = &game.told {
        return text + report + &footer(game, votes);
    }
    match game.outcome() {
        Outcome::Open => {
            text += &source(course, game);
            text += &threads(game, votes);
            text += &shared(game.position());
            // From the last row of a room, the choice has to be read, and not what led to it.
            if votes.is_none() {
                text += &past(game.position());
            }
        }
        outcome => text += &ending(game, &outcome),
    }
    match &game.told {
        Told::Hint(hint) => text += &format!("\n{} {hint}\n", "Hint:".yellow().bold()),
        Told::Verdict(verdict) => text += &format!("\n{}", verdict.bold()),
        Told::Nothing | Told::Report(_) => {}
    }
    text + &footer(game, votes)
}

fn heading(game: &Game) -> String {
    let name = game.name().bold();
    let best = game.best().map_or(String::new(), |best| format!(" · best: {best}"));
    let par = match game.par {
        Some(par) => format!("possible in {par}"),
        None => "no losing run is known".to_owned(),
    };
    let mut text = format!("{name} · move {} · {par}{best}\n", game.moves());
    if game.playable.is_exercise {
        text += &format!("{}\n", game.test().italic());
    }
    let goal = format!("**Goal:** {}", game.playable.goal);
    text += &markdown::render(&format!("{}\n\n{goal}", game.playable.story)).replace("\n\n", "\n");
    text += "\n";
    text
}

/// The threads' colours, those of the reports' lanes.
fn tinted(text: &str, thread: usize) -> ColoredString {
    match thread % 4 {
        0 => text.cyan(),
        1 => text.magenta(),
        2 => text.green(),
        _ => text.blue(),
    }
}

/// The lines around the threads, with a marker for each.
fn source(course: &Course, game: &Game) -> String {
    let own = own_file(game);
    let Ok(code) = fs::read_to_string(course.root.join(&own)) else { return String::new() };
    let lines: Vec<_> = code.lines().collect();
    let standing: Vec<_> = (game.position().threads.iter().enumerate())
        .filter(|(_, thread)| !thread.ended && same(&thread.place.file, &own))
        // Where somebody waits for the others to end, nothing is to be seen.
        .filter(|(_, thread)| !thread.words.ends_with(" to end"))
        .collect();
    let shown: BTreeSet<usize> = standing
        .iter()
        .flat_map(|(_, thread)| {
            thread.place.line.saturating_sub(AROUND)..=thread.place.line + AROUND
        })
        .filter(|line| (1..=lines.len()).contains(line))
        .collect();
    let mut text = String::new();
    let mut last = None;
    for line in shown {
        if last.is_some_and(|last| last + 1 != line) {
            text += &format!("{}\n", "    ⋮".bright_black());
        }
        last = Some(line);
        let here = standing.iter().filter(|(_, thread)| thread.place.line == line);
        let markers: String = here
            .map(|(number, thread)| {
                let sign = if thread.ready { '◀' } else { '◁' };
                tinted(&format!(" {sign}{number}"), *number).to_string()
            })
            .collect();
        text += &source_line(line, lines[line - 1], &markers);
    }
    text + "\n"
}

fn source_line(number: usize, code: &str, markers: &str) -> String {
    let room = MARKERS - 8;
    let code: String = code.chars().take(room).collect();
    let padding = " ".repeat(room - code.chars().count());
    let coloured = highlight::code(&code, "rust");
    let number = format!("{number:>5} │ ").bright_black();
    format!("{number}{}{padding}{markers}\n", coloured.trim_end_matches('\n')).trim_end().to_owned()
        + "\n"
}

/// The file to show: the game's own, or where a thread that can move stands.
fn own_file(game: &Game) -> String {
    let own = &game.playable.file;
    let mut threads = game.position().threads.iter().filter(|thread| !thread.ended);
    if threads.any(|thread| same(&thread.place.file, own)) {
        return own.clone();
    }
    let ready = game.position().threads.iter().find(|thread| thread.ready);
    ready.map_or_else(|| own.clone(), |thread| thread.place.file.clone())
}

/// Whether two paths name one file: a judge pulls an answer in as `tests/../threads/x.rs`.
fn same(one: &str, other: &str) -> bool {
    fn parts(path: &str) -> Vec<&str> {
        let mut parts = Vec::new();
        for part in path.split(['/', '\\']) {
            if part == ".." {
                parts.pop();
            } else if part != "." {
                parts.push(part);
            }
        }
        parts
    }
    // An await knows its file from the folder of its package only.
    let (one, other) = (parts(one), parts(other));
    one.ends_with(&other) || other.ends_with(&one)
}

/// Who can move, and who cannot and why.
fn threads(game: &Game, votes: Option<&Votes>) -> String {
    let position = game.position();
    let ways = game.ways();
    let widest = position.threads.iter().map(|thread| thread.name.chars().count()).max();
    let (width, is_large) = (widest.unwrap_or(0), votes.is_some());
    let mut text = String::new();
    for (number, thread) in position.threads.iter().enumerate().filter(|(_, it)| !it.ended) {
        let name = format!("{:<width$}", thread.name);
        let own: Vec<_> = ways.iter().filter(|(_, way)| way.thread == number).collect();
        if own.is_empty() {
            let words = format!("    {name}  {}", thread.words);
            text += &format!("{}\n", cut(&words).bright_black());
        }
        for (key, way) in own {
            let line = cut(&format!("{name}  {}", way.words));
            let key_sign = format!("[{key}]").bold();
            let votes =
                votes.map_or(String::new(), |votes| format!("  {}", "●".repeat(votes.of(*key))));
            text += &format!("{key_sign} {}{}\n", tinted(&line, number), votes.yellow());
            text += if is_large { "\n" } else { "" };
        }
    }
    text
}

fn cut(text: &str) -> String {
    if text.chars().count() <= 79 {
        return text.to_owned();
    }
    text.chars().take(78).chain(['…']).collect()
}

/// What the threads share: values and holders.
fn shared(position: &Position) -> String {
    let in_words = |shared: &Shared| {
        let value = shared.value.as_ref().map(|value| format!(" = {value}")).unwrap_or_default();
        let holders = shared.holders.iter().map(|holder| position.threads[*holder].name.as_str());
        let holders: Vec<_> = holders.collect();
        let holders = match (holders.is_empty(), shared.kind.as_str()) {
            (false, _) => format!(", held by {}", holders.join(" and ")),
            (true, "mutex" | "rwlock") => ", free".to_owned(),
            _ => String::new(),
        };
        format!("{} {}{value}{holders}", shared.kind, shared.name.bold())
    };
    let all: Vec<_> = position.objects.iter().map(in_words).collect();
    if all.is_empty() { String::new() } else { format!("\n{}\n", all.join("\n")) }
}

/// The last steps.
fn past(position: &Position) -> String {
    let events = &position.run.events;
    let from = events.len().saturating_sub(LAST);
    let told = |event: &super::arena::Event| {
        let name = &position.threads[event.thread].name;
        let words = cut(&format!("{name} {}", event.words));
        format!("  {}\n", tinted(&words, event.thread))
    };
    let lines: String = events[from..].iter().map(told).collect();
    if lines.is_empty() {
        return String::new();
    }
    let title = if from > 0 { "So far (the last steps)" } else { "So far" };
    format!("\n{title}\n{lines}")
}

fn ending(game: &Game, outcome: &Outcome) -> String {
    match outcome {
        Outcome::Won { moves, helped } => {
            let plural = if *moves == 1 { "" } else { "s" };
            let kept = if *helped { " With help, so it is not kept as a score." } else { "" };
            let report = game.seen.report.as_deref().unwrap_or_default();
            let line = format!("You did it, in {moves} move{plural}.{kept}");
            // Below the report: what is above it may have left a small screen.
            format!("{}\n\n{}\n", report.trim_end(), line.green().bold())
        }
        _ => {
            let text = "This run went well. That proves nothing: take moves back, or begin again.";
            format!("{}\n{}", text.yellow(), past(game.position()))
        }
    }
}

fn footer(game: &Game, votes: Option<&Votes>) -> String {
    let moves = match game.outcome() {
        _ if game.hides_the_board() => "[space] back to the board · ",
        Outcome::Open if votes.is_some() => "[number] vote · [space] the majority moves · ",
        Outcome::Open => "[number] moves · ",
        _ => "",
    };
    let keys =
        format!("{moves}[u] undo · [r] restart · [h] hint · [w] worst · [p] prove · [q] leave");
    // Two lines, where one would be wider than 80 columns.
    let keys = if keys.chars().count() > 80 { keys.replacen(" · [u]", "\n[u]", 1) } else { keys };
    format!("\n{}\n", keys.bright_black())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_through_a_parent_folder_names_the_same_file() {
        assert!(same("exercises/tests/../pitfalls/counter.rs", "exercises/pitfalls/counter.rs"));
        assert!(same(
            "tests/games/async_lost_update.rs",
            "crates/pitfalls/tests/games/async_lost_update.rs"
        ));
        assert!(!same("exercises/tests/counter.rs", "exercises/pitfalls/counter.rs"));
    }
}
