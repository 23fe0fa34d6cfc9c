//! A record as lines of text, so that it can cross a pipe or lie in a file, and back.
//!
//! One line per thing, its columns parted by tabs: first `timeline 1` with the record's own columns,
//! last `end`, so that a record cut short is noticed. Several records may follow one another.

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt::{self, Write};
use std::str::{FromStr, Split};

use crate::record::{Fact, Lanes, Record, Slice, Span, Thread};

const HEADER: &str = "timeline 1";
const END: &str = "end";

/// Why a text is no record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WireError {
    line: usize,
    trouble: String,
}

impl fmt::Display for WireError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, trouble } = self;
        write!(
            f,
            "line {line} of the recorded timeline {trouble}; record it anew, or remove the file"
        )
    }
}

impl Error for WireError {}

impl Record {
    /// The record as text; [`Record::from_wire`] reads it back.
    #[must_use]
    pub fn to_wire(&self) -> String {
        let mut out = String::new();
        let lanes = match self.lanes {
            Lanes::Auto => "auto",
            Lanes::Threads => "threads",
            Lanes::Tasks => "tasks",
        };
        line(&mut out, &[HEADER, &self.process.to_string(), lanes, &self.title]);
        for thread in &self.threads {
            let (id, process) = (thread.id.to_string(), thread.process.to_string());
            line(&mut out, &["thread", &id, &process, &thread.name]);
        }
        for span in &self.spans {
            write_span(&mut out, span);
        }
        for Slice { span, thread, start, end } in &self.slices {
            let _ = writeln!(out, "slice\t{span}\t{thread}\t{start}\t{end}");
        }
        for (name, fact) in &self.facts {
            match fact {
                // `{:?}` of a float reads back as exactly the same float.
                Fact::Number(number) => line(&mut out, &["number", name, &format!("{number:?}")]),
                Fact::Text(text) => line(&mut out, &["text", name, text]),
                Fact::Bool(yes) => line(&mut out, &["bool", name, &yes.to_string()]),
            }
        }
        line(&mut out, &[END]);
        out
    }

    /// Reads back what [`Record::to_wire`] wrote.
    ///
    /// # Errors
    ///
    /// When the text is not exactly one whole record.
    pub fn from_wire(wire: &str) -> Result<Self, WireError> {
        let mut records = Self::read_all(wire)?;
        match (records.pop(), records.is_empty()) {
            (Some(record), true) => Ok(record),
            (Some(_), false) => Err(error(1, "begins several records where one was expected")),
            (None, _) => Err(error(1, "is missing: the text is empty")),
        }
    }

    /// Reads any number of records that follow one another.
    ///
    /// # Errors
    ///
    /// When a record is damaged, cut short, or of another version.
    pub fn read_all(wire: &str) -> Result<Vec<Self>, WireError> {
        let mut records = Vec::new();
        let mut open: Option<Self> = None;
        let mut last = 0;
        for (number, text) in (1..).zip(wire.lines()) {
            last = number;
            let fail = |trouble: String| WireError { line: number, trouble };
            let mut columns = Columns(text.split('\t'));
            let kind = columns.word().map_err(fail)?;
            match (open.as_mut(), kind.as_str()) {
                (None, HEADER) => open = Some(columns.header().map_err(fail)?),
                (Some(record), END) => {
                    check(record).map_err(fail)?;
                    records.extend(open.take());
                }
                (Some(record), kind) => columns.add_to(record, kind).map_err(fail)?,
                (None, _) => return Err(error(number, "does not begin a record (`timeline 1`)")),
            }
        }
        if open.is_some() {
            return Err(error(last, "is its last, and no `end` follows: it was cut short"));
        }
        Ok(records)
    }
}

fn error(line: usize, trouble: &str) -> WireError {
    WireError { line, trouble: trouble.to_owned() }
}

fn line(out: &mut String, columns: &[&str]) {
    for (place, column) in columns.iter().enumerate() {
        if place > 0 {
            out.push('\t');
        }
        escape(out, column);
    }
    out.push('\n');
}

fn write_span(out: &mut String, span: &Span) {
    let when = |time: Option<u64>| time.map_or("-".to_owned(), |time| time.to_string());
    let (id, process, born) =
        (span.id.to_string(), span.process.to_string(), span.born.to_string());
    let (parent, died) = (when(span.parent), when(span.died));
    let mut columns = vec!["span", &id, &parent, &process, &born, &died, &span.name];
    for (name, value) in &span.fields {
        columns.extend([name.as_str(), value.as_str()]);
    }
    line(out, &columns);
}

fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            c => out.push(c),
        }
    }
}

fn unescape(text: &str) -> Result<String, String> {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        out.push(match c {
            '\\' => match chars.next() {
                Some('\\') => '\\',
                Some('t') => '\t',
                Some('n') => '\n',
                Some('r') => '\r',
                _ => return Err("has a stray backslash".to_owned()),
            },
            c => c,
        });
    }
    Ok(out)
}

/// Slices refer to threads and spans by id; the printers rely on those being there.
fn check(record: &Record) -> Result<(), String> {
    let threads: BTreeSet<u64> = record.threads.iter().map(|thread| thread.id).collect();
    let spans: BTreeSet<u64> = record.spans.iter().map(|span| span.id).collect();
    for slice in &record.slices {
        if !threads.contains(&slice.thread) || !spans.contains(&slice.span) {
            let Slice { span, thread, .. } = slice;
            return Err(format!(
                "ends a record with a slice of the unknown span {span} or thread {thread}"
            ));
        }
    }
    Ok(())
}

struct Columns<'a>(Split<'a, char>);

impl Columns<'_> {
    fn word(&mut self) -> Result<String, String> {
        unescape(self.0.next().ok_or("has too few columns")?)
    }

    fn number<T: FromStr>(&mut self) -> Result<T, String> {
        let word = self.word()?;
        word.parse().map_err(|_| format!("has `{word}` where a number belongs"))
    }

    fn number_or_dash<T: FromStr>(&mut self) -> Result<Option<T>, String> {
        match self.word()?.as_str() {
            "-" => Ok(None),
            word => {
                word.parse().map(Some).map_err(|_| format!("has `{word}` where a number belongs"))
            }
        }
    }

    fn done(&mut self) -> Result<(), String> {
        self.0.next().map_or(Ok(()), |_| Err("has too many columns".to_owned()))
    }

    fn header(&mut self) -> Result<Record, String> {
        let process = self.number()?;
        let lanes = match self.word()?.as_str() {
            "auto" => Lanes::Auto,
            "threads" => Lanes::Threads,
            "tasks" => Lanes::Tasks,
            other => return Err(format!("asks for `{other}` as lanes")),
        };
        let title = self.word()?;
        self.done()?;
        Ok(Record { process, lanes, title, ..Record::default() })
    }

    fn add_to(&mut self, record: &mut Record, kind: &str) -> Result<(), String> {
        match kind {
            "thread" => {
                let (id, process, name) = (self.number()?, self.number()?, self.word()?);
                record.threads.push(Thread { id, process, name });
            }
            "span" => record.spans.push(self.span()?),
            "slice" => record.slices.push(self.slice()?),
            "number" => {
                let (name, number) = (self.word()?, self.number()?);
                record.facts.push((name, Fact::Number(number)));
            }
            "text" => {
                let (name, text) = (self.word()?, self.word()?);
                record.facts.push((name, Fact::Text(text)));
            }
            "bool" => {
                let (name, yes) = (self.word()?, self.number()?);
                record.facts.push((name, Fact::Bool(yes)));
            }
            other => return Err(format!("is of the unknown kind `{other}`")),
        }
        self.done()
    }

    fn span(&mut self) -> Result<Span, String> {
        let (id, parent, process) = (self.number()?, self.number_or_dash()?, self.number()?);
        let (born, died, name) = (self.number()?, self.number_or_dash()?, self.word()?);
        let mut fields = Vec::new();
        while let Some(field) = self.0.next() {
            fields.push((unescape(field)?, self.word()?));
        }
        if died.is_some_and(|died| died < born) {
            return Err("has a span that dies before it is born".to_owned());
        }
        Ok(Span { id, parent, process, name, fields, born, died })
    }

    fn slice(&mut self) -> Result<Slice, String> {
        let (span, thread) = (self.number()?, self.number()?);
        let (start, end) = (self.number()?, self.number()?);
        if end < start {
            return Err("has a slice that ends before it starts".to_owned());
        }
        Ok(Slice { span, thread, start, end })
    }
}

#[cfg(test)]
#[path = "wire_tests.rs"]
mod tests;
