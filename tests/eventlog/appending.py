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


def step(words: str) -> Draft:
    """Return a valid event that has some words in its body: the name of the state that an item reached."""
    return Draft("item.started/1", {"from": None, "to": words})


def append_steps(log: EventLog, stream: str, expected: int, *words: str) -> Receipt:
    """Append one event for each of the words, in one commit of one command."""
    drafts = tuple(map(step, words))
    words_digest = hashlib.sha256(repr(words).encode()).hexdigest()[:8]
    return log.append([Change(stream, expected, drafts)], meta(f"{stream}-{expected}-{words_digest}"))
