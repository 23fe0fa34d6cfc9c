"""Pools in Python: ordered maps, what an exception does, and which work gains from threads under the interpreter's lock."""

import hashlib
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

DELAYS = {"Alice": 0.3, "Bob": 0.2, "Charlie": 0.1}


def greet(name):
    time.sleep(DELAYS[name])
    return f"Hello, {name}!"


def greet_or_raise(name):
    if name == "Bob":
        raise ValueError("Bob is not greeted today")
    return greet(name)


def multiply_rows(first, last, left, right, by_columns):
    """Rows first..last of the product, in one of the two loop orders."""
    n = len(right)
    product = [[0] * n for _ in range(first, last)]
    for i, row in enumerate(product, first):
        if by_columns:  # i, j, k
            for j in range(n):
                row[j] = sum(left[i][k] * right[k][j] for k in range(n))
        else:  # i, k, j
            for k, factor in enumerate(left[i]):
                row[:] = [cell + factor * other for cell, other in zip(row, right[k])]
    return product


def multiply(pool, left, right):
    """Half of the rows each: the same line for threads and for processes, and nothing that combines them."""
    n = len(left)
    halves = [pool.submit(multiply_rows, first, last, left, right, False) for first, last in [(0, n // 2), (n // 2, n)]]
    return [row for half in halves for row in half.result()]


def digest(data):
    return hashlib.sha256(data).hexdigest()


def timed(what, work):
    start = time.perf_counter()
    result = work()
    print(f"  {what}: {(time.perf_counter() - start) * 1e3:.0f} ms")
    return result


def main():
    with ThreadPoolExecutor() as pool:
        greetings = list(pool.map(greet, DELAYS))
        print(*greetings, sep="\n")
        assert greetings == ["Hello, Alice!", "Hello, Bob!", "Hello, Charlie!"]

    # map raises where the failed result is due; Charlie's greeting exists, and nobody ever sees it.
    with ThreadPoolExecutor(1) as pool:
        seen = []
        try:
            for greeting in pool.map(greet_or_raise, DELAYS):
                seen.append(greeting)
        except ValueError as error:
            print(f"after {seen}: {error}; the one worker lives: {pool.submit(greet, 'Charlie').result()}")

    n = 140
    left = [[(i * j) % 10 for j in range(n)] for i in range(n)]
    right = [[(i + j) % 10 for j in range(n)] for i in range(n)]
    print(f"{n} x {n} matrices, Python code")
    expected = timed("i, j, k", lambda: multiply_rows(0, n, left, right, True))
    by_rows = timed("i, k, j", lambda: multiply_rows(0, n, left, right, False))
    with ThreadPoolExecutor(2) as threads:
        in_threads = timed("i, k, j on 2 threads", lambda: multiply(threads, left, right))
    with ProcessPoolExecutor(2) as processes:
        in_processes = timed("i, k, j on 2 processes, matrices sent there and back", lambda: multiply(processes, left, right))
    assert expected == by_rows == in_threads == in_processes

    # "Threads never help to compute" is not true either: this C code lets go of the lock while it computes.
    data = [bytes([number]) * (32 << 20) for number in range(2)]
    print("SHA-256 of 2 x 32 MiB, C code")
    one_by_one = timed("one after the other", lambda: list(map(digest, data)))
    with ThreadPoolExecutor(2) as threads:
        together = timed("on 2 threads", lambda: list(threads.map(digest, data)))
    assert one_by_one == together


if __name__ == "__main__":
    main()
