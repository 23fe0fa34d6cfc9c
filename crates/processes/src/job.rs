//! What both ends of a pipe agree on: a job's name, its function, and how values become bytes.

use num_bigint::BigUint;

/// A value that can travel through a pipe.
///
/// Both ends are the same program, so there is no version to check and no schema to write. When the
/// other end is another program, use `serde` with a format such as `postcard`.
pub trait Wire: Sized {
    /// The value as bytes.
    fn encode(&self) -> Vec<u8>;

    /// The value these bytes stand for, or `None` when they stand for none.
    fn decode(bytes: &[u8]) -> Option<Self>;
}

impl Wire for Vec<u8> {
    fn encode(&self) -> Vec<u8> {
        self.clone()
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        Some(bytes.to_vec())
    }
}

impl Wire for String {
    fn encode(&self) -> Vec<u8> {
        self.as_bytes().to_vec()
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        String::from_utf8(bytes.to_vec()).ok()
    }
}

impl Wire for u64 {
    fn encode(&self) -> Vec<u8> {
        self.to_le_bytes().to_vec()
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        Some(Self::from_le_bytes(bytes.try_into().ok()?))
    }
}

impl Wire for BigUint {
    fn encode(&self) -> Vec<u8> {
        self.to_bytes_le()
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        Some(Self::from_bytes_le(bytes))
    }
}

/// Work that a worker process can be asked for: a name both sides know and the function behind it.
///
/// A function cannot travel through a pipe. Python's `Pool` sends its *name* and imports it on the
/// other side; here the name is sent once, when the worker starts.
#[derive(Debug)]
pub struct Job<Q, A> {
    /// How the worker is told which job is meant.
    pub name: &'static str,
    /// The work itself.
    pub run: fn(Q) -> A,
}

/// A [`Job`] whose types are forgotten, so that jobs of different types fit in one list.
pub trait AnyJob: Sync {
    /// The job's name.
    fn name(&self) -> &'static str;

    /// Decodes a request, does the work, encodes the answer.
    ///
    /// # Panics
    ///
    /// When the bytes are no request of this job, or the job itself panics.
    fn answer(&self, request: &[u8]) -> Vec<u8>;
}

impl<Q: Wire, A: Wire> AnyJob for Job<Q, A> {
    fn name(&self) -> &'static str {
        self.name
    }

    fn answer(&self, request: &[u8]) -> Vec<u8> {
        let Some(request) = Q::decode(request) else {
            panic!(
                "{} bytes arrived that are no request of the job `{}`",
                request.len(),
                self.name
            );
        };
        (self.run)(request).encode()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn travels<T: Wire + PartialEq + std::fmt::Debug>(value: T) {
        assert_eq!(T::decode(&value.encode()), Some(value));
    }

    #[test]
    fn values_survive_the_journey() {
        travels(u64::MAX);
        travels(String::from("crème brûlée"));
        travels(vec![0u8, 255, 10]);
        travels(BigUint::from(0u8));
        travels(BigUint::from(u128::MAX));
    }

    #[test]
    fn bytes_of_another_type_are_refused() {
        assert_eq!(u64::decode(&[1, 2, 3]), None);
        assert_eq!(String::decode(&[0xff]), None);
    }
}
