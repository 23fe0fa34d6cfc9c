//! A run made again from its choices.

use std::fmt::Write;

use crate::bounded::Bounded;
use crate::op::Tid;
use crate::scene::Scene;
use crate::set::ThreadSet;
use crate::strategy::{Pick, Question, Strategy};

/// The choices of one run, to be made again.
pub(crate) struct Script {
    choices: Vec<usize>,
    made: usize,
}

impl Script {
    pub(crate) fn new(choices: Vec<usize>) -> Self {
        Script { choices, made: 0 }
    }

    /// Reads what [`write`](Self::write) has written.
    pub(crate) fn parse(text: &str) -> Result<Vec<usize>, String> {
        let parse = |word: &str| {
            let number = word.trim().parse();
            number.map_err(|_| {
                std::format!(
                    "`{word}` is no choice of a schedule; \
                     a schedule is a line of numbers such as 1-0-2, as a report prints it"
                )
            })
        };
        text.split('-').filter(|word| !word.trim().is_empty()).map(parse).collect()
    }

    pub(crate) fn write(choices: &[usize]) -> String {
        let mut text = String::new();
        for (count, choice) in choices.iter().enumerate() {
            let dash = if count == 0 { "" } else { "-" };
            write!(text, "{dash}{choice}").expect("writing to a string cannot fail");
        }
        text
    }

    pub(crate) fn is_at_end(&self) -> bool {
        self.made >= self.choices.len()
    }

    /// The next choice; none past the end.
    pub(crate) fn next(&mut self) -> Option<usize> {
        self.made += 1;
        self.choices.get(self.made - 1).copied()
    }
}

impl Strategy for Script {
    fn pick(&mut self, _scene: &Scene, enabled: ThreadSet, last: Tid) -> Pick {
        // Past its end, and where there is nothing to choose, a script goes on plainly.
        let plain = if enabled.contains(last) { Some(last) } else { enabled.first() };
        let choice = if enabled.len() > 1 { self.next().or(plain) } else { plain };
        match choice {
            Some(thread) if enabled.contains(thread) => Pick::Go { thread, node: None },
            _ => Pick::Diverged,
        }
    }

    fn answer(&mut self, _scene: &Scene, _question: Question, among: usize) -> Option<usize> {
        self.next().or(Some(0)).filter(|&choice| choice < among)
    }

    fn next_run(&mut self) -> bool {
        false
    }
}

/// A run whose first choices are given, and whose others a search makes.
pub(crate) struct Continued {
    first: Vec<usize>,
    script: Script,
    then: Bounded,
}

impl Continued {
    pub(crate) fn new(first: Vec<usize>, then: Bounded) -> Self {
        Continued { script: Script::new(first.clone()), first, then }
    }

    fn is_given(&self) -> bool {
        self.script.made < self.first.len()
    }
}

impl Strategy for Continued {
    fn pick(&mut self, scene: &Scene, enabled: ThreadSet, last: Tid) -> Pick {
        if enabled.len() > 1 && !self.is_given() {
            self.then.pick(scene, enabled, last)
        } else {
            self.script.pick(scene, enabled, last)
        }
    }

    fn answer(&mut self, scene: &Scene, question: Question, among: usize) -> Option<usize> {
        if self.is_given() {
            self.script.answer(scene, question, among)
        } else {
            self.then.answer(scene, question, among)
        }
    }

    fn gave_up(&mut self, thread: Tid) {
        self.then.gave_up(thread);
    }

    fn next_run(&mut self) -> bool {
        self.script = Script::new(self.first.clone());
        self.then.next_run()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schedule_survives_being_written_and_read() {
        let choices = std::vec![1, 0, 12, 3];
        assert_eq!(Script::write(&choices), "1-0-12-3");
        assert_eq!(Script::parse("1-0-12-3"), Ok(choices));
        assert_eq!(Script::parse(""), Ok(std::vec![]));
        assert!(Script::parse("1-x").unwrap_err().contains("`x`"));
    }
}
