"""One list of orders, cooked four ways in Python, where one kitchen has one knife: the GIL."""

import asyncio
import os
import threading
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

WAITS, BURNS, COOKS = 4, 4, 4
WAIT_SECONDS = 0.1
BELOW = 40_000


def main():
    in_order = run("one cook, in order", cook_in_order)
    juggling = run("one cook, juggling", juggle)
    threads = run("several cooks", hire_cooks)
    processes = run("several kitchens", open_kitchens)
    for kind in "wait", "burn":
        speedups = [in_order[kind] / model[kind] for model in (juggling, threads, processes)]
        print("{}s, times faster than in order: juggling {:.1f}, threads {:.1f}, processes {:.1f}".format(kind, *speedups))


def run(title, cook_all):
    print(f"-- {title}")
    seconds = {}
    for kind, count in ("wait", WAITS), ("burn", BURNS):
        begin = time.monotonic()
        dishes = cook_all(kind, range(count))
        seconds[kind] = time.monotonic() - begin
        assert sorted(dish["order"] for dish in dishes) == list(range(count))
        draw(dishes, kind)
    return seconds


def cook(kind, order):
    begin = time.monotonic()
    if kind == "wait":
        time.sleep(WAIT_SECONDS)  # gives the GIL away while it sleeps
    else:
        primes_below(BELOW)  # holds the GIL, but for a short change every 5 ms
    return served(order, begin)


def served(order, begin):
    who = os.getpid(), threading.get_native_id()
    return {"order": order, "who": who, "begin": begin, "end": time.monotonic()}


def primes_below(limit):
    return sum(all(n % d for d in range(2, int(n**0.5) + 1)) for n in range(2, limit))


def cook_in_order(kind, orders):
    return [cook(kind, order) for order in orders]


def juggle(kind, orders):
    async def all_at_once():
        return await asyncio.gather(*(cook_async(kind, order) for order in orders))

    return asyncio.run(all_at_once())


async def cook_async(kind, order):
    if kind == "burn":
        return cook(kind, order)  # no await inside: nobody else gets a turn
    begin = time.monotonic()
    await asyncio.sleep(WAIT_SECONDS)
    return served(order, begin)


def hire_cooks(kind, orders):
    with ThreadPoolExecutor(COOKS) as cooks:
        return list(cooks.map(cook, [kind] * len(orders), orders))


def open_kitchens(kind, orders):
    with ProcessPoolExecutor(COOKS) as kitchens:
        return list(kitchens.map(cook, [kind] * len(orders), orders))


def draw(dishes, kind):
    first = min(dish["begin"] for dish in dishes)
    width = max(dish["end"] for dish in dishes) - first
    for dish in dishes:
        begin, end = (round(40 * (dish[side] - first) / width) for side in ("begin", "end"))
        bar = " " * begin + ("." if kind == "wait" else "#") * (end - begin)
        print(f"  {kind} {dish['order']} |{bar:40}| pid {dish['who'][0]}")


if __name__ == "__main__":  # a spawned process imports this file again: without this line it would open kitchens too, and Python refuses
    main()
