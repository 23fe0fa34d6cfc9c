//! Makes statics start every run as they were written.
//!
//! A static lives as long as the process, and what one run leaves in it would be found by the
//! next. Its first value was computed by the compiler, so it owns no memory and nothing else: a
//! copy of its bytes, taken before the first use, is as good as the original. Whether a value is a
//! static is told by its address, which Linux lets a process look up. On other systems statics
//! that hold more than an atomic are not reset.

use std::collections::BTreeMap;
use std::mem::MaybeUninit;
use std::ptr;
use std::sync::{Mutex, PoisonError, TryLockError};

use crate::tag::Tag;

/// Whether the value at this address is a static of this program.
pub(crate) fn is_static<T: ?Sized>(value: &T) -> bool {
    let address = std::ptr::from_ref(value).addr();
    image::ranges().iter().any(|range| range.contains(&address))
}

/// Gives a static back its first value, or keeps a copy of that value if this is its first use.
///
/// Does nothing for values that are no statics, nor for statics that were used outside of a run:
/// what was put there before the exploration is meant to be found.
#[expect(unsafe_code, reason = "a value of any type is copied by its bytes")]
pub(crate) fn start_afresh<T: ?Sized>(tag: &Tag, lock: &Mutex<T>) {
    if tag.was_used_outside() || !is_static(lock) {
        return;
    }
    let mut value = match lock.try_lock() {
        Ok(value) => value,
        Err(TryLockError::Poisoned(poison)) => poison.into_inner(),
        // A guard that was forgotten: whatever it guards may still be in use.
        Err(TryLockError::WouldBlock) => return,
    };
    let size = size_of_val(&*value);
    let first: *mut Byte = (&raw mut *value).cast();
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(bytes) = kept.get(&first.addr()) {
        // SAFETY: the guard gives us the value alone. `bytes` are those of its first value, which
        // the compiler computed for a static: it owns nothing, so it may be used once per run.
        // They were copied from this address, so their number is the size of the value.
        unsafe {
            ptr::drop_in_place(&raw mut *value);
            ptr::copy_nonoverlapping(bytes.as_ptr(), first, size);
        }
    } else if tag.is_fresh() {
        // SAFETY: the value is `size` bytes long and nobody changes it while we hold the guard.
        let bytes = unsafe { std::slice::from_raw_parts(first, size) };
        kept.insert(first.addr(), bytes.into());
    }
    drop(value);
    lock.clear_poison();
}

/// A byte of any value: padding has no value at all.
type Byte = MaybeUninit<u8>;

/// The first values of the statics that have been used, by address.
static KEPT: Mutex<BTreeMap<usize, Box<[Byte]>>> = Mutex::new(BTreeMap::new());

/// Where the statics of this program are.
mod image {
    use std::ops::Range;
    use std::sync::OnceLock;
    use std::sync::atomic::AtomicU8;

    /// Any static that can change: it lies among the others that can.
    static ONE_OF_THEM: AtomicU8 = AtomicU8::new(1);

    pub(super) fn ranges() -> &'static [Range<usize>] {
        static RANGES: OnceLock<Vec<Range<usize>>> = OnceLock::new();
        RANGES.get_or_init(|| {
            let address = (&raw const ONE_OF_THEM).addr();
            let maps = std::fs::read_to_string("/proc/self/maps").unwrap_or_default();
            writable_parts(&maps, address)
        })
    }

    /// The writable mappings of the file that holds `address`, and the nameless one right behind
    /// them: there the system keeps the statics that begin as zeros.
    pub(super) fn writable_parts(maps: &str, address: usize) -> Vec<Range<usize>> {
        let parts: Vec<_> = maps.lines().filter_map(parse).collect();
        let Some(home) = parts.iter().find(|part| part.range.contains(&address)) else {
            return vec![];
        };
        // The anchor itself may lie in the nameless part: its file is the one just before.
        let file = parts
            .iter()
            .rev()
            .filter(|part| part.range.start <= home.range.start)
            .map(|part| part.file)
            .find(|file| !file.is_empty())
            .unwrap_or("");
        let mut found: Vec<Range<usize>> = vec![];
        for part in &parts {
            let is_next = found.last().is_some_and(|last| last.end == part.range.start);
            if part.is_writable && (part.file == file || (part.file.is_empty() && is_next)) {
                found.push(part.range.clone());
            }
        }
        found
    }

    struct Part<'a> {
        range: Range<usize>,
        is_writable: bool,
        file: &'a str,
    }

    fn parse(line: &str) -> Option<Part<'_>> {
        let mut words = line.split_ascii_whitespace();
        let (start, end) = words.next()?.split_once('-')?;
        let start = usize::from_str_radix(start, 16).ok()?;
        let end = usize::from_str_radix(end, 16).ok()?;
        let is_writable = words.next()?.contains('w');
        let file = words.nth(3).unwrap_or("");
        Some(Part { range: start..end, is_writable, file })
    }
}

#[cfg(test)]
mod tests {
    use super::image::writable_parts;

    #[test]
    fn statics_lie_in_the_writable_parts_of_the_program_and_right_behind() {
        let maps = "\
            1000-2000 r-xp 00000000 fe:00 7 /bin/x\n\
            2000-3000 r--p 00001000 fe:00 7 /bin/x\n\
            3000-4000 rw-p 00002000 fe:00 7 /bin/x\n\
            4000-5000 rw-p 00000000 00:00 0\n\
            5000-6000 rw-p 00000000 00:00 0 [heap]\n\
            9000-a000 rw-p 00000000 00:00 0\n";
        let expected = [0x3000..0x4000, 0x4000..0x5000];
        assert_eq!(writable_parts(maps, 0x3008), expected);
        assert_eq!(writable_parts(maps, 0x4008), expected);
        assert_eq!(writable_parts("", 0x4008), []);
    }

    #[test]
    fn a_static_is_told_from_what_lives_elsewhere() {
        static ZERO: std::sync::Mutex<u64> = std::sync::Mutex::new(0);
        static SEVEN: std::sync::Mutex<u64> = std::sync::Mutex::new(7);
        assert_eq!(super::is_static(&ZERO), cfg!(target_os = "linux"));
        assert_eq!(super::is_static(&SEVEN), cfg!(target_os = "linux"));
        assert!(!super::is_static(&Box::new(std::sync::Mutex::new(7))));
        assert!(!super::is_static(&*Box::new(7)));
    }
}
