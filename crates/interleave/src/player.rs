//! Follows the choices made so far and stops at the next one: the run as a game, whose player is the
//! scheduler.

use std::sync::{Arc, Mutex, PoisonError};

use crate::op::{Oid, Tid, Verb};
use crate::place::Place;
use crate::scene::Scene;
use crate::script::Script;
use crate::set::ThreadSet;
use crate::strategy::{Pick, Question, Strategy};

/// What the player sees, as the engine knows it. Filled in when the run stops at a choice.
pub(crate) type View = Arc<Mutex<Option<Snapshot>>>;

/// A run that stands still at a choice.
pub(crate) struct Snapshot {
    pub(crate) choice: Choice,
    /// How much of the log had been written: the run is taken down after that.
    pub(crate) events: usize,
    pub(crate) threads: Vec<Seen>,
    /// Who holds each object.
    pub(crate) holders: Vec<Vec<Tid>>,
    /// What each variable holds.
    pub(crate) values: Vec<Option<String>>,
}

/// What there is to choose.
pub(crate) enum Choice {
    /// Which thread moves next.
    Thread(Vec<Tid>),
    /// Nothing: this thread is the only one that can move. But it is a step worth seeing.
    Only(Tid),
    /// How what a thread does turns out.
    Answer {
        thread: Tid,
        question: Question,
        values: Vec<String>,
        sleepers: Vec<Tid>,
        among: usize,
    },
}

/// One thread, standing still.
pub(crate) struct Seen {
    pub(crate) place: Place,
    pub(crate) verb: Verb,
    pub(crate) object: Option<Oid>,
    pub(crate) finished: bool,
    pub(crate) enabled: bool,
    /// It looks in a loop and has seen nothing new.
    pub(crate) looks: bool,
}

/// The strategy of a person.
pub(crate) struct Player {
    script: Script,
    /// Steps to make after the script's choices although there is nothing to choose.
    forced: usize,
    view: View,
}

/// The moves of a player: choices as a schedule has them, and after the last of them the number of steps
/// made where only one thread could move, as in `1-2-1+2`.
pub(crate) fn parse(moves: &str) -> Result<(Vec<usize>, usize), String> {
    let (choices, forced) = moves.split_once('+').unwrap_or((moves, "0"));
    let forced = forced
        .parse()
        .map_err(|_| std::format!("`+{forced}` is no number of steps; moves look like 1-2-1+2"))?;
    Ok((Script::parse(choices)?, forced))
}

impl Player {
    pub(crate) fn new((choices, forced): (Vec<usize>, usize)) -> (Self, View) {
        let view = View::default();
        (Player { script: Script::new(choices), forced, view: Arc::clone(&view) }, view)
    }

    /// Whether the only thread that can move should wait for the player.
    fn is_worth_a_stop(&mut self, scene: &Scene, thread: Tid) -> bool {
        let others = scene.actors.iter().enumerate().filter(|(other, actor)| {
            *other != thread && !actor.finished && !is_dull(actor.pending.verb)
        });
        // Between two awaits a task cannot be interrupted: from one to the next is one move.
        let in_its_turn = scene.executor_holders().iter().any(|(holder, _)| *holder == thread);
        // And not when nobody is there to see it.
        let is_worth_it = self.script.is_at_end()
            && !is_dull(scene.actors[thread].pending.verb)
            && others.count() > 0
            && !in_its_turn;
        if is_worth_it && self.forced > 0 {
            self.forced -= 1;
            return false;
        }
        is_worth_it
    }

    fn stop(&self, scene: &Scene, choice: Choice) {
        let enabled = scene.enabled();
        let seen = |(thread, actor): (Tid, &crate::actor::Actor)| Seen {
            place: actor.place,
            verb: actor.pending.verb,
            object: actor.pending.touches.first().map(|(object, _)| *object),
            finished: actor.finished,
            enabled: enabled.contains(thread),
            looks: actor.awaits_news,
        };
        let snapshot = Snapshot {
            choice,
            events: scene.log.len(),
            threads: scene.actors.iter().enumerate().map(seen).collect(),
            holders: (0..scene.objects.len()).map(|object| scene.holders(object)).collect(),
            values: (0..scene.objects.len()).map(|object| scene.value(object)).collect(),
        };
        *self.view.lock().unwrap_or_else(PoisonError::into_inner) = Some(snapshot);
    }
}

/// Steps that nobody could notice the order of: they are not worth a player's choice.
fn is_dull(verb: Verb) -> bool {
    matches!(
        verb,
        Verb::Begin | Verb::End | Verb::Join(_) | Verb::Suspend | Verb::Wake(_) | Verb::Tick
    )
}

impl Strategy for Player {
    fn pick(&mut self, scene: &Scene, enabled: ThreadSet, _last: Tid) -> Pick {
        if enabled.len() == 1 {
            let thread = enabled.first().expect("there is one");
            if self.is_worth_a_stop(scene, thread) {
                self.stop(scene, Choice::Only(thread));
                return Pick::Covered;
            }
            return Pick::Go { thread, node: None };
        }
        let dull = || enabled.iter().find(|&thread| is_dull(scene.actors[thread].pending.verb));
        match self.script.next().or_else(dull) {
            Some(thread) if enabled.contains(thread) => Pick::Go { thread, node: None },
            Some(_) => Pick::Diverged,
            None => {
                self.stop(scene, Choice::Thread(enabled.iter().collect()));
                Pick::Covered
            }
        }
    }

    fn answer(&mut self, scene: &Scene, question: Question, among: usize) -> Option<usize> {
        if let Some(answer) = self.script.next() {
            return Some(answer).filter(|&answer| answer < among);
        }
        // Which way a search goes on from a loop is no event of the program.
        if matches!(question, Question::WaitOrPressOn | Question::WaitOrLookOnce) {
            return Some(0);
        }
        let (mut values, mut sleepers) = (vec![], vec![]);
        match question {
            Question::WhichStore(object) => {
                let variable = scene.variable(object);
                let value = |&store: &usize| variable.text(variable.stores[store].value);
                values = scene.offered.iter().map(value).collect();
            }
            Question::WhichSleeper(condvar) => sleepers.clone_from(&scene.gate(condvar).sleepers),
            Question::WaitOrPressOn
            | Question::WaitOrLookOnce
            | Question::SucceedOrFail
            | Question::GoOnOrDrop => {}
        }
        let thread = scene.row.0;
        self.stop(scene, Choice::Answer { thread, question, values, sleepers, among });
        None
    }

    fn next_run(&mut self) -> bool {
        false
    }
}
