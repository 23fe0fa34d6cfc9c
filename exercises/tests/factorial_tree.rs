//! Judges `factorial_tree`: its values, and how deep its multiplications are nested.

#[path = "../processes/factorial_tree.rs"]
mod exercise;

use std::ops::Mul;

use exercise::factorial_tree;
use num_bigint::BigUint;

/// Not a number, but how it was made: the longest chain of multiplications below it.
struct Depth(u32);

impl From<u64> for Depth {
    fn from(_: u64) -> Self {
        Self(0)
    }
}

impl Mul for Depth {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        Self(self.0.max(other.0) + 1)
    }
}

fn in_a_loop(n: u64) -> BigUint {
    (1..=n).fold(BigUint::from(1u8), |product, factor| product * factor)
}

#[test]
fn zero_and_one_factorial_are_one() {
    for n in [0, 1] {
        assert_eq!(factorial_tree::<BigUint>(n), BigUint::from(1u8), "{n}! is 1");
    }
}

#[test]
fn every_small_factorial_is_right() {
    for n in 2..300 {
        assert!(
            factorial_tree::<BigUint>(n) == in_a_loop(n),
            "{n}! is not what a plain loop computes"
        );
    }
}

#[test]
fn a_thousand_factorial_is_right() {
    let text = factorial_tree::<BigUint>(1_000).to_string();
    assert_eq!(text.len(), 2_568, "1000! has 2,568 digits");
    let zeros = text.len() - text.trim_end_matches('0').len();
    assert_eq!(
        zeros,
        200 + 40 + 8 + 1,
        "1000! ends with ⌊1000/5⌋ + ⌊1000/25⌋ + … zeros (Legendre)"
    );
    assert!(factorial_tree::<BigUint>(1_000) == in_a_loop(1_000), "1000! has a wrong digit");
}

#[test]
fn the_multiplications_form_a_tree() {
    for n in [64, 1_000, 4_097, 100_000] {
        let Depth(depth) = factorial_tree::<Depth>(n);
        // Room for a short loop at the leaves, and for halves that are not quite equal.
        let allowed = 2 * n.ilog2() + 16;
        assert!(
            depth <= allowed,
            "for {n}! one number goes through {depth} multiplications, one after the other; in a tree \
             of halves it is about {}",
            n.ilog2()
        );
    }
}
