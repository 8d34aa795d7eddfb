"""The file that somebody kept outside the log: a checkpoint, and perhaps the verifier key below it."""

from cchc_flow.errors import BadInput
from cchc_flow.eventlog.note import VerifierKey


def split_note_and_key(content: bytes) -> tuple[str, str | None]:
    """Return the signed note in a file, and the verifier key on its last line (None without one).

    This is what `cchc-flow checkpoint` prints. Neither is verified here; a byte-order mark and CRLF are fine.
    """
    text = text_of_file(content).rstrip("\n") + "\n"
    note, _, last_line = text.rstrip("\n").rpartition("\n")
    return (note.rstrip("\n") + "\n", last_line) if _is_verifier_key(last_line) else (text, None)


def text_of_file(content: bytes) -> str:
    """Return the text of a file that was kept, without the byte-order mark and CRLF that mail may add."""
    return content.decode("utf-8-sig", "replace").replace("\r\n", "\n")


def _is_verifier_key(line: str) -> bool:
    try:
        VerifierKey.parse(line)
    except BadInput:
        return False
    return True
