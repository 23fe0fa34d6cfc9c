//! Chapter 3, async: one cook who never stands waiting.
