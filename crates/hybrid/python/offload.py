"""Computing beside an asyncio loop: a queue read in the loop, a queue read by a thread, an executor."""

import asyncio
import math
import multiprocessing
import sys
import time
from concurrent.futures import ProcessPoolExecutor

TICK = 0.01
WORK = 0.2


def compute(seconds=WORK):
    start = time.perf_counter()
    while True:
        bits = math.factorial(2_000).bit_length()
        if time.perf_counter() - start >= seconds:
            return bits


def work_for(orders, answers):
    for seconds in iter(orders.get, None):
        answers.put(compute(seconds))


async def largest_gap(stop):
    last, largest = time.perf_counter(), 0.0
    while not stop.is_set():
        await asyncio.sleep(TICK)
        now = time.perf_counter()
        last, largest = now, max(largest, now - last)
    return largest


async def measure(title, answer):
    stop = asyncio.Event()
    ticker = asyncio.create_task(largest_gap(stop))
    await asyncio.sleep(TICK)
    bits = await answer()
    stop.set()
    print(f"{title}: largest gap {await ticker * 1000:.0f} ms", file=sys.stderr)
    print(f"{title}: {bits} bits")


async def main():
    context = multiprocessing.get_context("spawn")  # no fork of a process that runs threads
    orders, answers = context.Queue(), context.Queue()
    worker = context.Process(target=work_for, args=(orders, answers))
    worker.start()
    orders.put(0)
    answers.get()  # the worker has started up

    async def inline():
        return compute()

    async def get_in_the_loop():
        orders.put(WORK)
        return answers.get()  # blocks the loop as surely as computing does

    async def get_in_a_thread():
        orders.put(WORK)
        return await asyncio.to_thread(answers.get)

    with ProcessPoolExecutor(1, mp_context=context) as executor:
        executor.submit(compute, 0).result()

        async def in_an_executor():
            return await asyncio.get_running_loop().run_in_executor(executor, compute)

        await measure("inline", inline)
        await measure("queue read in the loop", get_in_the_loop)
        await measure("queue read by a thread", get_in_a_thread)
        await measure("process pool executor", in_an_executor)
    orders.put(None)
    worker.join()


if __name__ == "__main__":
    asyncio.run(main())
