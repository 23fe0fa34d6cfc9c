//! The facts as lines of text: `measured in this run: sequential_ms 912 · speedup 3.0`.

use crate::chart::Style;
use crate::columns;
use crate::record::Fact;

/// Writes the facts in lines that fit, and nothing if there are none.
pub(crate) fn write(out: &mut String, facts: &[(String, Fact)], style: Style) {
    let between = if style.ascii { " | " } else { " · " };
    let mut line = "measured in this run: ".to_owned();
    for (place, (name, fact)) in facts.iter().enumerate() {
        let text = columns::plain(&format!("{name} {}", said(fact)));
        let needed = columns::width(&line) + columns::width(between) + columns::width(&text);
        match place {
            0 => {}
            _ if needed > style.width => {
                out.push_str(line.trim_end());
                out.push('\n');
                line = "  ".to_owned();
            }
            _ => line.push_str(between),
        }
        line.push_str(&text);
    }
    if !facts.is_empty() {
        out.push_str(&line);
        out.push('\n');
    }
}

fn said(fact: &Fact) -> String {
    match fact {
        Fact::Number(value) => number(*value),
        Fact::Text(text) => text.clone(),
        Fact::Bool(true) => "yes".to_owned(),
        Fact::Bool(false) => "no".to_owned(),
    }
}

/// A measured number with as many digits as it deserves: `1,234,567`, `912`, `45.3`, `3.0`, `0.042`.
fn number(value: f64) -> String {
    let size = value.abs();
    if !value.is_finite() || size >= 1e15 {
        return format!("{value:e}");
    }
    if value.fract() == 0.0 || size >= 99.95 {
        return group(&format!("{value:.0}"));
    }
    if size >= 0.995 {
        return format!("{value:.1}");
    }
    // Two digits that count, however small: the zeros after the point, and two more.
    let zeros = (-size.log10()).floor().max(0.0) as usize;
    if zeros < 6 { format!("{value:.*}", zeros + 2) } else { format!("{value:.1e}") }
}

/// Commas between thousands.
fn group(digits: &str) -> String {
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |digits| ("-", digits));
    let mut out = sign.to_owned();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_as_many_digits_as_it_deserves() {
        for (value, said) in [
            (0.0, "0"),
            (3.0, "3"),
            (2.96, "3.0"),
            (45.26, "45.3"),
            (99.97, "100"),
            (912.4, "912"),
            (12_345.6, "12,346"),
            (-1_234_567.0, "-1,234,567"),
            (0.999, "1.0"),
            (0.5, "0.50"),
            (0.0421, "0.042"),
            (1.5e-9, "1.5e-9"),
            (2e20, "2e20"),
            (f64::NAN, "NaN"),
            (f64::INFINITY, "inf"),
        ] {
            assert_eq!(number(value), said, "{value}");
        }
    }

    #[test]
    fn facts_wrap_at_the_width() {
        let facts: Vec<(String, Fact)> = vec![
            ("sequential_ms".into(), Fact::Number(912.3)),
            ("in_order".into(), Fact::Bool(true)),
            ("order".into(), Fact::Text("b a c".into())),
        ];
        let mut out = String::new();
        write(&mut out, &facts, Style { width: 55, colour: false, ascii: false });
        assert_eq!(out, "measured in this run: sequential_ms 912 · in_order yes\n  order b a c\n");
    }

    #[test]
    fn no_facts_no_line() {
        let mut out = String::new();
        write(&mut out, &[], Style { width: 80, colour: false, ascii: true });
        assert_eq!(out, "");
    }
}
