//! `slow-server`: the slow server as a program, for clients in other languages and other processes.

use std::io::{self, Write};
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use slow_server::{SlowServer, descriptors};

/// A local HTTP server that takes its time.
///
/// Prints one line, its base URL, and serves until its standard input closes (Ctrl-D, or the end of the program
/// that started it) or it is killed. The paths: /stock/SYMBOL, /file/N, /site/NAME.
#[derive(Parser)]
#[command(version)]
struct Knobs {
    /// Port on 127.0.0.1; 0 picks a free one
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Milliseconds before each answer
    #[arg(long, default_value_t = 300, value_parser = clap::value_parser!(u64).range(..=600_000))]
    delay_ms: u64,
    /// Answer 503 where the last path segment is this; may be repeated
    #[arg(long, value_name = "SYMBOL")]
    fail: Vec<String>,
    /// Never answer where the last path segment is this; may be repeated
    #[arg(long, value_name = "SYMBOL")]
    hang: Vec<String>,
}

fn main() -> ExitCode {
    let knobs = Knobs::parse();
    // Refused, the server only serves fewer clients at once; most callers never have more than a handful.
    let _ = descriptors::raise_limit();
    match serve(&knobs) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("slow-server: {error}");
            ExitCode::FAILURE
        }
    }
}

fn serve(knobs: &Knobs) -> io::Result<()> {
    let mut server =
        SlowServer::builder().port(knobs.port).delay(Duration::from_millis(knobs.delay_ms));
    for symbol in &knobs.fail {
        server = server.fail(symbol, 503);
    }
    for symbol in &knobs.hang {
        server = server.hang(symbol);
    }
    let server = server.start().map_err(|error| {
        let port = knobs.port;
        io::Error::new(
            error.kind(),
            format!("cannot listen on 127.0.0.1:{port}: {error}; for a free port use `--port 0`"),
        )
    })?;
    // Into a pipe, stdout is buffered, and the reader waits for this line before it does anything.
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "{}", server.url(""))?;
    stdout.flush()?;
    // A program that dies closes our stdin, however it dies: no server is left behind.
    io::copy(&mut io::stdin().lock(), &mut io::sink())?;
    Ok(())
}
