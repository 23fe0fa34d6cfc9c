"""A coroutine object is a recipe: calling writes it down, send() cooks one step, close() throws it away."""

import sys
import time
import warnings

STEPS = ["crack the eggs", "turn it", "fold it"]


class NextSend:
    """Suspends once: the smallest wait there is."""

    def __await__(self):
        yield


class Clock:
    """Kitchen time: it passes only when somebody waits."""

    minutes = 0

    def pass_a_minute(self):
        time.sleep(0.02)
        self.minutes += 1

    def say(self, what):
        print(f"  {self.minutes} min  {what}")


async def breakfast(clock, call):
    clock.say("breakfast: the table is laid")
    if call == "await":
        plate = await omelette(clock)
    elif call == "forget":
        omelette(clock)  # Python says so at run time, if at all; rustc while it compiles
        plate = "nothing"
    else:
        plate = omelette_at_once(clock)
    clock.say(f"breakfast: on the plate, {plate}")


async def omelette(clock):
    try:
        for step in STEPS:
            clock.say(f"omelette: {step}")
            await NextSend()
        return "an omelette"
    finally:
        clock.say("the bowl goes into the sink")


def omelette_at_once(clock):
    for step in STEPS:
        clock.say(f"omelette: {step}")
        clock.pass_a_minute()
    return "an omelette"


def work_a_shift(recipe, clock, minutes):
    """One step of breakfast and one look at the door a minute; returns the longest time between two looks."""
    last_look = longest_gap = 0
    cooking = True
    while clock.minutes < minutes:
        if cooking:
            try:
                recipe.send(None)  # Rust: future.as_mut().poll(&mut context)
                clock.say("send -> suspended")
            except StopIteration:  # Rust: Poll::Ready
                clock.say("send -> done")
                cooking = False
        longest_gap = max(longest_gap, clock.minutes - last_look)
        last_look = clock.minutes
        clock.say("look at the door")
        clock.pass_a_minute()
    recipe.close()  # Rust: drop(future)
    return longest_gap


def main():
    warnings.simplefilter("always", RuntimeWarning)
    for call, minutes in [("await", 5), ("await", 2), ("forget", 5), ("block", 5)]:
        clock = Clock()
        recipe = breakfast(clock, call)
        print(f"\n{call}, {minutes} minutes: {type(recipe)}, {sys.getsizeof(recipe)} bytes, nothing cooked")
        gap = work_a_shift(recipe, clock, minutes)
        print(f"Longest time between two looks at the door: {gap} min")
        assert gap <= 1 or call == "block"


if __name__ == "__main__":
    main()
