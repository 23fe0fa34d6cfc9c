//! Tells the lines of several files apart, as those of an answer and its judge: all but one file's are marked.

use crate::place::Place;

/// By the number of lines; more files than these share the last mark.
const MARKS: [&str; 3] = ["", "′", "″"];

/// The files of a run, the one with the most lines first.
pub(crate) struct Files(Vec<&'static str>);

impl Files {
    /// `lines` holds the file of each line that is shown.
    pub(crate) fn of(lines: impl Iterator<Item = &'static str>) -> Self {
        let mut counts: Vec<(&'static str, usize)> = vec![];
        for file in lines {
            match counts.iter_mut().find(|(known, _)| is_same(known, file)) {
                Some((_, count)) => *count += 1,
                None => counts.push((file, 1)),
            }
        }
        counts.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
        Files(counts.into_iter().map(|(file, _)| file).collect())
    }

    /// The number of a line, with the mark of its file.
    pub(crate) fn number(&self, place: Place) -> String {
        format!("{}{}", place.line, self.mark(place.file))
    }

    /// What follows the number of a line of this file.
    fn mark(&self, file: &str) -> &'static str {
        let at = self.0.iter().position(|known| is_same(known, file)).unwrap_or(0);
        MARKS[at.min(MARKS.len() - 1)]
    }

    /// Which mark stands for which file, if there is more than one.
    pub(crate) fn legend(&self) -> Option<String> {
        let [first, others @ ..] = &self.0[..] else { return None };
        let marked =
            others.iter().map(|file| format!("with {} of {}", self.mark(file), short(file)));
        let marked: Vec<_> = marked.collect();
        (!marked.is_empty())
            .then(|| format!("Lines are of {}, {}.", short(first), marked.join(", ")))
    }
}

/// Whether two paths name one file: an await knows its file from the folder of its package only.
fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (parts(one), parts(other));
    one.ends_with(&other) || other.ends_with(&one)
}

/// The file with its folder: `threads/latch.rs` of `exercises/tests/../threads/latch.rs`.
fn short(path: &str) -> String {
    let parts = parts(path);
    parts[parts.len().saturating_sub(2)..].join("/")
}

fn parts(path: &str) -> Vec<&str> {
    let mut parts = vec![];
    for part in path.split(['/', '\\']) {
        match part {
            ".." if !parts.is_empty() => _ = parts.pop(),
            _ => parts.push(part),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_file_needs_no_mark() {
        let files = Files::of(["a/x.rs", "a/x.rs"].into_iter());
        assert_eq!((files.mark("a/x.rs"), files.legend()), ("", None));
    }

    #[test]
    fn the_file_with_the_most_lines_has_no_mark_and_the_others_have() {
        let (judge, answer) = ("exercises/tests/latch.rs", "exercises/tests/../threads/latch.rs");
        let files = Files::of([judge, answer, answer, "elsewhere.rs"].into_iter());
        assert_eq!(
            (files.mark(answer), files.mark(judge), files.mark("elsewhere.rs")),
            ("", "′", "″")
        );
        let legend =
            "Lines are of threads/latch.rs, with ′ of tests/latch.rs, with ″ of elsewhere.rs.";
        assert_eq!(files.legend().as_deref(), Some(legend));
    }

    #[test]
    fn a_file_known_from_its_package_only_is_the_same() {
        let files = Files::of(["crates/x/tests/games/a.rs", "tests/games/a.rs"].into_iter());
        assert_eq!((files.mark("tests/games/a.rs"), files.legend()), ("", None));
    }
}
