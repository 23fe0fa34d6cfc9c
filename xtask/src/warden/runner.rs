//! The runner's half: starts a job under a warden, waits for the outcome, lets go when dropped.

use anyhow::Result;

use super::{Cancel, Job, Outcome};

pub(super) use platform::Line;
pub use platform::{Piped, Running, start_piped};

/// Runs a job to its end, by itself or by force.
///
/// # Errors
/// When the program or its warden cannot be started, or somebody kills the warden.
pub fn run(job: &Job) -> Result<Outcome> {
    start(job)?.wait()
}

/// Runs a job to its end, unless it is cancelled; then there is no outcome, and nothing left of it.
///
/// # Errors
/// Those of [`run`]. A job that was cancelled ends with one too, which means nothing.
pub fn run_unless(cancel: &Cancel, job: &Job) -> Result<Outcome> {
    let running = start(job)?;
    running.end_when(cancel)?;
    running.wait()
}

/// Starts a job. Dropping what is returned ends it.
///
/// # Errors
/// When the warden cannot be started. That the program cannot is said by [`Running::wait`].
pub fn start(job: &Job) -> Result<Running> {
    Running::start(job)
}

#[cfg(unix)]
mod platform {
    use std::io::Read;
    use std::net::Shutdown;
    use std::os::fd::OwnedFd;
    use std::os::unix::net::UnixStream;
    use std::path::PathBuf;
    use std::process::{Child, ChildStderr, ChildStdout, Command, Stdio};

    use anyhow::{Context, Result, anyhow};

    use super::super::{Cancel, Job, Outcome, SUBCOMMAND};

    /// What a runner and a warden hold the ends of.
    #[derive(Debug)]
    pub(in super::super) struct Line(UnixStream);

    impl Line {
        /// The warden hears that nobody listens any more. It fails when it has ended already, which is
        /// what is wanted.
        pub(in super::super) fn cut(&self) {
            let _ = self.0.shutdown(Shutdown::Both);
        }
    }

    /// A job that runs.
    #[derive(Debug)]
    pub struct Running {
        warden: Child,
        line: UnixStream,
    }

    impl Running {
        pub(super) fn start(job: &Job) -> Result<Self> {
            Self::start_with(job, Stdio::inherit, Stdio::inherit)
        }

        fn start_with(job: &Job, stdout: fn() -> Stdio, stderr: fn() -> Stdio) -> Result<Self> {
            let (line, wardens_end) = UnixStream::pair().context("no line to a warden")?;
            let program = warden_program()?;
            let warden = Command::new(&program)
                .stdout(stdout())
                .stderr(stderr())
                .arg(SUBCOMMAND)
                .arg(serde_json::to_string(job).context("a path in the job is not plain text")?)
                // The line is the warden's stdin, so its stdout stays free for the program's output.
                .stdin(OwnedFd::from(wardens_end))
                .spawn()
                .with_context(|| format!("{} cannot be started as a warden", program.display()))?;
            Ok(Self { warden, line })
        }

        /// Lets `cancel` end it too.
        ///
        /// # Errors
        /// When the line to its warden cannot be shared; it goes on then.
        pub fn end_when(&self, cancel: &Cancel) -> Result<()> {
            let line = self.line.try_clone().context("the line to the warden cannot be shared")?;
            cancel.reach(Line(line));
            Ok(())
        }

        /// Waits until it has ended and nothing of it is left.
        ///
        /// # Errors
        /// When the program cannot be started, or somebody kills the warden.
        pub fn wait(mut self) -> Result<Outcome> {
            let mut reply = String::new();
            self.line.read_to_string(&mut reply).context("the warden cannot be heard")?;
            let status = self.warden.wait().context("the warden cannot be waited for")?;
            let reply: Result<Outcome, String> =
                serde_json::from_str(&reply).with_context(|| {
                    format!(
                        "The process that watches the program was ended ({status}). If the program ends others, \
                         take that out; then run the command again"
                    )
                })?;
            reply.map_err(|complaint| anyhow!(complaint))
        }
    }

    /// A job whose output is read while it runs.
    #[derive(Debug)]
    pub struct Piped {
        /// What it prints.
        pub stdout: ChildStdout,
        /// What it complains about.
        pub stderr: ChildStderr,
        /// The job itself.
        pub running: Running,
    }

    /// Starts a job that writes where its warden does, into two pipes.
    ///
    /// # Errors
    /// When the warden cannot be started.
    pub fn start_piped(job: &Job) -> Result<Piped> {
        let mut running = Running::start_with(job, Stdio::piped, Stdio::piped)?;
        let stdout = running.warden.stdout.take().context("its stdout is piped")?;
        let stderr = running.warden.stderr.take().context("its stderr is piped")?;
        Ok(Piped { stdout, stderr, running })
    }

    impl Drop for Running {
        fn drop(&mut self) {
            // Either the warden has ended, and both are no-ops, or it hears that nobody listens any
            // more, and ends when it has cleaned up.
            let _ = self.line.shutdown(Shutdown::Both);
            let _ = self.warden.wait();
        }
    }

    /// The executable that can [serve](super::super::serve): the guide.
    fn warden_program() -> Result<PathBuf> {
        let guide = env!("CARGO_PKG_NAME");
        let me = std::env::current_exe().context("this program does not know its own path")?;
        let name = me.file_name().unwrap_or_default().to_string_lossy();
        // Rebuilt while it runs, the guide is "(deleted)" by name; the kernel can still start it.
        if name.strip_suffix(" (deleted)") == Some(guide) {
            return Ok("/proc/self/exe".into());
        }
        if name == guide {
            return Ok(me);
        }
        // A test of the library, in `deps`: it must not start itself, since it would run its tests
        // again instead of serving. Cargo puts the guide one folder up.
        let beside = me.ancestors().nth(2).map(|folder| folder.join(guide));
        beside.filter(|path| path.is_file()).with_context(|| {
            format!("{} has no guide beside it: cargo build -p xtask", me.display())
        })
    }
}

#[cfg(not(unix))]
mod platform {
    use std::convert::Infallible;
    use std::process::{Child, ChildStderr, ChildStdout, Command, Stdio};
    use std::sync::mpsc::{self, Sender};
    use std::sync::{Arc, Mutex, PoisonError};
    use std::thread::JoinHandle;
    use std::time::Instant;

    use anyhow::{Context, Result};

    use super::super::{Cancel, Captured, Ending, Job, Outcome, watch::watch};

    /// What the runner and the thread that watches hold the ends of; dropping the sender cancels.
    #[derive(Debug, Clone)]
    pub(in super::super) struct Line(Arc<Mutex<Option<Sender<Infallible>>>>);

    impl Line {
        pub(in super::super) fn cut(&self) {
            drop(self.0.lock().unwrap_or_else(PoisonError::into_inner).take());
        }
    }

    /// A job that runs, watched by a thread of this process.
    #[derive(Debug)]
    pub struct Running {
        line: Line,
        watcher: Option<JoinHandle<Result<Option<Outcome>>>>,
    }

    impl Running {
        pub(super) fn start(job: &Job) -> Result<Self> {
            let (line, cancelled) = mpsc::channel();
            let job = job.clone();
            let watcher = std::thread::spawn(move || watch(&job, &cancelled));
            let line = Line(Arc::new(Mutex::new(Some(line))));
            Ok(Self { line, watcher: Some(watcher) })
        }

        /// Lets `cancel` end it too.
        ///
        /// # Errors
        /// Never here.
        pub fn end_when(&self, cancel: &Cancel) -> Result<()> {
            cancel.reach(self.line.clone());
            Ok(())
        }

        /// Waits until it has ended.
        ///
        /// # Errors
        /// When the program cannot be started.
        pub fn wait(mut self) -> Result<Outcome> {
            let watcher = self.watcher.take().context("waited for once")?;
            watcher.join().expect("watching does not panic")?.context("nobody cancelled it")
        }
    }

    /// A job whose output is read while it runs. Without a warden process, nobody keeps its limits.
    #[derive(Debug)]
    pub struct Piped {
        /// What it prints.
        pub stdout: ChildStdout,
        /// What it complains about.
        pub stderr: ChildStderr,
        /// The job itself.
        pub running: Unwatched,
    }

    /// A job that is only waited for.
    #[derive(Debug)]
    pub struct Unwatched(Child, Instant);

    impl Unwatched {
        /// Nobody can end it: what was cancelled is waited for.
        ///
        /// # Errors
        /// Never here.
        pub fn end_when(&self, _: &Cancel) -> Result<()> {
            Ok(())
        }

        /// Waits until it has ended.
        ///
        /// # Errors
        /// When the system cannot tell.
        pub fn wait(mut self) -> Result<Outcome> {
            let status = self.0.wait().context("a child cannot be waited for")?;
            let (stdout, stderr) = (Captured::default(), Captured::default());
            let ending = Ending::Exited(status.code().unwrap_or(1));
            Ok(Outcome { ending, stdout, stderr, wall: self.1.elapsed(), strays: 0 })
        }
    }

    /// Starts a job that writes into two pipes.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start_piped(job: &Job) -> Result<Piped> {
        let mut command = Command::new(&job.program);
        command.args(&job.args).envs(job.env.iter().map(|(name, value)| (name, value)));
        command.current_dir(&job.dir).stdin(Stdio::null());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        let stdout = child.stdout.take().context("its stdout is piped")?;
        let stderr = child.stderr.take().context("its stderr is piped")?;
        Ok(Piped { stdout, stderr, running: Unwatched(child, Instant::now()) })
    }

    impl Drop for Running {
        fn drop(&mut self) {
            self.line.cut();
            if let Some(watcher) = self.watcher.take() {
                // Its outcome is what nobody asked for any more.
                let _ = watcher.join();
            }
        }
    }
}
