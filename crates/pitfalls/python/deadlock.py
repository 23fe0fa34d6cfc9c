"""Two cooks each hold one tool and want the other's: stuck, then mended by taking tools in one order."""

import threading

COOKS = 2


def take_left_then_right(tools, left, right, gate, stuck):
    """Wrong: when all have taken the left tool, all right ones are taken.

    A plain acquire would wait for ever; the timeout is only here so that the program can tell.
    Nobody lets go before everybody has given up, so the first one out cannot free the second.
    """
    with tools[left]:
        gate.wait()
        if tools[right].acquire(timeout=0.2):
            tools[right].release()
        else:
            stuck.append(left)
        gate.wait()


def take_in_order(tools, left, right, gate, done):
    """Right: the lower number first, for everybody."""
    gate.wait()
    low, high = sorted((left, right))
    with tools[low], tools[high]:
        done.append(left)


def cook(way):
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


def main():
    stuck = cook(take_left_then_right)
    print(f"left then right: {stuck} of {COOKS} cooks would wait for ever")
    done = cook(take_in_order)
    print(f"in one order:    {done} of {COOKS} dishes are done")
    assert (stuck, done) == (COOKS, COOKS)


main()
