"""The part of the contract about many threads and processes writing at once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from eventlog.appending import append_steps

from cchc_flow.errors import Conflict
from cchc_flow.eventlog.port import EventLog


class Home(Protocol):
    """One log that several openers share; `open` gives another connection to it, as another process has."""

    def open(self) -> EventLog: ...

    def appending_processes(self, processes: int, each: int) -> list[float]:
        """Let processes start and append `each` events at once; return the slowest append of each."""


class ConcurrencyContract:
    """`home` and `log` are fixtures, as in the contract that this is a part of."""

    def test_of_many_writers_at_one_version_exactly_one_wins(self, log: EventLog) -> None:
        barrier = threading.Barrier(8)

        def race(number: int) -> bool:
            barrier.wait()
            try:
                append_steps(log, "item-1", 0, f"người {number}")
            except Conflict:
                return False
            return True

        with ThreadPoolExecutor(8) as pool:
            assert sum(pool.map(race, range(8))) == 1
        assert log.size() == 2

    def test_a_command_sent_by_many_at_once_happens_once(self, log: EventLog) -> None:
        with ThreadPoolExecutor(8) as pool:
            receipts = list(pool.map(lambda _: append_steps(log, "item-1", 0, "cùng một lệnh"), range(8)))
        assert sorted(receipt.repeated for receipt in receipts) == [False] + [True] * 7
        assert {(receipt.first, receipt.last) for receipt in receipts} == {(2, 2)}

    def test_threads_append_at_once_and_lose_nothing(self, log: EventLog) -> None:
        def work(number: int) -> list[int]:
            return [append_steps(log, f"item-{number}", version, "việc").first for version in range(20)]

        with ThreadPoolExecutor(6) as pool:
            positions = [position for batch in pool.map(work, range(6)) for position in batch]
        assert sorted(positions) == list(range(2, 122))

    def test_a_reader_never_sees_a_gap_while_others_write(self, home: Home, log: EventLog) -> None:
        reader, done = home.open(), threading.Event()

        def write() -> None:
            for version in range(60):
                append_steps(log, f"item-{version}", 0, "một", "hai")
            done.set()

        with ThreadPoolExecutor(1) as pool:
            writing = pool.submit(write)
            while not done.is_set() and not writing.done():
                positions = [event.position for event in reader.read_events()]
                assert positions == list(range(1, len(positions) + 1))
            writing.result()

    def test_processes_start_and_append_at_once_and_none_fails_or_starves(
        self, home: Home, log: EventLog
    ) -> None:
        slowest = home.appending_processes(6, 25)
        assert len(slowest) == 6 and max(slowest) < 5
        assert [event.position for event in log.read_events()] == list(range(1, 152))
        assert all(len(log.stream(f"item-{number}")) == 25 for number in range(6))
