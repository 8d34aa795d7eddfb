"""Verifying a log's checkpoints: their roots, their signatures, and the chain of signing keys."""

from cchc_flow.errors import BadInput
from cchc_flow.eventlog.checkpoint import Checkpoint, parse_checkpoint
from cchc_flow.eventlog.connection import Connection
from cchc_flow.eventlog.note import Note, VerifierKey, format_note
from cchc_flow.eventlog.verification.chunk import KeyEvent
from cchc_flow.eventlog.verification.report import Problem

SELECT_CHECKPOINT = "SELECT recordedtime, seal FROM events WHERE position = ?"


class CheckpointChecker:
    """Checks checkpoints with the keys that the log's own events put in force.

    `trusted` is the verifier key that the auditor brought, or None. The key in force counts as trusted while
    each rotation since `trusted` was signed by the key before it.
    """

    def __init__(self, connection: Connection, trusted: VerifierKey | None) -> None:
        self._connection = connection
        self._trusted = trusted
        self.keys: list[tuple[int, VerifierKey]] = []
        self.checked_count = 0
        self.unendorsed: list[int] = []  # where a key came that the key before it did not sign
        self._is_trusted = False
        self._chain_broken_at: int | None = None

    @property
    def origin(self) -> str:
        """The name of the log, which is the name of its first key; empty before that is known."""
        return self.keys[0][1].name if self.keys else ""

    def add_key(self, named: KeyEvent, size: int) -> Problem | None:
        """Put a key in force that an event of the log names, from checkpoint `size` (its commit's end) on.

        Return a problem when it is no verifier key, or the event names another one than that until then.
        """
        try:
            key = VerifierKey.parse(named.key)
        except BadInput:
            return Problem(size, size, "khóa niêm phong ghi trong nhật ký không đúng dạng")
        if named.previous != (str(self.keys[-1][1]) if self.keys else None):
            return Problem(named.position, size, "sự kiện đổi khóa không nêu đúng khóa đang dùng trước nó")
        if self.keys and not self._is_signed_by_previous_key(size):
            self.unendorsed.append(named.position)
            if self._is_trusted:
                self._is_trusted, self._chain_broken_at = False, size
        self.keys.append((size, key))
        self._is_trusted = self._is_trusted or (
            self._trusted is not None and key.public == self._trusted.public
        )
        return None

    def check(self, size: int, root: bytes) -> Problem | None:
        """Return what is wrong with the checkpoint of `size` events, None when it is right.

        `root` is the root computed from the events.
        """
        row = self._connection.execute(SELECT_CHECKPOINT, (size,)).fetchone()
        self.checked_count += 1
        fault = "thiếu sự kiện" if row is None else self._fault(row, size, root)
        return Problem(size, size, fault) if fault else None

    def check_trusted_key(self) -> Problem | None:
        """Return a problem when the trusted key does not lead to the key now in force, None otherwise."""
        if self._trusted is None or self._is_trusted:
            return None
        if self._chain_broken_at is None:
            return Problem(None, None, "nhật ký không được niêm phong bằng khóa đã cho")
        return Problem(
            self._chain_broken_at, None, "khóa niêm phong đã thay mà khóa đã cho không xác nhận khóa mới"
        )

    def is_signed(self, note: Note) -> bool:
        """Tell whether a note is signed by the trusted key; without one, by any key of the log."""
        keys = [self._trusted] if self._trusted else [key for _, key in self.keys]
        return any(key.has_signed(note) for key in keys)

    def _fault(self, row: tuple[str, str], size: int, root: bytes) -> str:
        """Return in words what is wrong with a stored checkpoint, empty when nothing is."""
        recordedtime, stored = row
        checkpoint, note = _parse(stored)
        if checkpoint is None or note is None:
            return "dấu niêm phong không đọc được"
        if checkpoint.root != root:
            return "các sự kiện đến đây không khớp dấu niêm phong"
        if checkpoint != Checkpoint(self.origin, size, root, recordedtime):
            return "dấu niêm phong không đúng với dòng chứa nó"
        key = self._key_in_force(size)
        if key is None or not key.has_signed(note):
            return "chữ ký của dấu niêm phong không đúng"
        others = [other for _, other in self.keys if other != key]
        is_plain = stored == format_note(note.text, note.signatures) and _is_signed_only_by(note, key, others)
        return "" if is_plain else "dấu niêm phong có phần mà nhật ký không ghi"

    def _key_in_force(self, size: int) -> VerifierKey | None:
        """Return the key that signs the checkpoint of a size, None before the first key is known."""
        return next((key for since, key in reversed(self.keys) if since <= size), None)

    def _is_signed_by_previous_key(self, size: int) -> bool:
        """Tell whether the checkpoint of a key rotation also bears the signature of the key before it."""
        row = self._connection.execute(SELECT_CHECKPOINT, (size,)).fetchone()
        note = _parse(row[1])[1] if row else None
        return note is not None and self.keys[-1][1].has_signed(note)


def _is_signed_only_by(note: Note, key: VerifierKey, others: list[VerifierKey]) -> bool:
    """Tell whether a note that `key` has signed bears no other signature but valid ones of the others."""
    signers = [(signature.name, signature.key_id) for signature in note.signatures]
    besides = [other for other in others if (other.name, other.key_id) in signers]
    return len(signers) == 1 + len(besides) and all(other.has_signed(note) for other in besides)


def _parse(text: object) -> tuple[Checkpoint | None, Note | None]:
    """Return a stored checkpoint and its note, (None, None) when it cannot be parsed."""
    try:
        return parse_checkpoint(text) if isinstance(text, str) else (None, None)
    except BadInput:
        return None, None
