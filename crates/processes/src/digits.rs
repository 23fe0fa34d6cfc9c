//! Numbers that nobody wants to read in full.

use clap::ValueEnum;

use crate::factorial::trailing_zeros;

/// How much of a number to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Print {
    /// Its length in bits
    None,
    /// Its ends, and how many digits and zeros it has
    Digits,
    /// All of it
    Full,
}

/// n!, whose digits are `text`: in full when that is asked for or short, otherwise its length and both ends.
///
/// # Panics
///
/// When `text` cannot be n!: Legendre's formula counts the zeros at its end without making digits.
#[must_use]
pub fn describe(n: u64, text: &str, print: Print) -> String {
    let digits = text.trim_end_matches('0');
    let zeros = text.len() - digits.len();
    assert_eq!(zeros as u64, trailing_zeros(n), "{n}! ends with another number of zeros");
    if print == Print::Full || digits.len() <= 40 {
        return format!("= {text}");
    }
    let (first, last) = (&digits[..20], &digits[digits.len() - 20..]);
    format!("has {} digits: {first}…{last} and {zeros} zeros", text.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::factorial::tree;

    #[test]
    fn only_a_long_number_is_shortened() {
        assert_eq!(describe(10, "3628800", Print::Digits), "= 3628800");
        let text = tree(100).to_string();
        assert_eq!(describe(100, &text, Print::Full), format!("= {text}"));
        assert_eq!(
            describe(100, &text, Print::Digits),
            "has 158 digits: 93326215443944152681…23758251185210916864 and 24 zeros"
        );
    }

    #[test]
    #[should_panic(expected = "10! ends with another number of zeros")]
    fn a_number_with_too_few_zeros_is_no_factorial() {
        let _ = describe(10, "362880", Print::Digits);
    }
}
