//! Large factorials three ways: the loop everyone writes, a product tree, and prime swing.
//!
//! All three give the same number. What differs is the shape of the multiplications: fast
//! multiplication (Karatsuba, Toom-3) pays only when both factors are long.

use num_bigint::BigUint;

/// n! by multiplying one number after the other: quadratic, and the trap of this lesson.
///
/// Each step multiplies a long number by a single machine word, so nothing clever ever applies.
pub fn naive(n: u64) -> BigUint {
    (2..=n).fold(BigUint::from(1u8), |product, factor| product * factor)
}

/// n! by splitting 1..=n into halves again and again: both factors of a multiplication are equally long.
pub fn tree(n: u64) -> BigUint {
    let factors: Vec<u64> = (2..=n).collect();
    product(&factors)
}

/// n! from its prime factors, by prime swing: the fastest here.
///
/// The recursion is n! = (⌊n/2⌋!)² · swing(n), where the *swinging factorial* n ≀ = n! / (⌊n/2⌋!)² is a
/// product of small prime powers. Powers of two are left out and shifted in at the end.
///
/// Source: Peter Luschny, "Swing, divide and conquer the factorial" (2008), which builds on
/// Arnold Schönhage et al., "Fast Algorithms: A Multitape Turing Machine Implementation" (1994).
pub fn swing(n: u64) -> BigUint {
    let twos = n - u64::from(n.count_ones()); // Legendre's formula for the prime 2
    odd_part(n, &odd_primes(n)) << twos
}

/// How many zeros n! ends with in decimal: Legendre's formula for the prime 5, the scarcer half of ten.
pub fn trailing_zeros(n: u64) -> u64 {
    exponents(n, 5).sum()
}

/// n! without its factors of two.
fn odd_part(n: u64, primes: &[u64]) -> BigUint {
    if n < 3 {
        return BigUint::from(1u8);
    }
    let root = odd_part(n / 2, primes);
    // Not (root · root) · swing: the swing is short, and meets the half-long root more cheaply.
    let swung = odd_swing(n, primes) * &root;
    swung * root
}

/// The swinging factorial of n without its factors of two.
///
/// The prime p divides it once for every odd ⌊n/pⁱ⌋, so the power of p in it is at most n.
fn odd_swing(n: u64, primes: &[u64]) -> BigUint {
    let up_to_n = &primes[..primes.partition_point(|&p| p <= n)];
    let powers: Vec<u64> = up_to_n
        .iter()
        .map(|&p| {
            exponents(n, p).filter(|quotient| quotient % 2 == 1).fold(1, |power, _| power * p)
        })
        .filter(|&power| power > 1)
        .collect();
    product(&powers)
}

/// ⌊n/p⌋, ⌊n/p²⌋ … down to the last that is not zero. Their sum is the exponent of p in n!.
fn exponents(n: u64, p: u64) -> impl Iterator<Item = u64> {
    std::iter::successors(Some(n / p), move |quotient| Some(quotient / p))
        .take_while(|&quotient| quotient > 0)
}

/// The product of all factors: first as many as fit into each machine word, then halves by halves.
fn product(factors: &[u64]) -> BigUint {
    let mut words = Vec::with_capacity(factors.len());
    let mut word = 1u64;
    for &factor in factors {
        word = word.checked_mul(factor).unwrap_or_else(|| {
            words.push(word);
            factor
        });
    }
    words.push(word);
    product_of_halves(&words)
}

fn product_of_halves(words: &[u64]) -> BigUint {
    /// Below this many words the plain loop is as fast as any tree.
    const SHORT: usize = 16;
    if words.len() <= SHORT {
        return words.iter().fold(BigUint::from(1u8), |product, &word| product * word);
    }
    let (left, right) = words.split_at(words.len() / 2);
    product_of_halves(left) * product_of_halves(right)
}

/// The odd primes up to and including n, by the sieve of Eratosthenes over odd numbers.
fn odd_primes(n: u64) -> Vec<u64> {
    let n = usize::try_from(n).expect("a sieve of n flags must fit in memory");
    // Flag i stands for the odd number 2i + 1.
    let mut composite = vec![false; n.div_ceil(2)];
    for i in (1..).take_while(|i| (2 * i + 1) * (2 * i + 1) <= n) {
        if !composite[i] {
            let p = 2 * i + 1;
            for multiple in (p * p / 2..composite.len()).step_by(p) {
                composite[multiple] = true;
            }
        }
    }
    (1..composite.len()).filter(|&i| !composite[i]).map(|i| 2 * i as u64 + 1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_ways_agree_on_every_small_n() {
        for n in 0..600 {
            let expected = naive(n);
            assert_eq!(tree(n), expected, "tree({n})");
            assert_eq!(swing(n), expected, "swing({n})");
        }
    }

    #[test]
    fn tree_and_swing_agree_on_large_n() {
        for n in [4_095, 4_096, 9_973, 20_001] {
            assert_eq!(tree(n), swing(n), "{n}!");
        }
    }

    #[test]
    fn one_hundred_thousand_factorial_is_known() {
        let text = swing(100_000).to_string();
        assert_eq!(text.len(), 456_574);
        assert!(text.starts_with("28242294079603478742"));
        let zeros = text.len() - text.trim_end_matches('0').len();
        assert_eq!(zeros as u64, 24_999);
        assert_eq!(trailing_zeros(100_000), 24_999);
    }

    #[test]
    fn its_neighbours_have_as_many_digits_as_is_known() {
        let digits = [100_001, 100_002].map(|n| swing(n).to_string().len());
        assert_eq!(digits, [456_579, 456_584]);
    }

    #[test]
    fn the_sieve_finds_the_odd_primes_up_to_and_including_n() {
        assert_eq!(odd_primes(2), []);
        assert_eq!(odd_primes(3), [3]);
        assert_eq!(odd_primes(31), [3, 5, 7, 11, 13, 17, 19, 23, 29, 31]);
        assert_eq!(odd_primes(100_000).len(), 9_591);
    }
}
