"""The cosignatures that a log was given: `data/<workspace>/witnesses/`, one file for each witness.

A file holds the checkpoint that the witness was shown, with the signatures of the log and of the witness. It
needs no trust: whoever has the witness's key can check it; one that is gone or spoilt is asked for anew.
"""

from datetime import datetime
from pathlib import Path

import msgspec

from cchc_flow.errors import BadInput
from cchc_flow.eventlog.checkpoint import Checkpoint, parse_checkpoint
from cchc_flow.eventlog.note import format_note, parse_signatures
from cchc_flow.eventlog.witnesses.cosignature import WitnessKey
from cchc_flow.files import make_folder, write_atomically

FOLDER = "witnesses"


class Cosigned(msgspec.Struct, frozen=True):
    """A checkpoint that a witness cosigned, when it did, and both as a signed note."""

    checkpoint: Checkpoint
    at: datetime
    note: str


class CosignedCheckpoints:
    """The newest cosigned checkpoint of each witness."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER

    def find(self, witness: WitnessKey) -> Cosigned | None:
        """Return what a witness cosigned last, None for nothing or a file that is not by its key."""
        path = self._path(witness)
        try:
            return parse_cosigned(path.read_text("utf-8"), witness) if path.is_file() else None
        except (BadInput, UnicodeDecodeError):
            return None

    def keep(self, witness: WitnessKey, cosigned: Cosigned) -> bool:
        """Keep a file that a witness cosigned, unless what is kept is newer; return whether it was kept.

        A fork that was told after the file was signed stays known.
        """
        kept = self.find(witness)
        if kept and (kept.checkpoint.size, kept.at) > (cosigned.checkpoint.size, cosigned.at):
            return False
        self._write(witness, cosigned)
        fork = self._fork_path(witness)
        if fork.is_file() and cosigned.at.timestamp() > fork.stat().st_mtime:
            fork.unlink()
        return True

    def keep_answer(self, witness: WitnessKey, cosigned: Cosigned) -> None:
        """Keep what a witness cosigned just now, whatever is kept: so it knows of no fork any more."""
        self._write(witness, cosigned)
        self._fork_path(witness).unlink(missing_ok=True)

    def _write(self, witness: WitnessKey, cosigned: Cosigned) -> None:
        make_folder(self._folder)
        write_atomically(self._path(witness), cosigned.note.encode())

    def find_fork(self, witness: WitnessKey) -> str:
        """Return what a witness that has seen another history said when it was last asked, else ""."""
        path = self._fork_path(witness)
        return path.read_text("utf-8", "replace") if path.is_file() else ""

    def keep_fork(self, witness: WitnessKey, words: str) -> None:
        """Keep that a witness has seen another history, until it cosigns again."""
        make_folder(self._folder)
        write_atomically(self._fork_path(witness), words.encode())

    def _path(self, witness: WitnessKey) -> Path:
        return self._folder / f"{witness.public.hex()[:16]}.txt"

    def _fork_path(self, witness: WitnessKey) -> Path:
        return self._folder / f"{witness.public.hex()[:16]}-fork.txt"


def parse_cosigned(note: str, witness: WitnessKey) -> Cosigned:
    """Parse a checkpoint that a witness cosigned; raise BadInput when it is none, or not by this witness."""
    checkpoint, parsed = parse_checkpoint(note)
    at = witness.cosigned_at(parsed)
    if at is None:
        raise BadInput(
            f"Dấu niêm phong không có chữ ký của bên chứng kiến «{witness.name}».",
            "Hãy lấy lại câu trả lời của bên chứng kiến đó.",
        )
    return Cosigned(checkpoint, at, note)


def add_cosignature(note: str, lines: str, witness: WitnessKey) -> Cosigned:
    """Return a checkpoint with the cosignature that a witness answered; raise BadInput when there is none.

    Lines of other keys, which a witness may answer as well, are left out.
    """
    _, shown = parse_checkpoint(note)
    own = (witness.name, witness.key_id)
    answered = [each for each in parse_signatures(lines) if (each.name, each.key_id) == own]
    return parse_cosigned(format_note(shown.text, [*shown.signatures, *answered]), witness)
