"""A verification that somebody asked for on a page: one at a time for each workspace, and what it says."""

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
from cchc_flow.eventlog.verification.report import Report, location_words
from cchc_flow.eventlog.verification.verify import verify_log
from cchc_flow.workspace import Workspace

EVENTS_PER_SECOND = 20_000
"""What a slow office machine verifies: only to tell a reader how long to wait."""

LARGEST = 100_000
"""Bytes of a checkpoint file: a note is a few lines."""


class OutsideEvidence(msgspec.Struct, frozen=True):
    """What the reader kept elsewhere: a signed note, and the verifier key; None is not given."""

    note: str | None = None
    key: str | None = None


class Verdict(msgspec.Struct, frozen=True):
    """What was found, where in words (empty: nowhere in particular), how long it took, and when it began."""

    report: Report
    where: str
    seconds: str
    at: str


def run_verification(ws: Workspace, kept: OutsideEvidence) -> Verdict:
    """Return the verdict on the whole log; raise Refusal while another verification of it runs."""
    with _alone(ws.private / "verification.lock"):
        begun = ws.now()
        report = verify_log(ws.folder, checkpoint=kept.note, key=kept.key)
        seconds = (ws.now() - begun).total_seconds()
    where = location_words(report.problem) if report.problem else ""
    return Verdict(report, where, f"{seconds:.1f}".replace(".", ","), format_instant(begun))


def expected_seconds(events: int) -> int:
    """Return how long a verification will take at most, on a slow machine, without the files of the vault."""
    return events // EVENTS_PER_SECOND + 1


def parse_evidence(file: bytes, key: str) -> OutsideEvidence:
    """Return what a form gives, both at will; raise MissingData with a sentence for each that is none.

    A key that stands below the checkpoint in its file counts unless `key` gives one.
    """
    wrong: dict[str, str] = {}
    note, below = split_note_and_key(file[:LARGEST]) if file else (None, None)
    if note:
        _read(lambda: checkpoint.parse_checkpoint(note), "checkpoint", wrong)
    if key := key or below or "":
        _read(lambda: VerifierKey.parse(key), "key", wrong)
    if wrong:
        raise MissingData(wrong)
    return OutsideEvidence(note, key or None)


def _read(parse: Callable[[], object], field: str, wrong: dict[str, str]) -> None:
    try:
        parse()
    except BadInput as error:
        wrong[field] = str(error)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold a lock that the system lets go of if this process dies; raise Refusal when another holds it."""
    with path.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refusal(
                "Đang có một lần kiểm tra khác của nhật ký này.", "Hãy chờ vài giây rồi bấm lại."
            ) from None
        yield
