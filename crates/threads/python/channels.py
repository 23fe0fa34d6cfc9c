"""Quick cooks and one slow waiter with queue.Queue: where it waits, how it ends, and what it cannot cross."""

import multiprocessing
import queue
import threading
import time

PLATES, SECONDS_A_PLATE = 10, 0.02
NO_LIMIT = 0  # so in Queue(maxsize=0); in Rust a channel with room for 0 hands over from hand to hand


def main():
    for room in [NO_LIMIT, 100, 2]:
        ahead, served, percent = serve_a_rush(room)
        title = f"room for {room}" if room else "no limit"
        print(f"{title}: {ahead} put down before the first is taken, {served} served; cooks done at {percent:.0f} %")
        assert (ahead, served) == (min(room or PLATES, PLATES), PLATES)
    magic_value()
    one_goodbye_for_each_cook()
    to_another_process()
    print(f"a plate through a Queue costs {seconds_a_plate(queue.Queue) * 1e9:.0f} ns, "
          f"through a SimpleQueue {seconds_a_plate(queue.SimpleQueue) * 1e9:.0f} ns")


def serve_a_rush(room):
    the_pass, full_or_done, done_at = queue.Queue(maxsize=room), threading.Event(), []
    ahead = 0

    def cook():
        nonlocal ahead
        for plate in range(PLATES):
            try:
                the_pass.put_nowait(plate)
                ahead += not full_or_done.is_set()
            except queue.Full:
                full_or_done.set()
                the_pass.put(plate)  # waits for room
        full_or_done.set()
        done_at.append(time.perf_counter())
        the_pass.put(None)  # a Queue of Python 3.11 cannot be closed: the end is one more message

    thread = threading.Thread(target=cook)
    thread.start()
    full_or_done.wait()
    start, served = time.perf_counter(), 0
    while the_pass.get() is not None:
        time.sleep(SECONDS_A_PLATE)
        served += 1
    thread.join()
    percent = max(0, done_at[0] - start) / (time.perf_counter() - start) * 100
    return ahead, served, percent


def magic_value():
    """The waiter goes home at plate 4, since that is the last. Then a second cook is hired."""

    def serve(cooks):
        the_pass = queue.Queue()
        for plate in [plate for _ in range(cooks) for plate in range(5)]:
            the_pass.put(plate)
        served = 0
        while True:
            plate = the_pass.get()
            served += 1
            if plate == 4:
                return served, the_pass.qsize()

    assert serve(1) == (5, 0)
    served, left = serve(2)
    print(f"the end is a magic value, two cooks: {served} served, {left} left to get cold")
    assert (served, left) == (5, 5)


def one_goodbye_for_each_cook():
    cooks, the_pass = 3, queue.Queue()

    def cook(number):
        for plate in range(5):
            the_pass.put((number, plate))
        the_pass.put(None)

    threads = [threading.Thread(target=cook, args=(number,)) for number in range(cooks)]
    for thread in threads:
        thread.start()
    served, at_work = [], cooks
    while at_work:  # the waiter must know how many cooks there are
        plate = the_pass.get()
        if plate is None:
            at_work -= 1
        else:
            served.append(plate)
    for thread in threads:
        thread.join()
    print(f"a goodbye for each of {cooks} cooks: {len(served)} served")
    for number in range(cooks):  # each cook's own order is kept; between cooks any order may come
        assert [plate for cook, plate in served if cook == number] == [0, 1, 2, 3, 4]


def put_a_plate(the_pass):
    the_pass.put("soup")


def to_another_process():
    """A queue.Queue lives in one process. The queue of multiprocessing is another thing: a pipe and a thread."""
    spawn = multiprocessing.get_context("spawn")
    try:
        spawn.Process(target=put_a_plate, args=(queue.Queue(),)).start()
    except TypeError as error:
        print(f"queue.Queue to another process: {error}")
    else:
        raise AssertionError("a queue.Queue went to another process")
    the_pass = spawn.Queue()
    child = spawn.Process(target=put_a_plate, args=(the_pass,))
    child.start()
    print(f"multiprocessing.Queue to another process: {the_pass.get(timeout=60)} came")
    child.join()


def seconds_a_plate(kind):
    plates, the_pass = 100_000, kind()

    def cook():
        for plate in range(plates):
            the_pass.put(plate)

    thread = threading.Thread(target=cook)
    start = time.perf_counter()
    thread.start()
    for plate in range(plates):
        assert the_pass.get() == plate
    thread.join()
    return (time.perf_counter() - start) / plates


if __name__ == "__main__":
    main()
