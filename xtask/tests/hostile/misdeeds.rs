//! A program that misbehaves as its first argument says. The warden's tests compile it with plain
//! `rustc` and let it loose; it is no target of Cargo's, which would look for a `main.rs` here.

mod ends;
mod locks;
mod processes;
mod takes;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let misdeed = arguments.next().expect("a misdeed");
    match misdeed.as_str() {
        "behaves" => println!("all is well"),
        "deadlock" => locks::deadlock(),
        "self_lock" => locks::self_lock(),
        "recv_forever" => locks::recv_forever(),
        "nap_at_a_lock" => locks::nap_at_a_lock(),
        "spin" => takes::spin(),
        "sleep_long" => takes::sleep_long(),
        "flood" => takes::flood(),
        "hog_memory" => takes::hog_memory(),
        "abort" => std::process::abort(),
        "exits_zero" => ends::exits_zero(),
        "overflow_stack" => ends::overflow_stack(),
        "panic" => panic!("the soup is burnt"),
        "leave_children" => processes::leave_children(),
        "fork_bomb" => {
            processes::fork_bomb(arguments.next().map_or(4, |depth| depth.parse().unwrap()))
        }
        "wait_for_child" => processes::wait_for_child(),
        "wait_beside_a_child" => processes::wait_beside_a_child(),
        "many_children" => processes::many_children(),
        "stop" => processes::stop(),
        "ignore_requests" => processes::ignore_requests(),
        other => panic!("no such misdeed: {other}"),
    }
}
