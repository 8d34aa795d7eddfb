"""The version of what a form shows: drawn into it, read when it comes back, and what has happened since."""

import hashlib
from typing import Any

from flask import g, request

from cchc_flow.audit import naming
from cchc_flow.audit.sentences import event_sentence
from cchc_flow.errors import BadInput, CchcError, Conflict, ItemMoved, MissingData
from cchc_flow.eventlog.port import EventLog
from cchc_flow.projections.runner import position
from cchc_flow.web.http.tenancy import begin_snapshot, end_snapshot

LONGEST = 18
"""Digits of the longest version: what is longer is no number of events."""


def form_context(stream: str | None, error: CchcError | None = None) -> dict[str, Any]:
    """Return the variables of a form's template: `seen` is the version of the stream that it shows, if any.

    After a refusal `errors` has a sentence for each wrong field, or one for the whole form under "form". If
    others changed the stream since the page was opened, `changes` has what they did; the form is drawn with
    the newest version then, and the rest of the request reads as of the newest event. Otherwise it keeps the
    version that it came with.
    """
    if stream is None or error is None:
        seen, changes = _shown_version_of(stream) if stream else None, []
    elif isinstance(error, ItemMoved | Conflict):
        _read_newest()
        seen, changes = _shown_version_of(stream), _changes_since(stream, _parse_version("seen"))
    else:
        seen, changes = _parse_version("seen"), []
    return {"seen": seen, "errors": _error_sentences(error) if error else {}, "changes": changes}


def _shown_version_of(stream: str) -> int:
    """Return the version of a stream as of the position that the request shows."""
    log: EventLog = g.ws.log
    return log.version(stream, position(g.db))


def seen_version(of: str, name: str = "seen") -> int:
    """Return the version that the page of this form showed; raise BadInput when the form has none.

    `of` says in the sentence what the page showed, such as "công việc". A form over many items has a field
    with another `name` for each.
    """
    version = _parse_version(name)
    if version is None:
        raise BadInput(f"Biểu mẫu thiếu phiên bản của {of}.", "Hãy tải lại trang rồi gửi lại.")
    return version


def version_of_values(*values: object) -> int:
    """Return a version for values of no stream, such as a person's preferences: another for other values."""
    return int.from_bytes(hashlib.sha256(repr(values).encode()).digest()[:7])


def refuse_other_values(what: str, *values: object) -> None:
    """Raise ItemMoved if the values of the signed-in person are no longer those that the page showed."""
    if seen_version(what) != version_of_values(*values):
        raise ItemMoved(
            f"{what[:1].upper()}{what[1:]} của bạn đã được sửa ở một trang khác sau khi bạn mở trang này.",
            "Hãy xem lại rồi gửi lại nếu vẫn cần.",
        )


def shown_version() -> int | None:
    """Return the version of the item with whose values a step's form began; None for one without values."""
    return _parse_version("shown")


def sent_versions() -> dict[str, int]:
    """Return the versions that the form of a step came with, as far as it had any."""
    versions = {name: _parse_version(name) for name in ("seen", "shown")}
    return {name: version for name, version in versions.items() if version is not None}


def _parse_version(name: str) -> int | None:
    words = request.form.get(name, "")
    return int(words) if words.isascii() and words.isdigit() and len(words) <= LONGEST else None


def _error_sentences(error: CchcError) -> dict[str, str]:
    return error.fields if isinstance(error, MissingData) else {"form": f"{error.why} {error.now}"}


def _read_newest() -> None:
    """Begin a new snapshot for the rest of this request."""
    end_snapshot()
    begin_snapshot()


def _changes_since(stream: str, seen: int | None) -> list[tuple[str, str]]:
    """Return the instant and the sentence of each event of a stream after a version, the oldest first."""
    names = naming.all_names(g.ws, g.db)
    return [
        (event.recordedtime, event_sentence(event, naming.names_for_event(g.db, event, names)))
        for event in g.ws.log.stream(stream)
        if seen is not None and event.version > seen
    ]
