"""Verifying the table of commits, read in step with the events."""

from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.eventlog.verification.report import Problem


class CommitCursor:
    """A cursor over the commits, ordered by position; together they must cover each event exactly once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._rows = connection.execute("SELECT first, last, command_id FROM commits ORDER BY last")
        self._current = (0, 0, "")
        self._checked_upto = 0
        self.count = 0

    def match_commands(
        self, position: int, commands: list[tuple[str, int]]
    ) -> tuple[list[int], Problem | None]:
        """Return where commits end among the events after `position`, and the first problem if any.

        `commands` are the command ids in the events' bodies, each with its number of consecutive events.
        """
        ends: list[int] = []
        for command, count in commands:
            stop = position + count
            while position < stop:
                problem = self._move_to(position + 1) or self._check_command(command, position + 1)
                if problem:
                    return ends, problem
                position = self._checked_upto = min(self._current[1], stop)
                ends += [position] if position == self._current[1] else []
        return ends, None

    def check_end(self) -> Problem | None:
        """Return a problem when a commit names positions after the last event, None otherwise."""
        if self._current[1] > self._checked_upto or next(self._rows, None):
            return Problem(self._checked_upto + 1, None, "thiếu sự kiện của lần ghi cuối")
        return None

    def _check_command(self, command: str, position: int) -> Problem | None:
        """Return a problem when the current commit has another command id than the event at a position."""
        if command == self._current[2]:
            return None
        return Problem(position, position, "sự kiện không thuộc lần ghi của lệnh mà nó nêu")

    def _move_to(self, position: int) -> Problem | None:
        """Move the cursor to the commit of a position; return a problem when no commit covers it."""
        if position <= self._current[1]:
            return None
        row = next(self._rows, None)
        if row is None or row[0] != position or row[1] < position:
            return Problem(position, position, "sự kiện không thuộc lần ghi nào")
        self._current = row
        self.count += 1
        return None
