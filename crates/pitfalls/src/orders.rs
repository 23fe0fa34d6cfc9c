//! Every order in which a few cooks can take their steps, by trying them all.

use std::collections::HashMap;
use std::hash::Hash;

/// What becomes of all possible orders of a small program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// How many orders there are.
    pub orders: u64,
    /// How many of them end badly.
    pub bad: u64,
}

/// A program whose every order can be tried: some cooks, and what one step of one cook does.
pub trait Program: Clone + Eq + Hash {
    /// How many cooks take part.
    fn cooks(&self) -> usize;
    /// Whether this cook has a step left, and it is possible now. A lock held by another makes it impossible.
    fn can_step(&self, cook: usize) -> bool;
    /// Does the cook's next step.
    fn step(&mut self, cook: usize);
    /// Whether it is bad that the program stands like this when nobody can step.
    fn ended_badly(&self) -> bool;
}

/// Tries every order of the program's steps.
///
/// Different beginnings often lead to the same state of affairs; what follows from it is tried once.
pub fn try_all<P: Program>(program: &P) -> Tally {
    try_from_here(program, &mut HashMap::new())
}

fn try_from_here<P: Program>(program: &P, known: &mut HashMap<P, Tally>) -> Tally {
    if let Some(tally) = known.get(program) {
        return *tally;
    }
    let able: Vec<_> = (0..program.cooks()).filter(|cook| program.can_step(*cook)).collect();
    let mut tally = Tally::default();
    for cook in &able {
        let mut next = program.clone();
        next.step(*cook);
        let rest = try_from_here(&next, known);
        tally.orders += rest.orders;
        tally.bad += rest.bad;
    }
    if able.is_empty() {
        tally = Tally { orders: 1, bad: u64::from(program.ended_badly()) };
    }
    known.insert(program.clone(), tally);
    tally
}

/// Each cook rings up some sales: reads the till, then writes back what it read plus one, and so on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ReadThenWrite {
    till: usize,
    sales: usize,
    /// What each cook has read, once it has; `None` again when it has written.
    read: Vec<Option<usize>>,
    written: Vec<usize>,
}

impl ReadThenWrite {
    /// `cooks` cooks before the first of their `sales` each, and an empty till.
    #[must_use]
    pub fn new(cooks: usize, sales: usize) -> Self {
        Self { till: 0, sales, read: vec![None; cooks], written: vec![0; cooks] }
    }
}

impl Program for ReadThenWrite {
    fn cooks(&self) -> usize {
        self.read.len()
    }

    fn can_step(&self, cook: usize) -> bool {
        self.written[cook] < self.sales
    }

    fn step(&mut self, cook: usize) {
        match self.read[cook].take() {
            None => self.read[cook] = Some(self.till),
            Some(read) => {
                self.till = read + 1;
                self.written[cook] += 1;
            }
        }
    }

    fn ended_badly(&self) -> bool {
        self.till < self.cooks() * self.sales
    }
}

/// Each cook takes two tools, one after the other, and then puts both back, the last one first.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TwoTools {
    wants: Vec<[usize; 2]>,
    /// How many steps each cook has done: take, take, put, put.
    done: Vec<usize>,
    holder: Vec<Option<usize>>,
}

impl TwoTools {
    /// A cook for each pair of tools, taken in the pair's order; tools are numbered from 0.
    #[must_use]
    pub fn new(wants: Vec<[usize; 2]>) -> Self {
        let tools = wants.iter().flatten().max().map_or(0, |last| last + 1);
        Self { done: vec![0; wants.len()], holder: vec![None; tools], wants }
    }

    /// As many tools as cooks, one between each two; everybody takes the left one first, or the lower one.
    #[must_use]
    pub fn around_a_table(cooks: usize, lower_first: bool) -> Self {
        let mut wants: Vec<_> = (0..cooks).map(|cook| [cook, (cook + 1) % cooks]).collect();
        if lower_first {
            wants.iter_mut().for_each(|tools| tools.sort_unstable());
        }
        Self::new(wants)
    }
}

impl Program for TwoTools {
    fn cooks(&self) -> usize {
        self.wants.len()
    }

    fn can_step(&self, cook: usize) -> bool {
        match self.done[cook] {
            taken @ 0..2 => self.holder[self.wants[cook][taken]].is_none(),
            done => done < 4,
        }
    }

    fn step(&mut self, cook: usize) {
        let [first, second] = self.wants[cook];
        match self.done[cook] {
            0 => self.holder[first] = Some(cook),
            1 => self.holder[second] = Some(cook),
            2 => self.holder[second] = None,
            _ => self.holder[first] = None,
        }
        self.done[cook] += 1;
    }

    fn ended_badly(&self) -> bool {
        self.done.iter().any(|done| *done < 4)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn factorial(n: usize) -> u64 {
        (1..=n as u64).product()
    }

    /// How many ways there are to mix what `cooks` cooks do, `each` things one after the other.
    fn ways_to_mix(cooks: usize, each: usize) -> u64 {
        factorial(cooks * each) / factorial(each).pow(cooks as u32)
    }

    #[test]
    fn of_all_orders_only_those_lose_nothing_in_which_no_sale_is_interrupted() {
        for (cooks, sales) in [(2, 1), (3, 1), (4, 1), (2, 2), (2, 3), (3, 2)] {
            let tally = try_all(&ReadThenWrite::new(cooks, sales));
            assert_eq!(tally.orders, ways_to_mix(cooks, 2 * sales), "{cooks} cooks, {sales} sales");
            assert_eq!(tally.orders - tally.bad, ways_to_mix(cooks, sales));
        }
    }

    #[test]
    fn the_orders_of_two_three_and_four_cooks_are_those_of_the_lesson() {
        let tallies = [2, 3, 4].map(|cooks| try_all(&ReadThenWrite::new(cooks, 1)));
        let numbers = tallies.map(|tally| (tally.bad, tally.orders));
        assert_eq!(numbers, [(4, 6), (84, 90), (2_496, 2_520)]);
    }

    #[test]
    fn two_cooks_who_reach_crosswise_get_stuck_in_two_of_six_orders() {
        assert_eq!(try_all(&TwoTools::around_a_table(2, false)), Tally { orders: 6, bad: 2 });
    }

    #[test]
    fn two_cooks_with_one_order_of_tools_never_get_stuck() {
        assert_eq!(try_all(&TwoTools::around_a_table(2, true)), Tally { orders: 2, bad: 0 });
    }

    #[test]
    fn one_cook_who_turns_round_frees_the_whole_table() {
        assert!(try_all(&TwoTools::around_a_table(5, false)).bad > 0);
        assert_eq!(try_all(&TwoTools::around_a_table(5, true)).bad, 0);
        let turned = vec![[1, 0], [1, 2], [2, 3], [3, 4], [4, 0]];
        assert_eq!(try_all(&TwoTools::new(turned)).bad, 0);
    }
}
