//! Stands for the engine that verdicts depend on.
