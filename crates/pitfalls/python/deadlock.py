"""Cooks who wait for each other, for themselves, or politely for ever; mended by order, a second kind of lock, and dice."""

import random
import threading

COOKS = 2
PATIENCE = 0.2  # a plain acquire would wait for ever; the timeout is only here so that the program can tell


def take_left_then_right(tools, left, right, gate, stuck):
    """Wrong: when all have taken the left tool, all right ones are taken."""
    with tools[left]:
        gate.wait()
        if tools[right].acquire(timeout=PATIENCE):
            tools[right].release()
        else:
            stuck.append(left)
        gate.wait()  # nobody lets go before everybody has given up


def take_in_order(tools, left, right, gate, done):
    """Right: the lower number first, for everybody."""
    gate.wait()
    low, high = sorted((left, right))
    with tools[low], tools[high]:
        done.append(left)


def at_once(way):
    tools = [threading.Lock() for _ in range(COOKS)]
    gate, results = threading.Barrier(COOKS), []
    cooks = [
        threading.Thread(target=way, args=(tools, cook, (cook + 1) % COOKS, gate, results))
        for cook in range(COOKS)
    ]
    for thread in cooks:
        thread.start()
    for thread in cooks:
        thread.join()
    return len(results)


def helper_locks_again(lock):
    """Wrong with a Lock: the cook waits for himself. An RLock lets its holder in a second time."""
    with lock:
        if not lock.acquire(timeout=PATIENCE):
            return "waits for itself"
        lock.release()
        return "goes on"


def be_polite(rounds, jitter):
    """Both take their own tool, look for the other's, put back; with jitter, who put back may sit out."""
    tools, step = [threading.Lock(), threading.Lock()], threading.Barrier(2)
    put_back, dishes = [], []

    def cook(me):
        dice, hungry, sits_out = random.Random(me), True, 0
        for _ in range(rounds):
            takes = hungry and sits_out == 0
            if takes:
                tools[me].acquire()
            step.wait()
            sits_out = max(0, sits_out - 1)
            if takes and tools[1 - me].acquire(blocking=False):
                dishes.append(me)
                hungry = False
                tools[1 - me].release()
            elif takes:
                put_back.append(me)
                sits_out = dice.randrange(4) if jitter else 0
            step.wait()
            if takes:
                tools[me].release()

    cooks = [threading.Thread(target=cook, args=(me,)) for me in range(2)]
    for thread in cooks:
        thread.start()
    for thread in cooks:
        thread.join()
    return len(put_back), len(dishes)


def main():
    stuck, done = at_once(take_left_then_right), at_once(take_in_order)
    print(f"left then right: {stuck} of {COOKS} cooks would wait for ever")
    print(f"in one order:    {done} of {COOKS} dishes are done")
    assert (stuck, done) == (COOKS, COOKS)

    for lock in threading.Lock(), threading.RLock():
        print(f"twice, {type(lock).__name__}:", helper_locks_again(lock))

    for jitter in False, True:
        put_back, dishes = be_polite(20, jitter)
        print(f"polite, jitter {jitter}: {put_back} times put back, {dishes} of 2 dishes")
        assert dishes == (2 if jitter else 0)


main()
