"""Cooks read a menu that the chef rewrites: what Python's Lock and RLock let in, and what they say of an accident."""

import threading
import time

READERS, HOLD_SECONDS = 8, 0.02


def main():
    lock, rlock = threading.Lock(), threading.RLock()
    for name, guard in [("Lock", lock), ("RLock", rlock)]:
        most = readers_inside_at_once(guard)
        with guard:
            again = guard.acquire(blocking=False)
            if again:
                guard.release()
        print(f"{name}: {most} of {READERS} readers inside at once; taken again by its holder: {again}")
        assert most == 1 and again == (guard is rlock)

    menu = Menu()
    menu.raise_prices()
    print(f"report() from the middle of the change: {menu.reported}")
    assert menu.reported == "2 dishes, 81 in all"  # neither 80 nor 82

    print(f"after an exception inside: {after_an_exception(lock)}, and the lock says nothing")


def readers_inside_at_once(guard):
    """There is no lock for many readers in the standard library."""
    inside, most, count = 0, 0, threading.Lock()

    def read():
        nonlocal inside, most
        with guard:
            with count:
                inside += 1
                most = max(most, inside)
            time.sleep(HOLD_SECONDS)
            with count:
                inside -= 1

    cooks = [threading.Thread(target=read) for _ in range(READERS)]
    for cook in cooks:
        cook.start()
    for cook in cooks:
        cook.join()
    return most


class Menu:
    """report() takes the lock, and so does whoever calls it: that is what an RLock is for."""

    def __init__(self):
        self.lock, self.prices, self.reported = threading.RLock(), [40, 40], None

    def report(self):
        with self.lock:  # the holder gets in, whatever it was in the middle of
            return f"{len(self.prices)} dishes, {sum(self.prices)} in all"

    def raise_prices(self):
        with self.lock:
            self.prices[0] += 1
            self.reported = self.report()  # the second price is still the old one
            self.prices[1] += 1


def after_an_exception(lock):
    prices = [41, 41]
    try:
        with lock:
            prices[0] += 1
            raise RuntimeError("fainted halfway through")
    except RuntimeError:
        pass
    with lock:  # free again, and as good as new
        return prices


main()
