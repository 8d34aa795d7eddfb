"""The newest commits of a log, whose seals come after them: each needs the voucher of the key in force.

Whoever appends next seals what he finds without a seal. So the commits that wait for theirs were made at
about the time of the newest one, by writers who were all on their way. A seal that is missing longer was
taken away.
"""

from datetime import datetime, timedelta

from cchc_flow.errors import BadInput, LogBroken
from cchc_flow.eventlog.connection import Connection
from cchc_flow.eventlog.head import read_key_in_force
from cchc_flow.eventlog.note import VerifierKey
from cchc_flow.eventlog.verification.bodies import UNREADABLE
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
        """Keep those of a chunk's commits, given by their ends, that have no seal; return the others."""
        sealed = set(seals)
        self._ends += [end for end in ends if end not in sealed]
        return [end for end in ends if end in sealed]

    def check(self, size: int) -> Problem | None:
        """Return the first problem when all commits of the `size` events are known, None without one."""
        if not self._ends:
            return None
        if not self._is_recent(self._ends[0], size):
            return Problem(*self._commit_of(self._ends[0])[:2], MISSING)
        return next(filter(None, map(self._check_voucher, self._ends)), None)

    def _check_voucher(self, end: int) -> Problem | None:
        first, last, command_id, voucher = self._commit_of(end)
        leaves = [leaf for (leaf,) in self._connection.execute(SELECT_LEAVES, (first, last))]
        try:
            key = VerifierKey.parse(read_key_in_force(self._connection, max(first - 1, 1)))
        except (BadInput, LogBroken, KeyError, *UNREADABLE):
            return Problem(first, last, UNVOUCHED)
        is_right = isinstance(voucher, bytes) and is_vouched(key, voucher, command_id, leaves)
        return None if is_right else Problem(first, last, UNVOUCHED)

    def _commit_of(self, end: int) -> tuple[int, int, str, bytes | None]:
        first, last, command_id, voucher = self._connection.execute(SELECT_COMMIT, (end,)).fetchone()
        return first, last, command_id, voucher

    def _is_recent(self, position: int, newest: int) -> bool:
        times = (self._connection.execute(SELECT_TIME, (at,)).fetchone()[0] for at in (position, newest))
        try:
            recorded, last = map(datetime.fromisoformat, times)
            return last - recorded <= LONGEST
        except (TypeError, ValueError):
            return False
