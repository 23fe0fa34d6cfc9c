//! Reads the program under test, to show its lines and to call things by their names.

use std::collections::BTreeMap;
use std::fs::read_to_string;
use std::path::{Path, PathBuf};

use crate::object::Kind;
use crate::place::Place;

/// Source files that have been looked for, by the name the compiler gives them.
#[derive(Default)]
pub(crate) struct Sources(BTreeMap<&'static str, Option<Vec<String>>>);

impl Sources {
    /// The line, without the space around it. Empty if the file cannot be found.
    pub(crate) fn line(&mut self, place: Place) -> String {
        self.raw(place.file, place.line).trim().to_owned()
    }

    fn raw(&mut self, file: &'static str, line: u32) -> &str {
        let lines = self.0.entry(file).or_insert_with(|| find(file));
        let index = (line as usize).wrapping_sub(1);
        lines.as_ref().and_then(|lines| lines.get(index)).map_or("", |line| line)
    }

    /// The method that is called at this place: `lock` of `self.till.lock()`.
    pub(crate) fn method(&mut self, place: Place) -> String {
        let line = self.raw(place.file, place.line);
        let from = line.chars().skip((place.column as usize).saturating_sub(1));
        from.take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
    }

    /// What the line calls the thing whose method is called at this place.
    fn receiver(&mut self, place: Place) -> Option<String> {
        let line = self.raw(place.file, place.line);
        let column = (place.column as usize).checked_sub(1)?;
        let before: String = line.chars().take(column).collect();
        let mut before = before.trim_end().to_owned();
        if before.trim() == "." {
            // The method stands on a line of its own.
            before = format!("{}.", self.raw(place.file, place.line.checked_sub(1)?).trim_end());
        }
        last_name(before.strip_suffix('.')?)
    }
}

/// Programs are compiled from the root of their workspace and run from that of their package.
fn find(file: &str) -> Option<Vec<String>> {
    let here = std::env::current_dir().unwrap_or_default();
    let package = std::env::var("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
    let roots = here.ancestors().chain(package.ancestors());
    let found =
        roots.map(|root| root.join(Path::new(file))).find_map(|path| read_to_string(path).ok());
    found.map(|text| text.lines().map(str::to_owned).collect())
}

/// The last part of an expression: `till` of `self.till`, `tills[from]` of `&bank.tills[from]`.
fn last_name(expression: &str) -> Option<String> {
    let mut depth = 0;
    let mut start = expression.len();
    for (index, letter) in expression.char_indices().rev() {
        match letter {
            ']' | ')' => depth += 1,
            '[' | '(' if depth > 0 => depth -= 1,
            _ if depth > 0 => {}
            _ if letter.is_alphanumeric() || letter == '_' || letter == '.' => {}
            _ => break,
        }
        start = index;
    }
    let path = &expression[start..];
    let name = split_outside_brackets(path).last().copied().unwrap_or(path);
    // The number of a field says little without the name before it.
    let name = if name.starts_with(|first: char| first.is_ascii_digit()) { path } else { name };
    let name = name.trim_matches('.');
    if name.is_empty() { None } else { Some(name.to_owned()) }
}

fn split_outside_brackets(path: &str) -> Vec<&str> {
    let mut depth = 0;
    path.split(|letter: char| {
        match letter {
            '[' | '(' => depth += 1,
            ']' | ')' => depth -= 1,
            _ => {}
        }
        letter == '.' && depth == 0
    })
    .collect()
}

/// Without the index, which tells one of them from the others in one line and not in the next: `forks` of
/// `forks[first]`.
fn without_index(name: &str) -> &str {
    name.split_once('[').map_or(name, |(before, _)| before)
}

/// What all these names are without their indices.
fn common_stem(names: &[String]) -> Option<&str> {
    let mut stems = names.iter().map(|name| without_index(name));
    let first = stems.next()?;
    stems.all(|stem| stem == first).then_some(first)
}

/// What the program calls each object: by the first of its names that no other object has, and
/// where there is none, by what its names have in common and a letter. `uses` tells which lines use which objects.
pub(crate) fn names(sources: &mut Sources, uses: &[(usize, Place)], kinds: &[Kind]) -> Vec<String> {
    // A line that waits on a condition variable calls that by its name, and not the mutex.
    let is_a_wait = |place: Place| {
        uses.iter().any(|&(object, at)| at == place && kinds[object] == Kind::Condvar)
    };
    let mut called: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for &(object, place) in uses {
        if (kinds[object] == Kind::Condvar || !is_a_wait(place))
            && let Some(name) = sources.receiver(place)
        {
            let names = called.entry(object).or_default();
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    let free_name = |object: usize| {
        called.get(&object)?.iter().find(|&name| {
            !called.iter().any(|(other, names)| *other != object && names.contains(name))
        })
    };
    // If one of a row needs a letter, all get one: as a run goes on, more lines use them, and what was
    // free a step ago is not any more.
    let with_letters: Vec<&str> = called
        .iter()
        .filter(|&(&object, _)| free_name(object).is_none())
        .filter_map(|(_, names)| common_stem(names))
        .collect();
    let mut letters = 'A'..='Z';
    let mut name = |(object, kind): (usize, Kind)| {
        if !uses.iter().any(|&(used, _)| used == object) {
            return String::new();
        }
        let stem = called.get(&object).and_then(|names| common_stem(names));
        let in_a_row = stem.is_some_and(|stem| with_letters.contains(&stem));
        free_name(object).filter(|_| !in_a_row).cloned().unwrap_or_else(|| {
            format!("{} {}", stem.unwrap_or(kind.noun()), letters.next().unwrap_or('?'))
        })
    };
    kinds.iter().copied().enumerate().map(&mut name).collect()
}

impl Kind {
    /// What to call an object that has no name.
    pub(crate) fn noun(self) -> &'static str {
        match self {
            Kind::Mutex => "mutex",
            Kind::RwLock => "lock",
            Kind::Condvar => "condvar",
            Kind::Atomic => "atomic",
            Kind::Barrier => "barrier",
            Kind::Channel => "channel",
            Kind::Once => "once",
            Kind::Thread => "thread",
            Kind::Order => "order",
            Kind::Executor => "executor",
            Kind::Waker => "waker",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thing_is_called_by_the_last_part_of_its_path() {
        let name = |expression| last_name(expression).unwrap();
        assert_eq!(name("let a = self.till"), "till");
        assert_eq!(name("*bank.tills[from.a]"), "tills[from.a]");
        assert_eq!(name("if !READY"), "READY");
        assert_eq!(name("shared.0"), "shared.0");
        assert_eq!(name("move || till()"), "till()");
        assert_eq!(last_name("let x = "), None);
    }

    #[test]
    fn names_have_a_stem_if_they_differ_in_the_index_only() {
        let stem = |names: &[&str]| {
            let names: Vec<_> = names.iter().map(|name| (*name).to_owned()).collect();
            common_stem(&names).map(str::to_owned)
        };
        assert_eq!(stem(&["forks[first]", "forks[second]"]).as_deref(), Some("forks"));
        assert_eq!(stem(&["till"]).as_deref(), Some("till"));
        assert_eq!(stem(&["from", "to"]), None);
        assert_eq!(stem(&[]), None);
    }
}
