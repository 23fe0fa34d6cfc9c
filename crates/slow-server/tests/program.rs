//! The `slow-server` program: one line, then service until its standard input closes.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};

fn slow_server() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_slow-server"));
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

#[test]
fn it_prints_its_url_serves_and_ends_with_its_input() {
    let mut server = slow_server().args(["--delay-ms", "0", "--fail", "GOOGL"]).spawn().unwrap();
    let mut stdout = BufReader::new(server.stdout.take().unwrap());
    let mut url = String::new();
    stdout.read_line(&mut url).unwrap();
    let address = url.trim_end().strip_prefix("http://").unwrap();

    let mut client = TcpStream::connect(address).unwrap();
    client.write_all(b"GET /stock/GOOGL HTTP/1.0\r\n\r\n").unwrap();
    let mut answer = String::new();
    client.read_to_string(&mut answer).unwrap();
    assert!(answer.contains(" 503 "), "{answer}");

    drop(server.stdin.take());
    assert!(server.wait().unwrap().success());
    let mut more = String::new();
    stdout.read_to_string(&mut more).unwrap();
    assert_eq!(more, "", "the URL is the only line");
}

#[test]
fn a_busy_port_is_told_with_the_way_out() {
    let taken = slow_server::start(slow_server::Delay::ms(0)).unwrap();
    let port = taken.addr().port().to_string();
    let output = slow_server().args(["--port", &port]).output().unwrap();
    let complaint = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success());
    assert!(
        complaint.contains(&port) && complaint.trim_end().ends_with("`--port 0`"),
        "{complaint}"
    );
}
