//! The search that leaves out what cannot matter: source-DPOR with sleep sets.
//!
//! Two runs that differ only in the order of steps that do not conflict end the same, so one of
//! them is enough. The search starts from one run and looks for its races; each race asks for one
//! more run, in which it goes the other way. Sleep sets keep it from coming to the same run twice.
//!
//! Source: Abdulla, Aronis, Jonsson, Sagonas, *Optimal dynamic partial order reduction* (POPL
//! 2014), Algorithm 1.

use crate::explore::Flaw;
use crate::op::{Footprint, Tid, conflict};
use crate::race::{initials, races};
use crate::scene::Scene;
use crate::set::ThreadSet;
use crate::strategy::{FIRST_WAYS, Next, Pick, Pressing, Question, Strategy};

/// After so many steps in a row a thread lets others go first, where it makes no difference to
/// the search: a busy loop should not run to the step limit before anybody else has moved.
const LONG_ROW: usize = 100;

/// A choice in the tree of runs.
enum Node {
    Thread(Fork),
    Answer { among: usize, chosen: usize },
}

/// A choice of who moves next.
struct Fork {
    enabled: ThreadSet,
    chosen: Tid,
    /// Those that must move first in some run. Grows while races are found further down.
    wanted: ThreadSet,
    /// Those that have.
    done: ThreadSet,
    /// Those that need not, since that has been explored from an earlier choice.
    asleep: ThreadSet,
}

/// The tree of runs, of which only the branch being explored is kept.
pub(crate) struct Reduced {
    nodes: Vec<Node>,
    /// How far down the branch the present run has come.
    depth: usize,
    /// Nodes below this were there in the run before: their races are known.
    repeated: usize,
    asleep: ThreadSet,
    pressing: Pressing,
    /// Tries every thread at every choice and leaves the reduction to the sleep sets alone.
    only_sleep_sets: bool,
    flaw: Option<Flaw>,
}

impl Reduced {
    pub(crate) fn new(only_sleep_sets: bool, flaw: Option<Flaw>) -> Self {
        Reduced {
            nodes: vec![],
            depth: 0,
            repeated: 0,
            asleep: ThreadSet::EMPTY,
            pressing: Pressing::default(),
            only_sleep_sets,
            flaw,
        }
    }

    /// Follows the choice made at this depth in the run before.
    fn follow(&mut self, enabled: ThreadSet) -> Pick {
        let Node::Thread(fork) = &self.nodes[self.depth] else { return Pick::Diverged };
        if fork.enabled != enabled {
            return Pick::Diverged;
        }
        // What has been explored from here need not be explored again below a later sibling.
        self.asleep = fork.asleep.union(fork.done);
        self.asleep.remove(fork.chosen);
        self.depth += 1;
        Pick::Go { thread: fork.chosen, node: Some(self.depth - 1) }
    }

    fn fork(&mut self, scene: &Scene, enabled: ThreadSet, last: Tid) -> Pick {
        let awake = enabled.without(self.asleep);
        let may_go_on = awake.contains(last) && scene.row.1 < LONG_ROW;
        let others = awake.iter().find(|&thread| thread != last);
        let first = if may_go_on { Some(last) } else { others.or(awake.first()) };
        let Some(chosen) = first else { return Pick::Covered };
        if enabled.len() == 1 {
            return Pick::Go { thread: chosen, node: None };
        }
        let only: ThreadSet = [chosen].into_iter().collect();
        let wanted = if self.only_sleep_sets { enabled } else { only };
        let fork = Fork { enabled, chosen, wanted, done: only, asleep: self.asleep };
        self.nodes.push(Node::Thread(fork));
        self.depth += 1;
        Pick::Go { thread: chosen, node: Some(self.depth - 1) }
    }

    /// Makes sure that every race of this operation is explored the other way round too.
    fn reverse_races(&mut self, scene: &Scene, thread: Tid, footprint: &Footprint) {
        let mut steps = races(scene, thread, footprint);
        if self.flaw == Some(Flaw::SkipARace) {
            steps.pop();
        }
        for step in steps {
            let Some(node) = scene.trace[step].node else { continue };
            let Node::Thread(fork) = &mut self.nodes[node] else { continue };
            let mut ways = initials(scene, step, thread, footprint);
            if self.flaw == Some(Flaw::ForgetInitials) {
                ways = [thread].into_iter().collect();
            }
            if !fork.wanted.union(fork.asleep).intersection(ways).is_empty() {
                continue;
            }
            match fork.enabled.intersection(ways).first() {
                Some(way) => fork.wanted.insert(way),
                // Only a thread that waits for news can be named without being able to move.
                None => fork.wanted = fork.enabled,
            }
        }
    }

    /// A thread asleep on a condition variable may be able to wake by itself. A notification takes
    /// that operation away from it, so the race between the two cannot be found later: waking
    /// first is asked for here.
    fn let_sleepers_wake_first(&mut self, scene: &Scene, step: &Next<'_>) {
        let Some(Node::Thread(fork)) = step.node.map(|node| &mut self.nodes[node]) else { return };
        for sleeper in fork.enabled.iter().filter(|&sleeper| sleeper != step.thread) {
            let is_asleep = scene.actors[sleeper].asleep.is_some();
            if is_asleep && conflict(&scene.footprint(sleeper), step.footprint) {
                fork.wanted.insert(sleeper);
            }
        }
    }
}

impl Strategy for Reduced {
    fn pick(&mut self, scene: &Scene, enabled: ThreadSet, last: Tid) -> Pick {
        // A choice of one is no choice, and is not kept.
        if enabled.len() > 1 && self.depth < self.nodes.len() {
            self.follow(enabled)
        } else {
            self.fork(scene, enabled, last)
        }
    }

    fn answer(&mut self, scene: &Scene, question: Question, among: usize) -> Option<usize> {
        let is_about_a_loop = question == Question::WaitOrPressOn;
        if self.depth == self.nodes.len() {
            let among = if is_about_a_loop { FIRST_WAYS } else { among };
            self.nodes.push(Node::Answer { among, chosen: 0 });
        }
        self.depth += 1;
        let node = self.depth - 1;
        match self.nodes[node] {
            Node::Answer { among: known, chosen } if known == among || is_about_a_loop => {
                if is_about_a_loop {
                    self.pressing.note(scene, chosen, node);
                }
                Some(chosen)
            }
            _ => None,
        }
    }

    fn gave_up(&mut self, thread: Tid) {
        if self.flaw == Some(Flaw::ForgetCountedLooks) {
            return;
        }
        if let Some(node) = self.pressing.node_of(thread)
            && let Node::Answer { among, .. } = &mut self.nodes[node]
        {
            *among = FIRST_WAYS + 1;
        }
    }

    fn step(&mut self, scene: &Scene, step: &Next<'_>) {
        if self.depth >= self.repeated && !self.only_sleep_sets {
            self.reverse_races(scene, step.thread, step.footprint);
            self.let_sleepers_wake_first(scene, step);
        }
        // A sleeper wakes when something it depends on happens: from here on it is another run.
        if self.flaw != Some(Flaw::NeverWakeSleepers) {
            let stays = |&sleeper: &Tid| !conflict(&scene.footprint(sleeper), step.footprint);
            self.asleep = self.asleep.iter().filter(stays).collect();
        }
        self.asleep.remove(step.thread);
    }

    fn stuck(&mut self, scene: &Scene) {
        let enabled = scene.enabled();
        let is_skipped = match self.flaw {
            Some(Flaw::IgnoreTheStuck) => true,
            Some(Flaw::IgnoreTheBlocked) => !enabled.is_empty(),
            _ => self.only_sleep_sets,
        };
        // What closed their gates may have come too early. This must be asked even if others could
        // still move and sleep: below the earlier sibling that sent them to sleep, the same race
        // asks for a turn at another place in the tree.
        for thread in 0..scene.actors.len() {
            if !is_skipped && !scene.actors[thread].finished && !enabled.contains(thread) {
                self.reverse_races(scene, thread, &scene.footprint(thread));
            }
        }
    }

    fn next_run(&mut self) -> bool {
        self.depth = 0;
        self.asleep = ThreadSet::EMPTY;
        self.pressing.clear();
        while let Some(node) = self.nodes.last_mut() {
            match node {
                Node::Answer { among, chosen } if *chosen + 1 < *among => {
                    *chosen += 1;
                    break;
                }
                Node::Thread(fork) => {
                    let left = fork.wanted.without(fork.done).without(fork.asleep);
                    if let Some(thread) = left.first() {
                        fork.chosen = thread;
                        fork.done.insert(thread);
                        break;
                    }
                }
                Node::Answer { .. } => {}
            }
            self.nodes.pop();
        }
        self.repeated = self.nodes.len();
        !self.nodes.is_empty()
    }
}
