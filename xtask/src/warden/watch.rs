//! Supervises one program from its start until nothing of it is left.

use std::convert::Infallible;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use super::capture::Capture;
use super::observe::diagnose;
use super::stillness::Stillness;
use super::{Death, Ending, Job, Outcome, Output, family, os};

/// How often its threads and its memory are looked at in the beginning; later less often, as each look
/// reads all processes. Its end and its output are looked at more often.
const LOOK_EVERY: Duration = Duration::from_millis(60);

/// How a program stopped running.
enum Stop {
    ByItself,
    Cut(Ending),
    Cancelled,
}

/// Runs a job. `None` when it was cancelled: the other end of `cancelled` is gone.
///
/// On Linux call it from a thread that lives as long as the process: the program is killed when the
/// *thread* that started it ends.
pub(super) fn watch(job: &Job, cancelled: &Receiver<Infallible>) -> Result<Option<Outcome>> {
    let mut child = spawn(job)?;
    let since = Instant::now();
    let keep = job.limits.keep_output_bytes;
    let stdout = Capture::start(child.stdout.take(), keep);
    let stderr = Capture::start(child.stderr.take(), keep);
    let printed = || stdout.total() + stderr.total();
    let stop = supervise(&mut child, job, since, printed, cancelled);

    let wall = since.elapsed();
    let (status, strays) = clear_up(&mut child, matches!(stop, Ok(Stop::ByItself)))?;
    let (stdout, stderr) = (stdout.finish(), stderr.finish());
    let ending = match stop? {
        Stop::Cancelled => return Ok(None),
        Stop::Cut(ending) => ending,
        Stop::ByItself if stdout.total() + stderr.total() > job.limits.flood_bytes => {
            Ending::Flooded
        }
        Stop::ByItself => Ending::of(status, &stderr, wall),
    };
    Ok(Some(Outcome { ending, stdout, stderr, wall, strays }))
}

/// Ends whatever still runs: how the program ended, and how many it had left running.
fn clear_up(child: &mut Child, has_ended: bool) -> Result<(ExitStatus, usize)> {
    let wait = |child: &mut Child| child.wait().context("the program cannot be waited for");
    if has_ended && os::ADOPTS_ORPHANS {
        // Nearly always nothing is left, and that is known at once, without a look at every process.
        let status = wait(child)?;
        if os::has_no_children() {
            return Ok((status, 0));
        }
        let strays = os::strays(child);
        os::kill_strays();
        return Ok((status, strays));
    }
    // Killed even when the program itself has ended: what it left running holds the pipes open.
    let strays = os::strays(child);
    os::kill_all(child);
    let status = wait(child)?;
    os::kill_strays();
    Ok((status, strays))
}

fn spawn(job: &Job) -> Result<Child> {
    let output = || match job.output {
        Output::Capture => Stdio::piped(),
        Output::Inherit => Stdio::inherit(),
    };
    let mut command = Command::new(&job.program);
    command
        .args(&job.args)
        .envs(job.env.iter().map(|(name, value)| (name, value)))
        .current_dir(&job.dir)
        .stdin(Stdio::null())
        .stdout(output())
        .stderr(output());
    os::confine(&mut command, &job.limits);
    command.spawn().with_context(|| {
        format!("{} cannot be started in {}", job.program.display(), job.dir.display())
    })
}

fn supervise(
    child: &mut Child,
    job: &Job,
    since: Instant,
    printed: impl Fn() -> u64,
    cancelled: &Receiver<Infallible>,
) -> Result<Stop> {
    let limits = &job.limits;
    let mut stillness = Stillness::default();
    let mut next_look = LOOK_EVERY;
    loop {
        if os::has_ended(child).context("the program cannot be watched")? {
            return Ok(Stop::ByItself);
        }
        let elapsed = since.elapsed();
        if printed() > limits.flood_bytes {
            return Ok(Stop::Cut(Ending::Flooded));
        }
        if limits.wall.is_some_and(|wall| elapsed >= wall) {
            return Ok(Stop::Cut(Ending::TimedOut(diagnose(child.id(), elapsed))));
        }
        if elapsed >= next_look {
            next_look = elapsed + LOOK_EVERY.max(elapsed / 20);
            if stillness.is_proved(child.id()) {
                return Ok(Stop::Cut(Ending::Stuck(diagnose(child.id(), elapsed))));
            }
            if let Some(limit) = limits.memory_bytes
                && family::uses_more_than(limit, child.id())
            {
                return Ok(Stop::Cut(Ending::Signalled(Death::of_memory(limit))));
            }
        }
        // Short programs are not kept waiting for their verdict, long ones are not disturbed: nobody
        // waits for more than a fiftieth of what it took anyway.
        let nap = (elapsed / 50).clamp(Duration::from_micros(200), Duration::from_millis(10));
        if cancelled.recv_timeout(nap) != Err(RecvTimeoutError::Timeout) {
            return Ok(Stop::Cancelled);
        }
    }
}
