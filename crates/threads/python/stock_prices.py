"""Stock prices with a thread for each: what overlaps, what an error does, and a clock that counts nothing."""

import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SYMBOLS = ["AAPL", "GOOGL", "MSFT"]
DELAY = 0.3


class Market(BaseHTTPRequestHandler):
    """Takes its time. GOOGL is closed with ?fail, MSFT never answers with ?hang."""

    def do_GET(self):
        time.sleep(DELAY * 10 if self.path.endswith("MSFT?hang") else DELAY)
        try:
            self.send_response(503 if self.path.endswith("GOOGL?fail") else 200)
            self.end_headers()
            self.wfile.write(f"price of {self.path}".encode())
        except OSError:
            pass  # the client has lost its patience

    def log_message(self, *args):
        pass


def careless(port):
    """No timeout, nothing caught, and the clock runs for whatever happened."""

    def fetch(symbol):
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/stock/{symbol}") as answer:
            print(f"Fetched /stock/{symbol} with status {answer.status}")

    start = time.perf_counter()
    threads = [threading.Thread(target=fetch, args=(symbol,)) for symbol in SYMBOLS]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()  # a thread that died is joined like any other
    print(f"Completed in {time.perf_counter() - start:.2f} seconds")


def fetch(url):
    """(status, None), or (None, reason): an error is an outcome, not the end."""
    try:
        with urllib.request.urlopen(url, timeout=2 * DELAY) as answer:
            answer.read()
            return answer.status, None
    except urllib.error.HTTPError as error:  # first: it is a kind of URLError
        return None, f"status {error.code}"
    except TimeoutError:
        return None, "no answer in time"
    except (urllib.error.URLError, OSError) as error:
        return None, f"network error: {error}"


def report(title, urls, outcomes, seconds):
    print(title)
    for url, (status, error) in zip(urls, outcomes):
        path = url[url.index("/stock"):]
        print(f"  Failed {path}: {error}" if error else f"  Fetched {path} with status {status}")
    came = sum(error is None for _, error in outcomes)
    print(f"{came} of {len(urls)} fetched" + (f" in {seconds:.2f} seconds" if came == len(urls) else ""))


def main():
    market = ThreadingHTTPServer(("127.0.0.1", 0), Market)
    threading.Thread(target=market.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{market.server_port}/stock/"
    urls = [base + symbol for symbol in SYMBOLS]

    start = time.perf_counter()
    one_by_one = [fetch(url) for url in urls]
    report("one after the other", urls, one_by_one, time.perf_counter() - start)

    start = time.perf_counter()
    with ThreadPoolExecutor(len(urls)) as pool:
        together = list(pool.map(fetch, urls))  # in the order of the urls
    report("a thread for each", urls, together, time.perf_counter() - start)
    assert one_by_one == together == [(200, None)] * 3

    faulty = [urls[0], urls[1] + "?fail", urls[2] + "?hang"]
    with ThreadPoolExecutor(len(faulty)) as pool:
        outcomes = list(pool.map(fetch, faulty))
    report("with faults", faulty, outcomes, 0)
    assert [error for _, error in outcomes] == [None, "status 503", "no answer in time"]

    # A port where nobody listens: reserved here, so that nobody else can listen there.
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        command = [sys.executable, __file__, "careless", str(nobody.getsockname()[1])]
        run = subprocess.run(command, capture_output=True, text=True)
    tracebacks = run.stderr.count("Exception in thread")
    print(f"the careless way, nobody there: {tracebacks} tracebacks, then")
    print(f"  {run.stdout.strip()}\n  exit status {run.returncode}")
    assert (tracebacks, run.returncode) == (3, 0) and run.stdout.startswith("Completed")


if __name__ == "__main__":
    careless(sys.argv[2]) if sys.argv[1:2] == ["careless"] else main()
