//! Names in the order a person expects, whatever their numbers' length.

use std::cmp::Ordering;

/// Compares names with their numbers as numbers: `cook 2` comes before `cook 10`.
pub(crate) fn compare(a: &str, b: &str) -> Ordering {
    let parts = |text: &str| -> Vec<(String, Option<u128>)> {
        let mut parts: Vec<(String, Option<u128>)> = vec![(String::new(), None)];
        for c in text.chars() {
            let (words, number) = parts.last_mut().expect("never empty");
            match c.to_digit(10).map(u128::from) {
                Some(digit) => {
                    *number = Some(number.unwrap_or(0).saturating_mul(10).saturating_add(digit));
                }
                None if number.is_some() => parts.push((c.to_string(), None)),
                None => words.push(c),
            }
        }
        parts
    };
    parts(a).cmp(&parts(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_ordered_as_a_person_would() {
        let mut names = vec!["cook 10", "cook 2", "a1b", "a01", "a0b", "cook"];
        names.sort_by(|a, b| compare(a, b));
        assert_eq!(names, ["a0b", "a01", "a1b", "cook", "cook 2", "cook 10"]);
    }
}
