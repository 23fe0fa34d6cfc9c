//! Holds `interleave` against the tools that professionals use, loom and shuttle, on the same programs.
//!
//! A package of its own, so that nobody who uses `interleave` builds them. The test compares sets of
//! outcomes where loom is right; the bench `schedules` shows what each tool needs for the same verdicts.
