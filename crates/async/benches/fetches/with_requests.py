"""The fetch benchmark's contender from Python's thread side: requests, with a thread per page."""

from concurrent.futures import ThreadPoolExecutor

import requests

import measured


def fetch(url):
    response = requests.get(url)
    response.raise_for_status()
    return len(response.content)


def fetch_all(urls):
    with ThreadPoolExecutor(max_workers=len(urls)) as pool:
        return len(list(pool.map(fetch, urls)))


measured.run(fetch_all)
