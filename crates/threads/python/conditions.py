"""A consumer waits for data: for the bell, as in many a tutorial, and for the data itself."""

import threading

PATIENCE = 1  # second; a plain wait() would hang where this program says "asleep"


def wait_for_the_bell(condition, data, asleep, got):
    """Wrong: a ring that came too early is missed, and a ring for nothing is believed."""
    with condition:
        asleep.set()  # whoever gets the lock after this gets it from our wait()
        got.append(list(data) if condition.wait(PATIENCE) else "asleep")


def wait_for_the_data(condition, data, asleep, got):
    """Right: looks before it sleeps and whenever it wakes; `wait_for` is the while loop."""
    with condition:
        asleep.set()
        got.append(list(data) if condition.wait_for(lambda: data, PATIENCE) else "asleep")


def produce(condition, data):
    """The data changes under the lock that the consumer looks under."""
    with condition:
        data.append(33)
        condition.notify()


def ring_for_nothing(condition, data):
    with condition:
        condition.notify()


def run(consume, *events):
    """Lets the events happen in this order; `consume` is where the consumer begins to wait."""
    condition, asleep, data, got = threading.Condition(), threading.Event(), [], []
    consumer = threading.Thread(target=consume, args=(condition, data, asleep, got))
    for event in events:
        if event is consume:
            consumer.start()
            asleep.wait()
        else:
            event(condition, data)
    consumer.join()
    return got[0]


def main():
    for consume in wait_for_the_bell, wait_for_the_data:
        outcomes = [
            run(consume, consume, produce),
            run(consume, produce, consume),
            run(consume, consume, ring_for_nothing),
        ]
        print(f"{consume.__name__}: in time {outcomes[0]}, late {outcomes[1]}, ring for nothing {outcomes[2]}")
        if consume is wait_for_the_bell:
            assert outcomes == [[33], "asleep", []]
        else:
            assert outcomes == [[33], [33], "asleep"]


main()
