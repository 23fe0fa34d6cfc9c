//! The games of `cargo xtask play`: each can be lost, and is proved not to be once it is fixed.
//!
//! This is also where they are played: asked from outside, `check` answers with positions instead.

extern crate interleave as std;

/// For each game: the fault that its broken half can be brought to. Both halves become tests.
macro_rules! games {
    ($($game:ident: $fault:literal)*) => {
        $(mod $game;)*

        mod broken {$(
            #[test]
            #[should_panic(expected = $fault)]
            fn $game() {
                std::check(crate::$game::broken);
            }
        )*}

        mod fixed {$(
            #[test]
            fn $game() {
                std::check(crate::$game::fixed);
            }
        )*}
    };
}

games! {
    lost_update: "✗ lost update"
    deadlock: "✗ deadlock"
    condvar: "✗ lost wake-up"
    philosophers: "✗ deadlock"
    livelock: "✗ panic"
    barrier: "✗ broken invariant"
    stale_flag: "✗ stale read"
    async_lost_update: "✗ lost update"
}
