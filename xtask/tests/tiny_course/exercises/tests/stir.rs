//! Judges `stir`: three times it must be.

#[path = "../threads/stir.rs"]
mod exercise;

#[test]
fn three_times_it_is() {
    assert_eq!(exercise::stir(), 3, "the guest asked for three");
}
