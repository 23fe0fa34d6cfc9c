//! A game: the moves made so far, what a key means now, and how it stands.

use std::collections::BTreeMap;

use anyhow::Result;

use super::arena::{Arena, Position, Searched, Seen, Way};
use super::catalog::Playable;
use crate::judge;

/// Keys for the ways in which one step can turn out. None of them is a command's.
const OUTCOMES: [char; 5] = ['a', 'b', 'c', 'd', 'e'];

/// What a player wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Command {
    /// Goes this way.
    Move(String),
    /// Takes the last move back.
    Undo,
    /// Begins again.
    Restart,
    /// Asks which move leads to the goal.
    Hint,
    /// Asks for the clearest run that goes wrong.
    Worst,
    /// Asks for a search through all runs.
    Prove,
    /// Looks at the board again.
    Look,
    /// Stops playing.
    Leave,
}

/// How a game stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It goes on.
    Open,
    /// The program went wrong.
    Won { moves: usize, helped: bool },
    /// The run has come to a good end.
    WentWell,
}

/// What the player was told last.
#[derive(Debug, Clone)]
pub(super) enum Told {
    Nothing,
    /// Which key leads to the goal.
    Hint(String),
    /// What a search through all runs says.
    Verdict(String),
    /// The clearest run that goes wrong; it takes the whole screen.
    Report(String),
}

/// A game.
pub(super) struct Game {
    arena: Arena,
    pub(super) playable: Playable,
    /// The moves that lead to each position so far; the first is the beginning.
    history: Vec<String>,
    pub(super) seen: Seen,
    pub(super) told: Told,
    /// The player has asked for a hint or the worst since the beginning of this game.
    helped: bool,
    best: Option<usize>,
    /// How many moves the clearest losing run takes; none if there is no losing run.
    pub(super) par: Option<usize>,
}

impl Game {
    pub(super) fn begin(arena: Arena, playable: Playable, best: Option<usize>) -> Result<Self> {
        let seen = arena.position("")?;
        let told = Told::Nothing;
        let history = vec![String::new()];
        let par = par(&arena, &seen)?;
        Ok(Game { arena, playable, history, seen, told, helped: false, best, par })
    }

    pub(super) fn name(&self) -> &str {
        &self.playable.name
    }

    pub(super) fn test(&self) -> String {
        self.arena.sentence()
    }

    pub(super) fn best(&self) -> Option<usize> {
        self.best
    }

    pub(super) fn set_best(&mut self, moves: usize) {
        self.best = Some(moves);
    }

    pub(super) fn position(&self) -> &Position {
        &self.seen.position
    }

    /// How many moves have been made.
    pub(super) fn moves(&self) -> usize {
        self.history.len() - 1
    }

    pub(super) fn outcome(&self) -> Outcome {
        match &self.position().fault {
            Some(_) => Outcome::Won { moves: self.moves(), helped: self.helped },
            None if self.position().ways.is_empty() => Outcome::WentWell,
            None => Outcome::Open,
        }
    }

    /// The program met a `todo!()` before there was anything to choose.
    pub(super) fn is_unwritten(&self) -> bool {
        let report = self.seen.report.as_deref().unwrap_or_default();
        self.moves() == 0 && self.has_won() && judge::is_unwritten(report)
    }

    pub(super) fn has_won(&self) -> bool {
        matches!(self.outcome(), Outcome::Won { .. })
    }

    /// The ways on, each with the key that takes it: the number of the thread, or a letter where one step
    /// can turn out in several ways.
    pub(super) fn ways(&self) -> Vec<(char, &Way)> {
        let ways = &self.position().ways;
        let is_one_thread = ways.len() > 1 && ways.iter().all(|way| way.thread == ways[0].thread);
        let key = |(at, way): (usize, &Way)| {
            if is_one_thread {
                return OUTCOMES.get(at).copied();
            }
            char::from_digit(u32::try_from(way.thread).ok()?, 10)
        };
        ways.iter().enumerate().filter_map(|(at, way)| Some((key((at, way))?, way))).collect()
    }

    pub(super) fn is_move(&self, key: char) -> bool {
        self.ways().iter().any(|(own, _)| *own == key)
    }

    /// What a key means now.
    pub(super) fn command(&self, key: char) -> Option<Command> {
        if let Some((_, way)) = self.ways().into_iter().find(|(own, _)| *own == key) {
            return Some(Command::Move(way.moves.clone()));
        }
        Some(match key {
            'u' => Command::Undo,
            'r' => Command::Restart,
            'h' => Command::Hint,
            'w' => Command::Worst,
            'p' => Command::Prove,
            'q' => Command::Leave,
            _ => return None,
        })
    }

    /// Whether a report takes the place of the board.
    pub(super) fn hides_the_board(&self) -> bool {
        matches!(self.told, Told::Report(_))
    }

    /// Back to the board, where it is not shown; or the move, where there is only one.
    pub(super) fn plain_command(&self) -> Option<Command> {
        if self.hides_the_board() {
            return Some(Command::Look);
        }
        match &self.position().ways[..] {
            [only] => Some(Command::Move(only.moves.clone())),
            _ => None,
        }
    }

    /// The keys that mean something now, for a message.
    pub(super) fn keys(&self) -> String {
        let ways = self.ways();
        let moves = ways.iter().map(|(key, way)| format!("{key} ({})", way.words));
        moves.chain(["u r h w p q".to_owned()]).collect::<Vec<_>>().join(", ")
    }

    pub(super) fn obey(&mut self, command: Command) -> Result<()> {
        self.told = Told::Nothing;
        match command {
            Command::Move(moves) => {
                self.seen = self.arena.position(&moves)?;
                self.history.push(moves);
            }
            Command::Undo if self.moves() > 0 => {
                self.history.pop();
                self.look_again()?;
            }
            Command::Restart => {
                self.history.truncate(1);
                self.helped = false;
                self.look_again()?;
            }
            Command::Hint if self.has_won() => {
                let text = "You have done it already. u takes a move back, r begins again.";
                self.told = Told::Hint(text.to_owned());
            }
            Command::Hint => self.hint()?,
            Command::Worst => {
                self.helped = true;
                self.told = Told::Report(self.arena.search()?.drawn);
            }
            Command::Prove if self.has_won() => {
                self.told = Told::Verdict("It can go wrong: this run has.\n".to_owned());
            }
            Command::Prove => {
                let searched = self.arena.search()?;
                // That some run fails gives nothing away; which one it is would.
                self.told = Told::Verdict(verdict(&searched));
            }
            // Whatever was told is not any more: the board is seen again.
            Command::Look | Command::Undo | Command::Leave => {}
        }
        Ok(())
    }

    fn look_again(&mut self) -> Result<()> {
        let moves = self.history.last().expect("the beginning stays");
        self.seen = self.arena.position(moves)?;
        Ok(())
    }

    fn hint(&mut self) -> Result<()> {
        self.helped = true;
        let text = match self.arena.way_to_a_fault(&self.position().schedule) {
            Err(error) => format!("No way to the goal was found from here: {error}."),
            Ok(None) => "From here nothing can go wrong any more. Take a move back.".to_owned(),
            Ok(Some(schedule)) => {
                let ways = self.ways();
                let next = ways.iter().find(|(_, way)| leads_to(&way.moves, &schedule));
                next.map_or_else(
                    || "Go on: it is about to happen.".to_owned(),
                    |(key, way)| {
                        let name = &self.position().threads[way.thread].name;
                        format!("{key}: {name} {}", way.words)
                    },
                )
            }
        };
        self.told = Told::Hint(text);
        Ok(())
    }
}

fn verdict(searched: &Searched) -> String {
    if searched.is_a_proof() {
        format!("✔ {}: nobody can make it go wrong.\n", searched.drawn)
    } else if searched.finds_a_fault() {
        "It can go wrong: there is a run that does. Find it, or press w to be shown.\n".to_owned()
    } else {
        format!("{}\n", searched.drawn)
    }
}

/// Whether these moves are the beginning of that schedule. A step that was no choice adds nothing to it.
fn leads_to(moves: &str, schedule: &str) -> bool {
    let choices = moves.split('+').next().unwrap_or(moves);
    let rest = schedule.strip_prefix(choices);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-') || choices.is_empty())
}

/// The number of moves on the way to the clearest fault.
fn par(arena: &Arena, beginning: &Seen) -> Result<Option<usize>> {
    let mut position = beginning.position.clone();
    let mut moves = 0;
    while position.fault.is_none() {
        // A search that was given up knows nothing; then there is no number to beat. Asked anew each time:
        // the steps that make no difference are made by themselves, and not as the search would.
        let Ok(Some(schedule)) = arena.way_to_a_fault(&position.schedule) else { return Ok(None) };
        let way = position.ways.iter().find(|way| leads_to(&way.moves, &schedule));
        let Some(way) = way else { return Ok(None) };
        position = arena.position(&way.moves)?.position;
        moves += 1;
    }
    Ok(Some(moves))
}

/// What a class wants: one key a voice.
#[derive(Debug, Default)]
pub(super) struct Votes(BTreeMap<char, usize>);

impl Votes {
    pub(super) fn add(&mut self, key: char) {
        *self.0.entry(key).or_default() += 1;
    }

    pub(super) fn of(&self, key: char) -> usize {
        self.0.get(&key).copied().unwrap_or(0)
    }

    /// The key with the most votes; of several, the smallest.
    pub(super) fn winner(&self) -> Option<char> {
        let most = self.0.values().max()?;
        self.0.iter().find(|(_, votes)| *votes == most).map(|(key, _)| *key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_is_followed_as_long_as_its_choices_begin_the_schedule() {
        assert!(leads_to("1-2", "1-2-1"));
        assert!(leads_to("1-2+3", "1-2-1"));
        assert!(leads_to("", "1-2-1") && leads_to("+1", "1-2-1"));
        assert!(!leads_to("1-1", "1-2-1"));
        assert!(!leads_to("1", "12-1"));
    }

    #[test]
    fn the_class_gets_what_most_of_it_wants() {
        let mut votes = Votes::default();
        assert_eq!(votes.winner(), None);
        "21122".chars().for_each(|key| votes.add(key));
        assert_eq!((votes.winner(), votes.of('1')), (Some('2'), 2));
    }
}
