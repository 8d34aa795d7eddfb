"""The commits of a log under verification, read along with its events."""

from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.eventlog.verification.report import Problem


class CommitCursor:
    """A cursor over the commits in the order of their positions; the commits must cover all of them once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._rows = connection.execute("SELECT first, last, command_id FROM commits ORDER BY last")
        self._current = (0, 0, "")
        self._seen = 0
        self.count = 0

    def match(self, at: int, commands: list[tuple[str, int]]) -> tuple[list[int], Problem | None]:
        """Return where commits end among the events after position `at`, and what does not fit.

        `commands` are the command ids that the bodies name, each with the number of events that follow it.
        """
        ends: list[int] = []
        for command, count in commands:
            stop = at + count
            while at < stop:
                problem = self._reach(at + 1) or self._unlike(command, at + 1)
                if problem:
                    return ends, problem
                at = self._seen = min(self._current[1], stop)
                ends += [at] if at == self._current[1] else []
        return ends, None

    def rest(self) -> Problem | None:
        """Return what is wrong with commits that reach beyond the last event."""
        if self._current[1] > self._seen or next(self._rows, None):
            return Problem(self._seen + 1, None, "thiếu sự kiện của lần ghi cuối")
        return None

    def _unlike(self, command: str, position: int) -> Problem | None:
        if command == self._current[2]:
            return None
        return Problem(position, position, "sự kiện không thuộc lần ghi của lệnh mà nó nêu")

    def _reach(self, position: int) -> Problem | None:
        """Move to the commit that holds a position."""
        if position <= self._current[1]:
            return None
        row = next(self._rows, None)
        if row is None or row[0] != position or row[1] < position:
            return Problem(position, position, "sự kiện không thuộc lần ghi nào")
        self._current = row
        self.count += 1
        return None
