//! Lays out the student's working copies: a starter that has no copy yet is copied beside the others.
//!
//! Starters are the course's and are never edited; the copies are the student's, ignored by git, and
//! never overwritten here. So pulling a newer course cannot touch an answer.

use std::fs;
use std::path::Path;

fn main() {
    // Only the starters are named: naming the copies would run this script on every save.
    println!("cargo::rerun-if-changed=starters");
    for chapter in fs::read_dir("starters").into_iter().flatten().flatten() {
        let copies = Path::new(".").join(chapter.file_name());
        fs::create_dir_all(&copies).expect("cannot make a folder for your answers in exercises/");
        for starter in fs::read_dir(chapter.path()).into_iter().flatten().flatten() {
            let copy = copies.join(starter.file_name());
            if !copy.exists() {
                fs::copy(starter.path(), &copy).expect("cannot lay out an exercise in exercises/");
            }
        }
    }
}
