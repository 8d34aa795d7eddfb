"""Short ways for tests to append something to a log."""

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


def meta(command: str, **fields: str | None) -> Meta:
    """Return the metadata of a commit; the digest is computed from the command id."""
    digest = hashlib.sha256(command.encode()).digest()
    return Meta(actor="hoa.le", time=START, command_id=command, command_digest=digest, **fields)


def comment(words: str) -> Draft:
    """Return a comment event with some words."""
    return Draft("item.commented/1", {"text": words})


def append_comments(log: EventLog, stream: str, expected: int, *words: str) -> Receipt:
    """Append one comment for each of the words, in one commit of one command."""
    drafts = tuple(map(comment, words))
    words_digest = hashlib.sha256(repr(words).encode()).hexdigest()[:8]
    return log.append([Change(stream, expected, drafts)], meta(f"{stream}-{expected}-{words_digest}"))
