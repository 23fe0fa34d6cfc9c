"""Three downloads at once, as the articles have them: each thread prints for itself."""

import threading
import time
from collections import Counter

FILES, SLEEP_SECONDS, RUNS = 3, 0.2, 50


def main():
    download_all(SLEEP_SECONDS, print)
    tally = Counter(completion_order() for _ in range(RUNS))
    for order, runs in tally.most_common():
        print(f"{runs:>4} of {RUNS} runs finished in the order {order}")
    nobody_looks()


def download_file(number, seconds, say):
    say(f"Downloading file {number}...")
    time.sleep(seconds)
    say(f"Finished downloading file {number}")


def download_all(seconds, say):
    threads = [threading.Thread(target=download_file, args=(number, seconds, say)) for number in range(FILES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()  # waits, and returns None: a Thread has no result to give


def completion_order():
    lines = []
    download_all(0.002, lines.append)
    for number in range(FILES):  # this much is guaranteed, and no more
        begin = lines.index(f"Downloading file {number}...")
        assert begin < lines.index(f"Finished downloading file {number}")
    return " ".join(line[-1] for line in lines if line.startswith("Finished"))


def nobody_looks():
    def die():
        raise ConnectionError("the line went dead")

    thread = threading.Thread(target=die, name="download 1")
    thread.start()
    thread.join()  # raises nothing, although the thread died: the traceback went to stderr
    print("Continuing on, with exit status 0")


if __name__ == "__main__":
    main()
