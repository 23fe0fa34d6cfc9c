//! Work for a processor, with an answer that can be checked.

/// How many primes there are below `limit`, by trial division: slow on purpose, and never waiting.
pub fn primes_below(limit: usize) -> usize {
    let is_prime = |n: &usize| (2..).take_while(|d| d * d <= *n).all(|d| !n.is_multiple_of(d));
    (2..limit).filter(is_prime).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_itself_does_not_count() {
        assert_eq!([0, 2, 3, 7, 8].map(primes_below), [0, 0, 1, 3, 4]);
    }

    #[test]
    fn there_are_168_primes_below_1000() {
        assert_eq!(primes_below(1000), 168);
    }
}
