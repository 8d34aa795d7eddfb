"""Verifications started from a page: at most one at a time for each workspace."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from cchc_flow.errors import BadInput, MissingData, Refusal
from cchc_flow.eventlog import checkpoint
from cchc_flow.eventlog.instants import format_instant
from cchc_flow.eventlog.note import VerifierKey
from cchc_flow.eventlog.verification.checkpoint_file import split_note_and_key
from cchc_flow.eventlog.verification.reads import find_lost_reads
from cchc_flow.eventlog.verification.report import Problem, Report, location_words
from cchc_flow.eventlog.verification.verify import verify_log
from cchc_flow.workspace import Workspace

EVENTS_PER_SECOND = 20_000
"""The speed of verification on a slow machine, to estimate how long a reader has to wait."""

MAX_FILE_SIZE = 100_000
"""Bytes that are read of a checkpoint file: a note is a few lines."""


class ReferenceCheckpoint(msgspec.Struct, frozen=True):
    """What the reader kept outside the log: a signed note and a verifier key, each None when not given."""

    note: str | None = None
    key: str | None = None


class Verdict(msgspec.Struct, frozen=True):
    """The report of a verification, where its problem is (in words), how long it took, and when it began."""

    report: Report
    where: str
    seconds: str
    at: str


def run_verification(ws: Workspace, reference: ReferenceCheckpoint) -> Verdict:
    """Verify the whole log and return the verdict; raise Refusal while another verification is running."""
    with _exclusive_lock(ws.private / "verification.lock"):
        started = ws.now()
        report = verify_log(ws.source, checkpoint=reference.note, key=reference.key)
        if report.ok and (words := find_lost_reads(ws.source, ws.private)):
            report = msgspec.structs.replace(report, problem=Problem(None, None, words))
        seconds = (ws.now() - started).total_seconds()
    where = location_words(report.problem) if report.problem else ""
    return Verdict(report, where, f"{seconds:.1f}".replace(".", ","), format_instant(started))


def expected_seconds(events: int) -> int:
    """Return how many seconds a verification takes on a slow machine, the files of the vault not counted."""
    return events // EVENTS_PER_SECOND + 1


def parse_reference(file: bytes, key: str) -> ReferenceCheckpoint:
    """Return the checkpoint and key of a form, both optional; raise MissingData for what is malformed.

    Without `key`, the verifier key below the checkpoint in the file is used, if there is one.
    """
    errors: dict[str, str] = {}
    note, key_in_file = split_note_and_key(file[:MAX_FILE_SIZE]) if file else (None, None)
    if note:
        _collect_error(lambda: checkpoint.parse_checkpoint(note), "checkpoint", errors)
    if key := key or key_in_file or "":
        _collect_error(lambda: VerifierKey.parse(key), "key", errors)
    if errors:
        raise MissingData(errors)
    return ReferenceCheckpoint(note, key or None)


def _collect_error(parse: Callable[[], object], field: str, errors: dict[str, str]) -> None:
    """Run a parser and put the message of its BadInput into `errors`."""
    try:
        parse()
    except BadInput as error:
        errors[field] = str(error)


@contextmanager
def _exclusive_lock(path: Path) -> Iterator[None]:
    """Hold a lock that the system releases even if this process dies; raise Refusal when it is taken."""
    with path.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refusal(
                "Đang có một lần kiểm tra khác của nhật ký này.", "Hãy chờ vài giây rồi bấm lại."
            ) from None
        yield
