"""One writer of the bench of PostgreSQL, a process: it makes itself ready, waits for a line, and works.

After each line (how many commits) it prints the seconds that they took.
"""

import os
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
from eventsourcing.application import Application

from bench.append import Orders, Ours, Work, encode_bodies
from cchc_flow import clock
from cchc_flow.eventlog.keys import folder_keys
from cchc_flow.eventlog.postgres import opening
from cchc_flow.eventlog.postgres.pool import find_database

THREADS = 8
BARE = "SELECT bare_append(%s, %s, %s, %s)"


def open_ours(url: str, private: Path, workspace: str) -> Ours:
    """Return a writer of the log of a workspace, made if it is not there."""
    keys = folder_keys(private / workspace)
    folder = private / workspace / str(os.getpid())
    words = {"workspace": workspace, "name": "Xã Đo"}
    database, now = find_database(url), clock.now
    log = opening.create_log(database, keys, folder, **words, demo=False, time=now(), now=now)
    return Ours(log, "item.assigned/1")


def bare_writer(url: str, workspace: str) -> Callable[[Orders], None]:
    """Return what appends the same bytes by a function that counts positions and versions, and no more."""
    connection = psycopg.connect(url, autocommit=True, prepare_threshold=1)

    def append(orders: Orders) -> None:
        for changes, metadata in orders:
            [change] = changes
            [(body,)] = encode_bodies(changes, metadata)
            connection.execute(BARE, (workspace, change.stream, change.expected, body))

    return append


def other_writer(socket: str, database: str) -> Callable[[Orders], None]:
    """Return what saves as many events by the `eventsourcing` library in the same server."""
    env = {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": database,
        "POSTGRES_HOST": socket,
    }
    env |= {"POSTGRES_PORT": "5432", "POSTGRES_USER": "owner", "POSTGRES_PASSWORD": "none"}
    application: Application[Any] = Application(env=env)
    work = Work()
    application.save(work)

    def save(orders: Orders) -> None:
        for _ in orders:
            work.assign("phong-vhxh", ["van-phong"], "nguyen-thi-hoa", "2026-06-30")
            application.save(work)

    return save


def main(kind: str, url: str, private: str, workspace: str) -> None:
    """Work for as long as lines come."""
    ours = open_ours(url, Path(private), workspace)
    if kind.startswith("ours"):
        append: Callable[[Orders], None] = ours.append
    elif kind.startswith("bare"):
        append = bare_writer(url, workspace)
    else:
        append = other_writer(*_place(url))
    others = [bare_writer(url, workspace) for _ in range(THREADS - 1)] if kind == "bare threads" else []
    writers = [append, *others] if others else [append] * THREADS  # our log is one for all threads
    append(ours.orders(20, 1))
    print("ready", flush=True)
    for line in sys.stdin:
        orders = ours.orders(int(line), 1)
        print("go", flush=True)
        sys.stdin.readline()
        start = time.perf_counter()
        if kind.endswith("threads"):
            with ThreadPoolExecutor(THREADS) as pool:
                parts = [orders[number::THREADS] for number in range(THREADS)]
                list(pool.map(lambda writer, part: writer(part), writers, parts))
        else:
            append(orders)
        if kind.startswith("ours"):
            ours.log.flush()
        print(time.perf_counter() - start, flush=True)
    os._exit(0)


def _place(url: str) -> tuple[str, str]:
    """Return the folder of the socket and the database of an address."""
    parts = psycopg.conninfo.conninfo_to_dict(url)
    return str(parts["host"]), str(parts["dbname"])


if __name__ == "__main__":
    main(*sys.argv[1:])
