"""Cosignatures of checkpoints (C2SP tlog-cosignature, `cosignature/v1`): a witness says when it saw what."""

from datetime import UTC, datetime
from typing import ClassVar

from nacl.signing import SigningKey

from cchc_flow.errors import BadInput
from cchc_flow.eventlog.note import Note, Signature, VerifierKey, is_signature

COSIGNATURE_V1 = b"\x04"
TIME_LENGTH = 8
LATEST = int(datetime(9999, 1, 1, tzinfo=UTC).timestamp())


class WitnessKey(VerifierKey, frozen=True):
    """The public key of a witness with its name."""

    algorithm: ClassVar[bytes] = COSIGNATURE_V1

    def cosigned_at(self, note: Note) -> datetime | None:
        """Return when the witness saw the text of a note, to the second, by its newest valid cosignature.

        None when the note bears none.
        """
        times = [self._time(value, note.text) for value in self.signature_values(note)]
        return max((time for time in times if time), default=None)

    def _time(self, value: bytes, text: str) -> datetime | None:
        seconds = int.from_bytes(value[:TIME_LENGTH])
        if seconds > LATEST or not is_signature(self.public, value[TIME_LENGTH:], _message(seconds, text)):
            return None
        return datetime.fromtimestamp(seconds, UTC)


class Cosigner:
    """The private key of a witness, which cosigns the texts of checkpoints."""

    def __init__(self, name: str, private: SigningKey) -> None:
        if not name or "+" in name or any(letter.isspace() for letter in name):
            raise BadInput(
                f"Tên «{name}» không dùng được cho khóa chứng kiến.",
                "Hãy đặt tên không có khoảng trắng và dấu cộng, như «thanh-tra.example».",
            )
        self._private = private
        self.key = WitnessKey(name, bytes(private.verify_key))

    def cosign(self, text: str, time: datetime) -> Signature:
        """Return the cosignature of a checkpoint's text, which says that it was seen at a time."""
        seconds = int(time.timestamp())
        signature = self._private.sign(_message(seconds, text).encode()).signature
        return Signature(self.key.name, self.key.key_id, seconds.to_bytes(TIME_LENGTH) + signature)


def _message(seconds: int, text: str) -> str:
    """Return what is signed: the kind of statement, the time as a POSIX timestamp, the checkpoint's text."""
    return f"cosignature/v1\ntime {seconds}\n{text}"
