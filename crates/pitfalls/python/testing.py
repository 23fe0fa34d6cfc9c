"""A test whose assertion fails inside a thread and which Python calls OK; then three nets that hold."""

import asyncio
import io
import selectors
import threading
import unittest
from concurrent.futures import ThreadPoolExecutor


class Till:
    """Wrong: whatever the gap holds happens between reading and writing."""

    def __init__(self):
        self.total = 0

    def sell(self, gap):
        total = self.total
        gap()
        self.total = total + 1

    async def sell_slowly(self, minutes):
        total = self.total
        await asyncio.sleep(minutes * 60)
        self.total = total + 1


def sell_twice():
    """The gate makes sure that both have read before either writes."""
    till, gate = Till(), threading.Barrier(2)
    cooks = [threading.Thread(target=till.sell, args=(gate.wait,)) for _ in range(2)]
    for cook in cooks:
        cook.start()
    for cook in cooks:
        cook.join()
    return till.total


class InAThread(unittest.TestCase):
    def test(self):
        """The assertion fails, the thread dies of it, and nobody asks the thread."""
        checker = threading.Thread(target=lambda: self.assertEqual(sell_twice(), 2))
        checker.start()
        checker.join()


class AskedForTheResult(unittest.TestCase):
    def test(self):
        """The same assertion in a pool: `result` raises here what was raised there."""
        with ThreadPoolExecutor() as pool:
            pool.submit(lambda: self.assertEqual(sell_twice(), 2)).result()


class InTheTestItself(unittest.TestCase):
    def test(self):
        self.assertEqual(sell_twice(), 2)


class StandingClock(selectors.SelectSelector):
    """A clock that stands still, and jumps when the loop would sleep: asyncio has none to offer."""

    now = 0

    def select(self, timeout=None):
        self.now += timeout or 0
        return super().select(0)

    def loop(self):
        loop = asyncio.SelectorEventLoop(self)
        loop.time = lambda: self.now
        return loop


class AnHourInTheGap(unittest.TestCase):
    def test(self):
        async def two_cooks():
            till = Till()
            await asyncio.gather(till.sell_slowly(60), till.sell_slowly(60))
            return till.total

        with asyncio.Runner(loop_factory=StandingClock().loop) as runner:
            self.assertEqual(runner.run(two_cooks()), 2)


def verdict(case):
    threading.excepthook = lambda args: None  # or Python writes about the dead thread, and still says OK
    suite = unittest.defaultTestLoader.loadTestsFromTestCase(case)
    outcome = unittest.TextTestRunner(stream=io.StringIO()).run(suite)
    assert not outcome.errors, outcome.errors  # a test that cannot run is no verdict
    return "OK" if outcome.wasSuccessful() else "FAILED"


def main():
    for case in [InAThread, AskedForTheResult, InTheTestItself, AnHourInTheGap]:
        print(f"{case.__name__:<18} {verdict(case)}")
    assert verdict(InAThread) == "OK", "unittest does not look into threads"


main()
