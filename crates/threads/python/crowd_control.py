"""Five ways to make a crowd wait for the right thing: Python has four of them, and a lock makes the fifth."""

import threading
import time

HOLD_SECONDS, AN_HOUR = 0.1, 3600


def crowd(size, work):
    cooks = [threading.Thread(target=work, args=(number,)) for number in range(size)]
    for cook in cooks:
        cook.start()
    for cook in cooks:
        cook.join()


def burners(jobs, permits):
    semaphore, counting, counts = threading.Semaphore(permits), threading.Lock(), {"now": 0, "most": 0}

    def cook(_):
        with semaphore:  # goes back at the end of the block, after an exception too
            with counting:
                counts["now"] += 1
                counts["most"] = max(counts.values())
            time.sleep(HOLD_SECONDS)
            with counting:
                counts["now"] -= 1

    begin = time.perf_counter()
    crowd(jobs, cook)
    print(f"semaphore: {jobs} cooks, {permits} burners, at most {counts['most']} at once, {time.perf_counter() - begin:.1f} s")
    assert counts["most"] <= permits


def courses(parties):
    barrier, leaders = threading.Barrier(parties), []

    def cook(_):
        for course in range(2):
            if barrier.wait() == 0:  # everybody gets another number, so one gets 0
                leaders.append(course)

    crowd(parties, cook)
    print(f"barrier: {parties} cooks met twice, and the leaders' courses are {leaders}")
    assert leaders == [0, 1]


def opening(cooks):
    bell, begun = threading.Event(), []

    def cook(number):
        bell.wait()
        begun.append(number)

    threading.Timer(0.1, bell.set).start()
    crowd(cooks, cook)
    print(f"event: {len(begun)} cooks began, all after the bell")
    assert len(begun) == cooks


def oven(cooks):
    lock, made = threading.Lock(), []

    def light(_):
        with lock:  # Python has no once; functools.cache does not wait, and may make it twice
            if not made:
                time.sleep(HOLD_SECONDS)
                made.append(200)

    crowd(cooks, light)
    print(f"once: {cooks} cooks wanted the oven hot, lit {len(made)} time")
    assert made == [200]


def egg():
    rung = []
    hello = threading.Timer(0.3, rung.append, ["Hello world"])
    never = threading.Timer(AN_HOUR, rung.append, ["never"])
    for timer in (hello, never):
        timer.start()
    never.cancel()  # returns None: whether it came in time, you are not told
    for timer in (hello, never):
        timer.join()
    print(f"timer: rang {rung}, the other was called off")
    assert rung == ["Hello world"]


if __name__ == "__main__":
    burners(jobs=10, permits=2)
    courses(parties=6)
    opening(cooks=5)
    oven(cooks=8)
    egg()
