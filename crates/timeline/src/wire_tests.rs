//! Whatever is sent arrives, and whatever is damaged on the way is an error, never a panic.

use super::*;

fn sample() -> Record {
    let fields = vec![("dish".to_owned(), "soup\tand\\or\r\nbread".to_owned())];
    let span = Span {
        id: 9,
        parent: None,
        process: 7,
        name: "cook 日".into(),
        fields,
        born: 5,
        died: None,
    };
    let child = Span { id: 10, parent: Some(9), died: Some(20), ..span.clone() };
    Record {
        title: "two\nlines".into(),
        lanes: Lanes::Tasks,
        process: 7,
        threads: vec![Thread { id: 1, process: 7, name: "main".into() }],
        spans: vec![span, child],
        slices: vec![Slice { span: 9, thread: 1, start: 5, end: u64::MAX }],
        facts: vec![
            ("speedup".into(), Fact::Number(0.1 + 0.2)),
            ("limit".into(), Fact::Number(f64::INFINITY)),
            ("order".into(), Fact::Text("-\t-".into())),
            ("in_order".into(), Fact::Bool(false)),
        ],
    }
}

#[test]
fn a_record_arrives_as_it_was_sent() {
    let record = sample();
    assert_eq!(Record::from_wire(&record.to_wire()), Ok(record));
    assert_eq!(Record::from_wire(&Record::default().to_wire()), Ok(Record::default()));
}

#[test]
fn records_may_follow_one_another_and_none_is_none() {
    let two = sample().to_wire() + &Record::default().to_wire();
    assert_eq!(Record::read_all(&two), Ok(vec![sample(), Record::default()]));
    assert_eq!(Record::read_all(""), Ok(vec![]));
    assert!(Record::from_wire(&two).is_err());
    assert!(Record::from_wire("").is_err());
}

#[test]
fn a_record_cut_short_anywhere_is_an_error() {
    let wire = sample().to_wire();
    let whole = wire.trim_end().len();
    for cut in (1..whole).filter(|&cut| wire.is_char_boundary(cut)) {
        assert!(Record::read_all(&wire[..cut]).is_err(), "cut after {cut} bytes");
    }
}

#[test]
fn no_damage_makes_the_reader_or_a_printer_panic() {
    let wire = sample().to_wire().into_bytes();
    for place in 0..wire.len() {
        for damage in [b'\t', b'\n', b'\\', b'0', b'-', b'x', 0xff] {
            let mut damaged = wire.clone();
            damaged[place] = damage;
            let text = String::from_utf8_lossy(&damaged);
            for record in Record::read_all(&text).unwrap_or_default() {
                let _ = record.chart(crate::Style { width: 80, colour: true, ascii: false });
            }
        }
    }
}

#[test]
fn an_error_names_the_line_and_the_way_out() {
    let trouble = |wire: &str| Record::read_all(wire).unwrap_err().to_string();
    let begin = "timeline 1\t7\tauto\t\n";
    for (damaged, expected) in [
        (
            "soup\n".to_owned(),
            "line 1 of the recorded timeline does not begin a record (`timeline 1`)",
        ),
        (
            format!("{begin}slice\t1\tx\t0\t1\n"),
            "line 2 of the recorded timeline has `x` where a number",
        ),
        (
            format!("{begin}slice\t1\t1\t2\t1\n"),
            "line 2 of the recorded timeline has a slice that ends",
        ),
        (format!("{begin}slice\t1\t1\t2\n"), "line 2 of the recorded timeline has too few columns"),
        (format!("{begin}text\ta\tb\tc\n"), "line 2 of the recorded timeline has too many columns"),
        (format!("{begin}cake\n"), "line 2 of the recorded timeline is of the unknown kind `cake`"),
        (
            format!("{begin}slice\t1\t1\t2\t3\nend\n"),
            "line 3 of the recorded timeline ends a record with",
        ),
        (begin.to_owned(), "line 1 of the recorded timeline is its last"),
    ] {
        let text = trouble(&damaged);
        assert!(text.starts_with(expected), "{text}");
        assert!(text.ends_with("record it anew, or remove the file"), "{text}");
    }
}
