//! Every order in which a few cooks can take their steps, by trying them all.

/// What becomes of all possible orders of a small program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// How many orders there are.
    pub orders: usize,
    /// How many of them end badly.
    pub bad: usize,
}

/// A program whose every order can be tried: some cooks, and what one step of one cook does.
pub trait Program: Clone {
    /// How many cooks take part.
    fn cooks(&self) -> usize;
    /// Whether this cook has a step left, and it is possible now. A lock held by another makes it impossible.
    fn can_step(&self, cook: usize) -> bool;
    /// Does the cook's next step.
    fn step(&mut self, cook: usize);
    /// Whether it is bad that the program stands like this when nobody can step.
    fn ended_badly(&self) -> bool;
}

/// Tries every order from here on.
///
/// The number of orders grows faster than exponentially: keep to four cooks with two steps each.
pub fn try_all(program: &impl Program) -> Tally {
    let able: Vec<_> = (0..program.cooks()).filter(|cook| program.can_step(*cook)).collect();
    if able.is_empty() {
        return Tally { orders: 1, bad: usize::from(program.ended_badly()) };
    }
    let mut tally = Tally::default();
    for cook in able {
        let mut next = program.clone();
        next.step(cook);
        let rest = try_all(&next);
        tally.orders += rest.orders;
        tally.bad += rest.bad;
    }
    tally
}

/// Each cook reads the till, then writes back what it read plus one.
#[derive(Debug, Clone)]
pub struct ReadThenWrite {
    till: usize,
    /// What each cook has read, once it has; `None` again when it has written.
    read: Vec<Option<usize>>,
    written: Vec<bool>,
}

impl ReadThenWrite {
    /// `cooks` cooks before their first step, and an empty till.
    #[must_use]
    pub fn new(cooks: usize) -> Self {
        Self { till: 0, read: vec![None; cooks], written: vec![false; cooks] }
    }
}

impl Program for ReadThenWrite {
    fn cooks(&self) -> usize {
        self.read.len()
    }

    fn can_step(&self, cook: usize) -> bool {
        !self.written[cook]
    }

    fn step(&mut self, cook: usize) {
        match self.read[cook].take() {
            None => self.read[cook] = Some(self.till),
            Some(read) => {
                self.till = read + 1;
                self.written[cook] = true;
            }
        }
    }

    fn ended_badly(&self) -> bool {
        self.till < self.cooks()
    }
}

/// Each cook takes two tools, one after the other, and then puts both back, the last one first.
#[derive(Debug, Clone)]
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

    /// With r ways to mix, (2n)!/2ⁿ of them; only n! of them, one cook after the other, lose nothing.
    #[test]
    fn reading_then_writing_loses_in_all_orders_but_one_cook_after_the_other() {
        let factorial = |n: usize| (1..=n).product::<usize>();
        for cooks in 2..=4 {
            let tally = try_all(&ReadThenWrite::new(cooks));
            assert_eq!(tally.orders, factorial(2 * cooks) / 2_usize.pow(cooks as u32));
            assert_eq!(tally.orders - tally.bad, factorial(cooks));
        }
    }

    #[test]
    fn two_cooks_who_reach_crosswise_get_stuck_in_two_of_six_orders() {
        assert_eq!(try_all(&TwoTools::new(vec![[0, 1], [1, 0]])), Tally { orders: 6, bad: 2 });
    }

    #[test]
    fn two_cooks_with_one_order_of_tools_never_get_stuck() {
        assert_eq!(try_all(&TwoTools::new(vec![[0, 1], [0, 1]])), Tally { orders: 2, bad: 0 });
    }
}
