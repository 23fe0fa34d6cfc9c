//! The guide.
fn main() {}
