//! The run as a game whose player is the scheduler, and the door for a player who sits in another process.

use std::env;
use std::process;
use std::sync::Arc;

use crate::bounded::Bounded;
use crate::execute::{Body, execute};
use crate::explore::{Explorer, begin};
use crate::fault::Fault;
use crate::json::{maybe, object, text};
use crate::place::Place;
use crate::player::{self, Player};
use crate::position::Position;
use crate::run::{Ending, Limits};
use crate::script::{Continued, Script};
use crate::sheet::Sheet;
use crate::strategy::Strategy;

/// More interruptions than this no clearest failing run has needed.
const MOST_INTERRUPTIONS: usize = 6;

/// Set to a schedule, it makes [`Explorer::check`] print the position after it, as JSON, and end the process.
const POSITION: &str = "INTERLEAVE_POSITION";
/// Set to a schedule, it makes [`Explorer::check`] print a failing run that begins with it.
const FAULT: &str = "INTERLEAVE_FAULT";
/// Set to anything, it makes [`Explorer::check`] print its whole report.
const REPORT: &str = "INTERLEAVE_REPORT";
/// What the line with the JSON begins with: the program may print as well.
const MARK: &str = "interleave: ";

/// What a player outside wants to know.
pub(crate) enum Order {
    Position(String),
    Fault(String),
    Report,
}

impl Order {
    pub(crate) fn from_outside() -> Option<Self> {
        let position = env::var(POSITION).ok().map(Order::Position);
        let fault = || env::var(FAULT).ok().map(Order::Fault);
        position.or_else(fault).or_else(|| env::var(REPORT).ok().map(|_| Order::Report))
    }
}

/// Answers a player outside, and ends the process: the test that called has no more to say.
#[track_caller]
pub(crate) fn obey(
    explorer: &Explorer,
    order: &Order,
    body: impl Fn() + Send + Sync + 'static,
) -> ! {
    let answer = match order {
        Order::Position(schedule) => explorer.position(schedule, body).map(|position| {
            let report = position.fault.as_ref().map(|fault| {
                // How often a thread was interrupted, the player knows.
                text(&written(&fault.sheet("The run that you chose, time downward:")))
            });
            object(&[("position", position.to_json()), ("report", maybe(report))])
        }),
        Order::Fault(schedule) => explorer
            .way_to_a_fault(schedule, body)
            .map(|way| object(&[("schedule", maybe(way.map(|way| text(&way))))])),
        Order::Report => {
            let report = explorer.explore(body);
            let words = report.fault.as_ref().map_or_else(|| report.to_string(), drawn);
            let svg = report.fault.as_ref().map(|fault| text(&fault.to_svg()));
            Ok(object(&[
                ("report", report.to_json()),
                ("drawn", text(&words)),
                ("svg", maybe(svg)),
            ]))
        }
    };
    let answer = answer.unwrap_or_else(|error| object(&[("error", text(&error))]));
    println!("\n{MARK}{answer}");
    process::exit(0)
}

/// The report of a fault, in colour if that is asked for.
pub(crate) fn drawn(fault: &Fault) -> String {
    if is_colourful() { fault.in_colour() } else { fault.to_string() }
}

fn written(sheet: &Sheet) -> String {
    if is_colourful() { sheet.coloured() } else { sheet.plain() }
}

/// A panic message goes to a file or a pipe more often than not: colour is for who asks for it.
/// Source of the convention: <https://bixense.com/clicolors/>.
fn is_colourful() -> bool {
    let is_set = |name| env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
    is_set("CLICOLOR_FORCE") && !is_set("NO_COLOR")
}

impl Explorer {
    /// Makes the run with these moves up to the first choice after them, and tells what there is to choose.
    /// No moves, an empty text, is the beginning; other moves are those of a [`Way`](crate::Way).
    ///
    /// # Errors
    /// If the program has no such run, or the schedule is not written as one. The message ends with the
    /// way out.
    ///
    /// # Panics
    /// If called inside a run.
    #[track_caller]
    pub fn position(
        &self,
        moves: &str,
        body: impl Fn() + Send + Sync + 'static,
    ) -> Result<Position, String> {
        let place = Place::caller();
        let moves_made = player::parse(moves)?;
        let forced = moves_made.1;
        let (player, view) = Player::new(moves_made);
        let _turn = begin();
        let limits = Limits { keeps_log: true, ..self.limits };
        let finished = execute(&(Arc::new(body) as Body), Box::new(player), limits, place);
        Position::of(finished, forced, &view)
    }

    /// The schedule of a failing run that begins with these moves, if there is one: the one with the
    /// fewest interruptions after them.
    ///
    /// `Err` if none was found before the bound on runs was reached: then nothing is known.
    ///
    /// # Errors
    /// If the search was given up, or the schedule is not written as one.
    ///
    /// # Panics
    /// If called inside a run.
    #[track_caller]
    pub fn way_to_a_fault(
        &self,
        moves: &str,
        body: impl Fn() + Send + Sync + 'static,
    ) -> Result<Option<String>, String> {
        let place = Place::caller();
        let (choices, _) = player::parse(moves)?;
        let _turn = begin();
        let body: Body = Arc::new(body);
        let mut left = self.max_runs;
        for bound in 0..=MOST_INTERRUPTIONS {
            let mut strategy: Box<dyn Strategy> =
                Box::new(Continued::new(choices.clone(), Bounded::new(Some(bound))));
            loop {
                let mut finished = execute(&body, strategy, self.limits, place);
                if !matches!(finished.ending, Ending::Complete | Ending::Covered | Ending::Diverged)
                {
                    return Ok(Some(Script::write(&finished.path)));
                }
                left -= 1;
                if left == 0 {
                    return Err(std::format!("given up after {} runs", self.max_runs));
                }
                if !finished.strategy.next_run() {
                    break;
                }
                strategy = finished.strategy;
            }
        }
        Ok(None)
    }
}
