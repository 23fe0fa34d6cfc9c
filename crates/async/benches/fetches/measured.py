"""Measures a Python contender and prints the line the fetch benchmark expects, as usage.rs does for Rust."""

import sys
import time


def run(fetch_all):
    """Call `fetch_all(urls)`, which returns the number of good answers, and print what it took.

    The line is `answered seconds cpu_seconds peak_kib`; imports are over before the clock starts.
    """
    base, count = sys.argv[1], int(sys.argv[2])
    urls = [f"{base}/stock/S{number}" for number in range(count)]
    cpu_before, before = time.process_time(), time.perf_counter()
    answered = fetch_all(urls)
    seconds, cpu_seconds = time.perf_counter() - before, time.process_time() - cpu_before
    print(answered, seconds, cpu_seconds, peak_kib())


def peak_kib():
    """The largest resident set of this process in KiB, or nan where the system does not tell."""
    try:
        with open("/proc/self/status") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))
    except OSError:
        return float("nan")
