//! The server as a client sees it, over plain sockets.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::thread;

use slow_server::{Delay, SlowServer};

/// Sends a request and leaves the answer, if any, unread.
fn ask(server: &SlowServer, path: &str) -> TcpStream {
    let mut stream = TcpStream::connect(server.addr()).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
    stream
}

/// The status code and the body of the answer.
fn get(server: &SlowServer, path: &str) -> (u16, String) {
    let mut answer = String::new();
    ask(server, path).read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head["HTTP/1.1 ".len()..][..3].parse().unwrap(), body.to_owned())
}

fn wait_until(holds: impl Fn() -> bool) {
    while !holds() {
        thread::yield_now();
    }
}

#[test]
fn each_path_has_its_answer() {
    let server = slow_server::start(Delay::ms(1)).unwrap();
    let cents = slow_server::price_in_cents("AAPL");
    let quote = format!(r#"{{"symbol":"AAPL","price":{}.{:02}}}"#, cents / 100, cents % 100);
    assert_eq!(get(&server, "/stock/AAPL"), (200, quote));
    assert_eq!(get(&server, "/file/2").1.len(), 2048);
    let (status, html) = get(&server, "/site/example.com");
    assert_eq!((status, html.contains("<title>example.com</title>")), (200, true));
    assert_eq!(server.served(), 3);
}

#[test]
fn an_unknown_path_is_told_the_known_ones() {
    let server = slow_server::start(Delay::ms(0)).unwrap();
    let (status, text) = get(&server, "/stocks");
    assert_eq!((status, text.contains("/stock/SYMBOL")), (404, true), "{text}");
}

#[test]
fn a_url_names_this_server() {
    let server = slow_server::start(Delay::ms(0)).unwrap();
    assert_eq!(server.url("/stock/AAPL"), format!("http://{}/stock/AAPL", server.addr()));
    assert!(server.addr().ip().is_loopback());
}

#[test]
fn a_named_stock_fails_and_a_query_overrules_it() {
    let server = SlowServer::builder().fail("GOOGL", 503).start().unwrap();
    assert_eq!(get(&server, "/stock/GOOGL").0, 503);
    assert_eq!(get(&server, "/stock/GOOGL?status=418").0, 418);
    assert_eq!(get(&server, "/stock/AAPL").0, 200);
}

#[test]
fn a_body_is_as_long_as_the_query_says() {
    let server = slow_server::start(Delay::ms(0)).unwrap();
    assert_eq!(get(&server, "/stock/AAPL?bytes=1000").1.len(), 1000);
}

#[test]
fn a_bad_query_gets_the_way_out() {
    let server = slow_server::start(Delay::ms(0)).unwrap();
    let (status, text) = get(&server, "/stock/AAPL?delay_ms=soon");
    assert_eq!((status, text.contains("?delay_ms=50")), (400, true), "{text}");
}

#[test]
fn a_dropped_request_gets_no_byte() {
    let server = slow_server::start(Delay::ms(0)).unwrap();
    let mut answer = Vec::new();
    // A close is seen as the end of the stream or, when it overtakes our last bytes, as a reset.
    match ask(&server, "/stock/AAPL?drop").read_to_end(&mut answer) {
        Ok(_) => {}
        Err(error) => assert_eq!(error.kind(), io::ErrorKind::ConnectionReset),
    }
    assert_eq!((answer.len(), server.served()), (0, 0));
}

#[test]
fn a_hanging_request_does_not_keep_the_server_from_stopping() {
    let server = SlowServer::builder().hang("MSFT").start().unwrap();
    let mut client = ask(&server, "/stock/MSFT");
    wait_until(|| server.peak() == 1);
    drop(server);
    // Drop has come back, so the thread is joined; with it went the client's connection.
    assert!(matches!(client.read(&mut [0; 1]), Ok(0) | Err(_)));
}

#[test]
fn the_peak_counts_requests_in_hand_at_once() {
    let server = slow_server::start(Delay::ms(0)).unwrap();
    for _ in 0..3 {
        get(&server, "/stock/AAPL");
    }
    assert_eq!(server.peak(), 1, "one after the other is one at a time");
    let held: Vec<_> = (0..5).map(|_| ask(&server, "/stock/AAPL?hang")).collect();
    wait_until(|| server.peak() == held.len());
    assert_eq!(server.served(), 3);
}

#[test]
fn a_port_in_use_is_an_error() {
    let server = slow_server::start(Delay::ms(0)).unwrap();
    let error = SlowServer::builder().port(server.addr().port()).start().unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::AddrInUse);
}

#[test]
fn a_status_nobody_can_send_is_an_error() {
    let error = SlowServer::builder().fail("AAPL", 42).start().unwrap_err();
    assert!(error.to_string().contains("200 to 599"), "{error}");
}
