//! The warden process: runs one job, reports to the runner, and cleans up if the runner is gone.

use std::convert::Infallible;
use std::io::{self, IsTerminal, Read, Write};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::process::ExitCode;
use std::sync::mpsc::{self, Receiver};

use anyhow::{Context, Result, ensure};

use super::watch::watch;
use super::{Job, Outcome, os};

/// The whole life of a warden. The guide's `main` calls this before anything else when its first
/// argument is [`SUBCOMMAND`](super::SUBCOMMAND).
#[must_use]
pub fn serve() -> ExitCode {
    match serve_one() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}. This command is the guide's own; yours are: cargo xtask help");
            ExitCode::from(2)
        }
    }
}

fn serve_one() -> Result<()> {
    let job = std::env::args().nth(2).context("a warden needs a job")?;
    let job: Job = serde_json::from_str(&job).context("a warden needs a job it can read")?;
    ensure!(!io::stdin().is_terminal(), "a warden needs a line to its runner");
    let line = io::stdin().as_fd().try_clone_to_owned().context("there is no line to a runner")?;
    let mut line = UnixStream::from(line);
    let runner_is_gone = listen(line.try_clone().context("the line cannot be shared")?);
    os::become_warden().context("no session of its own")?;
    let reply: Result<Outcome, String> = match watch(&job, &runner_is_gone) {
        Ok(Some(outcome)) => Ok(outcome),
        Ok(None) => return Ok(()),
        Err(error) => Err(format!("{error:#}")),
    };
    let reply = serde_json::to_string(&reply).context("the outcome cannot be put in words")?;
    // A runner that died just now will not miss the outcome.
    let _ = line.write_all(reply.as_bytes());
    Ok(())
}

/// Disconnected as soon as the runner has closed the line, or died.
fn listen(mut line: UnixStream) -> Receiver<Infallible> {
    let (runner, is_gone) = mpsc::channel();
    std::thread::spawn(move || {
        // The runner never says anything: this returns at the end of the line, or when it breaks,
        // which means the same.
        let _ = line.read(&mut [0]);
        drop(runner);
    });
    is_gone
}
