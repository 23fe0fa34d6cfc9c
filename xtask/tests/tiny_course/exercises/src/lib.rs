//! What judges share: nothing yet.
