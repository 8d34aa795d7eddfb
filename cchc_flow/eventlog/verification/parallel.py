"""Checking the chunks of a log: in this process when it is short, in a process for each core when long."""

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

from cchc_flow.eventlog.connection import Connection
from cchc_flow.eventlog.verification.chunk import LENGTH, Chunk, check_chunk
from cchc_flow.eventlog.verification.source import Reopen, Snapshot

MIN_EVENTS = 50_000  # for a shorter log, starting the processes takes longer than the check
MAX_PROCESSES = 4
AHEAD = 3  # results for each process that may wait to be consumed: this bounds the memory

Progress = Callable[[int, int], None]


def check_chunks(snapshot: Snapshot, size: int, progress: Progress) -> Iterator[Chunk]:
    """Yield the checked chunks of the first `size` events in order; `progress` gets (events done, size)."""
    cores = min(len(os.sched_getaffinity(0)), MAX_PROCESSES)
    done = 0
    if size >= MIN_EVENTS and cores >= 2:
        with suppress(BrokenProcessPool):  # the system killed a process: the rest is checked here
            for chunk in _check_in_pool(snapshot.reopen, size, cores):
                yield chunk
                done = chunk.end
                progress(done, size)
    for chunk in _check_in_process(snapshot.connection, done, size):
        yield chunk
        progress(chunk.end, size)


def _check_in_process(connection: Connection, done: int, size: int) -> Iterator[Chunk]:
    """Yield the checked chunks after the first `done` events, one after another."""
    return (check_chunk(connection, start, min(start + LENGTH, size)) for start in range(done, size, LENGTH))


def _check_in_pool(reopen: Reopen, size: int, cores: int) -> Iterator[Chunk]:
    """Yield the checked chunks in order, computed by several processes."""
    # spawn: a forked child of a server with threads may inherit a lock that is never released
    spawn = multiprocessing.get_context("spawn")
    pending: deque[Future[Chunk]] = deque()
    with ProcessPoolExecutor(cores, spawn, _init_process, (reopen,)) as pool:
        try:
            for start in range(0, size, LENGTH):
                pending.append(pool.submit(_check_chunk_here, start, min(start + LENGTH, size)))
                if len(pending) > AHEAD * cores:
                    yield pending.popleft().result()
            while pending:
                yield pending.popleft().result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


_connections: list[Connection] = []


def _init_process(reopen: Reopen) -> None:
    """Prepare a process of the pool: its connection, and no garbage collection, as it creates no cycles."""
    gc.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C ends the parent, and the parent's end this process
    threading.Thread(target=_exit_with_parent, daemon=True).start()
    _connections.append(reopen())


def _exit_with_parent() -> None:
    """End this process when its parent is gone; otherwise it would wait for work for ever."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _check_chunk_here(start: int, stop: int) -> Chunk:
    """Check a chunk in a process of the pool, with its own connection."""
    return check_chunk(_connections[0], start, stop)
