//! Programs that start others and do not look after them.

use std::io;
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};

unsafe extern "C" {
    fn setsid() -> i32;
    fn signal(number: i32, action: usize) -> usize;
    fn raise(number: i32) -> i32;
}

fn escape() -> io::Result<()> {
    // SAFETY: takes no arguments, and may be called between fork and exec.
    match unsafe { setsid() } {
        -1 => Err(io::Error::last_os_error()),
        _ => Ok(()),
    }
}

fn again(misdeed: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.arg(misdeed);
    command
}

/// One child in the same group, one in a group of its own, one in a session of its own, one left by a
/// shell that is gone. All of them hold the output open.
pub fn leave_children() {
    again("sleep_long").spawn().unwrap();
    again("sleep_long").process_group(0).spawn().unwrap();
    let mut session = again("sleep_long");
    // SAFETY: `escape` makes one system call.
    unsafe { session.pre_exec(escape) };
    session.spawn().unwrap();
    let mut shell = Command::new("sh").args(["-c", "sleep 1000 &"]).spawn().unwrap();
    shell.wait().unwrap();
    println!("left four");
}

/// Has fifty small children, and looks after none. They are quiet: only their parent says `ready`.
pub fn many_children() {
    for _ in 0..50 {
        again("sleep_long").stderr(Stdio::null()).spawn().unwrap();
    }
    crate::takes::sleep_long();
}

/// Everybody starts two, each in a session of its own, `depth` generations long.
pub fn fork_bomb(depth: u32) {
    if depth > 0 {
        for _ in 0..2 {
            let mut child = again("fork_bomb");
            child.arg((depth - 1).to_string());
            // SAFETY: `escape` makes one system call.
            unsafe { child.pre_exec(escape) };
            child.spawn().unwrap();
        }
    }
    std::thread::sleep(std::time::Duration::from_secs(1000));
}

/// Its own only thread waits, but its child could still end.
pub fn wait_for_child() {
    again("spin").spawn().unwrap().wait().unwrap();
}

/// Waits for a message, with a child that could, for all one knows, send a signal or share memory.
pub fn wait_beside_a_child() {
    again("sleep_long").spawn().unwrap();
    crate::locks::recv_forever();
}

/// Stops itself, as Ctrl-Z does; nobody lets it continue.
pub fn stop() {
    const STOP: i32 = 19;
    eprintln!("ready");
    // SAFETY: takes a number only.
    unsafe { raise(STOP) };
}

/// Turns a deaf ear to every request to end, in two processes.
pub fn ignore_requests() {
    const IGNORE: usize = 1;
    for request in [1, 2, 15] {
        // SAFETY: ignoring a signal runs no code.
        unsafe { signal(request, IGNORE) };
    }
    let mut deaf = again("sleep_long");
    // SAFETY: `escape` makes one system call.
    unsafe { deaf.pre_exec(escape) };
    deaf.spawn().unwrap();
    println!("ready");
    std::thread::sleep(std::time::Duration::from_secs(1000));
}
