//! A guide at a terminal that only a test sees.

#![allow(dead_code, unreachable_pub, reason = "each test program uses its own part of this")]

use std::fs::File;
use std::io::{Read, Write};
use std::num::NonZero;
use std::os::fd::AsFd;
use std::process::{Child, Command};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use pty_process::{Size, blocking};

use super::clone::{Clone, GUIDE, real_course};

/// Only to fail loudly: every wait below ends as soon as what it waits for is on the screen.
pub const PATIENCE: Duration = Duration::from_secs(60);

pub const ROWS: NonZero<u16> = NonZero::new(24).unwrap();
pub const COLUMNS: NonZero<u16> = NonZero::new(80).unwrap();

/// A guide at a terminal of 80 by 24, and the screen it has drawn so far.
pub struct Session {
    pub child: Child,
    keyboard: blocking::Pty,
    output: Receiver<Vec<u8>>,
    unread: Vec<u8>,
    pub screen: vt100::Parser,
}

impl Session {
    /// Seats the guide.
    pub fn start(clone: &Clone, arguments: &[&str]) -> Self {
        Self::seat(clone, GUIDE, arguments)
    }

    /// Seats a program that will start the guide.
    pub fn seat(clone: &Clone, program: &str, arguments: &[&str]) -> Self {
        let mut command = Command::new(program);
        clone.prepare(&mut command);
        Self::take_a_seat(&command, arguments)
    }

    /// Seats the guide, prepared further.
    pub fn prepared(clone: &Clone, arguments: &[&str], prepare: impl Fn(&mut Command)) -> Self {
        let mut command = Command::new(GUIDE);
        clone.prepare(&mut command);
        prepare(&mut command);
        Self::take_a_seat(&command, arguments)
    }

    /// Seats the guide in the real course. Its progress is that of whoever runs the tests: leave it alone.
    pub fn in_the_real_course(arguments: &[&str]) -> Self {
        let mut command = Command::new(GUIDE);
        command.current_dir(real_course()).env_remove("NO_COLOR").env_remove("CI");
        Self::take_a_seat(&command, arguments)
    }

    /// Starts what was prepared, at a terminal.
    fn take_a_seat(command: &Command, arguments: &[&str]) -> Self {
        let (pty, pts) = blocking::open().expect("a terminal can be had");
        pty.resize(Size::new(ROWS.get(), COLUMNS.get())).expect("a terminal can be sized");
        let folder = command.get_current_dir().expect("the guide is seated in a course");
        let mut seated = blocking::Command::new(command.get_program())
            .args(arguments)
            .env("TERM", "xterm-256color");
        for (name, value) in command.get_envs() {
            seated = match value {
                Some(value) => seated.env(name, value),
                None => seated.env_remove(name),
            };
        }
        let child = seated.current_dir(folder).spawn(pts).expect("the guide starts");
        let owned = pty.as_fd().try_clone_to_owned().expect("a descriptor can be had");
        let (send, output) = channel();
        std::thread::spawn(move || {
            let mut reader = File::from(owned);
            let mut buffer = [0; 4096];
            // Reading ends with an error when the last process has left the terminal.
            while let Ok(length @ 1..) = reader.read(&mut buffer) {
                if send.send(buffer[..length].to_vec()).is_err() {
                    break;
                }
            }
        });
        let screen = vt100::Parser::new(ROWS, COLUMNS, 0);
        Self { child, keyboard: pty, output, unread: Vec::new(), screen }
    }

    /// Draws what comes until `part` is on the screen.
    #[track_caller]
    pub fn see(&mut self, part: &str) {
        while !self.screen.screen().contents().contains(part) {
            // Line by line: a long text must not scroll past between two looks.
            if let Some(end) = self.unread.iter().position(|byte| *byte == b'\n') {
                let line: Vec<_> = self.unread.drain(..=end).collect();
                self.screen.process(&line);
                continue;
            }
            let rest = std::mem::take(&mut self.unread);
            self.screen.process(&rest);
            if self.screen.screen().contents().contains(part) {
                return;
            }
            match self.output.recv_timeout(PATIENCE) {
                Ok(bytes) => self.unread = bytes,
                Err(_) => {
                    panic!("never saw {part:?}; the screen:\n{}", self.screen.screen().contents())
                }
            }
        }
    }

    /// Looks at an empty screen from now on: what is seen next is an answer.
    pub fn wipe(&mut self) {
        self.screen = vt100::Parser::new(ROWS, COLUMNS, 0);
    }

    /// Makes the terminal smaller or larger.
    pub fn resize(&self, rows: u16, columns: u16) {
        self.keyboard.resize(Size::new(rows, columns)).expect("a terminal can be sized");
    }

    /// Types, and looks at an empty screen from then on.
    pub fn press(&mut self, keys: &str) {
        self.wipe();
        self.keyboard.write_all(keys.as_bytes()).expect("the guide listens");
    }

    /// Types, and waits until it has arrived where the guide could read it.
    #[cfg(target_os = "linux")]
    pub fn press_unasked(&mut self, keys: &str) {
        let terminal = File::open(format!("/proc/{}/fd/0", self.child.id())).expect("Linux tells");
        self.press(keys);
        let since = std::time::Instant::now();
        while rustix::io::ioctl_fionread(&terminal).expect("it is a terminal") < keys.len() as u64 {
            assert!(since.elapsed() < PATIENCE, "{keys:?} never arrived");
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    pub fn end(&mut self) -> Option<i32> {
        self.child.wait().expect("the guide ends").code()
    }

    /// Whether lines are edited and echoed again, as a shell expects.
    pub fn terminal_is_normal(&self) -> bool {
        let modes = rustix::termios::tcgetattr(&self.keyboard)
            .expect("the terminal is still there")
            .local_modes;
        modes.contains(rustix::termios::LocalModes::ICANON | rustix::termios::LocalModes::ECHO)
    }
}
