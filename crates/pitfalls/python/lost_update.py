"""Two cooks sell at once, and the till forgets one sale: made to happen every time, then mended by a lock."""

import threading

COOKS = 2


def read_then_write(till, gap):
    """Wrong: between the two steps, everybody may read the same number."""
    total = till["total"]
    gap()
    till["total"] = total + 1


def sell_together(sell):
    till = {"total": 0}
    cooks = [threading.Thread(target=sell, args=(till,)) for _ in range(COOKS)]
    for cook in cooks:
        cook.start()
    for cook in cooks:
        cook.join()
    return till["total"]


def main():
    gate = threading.Barrier(COOKS)
    lost = sell_together(lambda till: read_then_write(till, gate.wait))
    print(f"no lock: {COOKS} plates sold, the till says {lost}")

    lock = threading.Lock()

    def sell_under_lock(till):
        gate.wait()
        with lock:
            till["total"] += 1

    kept = sell_together(sell_under_lock)
    print(f"lock:    {COOKS} plates sold, the till says {kept}")
    assert (lost, kept) == (1, COOKS)


main()
