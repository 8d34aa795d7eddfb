"""What somebody kept away from the log: a file with a checkpoint, and maybe the verifier key below it."""

from cchc_flow.errors import BadInput
from cchc_flow.eventlog.note import VerifierKey


def split_note_and_key(content: bytes) -> tuple[str, str | None]:
    """Return the signed note in a file, and the verifier key below it, as `checkpoint` prints both.

    Neither is checked yet; a byte-order mark and the line ends of another system do no harm.
    """
    text = content.decode("utf-8-sig", "replace").replace("\r\n", "\n").rstrip("\n") + "\n"
    note, _, last = text.rstrip("\n").rpartition("\n")
    return (note.rstrip("\n") + "\n", last) if _is_key(last) else (text, None)


def _is_key(line: str) -> bool:
    try:
        VerifierKey.parse(line)
    except BadInput:
        return False
    return True
