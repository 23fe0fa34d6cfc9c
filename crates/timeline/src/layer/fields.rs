//! Reads the fields of spans and events.

use std::fmt::Debug;

use tracing::Event;
use tracing::field::{Field, Visit};

use crate::record::Fact;

/// The fields of a span, as text.
pub(super) fn texts(record: impl FnOnce(&mut dyn Visit)) -> Vec<(String, String)> {
    let mut texts = Texts(Vec::new());
    record(&mut texts);
    texts.0
}

/// The fields of an event, as facts; its message is none.
pub(super) fn facts(event: &Event<'_>) -> Vec<(String, Fact)> {
    let mut facts = Facts(Vec::new());
    event.record(&mut facts);
    facts.0
}

struct Texts(Vec<(String, String)>);

impl Visit for Texts {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.push((field.name().to_owned(), value.to_owned()));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.record_str(field, &format!("{value:?}"));
    }
}

struct Facts(Vec<(String, Fact)>);

impl Facts {
    fn push(&mut self, field: &Field, fact: Fact) {
        if field.name() != "message" {
            self.0.push((field.name().to_owned(), fact));
        }
    }
}

impl Visit for Facts {
    fn record_f64(&mut self, field: &Field, value: f64) {
        self.push(field, Fact::Number(value));
    }

    // A fact is a measurement: the 53 bits of an f64 are precision enough.
    fn record_i64(&mut self, field: &Field, value: i64) {
        self.push(field, Fact::Number(value as f64));
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.push(field, Fact::Number(value as f64));
    }

    fn record_i128(&mut self, field: &Field, value: i128) {
        self.push(field, Fact::Number(value as f64));
    }

    fn record_u128(&mut self, field: &Field, value: u128) {
        self.push(field, Fact::Number(value as f64));
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.push(field, Fact::Bool(value));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.push(field, Fact::Text(value.to_owned()));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.push(field, Fact::Text(format!("{value:?}")));
    }
}
