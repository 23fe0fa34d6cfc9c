"""The fetch benchmark's contender from Python's thread side: requests, as many threads as pages."""

import threading
from concurrent.futures import ThreadPoolExecutor

import requests

import measured

mine = threading.local()


def open_session():
    # One per thread: requests does not promise that threads may share one.
    mine.session = requests.Session()
    # As our own clients, do not look for proxies in the environment, here anew for every fetch.
    mine.session.trust_env = False


def fetch(url):
    response = mine.session.get(url)
    response.raise_for_status()
    return len(response.content)


def fetch_all(urls):
    with ThreadPoolExecutor(max_workers=len(urls), initializer=open_session) as pool:
        return len(list(pool.map(fetch, urls)))


measured.run(fetch_all)
