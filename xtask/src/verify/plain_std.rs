//! Stands in for `interleave` where a judge is run without it: the real `std`, and `check` makes one
//! plain run. It shows what a test notices that is run once and hopes.

pub use ::std::*;

/// One plain run: what it shows is up to luck.
pub fn check(body: impl Fn() + Send + Sync + 'static) -> Report {
    Explorer::new().check(body)
}

/// What one plain run has found out: that it did not fail.
#[derive(Clone, Debug)]
pub struct Report {
    /// Always one.
    pub runs: u64,
    /// Never: one run is not all of them.
    pub complete: bool,
}

/// The settings that a judge may ask for mean nothing to a single run.
#[derive(Clone, Debug, Default)]
pub struct Explorer(());

impl Explorer {
    /// There is nothing to set.
    pub fn new() -> Self {
        Self(())
    }

    /// One run is made in any case.
    pub fn max_runs(self, _: u64) -> Self {
        self
    }

    /// The real `std` counts no steps.
    pub fn max_steps(self, _: usize) -> Self {
        self
    }

    /// The real `std` wakes whom it likes.
    pub fn spurious_wakes(self, _: usize) -> Self {
        self
    }

    /// One plain run.
    pub fn check(&self, body: impl Fn() + Send + Sync + 'static) -> Report {
        body();
        Report { runs: 1, complete: false }
    }
}
