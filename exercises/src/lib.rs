//! What judges share.

pub mod crowd;
