"""SQLite's own look through the whole file, in a thread beside the walk: it needs a core and no Python."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from threading import Event

from cchc_flow.eventlog.verification import snapshot
from cchc_flow.eventlog.verification.report import Problem

STEPS = 100_000
"""After how many steps of SQLite's machine (a few milliseconds) it is asked whether to go on."""


class FileCheck:
    """What `integrity_check` says; it sees an index that does not agree with its table.

    Streams are read by that index, and verified by position.
    """

    def __init__(self, result: Future[str]) -> None:
        self._result = result

    def problem(self) -> Problem | None:
        """Return a problem when SQLite finds the file damaged; raise what reading it raised."""
        result = self._result.result()
        return None if result == "ok" else Problem(None, None, f"tệp nhật ký hỏng ({result})")


@contextmanager
def checking_file(address: str) -> Iterator[FileCheck]:
    """Begin to look through a database; whoever does not wait for the result leaves it."""
    is_left = Event()
    with ThreadPoolExecutor(1) as pool:
        try:
            yield FileCheck(pool.submit(_check, address, is_left))
        finally:
            is_left.set()


def _check(address: str, is_left: Event) -> str:
    with closing(snapshot.connect_read_only(address)) as connection:
        snapshot.read_any_text(connection)  # what is damaged is quoted
        connection.set_progress_handler(is_left.is_set, STEPS)
        return str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
