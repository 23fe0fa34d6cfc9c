//! Programs that end too early, or fall.

use std::hint::black_box;

pub fn exits_zero() {
    println!("good night");
    std::process::exit(0);
}

pub fn overflow_stack() {
    println!("{}", deeper(1));
}

fn deeper(depth: u64) -> u64 {
    let here = black_box([depth; 64]);
    if here[0] == 0 { 0 } else { deeper(depth + 1) + here[1] }
}
