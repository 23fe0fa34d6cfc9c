//! What a system call is for, by its number, which differs between processors.

/// What a thread asked the kernel for.
#[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "only Linux tells the call"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// To wait until a word in memory changes: below all locks, channels and joins.
    Futex,
    Sleep,
    Read,
    Write,
    /// To wait for several things at once: `epoll`, `poll`, `select`.
    Events,
    Network,
    Child,
    Other,
}

#[cfg(target_os = "linux")]
pub(super) fn purpose(number: i64) -> Purpose {
    #[cfg(target_arch = "x86_64")]
    match number {
        // Older calls, which younger processors never had.
        libc::SYS_poll | libc::SYS_select | libc::SYS_epoll_wait => return Purpose::Events,
        _ => {}
    }
    match number {
        libc::SYS_futex | libc::SYS_futex_waitv => Purpose::Futex,
        libc::SYS_nanosleep | libc::SYS_clock_nanosleep => Purpose::Sleep,
        libc::SYS_read | libc::SYS_readv => Purpose::Read,
        libc::SYS_write | libc::SYS_writev => Purpose::Write,
        libc::SYS_ppoll | libc::SYS_pselect6 | libc::SYS_epoll_pwait | libc::SYS_epoll_pwait2 => {
            Purpose::Events
        }
        libc::SYS_accept | libc::SYS_accept4 | libc::SYS_connect => Purpose::Network,
        libc::SYS_recvfrom | libc::SYS_recvmsg | libc::SYS_sendto | libc::SYS_sendmsg => {
            Purpose::Network
        }
        libc::SYS_wait4 | libc::SYS_waitid => Purpose::Child,
        _ => Purpose::Other,
    }
}

#[cfg(not(target_os = "linux"))]
pub(super) fn purpose(_: i64) -> Purpose {
    Purpose::Other
}
