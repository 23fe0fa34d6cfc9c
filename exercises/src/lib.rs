//! What judges share.

pub mod crowd;
pub mod meeting;
pub mod patience;
