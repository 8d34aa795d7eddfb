"""The checkpoints of a log under verification: root, signature, and the chain of keys."""

from cchc_flow.errors import BadInput
from cchc_flow.eventlog import checkpoint
from cchc_flow.eventlog.checkpoint import Checkpoint
from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.eventlog.note import Note, VerifierKey
from cchc_flow.eventlog.verification.report import Problem

NOTE = "SELECT recordedtime, seal FROM events WHERE position = ?"


class CheckpointChecker:
    """The keys that the log's own events name, and the checkpoints that were checked with them.

    `trusted` came from outside, or is None; the key in force is `vouched` for while a chain of keys, each
    sealed by the one before it, leads from `trusted` to it.
    """

    def __init__(self, connection: sqlite3.Connection, trusted: VerifierKey | None) -> None:
        self._connection = connection
        self._trusted = trusted
        self.keys: list[tuple[int, VerifierKey]] = []
        self.checked = 0
        self._vouched = False
        self._broken: int | None = None

    @property
    def origin(self) -> str:
        """The name of the log, as its first key tells it."""
        return self.keys[0][1].name if self.keys else ""

    def enter(self, vkey: str, size: int) -> Problem | None:
        """Put a key in force that an event of the log names; `size` is the end of that event's commit."""
        try:
            new = VerifierKey.parse(vkey)
        except BadInput:
            return Problem(size, size, "khóa niêm phong ghi trong nhật ký không đúng dạng")
        if self._vouched and not self._is_endorsed(size):
            self._vouched, self._broken = False, size
        self.keys.append((size, new))
        self._vouched = self._vouched or (self._trusted is not None and new.public == self._trusted.public)
        return None

    def check(self, size: int, root: bytes) -> Problem | None:
        """Return what is wrong with the checkpoint of `size` events, whose root was worked out as `root`."""
        row = self._connection.execute(NOTE, (size,)).fetchone()
        self.checked += 1
        wrong = "thiếu sự kiện" if row is None else self._wrong(row, size, root)
        return Problem(size, size, wrong) if wrong else None

    def outcome(self) -> Problem | None:
        """Return why the key from outside does not vouch for the newest checkpoint, or None when it does."""
        if self._trusted is None or self._vouched:
            return None
        if self._broken is None:
            return Problem(None, None, "nhật ký không được niêm phong bằng khóa đã cho")
        return Problem(self._broken, None, "khóa niêm phong đã thay mà khóa đã cho không xác nhận khóa mới")

    def signed(self, note: Note) -> bool:
        """Tell whether the key from outside, or without one any key of the log, signed a note."""
        keys = [self._trusted] if self._trusted else [key for _, key in self.keys]
        return any(key.signed(note) for key in keys)

    def _wrong(self, row: tuple[str, str], size: int, root: bytes) -> str:
        found, note = _read(row[1])
        if found is None or note is None:
            return "dấu niêm phong không đọc được"
        if found.root != root:
            return "các sự kiện đến đây không khớp dấu niêm phong"
        if found != Checkpoint(self.origin, size, root, row[0]):
            return "dấu niêm phong không đúng với dòng chứa nó"
        key = self._in_force(size)
        return "" if key and key.signed(note) else "chữ ký của dấu niêm phong không đúng"

    def _in_force(self, size: int) -> VerifierKey | None:
        return next((key for since, key in reversed(self.keys) if since <= size), None)

    def _is_endorsed(self, size: int) -> bool:
        row = self._connection.execute(NOTE, (size,)).fetchone()
        note = _read(row[1])[1] if row else None
        return note is not None and self.keys[-1][1].signed(note)


def _read(text: object) -> tuple[Checkpoint | None, Note | None]:
    try:
        return checkpoint.parse_checkpoint(text) if isinstance(text, str) else (None, None)
    except BadInput:
        return None, None
