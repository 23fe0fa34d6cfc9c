"""Three big factorials with CPython: one after the other, on threads, and on a pool of processes."""

import math
import multiprocessing
import sys
import time
from concurrent.futures import ThreadPoolExecutor

NUMBERS = [20_000, 20_001, 20_002]


def compute_factorial(n):
    try:
        return math.factorial(n)
    except OverflowError:  # only beyond 2**63 - 1, and memory ends long before
        return "Overflow"


def timed(title, work):
    start = time.perf_counter()
    result = work()
    print(f"{title}: {(time.perf_counter() - start) * 1000:.0f} ms", file=sys.stderr)
    return result


def main():
    # Since 3.11 (and in late patches of 3.7 to 3.10) Python refuses to print more than 4,300 digits.
    if hasattr(sys, "set_int_max_str_digits"):
        sys.set_int_max_str_digits(0)

    one_by_one = timed("one by one", lambda: [compute_factorial(n) for n in NUMBERS])
    # One interpreter lock: the threads take turns.
    with ThreadPoolExecutor(3) as threads:
        on_threads = timed("3 threads", lambda: list(threads.map(compute_factorial, NUMBERS)))
    with multiprocessing.Pool(processes=3) as pool:
        on_processes = timed("3 processes", lambda: pool.map(compute_factorial, NUMBERS))
    assert one_by_one == on_threads == on_processes

    texts = timed("decimal text, in the parent", lambda: [str(number) for number in on_processes])
    for n, text in zip(NUMBERS, texts):
        print(f"{n}! has {len(text)} digits: {text[:20]}…, {len(text) - len(text.rstrip('0'))} trailing zeros")


if __name__ == "__main__":  # a spawned worker imports this file: without the guard it would start a pool too
    main()
