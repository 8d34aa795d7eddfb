"""Short ways to append something to a log."""

import hashlib
from datetime import UTC, datetime

from cchc_flow.eventlog.port import Change, Draft, EventLog, Meta, Receipt

START = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


class Clock:
    """A clock that a test moves, also backwards."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


def meta(command: str, **more: str | None) -> Meta:
    """Return who and why; the digest follows from the command id unless a test says otherwise."""
    digest = hashlib.sha256(command.encode()).digest()
    return Meta(actor="hoa.le", time=START, command_id=command, command_digest=digest, **more)


def comment(words: str) -> Draft:
    """Return an event that carries some words."""
    return Draft("item.commented/1", {"text": words})


def say(log: EventLog, stream: str, expected: int, *words: str) -> Receipt:
    """Append words to a stream, as a command of its own."""
    drafts = tuple(map(comment, words))
    said = hashlib.sha256(repr(words).encode()).hexdigest()[:8]
    return log.append([Change(stream, expected, drafts)], meta(f"{stream}-{expected}-{said}"))
