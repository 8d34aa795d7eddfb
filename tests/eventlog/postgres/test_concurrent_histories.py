"""What many writers and readers see of a log at once, whatever is killed, is what one order explains."""

import threading
import time

import pytest
from eventlog.appending import append_steps
from eventlog.histories import Read, Seen, Write, find_faults
from eventlog.postgres.conftest import Open
from eventlog.postgres.homes import PostgresTestHome
from support.postgres import TestDatabase
from support.standby import Pair

from cchc_flow.errors import Conflict, NotRecorded
from cchc_flow.eventlog.postgres.log import PostgresLog

STREAMS = ("item-1", "item-2", "item-3")


class History:
    """Writers and readers of some logs, and what they were told."""

    def __init__(self) -> None:
        self.writes: list[Write] = []
        self.reads: list[Read] = []
        self.lost_answers = 0
        self._is_over = False
        self._threads: list[threading.Thread] = []

    def begin(self, writers: list[PostgresLog], readers: list[PostgresLog]) -> None:
        """Let a thread write by each of these logs, and another read by each of those."""
        for name, log in enumerate(writers):
            self._threads.append(threading.Thread(target=self._write, args=(log, f"w{name}")))
        for name, log in enumerate(readers):
            self._threads.append(threading.Thread(target=self._read_on, args=(log, f"r{name}")))
        for thread in self._threads:
            thread.start()

    def wait_for(self, count: int) -> None:
        """Wait until so many writes are acknowledged."""
        ends = time.monotonic() + 20
        while sum(write.position is not None for write in self.writes) < count:
            assert time.monotonic() < ends
            time.sleep(0.02)

    def end(self, log: PostgresLog) -> list[str]:
        """Let all come to an end, read once more by this log, and return what is wrong."""
        self._is_over = True
        for thread in self._threads:
            thread.join(20)
        self._read(log, "last")
        return find_faults(self.writes, self.reads)

    def _write(self, log: PostgresLog, name: str) -> None:
        number = 0
        while not self._is_over:
            number += 1
            stream, element = STREAMS[number % len(STREAMS)], f"{name}-{number}"
            try:
                expected = log.version(stream, log.size())
            except NotRecorded:
                continue
            sent, position, is_refused = time.monotonic(), None, False
            try:
                position = append_steps(log, stream, expected, element).first
            except Conflict:
                is_refused = True
            except NotRecorded:
                self.lost_answers += 1
            self.writes.append(Write(element, stream, expected, sent, time.monotonic(), position, is_refused))

    def _read_on(self, log: PostgresLog, name: str) -> None:
        while not self._is_over:
            try:
                self._read(log, name)
            except NotRecorded:
                time.sleep(0.02)

    def _read(self, log: PostgresLog, name: str) -> None:
        began = time.monotonic()
        events = [
            Seen(event.position, event.stream, event.version, str(event.data.get("to")))
            for event in log.read_events()
        ]
        self.reads.append(Read(name, began, time.monotonic(), events))


def test_writers_and_readers_of_one_log_on_many_nodes_see_one_order(home: PostgresTestHome) -> None:
    history = History()
    history.begin([home.open(f"node-{number}") for number in range(4)], [home.open(), home.open()])
    history.wait_for(60)
    assert history.end(home.open()) == []
    assert any(write.is_refused for write in history.writes)  # they did get in each other's way


def test_one_order_explains_what_was_seen_while_the_primary_was_killed(pair: Pair, open_log: Open) -> None:
    history = History()
    history.begin([open_log("xa-a") for _ in range(4)], [open_log("xa-a")])
    history.wait_for(20)
    pair.kill_primary()
    history.wait_for(sum(write.position is not None for write in history.writes) + 20)
    assert history.end(open_log("xa-a")) == []


@pytest.mark.parametrize("ended", ["a backend", "all backends"])
def test_one_order_explains_what_was_seen_while_connections_were_ended(
    home: PostgresTestHome, postgres: TestDatabase, ended: str
) -> None:
    history = History()
    history.begin([home.open() for _ in range(3)], [home.open()])
    limit = "LIMIT 1" if ended == "a backend" else ""
    for done in (10, 20, 30):
        history.wait_for(done)
        postgres.query(
            "SELECT pg_terminate_backend(pid) FROM (SELECT pid FROM pg_stat_activity WHERE usename = 'node'"
            f" AND datname = current_database() {limit}) AS found"
        )
    history.wait_for(40)
    assert history.end(home.open()) == []
