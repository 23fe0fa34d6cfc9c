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
        return len(await asyncio.gather(*(fetch(session, url) for url in urls)))


measured.run(lambda urls: asyncio.run(fetch_all(urls)))
