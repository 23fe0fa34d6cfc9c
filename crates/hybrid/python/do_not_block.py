"""A heart that should beat every 50 ms, while something else runs in the event loop or beside it."""

import asyncio
import contextlib
import select
import sys
import tempfile
import time
import warnings

BEAT = 0.05


async def beat(gaps):
    last = time.perf_counter()
    while True:
        await asyncio.sleep(BEAT)
        now = time.perf_counter()
        gaps.append(now - last)
        last = now


async def largest_gap(work):
    """Runs work() beside a heart; returns the longest time between two beats, in milliseconds."""
    gaps = []
    heart = asyncio.create_task(beat(gaps))
    await asyncio.sleep(2 * BEAT)
    await work()
    await asyncio.sleep(2 * BEAT)
    heart.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await heart
    return 1000 * max(gaps)


def count():
    end = time.perf_counter() + 0.5
    while time.perf_counter() < end:
        pass


async def std_sleep():
    time.sleep(0.5)


async def std_sleep_in_a_thread():
    await asyncio.to_thread(time.sleep, 0.5)


async def cpu():
    count()


async def cpu_in_a_thread():
    await asyncio.to_thread(count)  # it beats, but late now and then: both threads want the one GIL


async def forgotten_await():
    asyncio.sleep(0.5)


async def command():
    """The child is waited for. Printing the handle and going home would leave it behind."""
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-c", "import time; time.sleep(0.5); print('done')", stdout=asyncio.subprocess.PIPE
    )
    output, _ = await child.communicate()
    assert child.returncode == 0 and output.strip() == b"done"


def ask_epoll_about_a_file():
    if hasattr(select, "epoll"):
        with tempfile.TemporaryFile() as file, select.epoll() as epoll:
            try:
                epoll.register(file)
            except PermissionError as error:
                print(f"epoll and a file on disk: {error}. A file is always 'ready', and still makes you wait.")


async def main():
    warnings.simplefilter("ignore", RuntimeWarning)  # the forgotten await below is meant
    for work in [std_sleep, std_sleep_in_a_thread, cpu, cpu_in_a_thread, forgotten_await, command]:
        print(f"{work.__name__:>22}: largest gap {await largest_gap(work):4.0f} ms")
    ask_epoll_about_a_file()


if __name__ == "__main__":
    asyncio.run(main())
