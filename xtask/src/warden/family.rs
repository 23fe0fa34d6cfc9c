//! Which processes descend from one, as `/proc` tells it. Where there is no `/proc`: none.

use std::fs;

/// A process, as it was a moment ago.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Process {
    pub(super) pid: u32,
    pub(super) parent: u32,
    pub(super) group: u32,
    /// The name of its program, cut to 15 bytes by the kernel.
    pub(super) name: String,
    /// False for a zombie: it has ended, and waits for its parent to take note.
    pub(super) is_alive: bool,
}

/// All processes below `ancestor`, without itself.
pub(super) fn descendants(ancestor: u32) -> Vec<Process> {
    let mut others = all();
    let mut family: Vec<Process> = Vec::new();
    let mut parents = vec![ancestor];
    while let Some(parent) = parents.pop() {
        let (children, rest) = others.into_iter().partition(|process| process.parent == parent);
        others = rest;
        let children: Vec<Process> = children;
        parents.extend(children.iter().map(|process| process.pid));
        family.extend(children);
    }
    family
}

/// Whether a process and its descendants use more than `limit` bytes of memory, in RAM or swapped out.
pub(super) fn uses_more_than(limit: u64, pid: u32) -> bool {
    let mut pids: Vec<_> = descendants(pid).iter().map(|process| process.pid).collect();
    pids.push(pid);
    let sum = |measure: fn(u32) -> u64| pids.iter().copied().map(measure).sum::<u64>();
    // The first is quick, and never too small. It counts a shared page for everybody who shares it: a
    // hundred small programs would seem to have a hundred C libraries.
    sum(with_shared_pages) > limit && sum(proportional_share) > limit
}

fn with_shared_pages(pid: u32) -> u64 {
    // No status: it has ended and uses nothing.
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    sum_of(&status, ["VmRSS:", "VmSwap:"])
}

/// The memory of a process where a page shared by two counts half for each.
fn proportional_share(pid: u32) -> u64 {
    match fs::read_to_string(format!("/proc/{pid}/smaps_rollup")) {
        Ok(rollup) => sum_of(&rollup, ["Pss:", "SwapPss:"]),
        // It has ended, or does not let us look: then the other measure has to do.
        Err(_) => with_shared_pages(pid),
    }
}

/// The sum, in bytes, of these lines of a file of `/proc`: `VmRSS:   1024 kB`.
fn sum_of(file: &str, names: [&str; 2]) -> u64 {
    let kib = |line: &str| {
        let number = names.iter().find_map(|name| line.strip_prefix(name))?;
        number.trim().strip_suffix(" kB")?.parse::<u64>().ok()
    };
    file.lines().filter_map(kib).sum::<u64>() << 10
}

fn all() -> Vec<Process> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = entries.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    // One that has ended since the folder was read is not in the list; it is in no family either.
    pids.filter_map(|pid| parse(&fs::read_to_string(format!("/proc/{pid}/stat")).ok()?)).collect()
}

/// Reads `17 (name) S 4 17 …`. The name may hold anything, closing brackets too.
fn parse(stat: &str) -> Option<Process> {
    let (start, rest) = stat.rsplit_once(") ")?;
    let (pid, name) = start.split_once(" (")?;
    let mut fields = rest.split(' ');
    let state = fields.next()?;
    Some(Process {
        pid: pid.parse().ok()?,
        parent: fields.next()?.parse().ok()?,
        group: fields.next()?.parse().ok()?,
        name: name.to_owned(),
        is_alive: !matches!(state, "Z" | "X"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_brackets_and_spaces_does_not_shift_the_fields() {
        let process = parse("17 (a) b (c) Z 4 16 2 0 -1").unwrap();
        assert_eq!((process.pid, process.parent, process.group), (17, 4, 16));
        assert_eq!(process.name, "a) b (c");
        assert!(!process.is_alive);
    }

    #[test]
    fn only_the_lines_asked_for_are_summed() {
        let rollup = "Rss:  2048 kB\nPss:    3 kB\nPss_Anon:   1 kB\nSwapPss:     4 kB\n";
        assert_eq!(sum_of(rollup, ["Pss:", "SwapPss:"]), 7 << 10);
    }

    #[test]
    fn what_is_no_stat_is_nobody() {
        assert_eq!(parse(""), None);
        assert_eq!(parse("17 (a) S"), None);
    }
}
