"""Verifying the table of commits, read in step with the events."""

from cchc_flow.eventlog.verification.chunk import Command
from cchc_flow.eventlog.verification.report import Problem
from cchc_flow.eventlog.verification.source import Snapshot

SELECT_COMMITS = "SELECT first, last, command_id, command_digest FROM commits ORDER BY last"


class CommitCursor:
    """A cursor over the commits, ordered by position; together they must cover each event exactly once.

    `checked_upto` is the position of the last event that was found in its commit.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._rows = snapshot.iterate(SELECT_COMMITS)
        self._current = (0, 0, "", b"")
        self.checked_upto = 0
        self.count = 0
        self.unproved_count = 0  # commits whose digest of the command is in no event

    def match_commands(self, position: int, commands: list[Command]) -> tuple[list[int], Problem | None]:
        """Return where commits end among the events after `position`, and the first problem if any.

        `commands` are those in the events' bodies, in order.
        """
        ends: list[int] = []
        for command in commands:
            stop = position + command.count
            while position < stop:
                problem = self._move_to(position + 1) or self._check_command(command, position + 1)
                if problem:
                    return ends, problem
                position = self.checked_upto = min(self._current[1], stop)
                ends += [position] if position == self._current[1] else []
        return ends, None

    def check_end(self) -> Problem | None:
        """Return a problem when a commit names positions after the last event, None otherwise."""
        if self._current[1] > self.checked_upto or next(self._rows, None):
            return Problem(self.checked_upto + 1, None, "thiếu sự kiện của lần ghi cuối")
        return None

    def _check_command(self, command: Command, position: int) -> Problem | None:
        """Return a problem when the current commit is of another command than the event at a position."""
        if command.id != self._current[2]:
            return Problem(position, position, "sự kiện không thuộc lần ghi của lệnh mà nó nêu")
        if command.digest is None:
            self.unproved_count += self._current[0] == position
            return None
        digest = self._current[3]
        if isinstance(digest, bytes) and digest.hex() == command.digest:
            return None
        return Problem(position, position, "mã băm lệnh của lần ghi không khớp mã băm ghi trong sự kiện")

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
