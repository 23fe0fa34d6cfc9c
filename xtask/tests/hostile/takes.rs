//! Programs that take without end: the processor, time, the screen, memory.

use std::hint::black_box;
use std::io::Write;
use std::thread;
use std::time::Duration;

pub fn spin() {
    let cook = thread::Builder::new().name("whisk".to_owned());
    let whisk = cook.spawn(|| {
        eprintln!("ready");
        let mut turns = 0u64;
        while black_box(turns) < u64::MAX {
            turns = black_box(turns % 7 + 1);
        }
    });
    whisk.unwrap().join().unwrap();
}

pub fn sleep_long() {
    eprintln!("ready");
    thread::sleep(Duration::from_secs(1000));
}

pub fn flood() {
    println!("the first line");
    let line = [b'x'; 1000];
    let mut screen = std::io::stdout().lock();
    while screen.write_all(&line).is_ok() {}
}

/// Takes 4 GiB at most: without a warden it ends by itself before the machine suffers too much.
pub fn hog_memory() {
    let mut larder = Vec::new();
    for _ in 0..4096 {
        larder.push(black_box(vec![1u8; 1 << 20]));
    }
    println!("took it all: {} MiB", larder.len());
}
