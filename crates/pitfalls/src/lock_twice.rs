//! Ways to take one lock twice in a row: some wait for themselves, and do not look like it.
//!
//! A guard lives until the end of its variable's block. A guard without a variable, a *temporary*, lives
//! until the end of the statement it is made in, and that may be longer than it looks.

use interleave::sync::Mutex;

/// The pass, with the dishes on it. All ways here begin with an empty one.
pub type Pass = Mutex<Vec<String>>;

/// A way to take the lock twice, by its name.
pub type Way = (&'static str, fn(&Pass));

/// A function with the lock in hand calls another.
pub const HELPERS: [Way; 2] = [
    ("helper_locks_again", helper_locks_again),
    ("helper_is_handed_the_dishes", helper_is_handed_the_dishes),
];

/// The first guard is a temporary.
pub const TEMPORARIES: [Way; 4] = [
    ("one_statement", one_statement),
    ("match_arm", match_arm),
    ("if_let_else", if_let_else),
    ("let_first", let_first),
];

/// Wrong: the helper takes a lock that its caller holds.
pub fn helper_locks_again(pass: &Pass) {
    let dishes = pass.lock().unwrap();
    if dishes.is_empty() {
        cook(pass);
    }
}

fn cook(pass: &Pass) {
    pass.lock().unwrap().push("soup".to_owned());
}

/// Right: the helper is handed what the lock guards, and has no lock to take.
pub fn helper_is_handed_the_dishes(pass: &Pass) {
    let mut dishes = pass.lock().unwrap();
    if dishes.is_empty() {
        cook_onto(&mut dishes);
    }
}

fn cook_onto(dishes: &mut Vec<String>) {
    dishes.push("soup".to_owned());
}

/// Wrong: the first guard lives to the end of the statement, which is after the second `lock`.
pub fn one_statement(pass: &Pass) {
    let _text = format!("{} {}", pass.lock().is_ok(), pass.lock().is_ok());
}

/// Wrong: a `match` is one statement, arms and all.
pub fn match_arm(pass: &Pass) {
    match pass.lock().unwrap().pop() {
        Some(dish) => drop(dish),
        None => cook(pass),
    }
}

/// Right since the edition of 2024, in which `else` begins without the guard; wrong before.
pub fn if_let_else(pass: &Pass) {
    if let Some(dish) = pass.lock().unwrap().pop() {
        drop(dish);
    } else {
        cook(pass);
    }
}

/// Right in every edition: the statement with the guard is over before the next one begins.
pub fn let_first(pass: &Pass) {
    let dish = pass.lock().unwrap().pop();
    match dish {
        Some(dish) => drop(dish),
        None => cook(pass),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use interleave::{Explorer, FaultKind};

    #[test]
    fn the_wrong_ways_wait_for_themselves_and_the_right_ones_do_not() {
        let waits_for_itself = |(_, way): &Way| {
            let way = *way;
            let report = Explorer::new().explore(move || way(&Pass::default()));
            report.fault.is_some_and(|fault| fault.kind == FaultKind::Deadlock)
        };
        assert_eq!(HELPERS.each_ref().map(waits_for_itself), [true, false]);
        assert_eq!(TEMPORARIES.each_ref().map(waits_for_itself), [true, true, false, false]);
    }
}
