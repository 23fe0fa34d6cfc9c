//! The worker's side of the pipe: be a worker when started as one, and answer until told to stop.

use std::env;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::process::{self, Command};
use std::thread;

use crate::frame::{LIMIT, read_frame, write_frame};
use crate::job::AnyJob;

/// The first argument of a program that is started to be a worker.
///
/// An argument, not an environment variable: a variable is inherited by whatever a job starts in turn.
const ROLE: &str = "serve-as-worker";

/// Turns this process into a worker if it was started as one; otherwise returns at once.
///
/// Call it **first** in `main`. A worker is this same program run again: whatever stands before this
/// call, every worker does too, and a pool that is opened before it opens pools without end. (Python's
/// counterpart is `if __name__ == "__main__":`.)
///
/// A worker answers requests on standard input with answers on standard output until its input ends,
/// sends its timeline home in one last frame, and exits: with status 0, with 1 when the pipe broke, with
/// 101 when a job panicked. So a job must not `println!`; `eprintln!` is free.
///
/// # Panics
///
/// When the worker is asked for a job that is not among `jobs`.
pub fn serve_if_worker(jobs: &[&dyn AnyJob]) {
    let mut arguments = env::args().skip(1);
    if arguments.next().as_deref() != Some(ROLE) {
        return;
    }
    let (name, seat) = (arguments.next().unwrap_or_default(), arguments.next().unwrap_or_default());
    let Some(job) = jobs.iter().find(|job| job.name() == name) else {
        panic!("no job is called `{name}`: list it in serve_if_worker, first thing in main");
    };

    let recorder = timeline::start();
    let work = || -> io::Result<()> {
        let (mut from, mut to) = (BufReader::new(io::stdin()), BufWriter::new(io::stdout()));
        serve(&mut from, &mut to, |request| job.answer(request))?;
        write_frame(&mut to, recorder.finish().to_wire().as_bytes())
    };
    // A thread of its own only for its name: it is the worker's lane in the timeline.
    let ending = thread::scope(|scope| {
        let thread =
            thread::Builder::new().name(format!("worker {seat}")).spawn_scoped(scope, work);
        thread.expect("a worker needs one thread").join()
    });
    process::exit(match ending {
        Ok(Ok(())) => 0,
        Ok(Err(_)) => 1, // a broken pipe: the parent is gone, and nobody is left to complain to
        Err(_) => 101,   // the job panicked, and has said so on standard error
    });
}

/// Answers every request frame of `from` with an answer frame on `to`, in order, until `from` ends.
///
/// # Errors
///
/// What [`read_frame`] and [`write_frame`] say.
pub fn serve(
    from: &mut impl Read,
    to: &mut impl Write,
    mut answer: impl FnMut(&[u8]) -> Vec<u8>,
) -> io::Result<()> {
    while let Some(request) = read_frame(from, LIMIT)? {
        write_frame(to, &answer(&request))?;
    }
    Ok(())
}

/// The command that starts this program again as the worker in seat `seat`, for the job called `name`.
///
/// # Errors
///
/// When this process is a worker itself: then [`serve_if_worker`] was not called first, and opening a
/// pool would start workers that start workers, for ever. Or when the system cannot tell which program
/// this is.
pub fn this_program_as_worker(name: &str, seat: usize) -> io::Result<Command> {
    if env::args().nth(1).as_deref() == Some(ROLE) {
        return Err(io::Error::other(
            "a worker must not open a pool: call serve_if_worker first in main",
        ));
    }
    let mut command = Command::new(env::current_exe()?);
    command.args([ROLE, name, &seat.to_string()]);
    Ok(command)
}
