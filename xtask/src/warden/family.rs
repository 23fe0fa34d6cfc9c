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

/// Memory in use by a process and its descendants, in bytes: in RAM or swapped out. Pages that two
/// of them share are counted twice.
pub(super) fn memory(pid: u32) -> u64 {
    let family = descendants(pid);
    family.iter().map(|process| process.pid).chain([pid]).map(memory_of_one).sum()
}

fn memory_of_one(pid: u32) -> u64 {
    // No status: it has ended and uses nothing.
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let kib = |line: &str| {
        let number = line.strip_prefix("VmRSS:").or_else(|| line.strip_prefix("VmSwap:"))?;
        number.trim().strip_suffix(" kB")?.parse::<u64>().ok()
    };
    status.lines().filter_map(kib).sum::<u64>() << 10
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
    fn what_is_no_stat_is_nobody() {
        assert_eq!(parse(""), None);
        assert_eq!(parse("17 (a) S"), None);
    }
}
