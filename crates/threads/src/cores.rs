//! How many processor cores this program may use, as a knob.
//!
//! Cores are chosen by `sched_setaffinity(2)`, which only Linux has in this form. Threads and processes started
//! afterwards keep to the same cores.

use std::thread;

/// Reads a number of cores for [`keep_to`].
///
/// # Errors
/// A sentence with the way out: where cores cannot be chosen, or where there are not so many.
pub fn parse(text: &str) -> Result<usize, String> {
    if !cfg!(target_os = "linux") {
        return Err("cores can only be chosen on Linux; leave the knob out".into());
    }
    let here = thread::available_parallelism().map_or(1, usize::from);
    match text.parse() {
        Ok(cores) if (1..=here).contains(&cores) => Ok(cores),
        _ => Err(format!("there are {here} here: choose 1 to {here}")),
    }
}

/// From now on this thread, and all that it starts, uses only the first `cores` of those it may use now.
///
/// # Panics
/// If the system refuses, or on systems other than Linux: [`parse`] tells beforehand.
pub fn keep_to(cores: usize) {
    #[cfg(target_os = "linux")]
    {
        use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};
        let now = sched_getaffinity(None).expect("a thread may ask for its cores");
        let mut fewer = CpuSet::new();
        let allowed = (0..CpuSet::MAX_CPU).filter(|&core| now.is_set(core));
        allowed.take(cores).for_each(|core| fewer.set(core));
        sched_setaffinity(None, &fewer).expect("fewer cores than now are allowed");
    }
    #[cfg(not(target_os = "linux"))]
    panic!("the {cores} cores cannot be chosen on this system");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_as_many_cores_as_there_are_can_be_chosen() {
        for wrong in ["0", "two", "-1", "100000", ""] {
            let why = parse(wrong).unwrap_err();
            assert!(why.contains("choose 1 to") || why.contains("on Linux"), "{wrong}: {why}");
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_thread_keeps_to_its_cores_and_so_do_those_it_starts() {
        let count = || thread::available_parallelism().unwrap().get();
        let before = count();
        let alone = thread::spawn(move || {
            keep_to(parse("1").unwrap());
            (count(), thread::spawn(count).join().unwrap())
        });
        assert_eq!(alone.join().unwrap(), (1, 1));
        assert_eq!(count(), before, "nobody else is moved");
    }
}
