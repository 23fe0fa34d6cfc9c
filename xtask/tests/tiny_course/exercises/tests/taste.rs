//! Judges `taste`: three times it must be.

#[path = "../threads/taste.rs"]
mod exercise;

#[test]
fn three_times_it_is() {
    assert_eq!(exercise::taste(), 3, "the guest asked for three");
}
