//! Makes one run of a program from its beginning to its end.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread;

use crate::model::Here;
use crate::place::Place;
use crate::run::{Ending, Limits, Run};
use crate::scene::Scene;
use crate::strategy::Strategy;

/// The program under test.
pub(crate) type Body = Arc<dyn Fn() + Send + Sync>;

/// A run that has come to its end.
pub(crate) struct Finished {
    pub(crate) ending: Ending,
    pub(crate) scene: Scene,
    pub(crate) strategy: Box<dyn Strategy>,
    pub(crate) path: Vec<usize>,
    pub(crate) preemptions: usize,
    pub(crate) oddities: usize,
}

impl Finished {
    /// How hard the run is to follow; then how long it is.
    pub(crate) fn cost(&self) -> (usize, usize, usize) {
        (self.preemptions + self.oddities, self.oddities, self.scene.trace.len())
    }
}

/// Runs the body once, as the strategy says.
pub(crate) fn execute(
    body: &Body,
    strategy: Box<dyn Strategy>,
    limits: Limits,
    place: Place,
) -> Finished {
    let run = Run::new(strategy, limits);
    let main = run.state().enlist("main".to_owned(), place, None);
    let (here, body) = (Here { run: Arc::clone(&run), me: main }, Arc::clone(body));
    // A fresh thread for the body as well, so that its thread-locals are fresh in every run.
    let life = move || here.live(|| catch_unwind(AssertUnwindSafe(|| body())).err());
    let handle = thread::Builder::new().name("main".to_owned()).spawn(life);
    let handle = handle.expect("the system starts one more thread");
    run.state().handles.push((main, handle));
    if let Some(turn) = run.pass_on(run.state(), main) {
        turn.give();
    }
    collect(&run)
}

/// Waits for the end and takes the run apart.
fn collect(run: &Run) -> Finished {
    let mut state = run.wait_for_the_end();
    let (handles, abandoned) = (std::mem::take(&mut state.handles), state.abandoned.clone());
    drop(state);
    for (thread, handle) in handles {
        if !abandoned.contains(&thread) {
            // The life of a thread catches its panics.
            let _ = handle.join();
        }
    }
    let mut state = run.state();
    let strategy = std::mem::replace(&mut state.strategy, Box::new(Nobody));
    Finished {
        ending: state.ending.clone().expect("a run that has ended knows how"),
        scene: std::mem::replace(&mut state.scene, Scene::new()),
        strategy,
        path: std::mem::take(&mut state.path),
        preemptions: state.preemptions,
        oddities: state.oddities,
    }
}

/// Stands in for a strategy that has been taken out of its run.
struct Nobody;

impl Strategy for Nobody {
    fn pick(
        &mut self,
        _scene: &Scene,
        _enabled: crate::set::ThreadSet,
        _last: crate::op::Tid,
    ) -> crate::strategy::Pick {
        crate::strategy::Pick::Diverged
    }

    fn answer(
        &mut self,
        _scene: &Scene,
        _question: crate::strategy::Question,
        _among: usize,
    ) -> Option<usize> {
        None
    }

    fn next_run(&mut self) -> bool {
        false
    }
}
