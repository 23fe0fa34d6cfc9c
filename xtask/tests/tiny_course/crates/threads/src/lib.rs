//! A chapter with nothing to reuse.
