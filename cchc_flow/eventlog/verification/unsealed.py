"""The newest commits of a log whose seals come after them: each needs the voucher of the key in force.

Whoever commits next seals what he finds without a seal. So such commits stand only at the end, and were made
at about the same time, by writers who all were on their way; any other seal that is missing was taken away.
"""

from datetime import datetime, timedelta

from cchc_flow.errors import BadInput, LogBroken
from cchc_flow.eventlog.connection import Connection
from cchc_flow.eventlog.head import read_key_in_force
from cchc_flow.eventlog.note import VerifierKey
from cchc_flow.eventlog.verification.report import Problem
from cchc_flow.eventlog.voucher import is_vouched

LONGEST = timedelta(seconds=60)
"""How long a writer is on his way to the seal, most generously."""
MISSING = "thiếu dấu niêm phong của lần ghi"
UNVOUCHED = "lần ghi chưa niêm phong không có chữ ký của khóa đang dùng, nên không phải do chương trình ghi"
SELECT_COMMIT = "SELECT first, last, command_id, voucher FROM commits WHERE last = ?"
SELECT_LEAVES = "SELECT leaf FROM events WHERE position BETWEEN ? AND ? ORDER BY position"
SELECT_TIME = "SELECT recordedtime FROM events WHERE position = ?"


class UnsealedCommits:
    """Collects the commits without a seal, by the position of their last event, and checks them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._ends: list[int] = []

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._ends)

    def take_from(self, ends: list[int], seals: list[int]) -> list[int]:
        """Keep those of a chunk's commits, given by their ends, that no seal follows; return the others."""
        newest = seals[-1] if seals else 0
        self._ends += [end for end in ends if end > newest]
        return [end for end in ends if end <= newest]

    def check_before(self, seals: list[int]) -> Problem | None:
        """Return a problem when a commit of an earlier chunk has no seal but one of these follows."""
        return Problem(self._ends[0], self._ends[0], MISSING) if self._ends and seals else None

    def check(self) -> Problem | None:
        """Return the first problem when all commits are known, None when there is none."""
        if not self._ends:
            return None
        first, last = (self._time_of(end) for end in (self._ends[0], self._ends[-1]))
        if last - first > LONGEST:
            return Problem(*self._commit_of(self._ends[0])[:2], MISSING)
        return next(filter(None, map(self._check_voucher, self._ends)), None)

    def _check_voucher(self, end: int) -> Problem | None:
        first, last, command_id, voucher = self._commit_of(end)
        leaves = [leaf for (leaf,) in self._connection.execute(SELECT_LEAVES, (first, last))]
        try:
            key = VerifierKey.parse(read_key_in_force(self._connection, max(first - 1, 1)))
        except (BadInput, LogBroken):
            return Problem(first, last, UNVOUCHED)
        is_right = isinstance(voucher, bytes) and is_vouched(key, voucher, command_id, leaves)
        return None if is_right else Problem(first, last, UNVOUCHED)

    def _commit_of(self, end: int) -> tuple[int, int, str, bytes | None]:
        first, last, command_id, voucher = self._connection.execute(SELECT_COMMIT, (end,)).fetchone()
        return first, last, command_id, voucher

    def _time_of(self, end: int) -> datetime:
        return datetime.fromisoformat(self._connection.execute(SELECT_TIME, (end,)).fetchone()[0])
