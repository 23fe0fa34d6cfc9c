//! The parent's side of the pipe: one worker process, which never outlives its handle.

use std::io::{self, BufReader, BufWriter, ErrorKind};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};

use crate::frame::{LIMIT, read_frame, write_frame};

/// A running worker process and both ends of its pipes.
///
/// Dropping it kills the process and waits for it: neither a stray child nor a zombie stays behind, on
/// a panic too. [`Worker::close`] is the polite way.
#[derive(Debug)]
pub struct Worker {
    pub(crate) child: Child,
    /// `None` once the worker was told that nothing more will come.
    pub(crate) to: Option<BufWriter<ChildStdin>>,
    pub(crate) from: BufReader<ChildStdout>,
}

impl Worker {
    /// Starts a worker. Its standard error stays the parent's, so its complaints are seen.
    ///
    /// # Errors
    ///
    /// When the process cannot be started.
    pub fn start(command: &mut Command) -> io::Result<Self> {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
        let (stdin, stdout) = stdin.zip(stdout).expect("both pipes were asked for above");
        Ok(Self { child, to: Some(BufWriter::new(stdin)), from: BufReader::new(stdout) })
    }

    /// The process id, as `ps` shows it.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Sends one request and waits for its answer.
    ///
    /// # Errors
    ///
    /// When the worker is gone or talks nonsense. It is of no use any more: drop it and start another.
    pub fn call(&mut self, request: &[u8]) -> io::Result<Vec<u8>> {
        let to = self.to.as_mut().ok_or(ErrorKind::BrokenPipe)?;
        write_frame(to, request)?;
        read_answer(&mut self.from)
    }

    /// Tells the worker that no more requests will come; it ends when it has answered what it has.
    pub fn hang_up(&mut self) {
        self.to = None; // dropping the write end is what the worker sees as the end of its input
    }

    /// Hangs up, takes the worker's timeline into this program's, and waits for its end.
    ///
    /// # Errors
    ///
    /// When the worker does not end as agreed: one last frame with its records, then status 0.
    pub fn close(mut self) -> io::Result<()> {
        self.hang_up();
        let records = read_answer(&mut self.from);
        if let Err(error) = &records
            && error.kind() != ErrorKind::UnexpectedEof
        {
            return records.map(drop); // it talks nonsense and may still live: dropping it ends that
        }
        let status = self.child.wait()?;
        if !status.success() {
            return Err(io::Error::other(format!("a worker {}", describe(status))));
        }
        let records = records?;
        timeline::absorb(&String::from_utf8_lossy(&records)).map_err(io::Error::other)
    }

    /// True when the process has ended; it is waited for then.
    pub fn has_ended(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(Some(_)))
    }

    /// Ends the process at once, if it has not ended yet, and says how it ended.
    ///
    /// # Errors
    ///
    /// When the system refuses to.
    pub fn kill(&mut self) -> io::Result<ExitStatus> {
        self.child.kill()?;
        self.child.wait()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // Waiting is what takes a finished child off the process table. There is nothing to do about
        // an error here, and after a `close` both are no-ops.
        let _ = self.kill();
    }
}

/// Reads one answer; a stream that ends instead is an error.
pub(crate) fn read_answer(from: &mut BufReader<ChildStdout>) -> io::Result<Vec<u8>> {
    read_frame(from, LIMIT)?
        .ok_or_else(|| io::Error::new(ErrorKind::UnexpectedEof, "the worker hung up"))
}

/// How a process ended, in words that are the same on every machine.
pub(crate) fn describe(status: ExitStatus) -> String {
    if let Some(code) = status.code() {
        return format!("exited with status {code}");
    }
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return format!("was ended by signal {signal}");
    }
    status.to_string()
}
