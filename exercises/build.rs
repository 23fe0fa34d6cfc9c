//! Lays out the student's working copies: a starter that has no copy yet is copied beside the others.
//!
//! Starters are the course's and are never edited; the copies are the student's, ignored by git. A copy that
//! says something else than the starter it was made from is an answer and never overwritten, so pulling a newer
//! course cannot touch it; a copy that nobody has edited becomes the newer starter.

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    // Only the starters are named: naming the copies would run this script on every save.
    println!("cargo::rerun-if-changed=starters");
    let laid_out = PathBuf::from(env::var_os("OUT_DIR").expect("Cargo names a folder"));
    for chapter in fs::read_dir("starters").into_iter().flatten().flatten() {
        let [copies, laid_out] =
            [Path::new("."), &laid_out].map(|folder| folder.join(chapter.file_name()));
        for folder in [&copies, &laid_out] {
            fs::create_dir_all(folder).expect("cannot make a folder for your answers");
        }
        for starter in fs::read_dir(chapter.path()).into_iter().flatten().flatten() {
            let name = starter.file_name();
            let copy = copies.join(&name);
            if let Err(error) = lay_out(&starter.path(), &copy, &laid_out.join(&name)) {
                // What lies in its place is in the way of this exercise, and of no other.
                println!(
                    "cargo::warning=exercises/{} cannot be laid out ({error}); move away what lies there",
                    copy.strip_prefix(".").unwrap_or(&copy).display()
                );
            }
        }
    }
}

/// Copies the starter, unless there is an answer; keeps it in `laid_out`, to know an answer from it when a newer one
/// comes.
fn lay_out(starter: &Path, copy: &Path, laid_out: &Path) -> std::io::Result<()> {
    let is_unedited = || fs::read(copy).ok() == fs::read(laid_out).ok();
    if !copy.exists() || is_unedited() {
        fs::copy(starter, copy)?;
    }
    fs::copy(starter, laid_out)?;
    Ok(())
}
