//! One product of two square matrices, three ways to compute it: two loop orders, and all cores.

use std::str::FromStr;

use rayon::prelude::*;
use tracing::info_span;

/// A square matrix, row after row in one block of memory.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    /// Rows, and columns.
    n: usize,
    cells: Vec<f64>,
}

/// Which loop is inside which, from the outside in: row `i`, column `j`, and `k` along both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loops {
    /// As on paper: finish one cell, then the next. Every step of `k` is a row further down in the right matrix.
    Ijk,
    /// Add whole rows. Every step of `j` is the next number in memory, in all three matrices.
    Ikj,
}

impl FromStr for Loops {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        match name {
            "ijk" => Ok(Self::Ijk),
            "ikj" => Ok(Self::Ikj),
            _ => Err("no such order of the loops; try ijk or ikj".to_owned()),
        }
    }
}

impl Matrix {
    /// A matrix of small whole numbers, different for every `seed`.
    ///
    /// Sums of products of whole numbers below 10 are exact in an `f64` for every `n` that fits in memory. So
    /// the order of adding makes no difference, and two products can be compared with `==`.
    pub fn whole_numbers(n: usize, seed: u64) -> Self {
        // Knuth's MMIX constants for a linear congruential generator (The Art of Computer Programming 2, 3.3.4).
        let step = |state: u64| {
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407)
        };
        // The high bits, since the low ones of such a generator repeat soon.
        let mut state = seed;
        let next = || {
            state = step(state);
            ((state >> 33) % 10) as f64
        };
        Self { n, cells: std::iter::repeat_with(next).take(n * n).collect() }
    }

    /// The product, on this thread.
    ///
    /// # Panics
    ///
    /// When the sizes differ.
    pub fn times(&self, right: &Self, loops: Loops) -> Self {
        let mut product = self.empty_product(right);
        self.fill_rows(right, loops, 0, &mut product.cells);
        product
    }

    /// The product on the threads of the current rayon pool, `chunk` rows (at least 1) to a job.
    ///
    /// # Panics
    ///
    /// When the sizes differ, or `chunk` is 0.
    pub fn times_on_all_cores(&self, right: &Self, loops: Loops, chunk: usize) -> Self {
        assert!(chunk > 0, "a job needs at least one row");
        let mut product = self.empty_product(right);
        // Each job has rows of its own to write, so there is nothing to lock. An empty matrix has no rows,
        // but a chunk may not be empty.
        let jobs = product.cells.par_chunks_mut((chunk * self.n).max(1)).enumerate();
        jobs.for_each(|(job, rows)| {
            let _rows = info_span!("rows", first = job * chunk).entered();
            self.fill_rows(right, loops, job * chunk, rows);
        });
        product
    }

    /// The sum of all cells.
    pub fn sum(&self) -> f64 {
        self.cells.iter().sum()
    }

    fn empty_product(&self, right: &Self) -> Self {
        assert_eq!(self.n, right.n, "matrices of different sizes have no product here");
        Self { n: self.n, cells: vec![0.0; self.n * self.n] }
    }

    /// Fills rows of the product, the first of which is row `first`. `rows` is all zeros.
    fn fill_rows(&self, right: &Self, loops: Loops, first: usize, rows: &mut [f64]) {
        let n = self.n.max(1); // no rows to fill when `n` is 0, but a chunk may not be empty
        for (left_row, row) in self.cells.chunks(n).skip(first).zip(rows.chunks_mut(n)) {
            match loops {
                Loops::Ijk => {
                    for (j, cell) in row.iter_mut().enumerate() {
                        for (k, left) in left_row.iter().enumerate() {
                            *cell += left * right.cells[k * n + j];
                        }
                    }
                }
                Loops::Ikj => {
                    for (left, right_row) in left_row.iter().zip(right.cells.chunks(n)) {
                        for (cell, right) in row.iter_mut().zip(right_row) {
                            *cell += left * right;
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(n: usize, cells: &[f64]) -> Matrix {
        assert_eq!(cells.len(), n * n);
        Matrix { n, cells: cells.to_vec() }
    }

    #[test]
    fn a_product_is_rows_by_columns() {
        let left = square(2, &[1.0, 2.0, 3.0, 4.0]);
        let right = square(2, &[5.0, 6.0, 7.0, 8.0]);
        let expected = square(2, &[19.0, 22.0, 43.0, 50.0]);
        for loops in [Loops::Ijk, Loops::Ikj] {
            assert_eq!(left.times(&right, loops), expected, "{loops:?}");
            assert_eq!(left.times_on_all_cores(&right, loops, 1), expected, "{loops:?}");
        }
    }

    #[test]
    fn every_way_gives_the_same_product_for_every_size_and_chunk() {
        for n in [0, 1, 2, 7, 16, 33] {
            let (left, right) = (Matrix::whole_numbers(n, 1), Matrix::whole_numbers(n, 2));
            let expected = left.times(&right, Loops::Ijk);
            assert_eq!(left.times(&right, Loops::Ikj), expected, "{n}");
            for (loops, chunk) in
                [(Loops::Ijk, 1), (Loops::Ikj, 1), (Loops::Ikj, 5), (Loops::Ikj, 99)]
            {
                let product = left.times_on_all_cores(&right, loops, chunk);
                assert_eq!(product, expected, "{n} {loops:?}, chunks of {chunk}");
            }
        }
    }

    #[test]
    fn the_numbers_are_whole_small_and_of_every_kind() {
        let Matrix { cells, .. } = Matrix::whole_numbers(32, 1);
        for digit in 0..10 {
            assert!(cells.contains(&f64::from(digit)), "{digit} is missing");
        }
        assert!(cells.iter().all(|cell| (0.0..10.0).contains(cell) && cell.fract() == 0.0));
        assert_ne!(Matrix::whole_numbers(32, 2).cells, cells);
    }

    #[test]
    fn an_order_of_the_loops_has_a_name() {
        assert_eq!("ijk".parse(), Ok(Loops::Ijk));
        assert_eq!("ikj".parse(), Ok(Loops::Ikj));
        assert!("kij".parse::<Loops>().is_err_and(|error| error.ends_with("try ijk or ikj")));
    }

    #[test]
    #[should_panic(expected = "different sizes")]
    fn matrices_of_different_sizes_are_refused() {
        Matrix::whole_numbers(2, 1).times(&Matrix::whole_numbers(3, 1), Loops::Ijk);
    }
}
