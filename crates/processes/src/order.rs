//! One order of the factorial lesson: which number, how to multiply, what the answer looks like in the pipe.

use clap::ValueEnum;
use num_bigint::BigUint;
use tracing::info_span;

use crate::factorial::{naive, swing, tree};
use crate::job::Wire;

/// How to multiply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Algo {
    /// One number after the other
    Naive,
    /// By halves
    Tree,
    /// From the prime factors
    Swing,
}

/// What an answer looks like in the pipe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Transport {
    /// Eight bits to a byte
    Binary,
    /// One decimal digit to a byte
    Decimal,
}

/// One order, as it goes through the pipe: eleven bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// The number to take the factorial of.
    pub n: u64,
    /// How to multiply.
    pub algo: Algo,
    /// What the answer should look like.
    pub transport: Transport,
    /// Whether the worker dies of it.
    pub deadly: bool,
}

impl Order {
    /// The factorial asked for, as `factorial` in the timeline.
    #[must_use]
    pub fn compute(&self) -> BigUint {
        let _span = info_span!("factorial", n = self.n).entered();
        match self.algo {
            Algo::Naive => naive(self.n),
            Algo::Tree => tree(self.n),
            Algo::Swing => swing(self.n),
        }
    }

    /// The number in the bytes asked for.
    #[must_use]
    pub fn pack(&self, number: &BigUint) -> Vec<u8> {
        match self.transport {
            Transport::Binary => number.to_bytes_le(),
            Transport::Decimal => number.to_string().into_bytes(),
        }
    }

    /// An answer as decimal text: converted here, unless the worker has done it.
    ///
    /// # Panics
    ///
    /// When the answer was not packed for this order.
    #[must_use]
    pub fn text(&self, answer: &[u8]) -> String {
        match self.transport {
            Transport::Binary => BigUint::from_bytes_le(answer).to_string(),
            Transport::Decimal => String::from_utf8(answer.to_vec()).expect("digits are text"),
        }
    }
}

impl Wire for Order {
    fn encode(&self) -> Vec<u8> {
        let mut bytes = self.n.to_le_bytes().to_vec();
        bytes.extend([self.algo as u8, self.transport as u8, u8::from(self.deadly)]);
        bytes
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        let (n, &[algo, transport, deadly]) = bytes.split_first_chunk()? else { return None };
        Some(Self {
            n: u64::from_le_bytes(*n),
            algo: *Algo::value_variants().get(usize::from(algo))?,
            transport: *Transport::value_variants().get(usize::from(transport))?,
            deadly: deadly != 0,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_order_survives_the_journey() {
        for &algo in Algo::value_variants() {
            for &transport in Transport::value_variants() {
                for deadly in [false, true] {
                    let order = Order { n: u64::MAX, algo, transport, deadly };
                    assert_eq!(order.encode().len(), 11);
                    assert_eq!(Order::decode(&order.encode()), Some(order));
                }
            }
        }
    }

    #[test]
    fn bytes_that_are_no_order_are_refused() {
        assert_eq!(Order::decode(&[0; 10]), None);
        assert_eq!(Order::decode(&[0; 12]), None);
        assert_eq!(Order::decode(&[0, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0]), None);
    }

    #[test]
    fn every_answer_is_the_same_text_however_it_was_made_and_sent() {
        for &algo in Algo::value_variants() {
            for &transport in Transport::value_variants() {
                let order = Order { n: 20, algo, transport, deadly: false };
                let answer = order.pack(&order.compute());
                assert_eq!(order.text(&answer), "2432902008176640000");
            }
        }
    }
}
