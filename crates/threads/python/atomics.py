"""Two threads and no atomics: what the interpreter's lock keeps in order, and what it does not."""

import itertools
import threading
from collections import Counter

ROUNDS = 2_000
SLIPS = 50_000


def together(cook):
    """Runs cook(0) and cook(1) in two threads, and waits for both."""
    cooks = [threading.Thread(target=cook, args=(number,)) for number in (0, 1)]
    for thread in cooks:
        thread.start()
    for thread in cooks:
        thread.join()


def write_a_note_then_look():
    """How often each outcome came: what the first and the second cook have seen of the other's note."""
    notes = [[0, 0] for _ in range(ROUNDS)]
    seen = [[0, 0] for _ in range(ROUNDS)]
    gate = threading.Barrier(2)

    def cook(own):
        for note, look in zip(notes, seen):
            gate.wait()
            note[own] = 1
            look[own] = note[1 - own]

    together(cook)
    return Counter(map(tuple, seen))


def draw_slips(draw):
    """What two cooks get who draw at the same time."""
    drawn = [[], []]

    def cook(own):
        drawn[own] = [draw() for _ in range(SLIPS)]

    together(cook)
    return drawn[0] + drawn[1]


def main():
    outcomes = write_a_note_then_look()
    print("write a note, then look:", dict(sorted(outcomes.items())))
    # Whoever runs Python code holds the interpreter's lock; handing it over orders everything before it.
    assert outcomes[0, 0] == 0

    # One step, as it is C code that keeps the lock: an accident of CPython that threading itself relies on.
    slips = draw_slips(itertools.count().__next__)
    print("itertools.count:", len(slips), "slips,", len(set(slips)), "different")
    assert len(set(slips)) == 2 * SLIPS

    # What the language promises takes a lock.
    lock, numbers = threading.Lock(), iter(range(2 * SLIPS))

    def draw():
        with lock:
            return next(numbers)

    slips = draw_slips(draw)
    print("under a lock:   ", len(slips), "slips,", len(set(slips)), "different")
    assert len(set(slips)) == 2 * SLIPS


main()
