//! Who did what when, as plain data: what the recorder writes and every printer reads.

use std::cmp::Reverse;
use std::collections::BTreeMap;

/// What was recorded: the threads seen, the spans that lived, when each ran where, and the facts measured.
///
/// All times are nanoseconds since the Unix epoch, so records of several processes of one machine share
/// one clock. A record can be made by hand; every printer is a pure function of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// The heading above its picture; empty for none.
    pub title: String,
    /// What a lane of its pictures is.
    pub lanes: Lanes,
    /// The id of the main process: the one whose lanes come first.
    pub process: u32,
    /// The threads that did something.
    pub threads: Vec<Thread>,
    /// The spans that were alive.
    pub spans: Vec<Span>,
    /// When each span held a thread, by start.
    pub slices: Vec<Slice>,
    /// What was measured, by name, in order of recording; see [`Record::measure`].
    pub facts: Vec<(String, Fact)>,
}

/// What a lane of the picture is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lanes {
    /// Threads, unless one thread took turns between spans that were alive at once (as an async
    /// executor does): then spans.
    #[default]
    Auto,
    /// One lane for each thread.
    Threads,
    /// One lane for each root span, and one for each child that was alive at once with a sibling.
    Tasks,
}

/// A thread of some process.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Thread {
    /// Unique within the record.
    pub id: u64,
    /// The id of its process.
    pub process: u32,
    /// Its name.
    pub name: String,
}

/// A piece of work with a name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Span {
    /// Unique within the record.
    pub id: u64,
    /// The span it is part of.
    pub parent: Option<u64>,
    /// The id of the process it was made in.
    pub process: u32,
    /// What the work is. A span named `wait` is drawn as waiting.
    pub name: String,
    /// What tells it from others of its name, in order.
    pub fields: Vec<(String, String)>,
    /// When it was made; at the earliest, when this record began.
    pub born: u64,
    /// When it was closed; `None` while it is alive.
    pub died: Option<u64>,
}

/// A stretch of time in which a span held a thread: one enter and exit, or one poll of a future.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Slice {
    /// The span's id.
    pub span: u64,
    /// The thread's id.
    pub thread: u64,
    /// When it was entered.
    pub start: u64,
    /// When it was exited.
    pub end: u64,
}

/// Something measured in this very run.
#[derive(Clone, Debug, PartialEq)]
pub enum Fact {
    /// A number, in the unit its name ends in.
    Number(f64),
    /// Words.
    Text(String),
    /// Yes or no.
    Bool(bool),
}

impl From<f64> for Fact {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<&str> for Fact {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<bool> for Fact {
    fn from(yes: bool) -> Self {
        Self::Bool(yes)
    }
}

impl Span {
    /// Its name and fields: `download file=2`.
    #[must_use]
    pub fn label(&self) -> String {
        let fields = self.fields.iter().map(|(name, value)| format!(" {name}={value}"));
        self.name.clone() + &fields.collect::<String>()
    }

    /// Its name and the fields' values, to be written into a bar: `download 2`; for waiting, only
    /// what it waits for.
    #[must_use]
    pub fn short_label(&self) -> String {
        let values = self.fields.iter().map(|(_, value)| value.as_str());
        if self.waits() && !self.fields.is_empty() {
            return values.collect::<Vec<_>>().join(" ");
        }
        [self.name.as_str()].into_iter().chain(values).collect::<Vec<_>>().join(" ")
    }

    /// Whether it is drawn as waiting.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.name == "wait"
    }
}

impl Record {
    /// Remembers a fact. A name measured again keeps its place and takes the new value.
    pub fn measure(&mut self, name: &str, value: impl Into<Fact>) {
        let value = value.into();
        match self.facts.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => *old = value,
            None => self.facts.push((name.to_owned(), value)),
        }
    }

    /// The fact of this name.
    #[must_use]
    pub fn fact(&self, name: &str) -> Option<&Fact> {
        self.facts.iter().find_map(|(known, value)| (known == name).then_some(value))
    }

    /// The fact of this name as a number; yes counts as 1, no as 0, words as nothing.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<f64> {
        match self.fact(name)? {
            Fact::Number(number) => Some(*number),
            Fact::Bool(yes) => Some(f64::from(u8::from(*yes))),
            Fact::Text(_) => None,
        }
    }

    /// Adds what another recorded: another process, or a later stretch of the same one. The title,
    /// the kind of lanes and the main process stay this record's own.
    pub fn merge(&mut self, other: Self) {
        if self.process == 0 {
            self.process = other.process;
        }
        for thread in other.threads {
            if !self.threads.iter().any(|known| known.id == thread.id) {
                self.threads.push(thread);
            }
        }
        self.merge_spans(other.spans);
        self.slices.extend(other.slices);
        self.slices.sort_by_key(|slice| (slice.start, Reverse(slice.end)));
        for (name, value) in other.facts {
            self.measure(&name, value);
        }
    }

    fn merge_spans(&mut self, others: Vec<Span>) {
        let places: BTreeMap<u64, usize> =
            self.spans.iter().enumerate().map(|(place, span)| (span.id, place)).collect();
        for span in others {
            match places.get(&span.id) {
                // A span that outlived the first record: the second one knows how it ended.
                Some(&place) => {
                    let known = &mut self.spans[place];
                    known.born = known.born.min(span.born);
                    known.died = known.died.or(span.died);
                }
                None => self.spans.push(span),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(id: u64, born: u64, died: Option<u64>) -> Span {
        Span { id, born, died, name: "cook".into(), ..Span::default() }
    }

    #[test]
    fn a_label_names_the_fields_and_a_short_one_only_their_values() {
        let fields = vec![("dish".to_owned(), "soup".to_owned()), ("n".to_owned(), "2".to_owned())];
        let cook = Span { fields, ..span(1, 0, None) };
        assert_eq!(cook.label(), "cook dish=soup n=2");
        assert_eq!(cook.short_label(), "cook soup 2");
    }

    #[test]
    fn a_wait_is_labelled_by_what_it_waits_for() {
        let mut wait = Span { name: "wait".into(), ..span(1, 0, None) };
        assert_eq!(wait.short_label(), "wait");
        wait.fields = vec![("on".into(), "the oven".into())];
        assert_eq!(wait.short_label(), "the oven");
    }

    #[test]
    fn a_fact_measured_again_keeps_its_place_and_takes_the_new_value() {
        let mut record = Record::default();
        record.measure("speedup", 2.0);
        record.measure("order", "1 2 3");
        record.measure("speedup", 3.0);
        assert_eq!(record.facts[0], ("speedup".to_owned(), Fact::Number(3.0)));
        assert_eq!(record.facts.len(), 2);
    }

    #[test]
    fn yes_counts_as_one_and_words_are_no_number() {
        let mut record = Record::default();
        record.measure("in_order", true);
        record.measure("order", "1 2 3");
        assert_eq!(record.number("in_order"), Some(1.0));
        assert_eq!(record.number("order"), None);
        assert_eq!(record.number("never measured"), None);
    }

    #[test]
    fn merging_joins_the_two_halves_of_a_span_that_outlived_the_first_record() {
        let mut first = Record { process: 7, spans: vec![span(1, 10, None)], ..Record::default() };
        first.slices = vec![Slice { span: 1, thread: 1, start: 10, end: 20 }];
        let later = Slice { span: 1, thread: 1, start: 5, end: 30 };
        let second = Record {
            process: 8,
            spans: vec![span(1, 20, Some(30)), span(2, 21, Some(22))],
            slices: vec![later],
            ..Record::default()
        };
        first.merge(second);
        assert_eq!(first.spans, [span(1, 10, Some(30)), span(2, 21, Some(22))]);
        assert_eq!(first.slices[0], later, "slices are in order of their start");
        assert_eq!(first.process, 7, "the main process stays the main process");
    }
}
