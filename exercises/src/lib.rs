//! What judges share.
