"""The chunks of a log, examined here when there are few, or by a process for each core when many."""

import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress

from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.eventlog.verification.chunk import LENGTH, Chunk, check_chunk
from cchc_flow.eventlog.verification.snapshot import connect_read_only

WORTH_IT = 50_000  # events: below this the processes take longer to start than to read
AT_MOST = 4
AHEAD = 3  # chunks for each process that wait to be taken: what keeps the memory flat

Progress = Callable[[int, int], None]


def check_chunks(
    connection: sqlite3.Connection, address: str, size: int, progress: Progress
) -> Iterator[Chunk]:
    """Yield the chunks of the first `size` events in order; `address` opens the same database elsewhere."""
    cores = min(len(os.sched_getaffinity(0)), AT_MOST)
    done = 0
    if size >= WORTH_IT and cores >= 2:
        with suppress(BrokenProcessPool):  # the system took a process away: what is left is examined here
            for chunk in _spread(address, size, cores):
                yield chunk
                done = chunk.end
                progress(done, size)
    for chunk in _here(connection, done, size):
        yield chunk
        progress(chunk.end, size)


def _here(connection: sqlite3.Connection, done: int, size: int) -> Iterator[Chunk]:
    return (check_chunk(connection, start, min(start + LENGTH, size)) for start in range(done, size, LENGTH))


def _spread(address: str, size: int, cores: int) -> Iterator[Chunk]:
    # spawn: a fork of a server with threads may inherit a lock that nobody will ever release
    spawn = multiprocessing.get_context("spawn")
    waiting: deque[Future[Chunk]] = deque()
    with ProcessPoolExecutor(cores, spawn, _open, (address,)) as pool:
        try:
            for start in range(0, size, LENGTH):
                waiting.append(pool.submit(_examine, start, min(start + LENGTH, size)))
                if len(waiting) > AHEAD * cores:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


_connections: list[sqlite3.Connection] = []


def _open(address: str) -> None:
    """Begin a process of the pool, which makes no cycles for the collector to find."""
    gc.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the one that asked, whose end ends this one
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    _connections.append(connect_read_only(address))


def _end_with_the_parent() -> None:
    """End this process when the one that asked is gone: a pool would wait for its next order for ever."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _examine(start: int, stop: int) -> Chunk:
    return check_chunk(_connections[0], start, stop)
