//! Draws records as a picture that fits light and dark pages.

use crate::record::Record;

mod drawing;

/// The records as one SVG, one below the other, each under its title.
///
/// Its colours follow the reader's light or dark setting, also inside an `<img>`.
#[must_use]
pub fn draw(records: &[Record]) -> String {
    drawing::Drawing::of(records).finish()
}

#[cfg(test)]
mod tests;
