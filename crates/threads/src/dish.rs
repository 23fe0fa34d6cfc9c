//! Orders, the dishes that come of them and know their cook, and their way home from another kitchen: text in a pipe.

use std::collections::BTreeSet;
use std::fmt;
use std::process::{self, Child};
use std::str::FromStr;
use std::thread;

/// What an order asks of its cook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Soup on the stove: nothing to do but wait.
    Wait,
    /// Onions to chop: the cook is what is busy.
    Burn,
}

/// In the plural, as one speaks of orders.
impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if *self == Self::Wait { "waits" } else { "burns" })
    }
}

/// One order, done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dish {
    order: usize,
    /// What the work came to.
    answer: usize,
    /// The process that cooked it.
    kitchen: u32,
    /// The name of the thread that cooked it.
    cook: String,
}

impl Dish {
    /// The dish of an order that this thread has just cooked.
    pub fn served(order: usize, answer: usize) -> Self {
        let cook = thread::current().name().unwrap_or("?").to_owned();
        Self { order, answer, kitchen: process::id(), cook }
    }
}

/// One line: numbers first, then the cook, whose name may hold spaces.
impl fmt::Display for Dish {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { order, answer, kitchen, cook } = self;
        write!(f, "{order} {answer} {kitchen} {cook}")
    }
}

impl FromStr for Dish {
    type Err = String;

    fn from_str(line: &str) -> Result<Self, String> {
        let read = || {
            let mut words = line.splitn(4, ' ');
            let order = words.next()?.parse().ok()?;
            let answer = words.next()?.parse().ok()?;
            let kitchen = words.next()?.parse().ok()?;
            Some(Self { order, answer, kitchen, cook: words.next()?.to_owned() })
        };
        read().ok_or_else(|| format!("{line:?} is no dish: order, answer, kitchen, cook"))
    }
}

/// How many threads, in how many processes, cooked these dishes.
///
/// # Panics
///
/// When they are not `orders` orders with the numbers from 0 on, each cooked once; or when their answers differ,
/// since equal work has equal answers.
pub fn count_cooks(dishes: &[Dish], orders: usize) -> (usize, usize) {
    let mut cooked: Vec<_> = dishes.iter().map(|dish| dish.order).collect();
    cooked.sort_unstable();
    assert!(cooked.into_iter().eq(0..orders), "every order is cooked once");
    assert!(dishes.iter().all(|dish| dish.answer == dishes[0].answer), "equal work, equal answers");
    let cooks: BTreeSet<_> = dishes.iter().map(|dish| (dish.kitchen, &dish.cook)).collect();
    let kitchens: BTreeSet<_> = dishes.iter().map(|dish| dish.kitchen).collect();
    (cooks.len(), kitchens.len())
}

/// In a kitchen next door: writes the dishes to stdout, a line each, and a timeline after a blank line.
pub fn send_home(dishes: &[Dish], timeline: &str) {
    print!("{}", as_text(dishes, timeline));
}

fn as_text(dishes: &[Dish], timeline: &str) -> String {
    let lines: String = dishes.iter().map(|dish| format!("{dish}\n")).collect();
    format!("{lines}\n{timeline}")
}

/// The dishes of a kitchen next door, and its timeline: bytes, since nothing else crosses the street.
///
/// # Panics
///
/// When the kitchen fails, or what it wrote is not what [`send_home`] writes.
pub fn bring_home(kitchen: Child) -> (Vec<Dish>, String) {
    let pid = kitchen.id();
    let output = kitchen.wait_with_output().expect("a child can be waited for");
    assert!(output.status.success(), "kitchen {pid} ended with {}", output.status);
    let text = String::from_utf8(output.stdout).expect("a kitchen writes text");
    let (dishes, timeline) = text.split_once("\n\n").expect("a blank line ends the dishes");
    let dishes = dishes.lines().map(|line| line.parse().expect("a dish is four words"));
    (dishes.collect(), timeline.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_are_spoken_of_in_the_plural() {
        assert_eq!([Kind::Wait, Kind::Burn].map(|kind| kind.to_string()), ["waits", "burns"]);
    }

    #[test]
    fn a_dish_crosses_the_street_unharmed() {
        let dish = Dish { order: 7, answer: 168, kitchen: 42, cook: "cook number 3".into() };
        assert_eq!(dish.to_string().parse(), Ok(dish));
    }

    #[test]
    fn a_line_that_is_no_dish_is_refused() {
        for line in ["", "1 2 3", "1 2 kitchen main"] {
            let refusal = line.parse::<Dish>().expect_err(line);
            assert!(refusal.ends_with("is no dish: order, answer, kitchen, cook"), "{refusal}");
        }
    }

    #[test]
    fn cooks_of_one_name_in_two_kitchens_are_two_cooks() {
        let dish =
            |order, kitchen, cook: &str| Dish { order, answer: 4, kitchen, cook: cook.into() };
        let dishes = [dish(2, 1, "main"), dish(0, 2, "main"), dish(1, 1, "cook 1")];
        assert_eq!(count_cooks(&dishes, 3), (3, 2));
    }

    #[test]
    #[should_panic(expected = "every order is cooked once")]
    fn an_order_cooked_twice_is_noticed() {
        count_cooks(&[Dish::served(0, 4), Dish::served(0, 4)], 2);
    }

    #[test]
    #[should_panic(expected = "equal answers")]
    fn a_wrong_answer_is_noticed() {
        count_cooks(&[Dish::served(0, 4), Dish::served(1, 5)], 2);
    }

    #[cfg(unix)]
    #[test]
    fn what_another_process_sends_arrives() {
        use std::process::{Command, Stdio};
        let dishes = [Dish::served(0, 4), Dish::served(1, 4)];
        let mut kitchen = Command::new("printf");
        kitchen.args(["%s", &as_text(&dishes, "bars\n\nmore bars")]).stdout(Stdio::piped());
        let home = bring_home(kitchen.spawn().expect("printf is everywhere"));
        assert_eq!(home, (dishes.to_vec(), "bars\n\nmore bars".to_owned()));
    }
}
