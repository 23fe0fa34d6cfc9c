//! The plain search: every run there is, or every run that costs at most so much.
//!
//! Without a bound it is the reference that the reduced search is held against. With a bound on
//! preemptions it finds the failing run that is easiest to follow: most faults need only one or
//! two. Source: Musuvathi, Qadeer, *Iterative context bounding for systematic testing of
//! multithreaded programs* (PLDI 2007). Stale reads and failures for nothing cost as much as a
//! preemption, since they ask as much of the reader.

use crate::op::{Tid, Verb};
use crate::scene::Scene;
use crate::set::ThreadSet;
use crate::strategy::{FIRST_WAYS, Pick, Pressing, Question, Strategy};

/// A choice, with what each alternative costs.
struct Choice {
    alternatives: Vec<(usize, usize)>,
    chosen: usize,
    /// What the choices before this one have cost.
    spent: usize,
}

/// The branch of the tree that is being explored.
pub(crate) struct Bounded {
    nodes: Vec<Choice>,
    depth: usize,
    spent: usize,
    bound: Option<usize>,
    pressing: Pressing,
}

impl Bounded {
    /// Explores the runs that cost no more than `bound`, or all.
    pub(crate) fn new(bound: Option<usize>) -> Self {
        Bounded { nodes: vec![], depth: 0, spent: 0, bound, pressing: Pressing::default() }
    }

    fn choose(&mut self, alternatives: &[(usize, usize)]) -> Option<usize> {
        if self.depth == self.nodes.len() {
            let spent = self.spent;
            self.nodes.push(Choice { alternatives: alternatives.to_vec(), chosen: 0, spent });
        }
        let node = &self.nodes[self.depth];
        if node.alternatives != alternatives {
            return None;
        }
        let (choice, cost) = alternatives[node.chosen];
        self.depth += 1;
        self.spent += cost;
        Some(choice)
    }
}

impl Strategy for Bounded {
    fn pick(&mut self, scene: &Scene, enabled: ThreadSet, last: Tid) -> Pick {
        // When a thread begins is noticed by nobody: in a search for all runs it need not wait.
        let begins = |&thread: &Tid| scene.actors[thread].pending.verb == Verb::Begin;
        let beginner = enabled.iter().find(begins).filter(|_| self.bound.is_none());
        if let Some(thread) = beginner {
            return Pick::Go { thread, node: None };
        }
        let goes_on = enabled.contains(last);
        let gives_way = scene.actors[last].pending.verb == Verb::Yield;
        let cost = usize::from(goes_on && !gives_way);
        let first = goes_on.then_some((last, 0));
        let others = enabled.iter().filter(|&thread| thread != last);
        let others = others.map(|thread| (thread, cost));
        let alternatives: Vec<_> = first.into_iter().chain(others).collect();
        match self.choose(&alternatives) {
            Some(thread) => Pick::Go { thread, node: None },
            None => Pick::Diverged,
        }
    }

    fn answer(&mut self, scene: &Scene, question: Question, among: usize) -> Option<usize> {
        let cost = usize::from(question.is_odd());
        let price = |choice| (choice, if choice == 0 { 0 } else { cost });
        let is_about_a_loop = question == Question::WaitOrPressOn;
        let known = self.nodes.get(self.depth).map_or(FIRST_WAYS, |node| node.alternatives.len());
        let among = if is_about_a_loop { known } else { among };
        let chosen = self.choose(&(0..among).map(price).collect::<Vec<_>>())?;
        if is_about_a_loop {
            self.pressing.note(scene, chosen, self.depth - 1);
        }
        Some(chosen)
    }

    fn gave_up(&mut self, thread: Tid) {
        if let Some(node) = self.pressing.node_of(thread) {
            self.nodes[node].alternatives.truncate(FIRST_WAYS);
            self.nodes[node].alternatives.push((FIRST_WAYS, 0));
        }
    }

    fn next_run(&mut self) -> bool {
        self.depth = 0;
        self.spent = 0;
        self.pressing.clear();
        while let Some(node) = self.nodes.last_mut() {
            let affordable = |(_, cost): &(usize, usize)| {
                self.bound.is_none_or(|bound| node.spent + cost <= bound)
            };
            let next = node.chosen + 1;
            let found = node.alternatives[next..].iter().position(affordable);
            if let Some(ahead) = found {
                node.chosen = next + ahead;
                return true;
            }
            self.nodes.pop();
        }
        false
    }
}
