"""The fetch benchmark's contender from Python's async side: one aiohttp session, as many connections as it takes."""

import asyncio

import aiohttp

import measured


async def fetch(session, url):
    async with session.get(url) as response:
        response.raise_for_status()
        await response.read()


async def fetch_all(urls):
    # Left alone, aiohttp opens 100 connections at a time and the rest wait their turn; 0 lifts that limit.
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as session:
        tasks = []
        for url in urls:
            tasks.append(asyncio.create_task(fetch(session, url)))
            # As ours: each is on its way before the next is made.
            await asyncio.sleep(0)
        return len(await asyncio.gather(*tasks))


measured.run(lambda urls: asyncio.run(fetch_all(urls)))
