"""Many awaits at once in asyncio: three prices, their order, and what becomes of the others when one fails."""

import asyncio
import time

DELAYS = {"AAPL": 0.3, "GOOGL": 0.2, "MSFT": 0.1}


async def serve(reader, writer):
    """A slow server for one request: /stock/SYMBOL takes that symbol's delay, anything else fails at once."""
    request = await reader.readline()
    symbol = request.split()[1].decode().rsplit("/", 1)[-1]
    if symbol in DELAYS:
        await asyncio.sleep(DELAYS[symbol])
        writer.write(f"HTTP/1.0 200 OK\r\n\r\nprice of {symbol}".encode())
    else:
        writer.write(b"HTTP/1.0 503 Service Unavailable\r\n\r\nclosed")
    await writer.drain()
    writer.close()


async def fetch(port, symbol, finished):
    # aiohttp would keep connections for the next request; the standard library has only sockets to offer here.
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET /stock/{symbol} HTTP/1.0\r\n\r\n".encode())
    answer = (await reader.read()).decode()
    writer.close()
    status, body = int(answer.split()[1]), answer.split("\r\n\r\n")[1]
    if status != 200:
        raise OSError(f"/stock/{symbol}: status {status}")
    finished.append(symbol)
    print(f"Fetched /stock/{symbol} with status {status}")
    return body


async def one_by_one(port):
    return [await fetch(port, symbol, []) for symbol in DELAYS]


async def gathered(port):
    return await asyncio.gather(*(fetch(port, symbol, []) for symbol in DELAYS))


async def as_they_finish(port):
    fetches = [fetch(port, symbol, []) for symbol in DELAYS]
    return [await done for done in asyncio.as_completed(fetches)]


async def one_fails(port):
    """gather reports the first error and lets the others run on; a TaskGroup cancels them."""
    finished = []
    try:
        await asyncio.gather(*(fetch(port, symbol, finished) for symbol in ["NONE", *DELAYS]))
    except OSError as error:
        print(f"gather raised {error}; finished by then: {finished}")
    await asyncio.sleep(0.6)
    print(f"...and a little later: {sorted(finished)}")

    both = await asyncio.gather(fetch(port, "NONE", []), fetch(port, "MSFT", []), return_exceptions=True)
    print(f"return_exceptions=True keeps both: {both}")  # Rust: join_all of Results

    if hasattr(asyncio, "TaskGroup"):  # Python 3.11
        finished = []
        try:
            async with asyncio.TaskGroup() as group:
                for symbol in ["NONE", *DELAYS]:
                    group.create_task(fetch(port, symbol, finished))
        except BaseExceptionGroup as errors:
            print(f"TaskGroup raised {errors.exceptions}; the others were cancelled")
        await asyncio.sleep(0.6)
        print(f"...and a little later: {finished}")


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    bodies = {}
    for way in [one_by_one, gathered, as_they_finish]:
        start = time.perf_counter()
        bodies[way] = await way(port)
        print(f"{way.__name__}: {time.perf_counter() - start:.2f} seconds, {bodies[way]}\n")
    # The texts came back: gather's value is worth keeping.
    assert bodies[gathered] == bodies[one_by_one] == [f"price of {symbol}" for symbol in DELAYS]
    await one_fails(port)
    server.close()


if __name__ == "__main__":
    asyncio.run(main())
