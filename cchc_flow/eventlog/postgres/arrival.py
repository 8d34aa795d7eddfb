"""A log that comes into the database from another home, commit by commit, as it was sealed there."""

from collections.abc import Callable, Iterator
from typing import Any

from cchc_flow.conversion import decode
from cchc_flow.errors import LogBroken
from cchc_flow.eventlog import codec, contents
from cchc_flow.eventlog.checkpoint import parse_checkpoint
from cchc_flow.eventlog.connection import Connection
from cchc_flow.eventlog.ids import milliseconds_of
from cchc_flow.eventlog.postgres.commit import (
    ANY_TIME,
    APPEND,
    DONE,
    Answer,
    bytes_array,
    number_array,
    root_error,
    store_seals,
    text_array,
)
from cchc_flow.eventlog.postgres.pool import Session
from cchc_flow.workflow.events import NAMES, LogKeyRotated, LogOpened

COMMITS = "SELECT command_id, command_digest, first, last FROM commits WHERE first > ? ORDER BY last"
EVENTS = (
    "SELECT stream, version, type, body, recordedtime, actor, seal FROM events"
    " WHERE position BETWEEN ? AND ? ORDER BY position"
)
FOUND = "SELECT cchc_log.found(%s, %s, %s, %s, %s)"
LOCK = "SELECT cchc_log.lock(%s)"
MOVE = "SELECT cchc_log.move(%s, %s)"
HEAD = "SELECT size, root, key FROM cchc_log.heads WHERE workspace = %s"


class Arrival:
    """The log of a workspace on its way into the database, all in one transaction of `session`.

    What the database has of it already, because it was there before, is gone on from. Nobody sees it before
    the transaction is committed; an error leaves nothing behind. It needs no key: each commit comes with the
    seal that it has.
    """

    def __init__(self, session: Session, workspace: str) -> None:
        self._session, self.workspace = session, workspace
        self.size, self.root, self._key = 0, b"", ""
        session.execute(LOCK, (workspace,))
        row = session.execute(HEAD, (workspace,)).fetchone()
        if row is not None:
            session.execute(MOVE, (workspace, None))
            self.size, self.root, self._key = int(row[0]), bytes(row[1]), str(row[2])

    def copy(self, source: Connection, progress: Callable[[int], None] = lambda _: None) -> None:
        """Copy the commits that `source` has beyond those that arrived; `progress` is told the position."""
        for command, digest, first, last in source.execute(COMMITS, (self.size,)).fetchall():
            self._take(command, digest, source.execute(EVENTS, (first, last)).fetchall())
            if self.size != last:
                raise LogBroken(
                    f"Nhật ký thiếu sự kiện ở vị trí {self.size + 1}.", "Hãy chạy «cchc-flow verify»."
                )
            progress(last)

    def _take(self, command: str, digest: bytes, rows: list[tuple[Any, ...]]) -> None:
        if self.size == 0:
            self._found(rows[0][3])
        seal = rows[-1][6]
        values = (
            self.workspace, command, digest, None, self._key, next(_new_keys(rows), None),
            *self._columns(rows),
            rows[0][4], rows[0][5], milliseconds_of(codec.decode_event(0, rows[-1][3]).id), *ANY_TIME,
        )  # fmt: skip
        [[words]] = self._session.execute(APPEND, values).fetchall()
        answer = Answer.parse(words)
        if answer.outcome != DONE or parse_checkpoint(seal)[0].root != answer.root:
            raise root_error(self.size + len(rows))
        store_seals(self._session, self.workspace, [(answer.last, seal)])
        self.size, self.root = answer.last, answer.root
        self._key = next(_new_keys(rows), None) or self._key

    def _found(self, opening_body: bytes) -> None:
        opening = decode(codec.decode_envelope(opening_body).data, LogOpened)
        self._key = opening.key
        origin = opening.key.split("+")[0]
        self._session.execute(FOUND, (self.workspace, origin, opening.key, opening.demo, opening.name))

    @staticmethod
    def _columns(rows: list[tuple[Any, ...]]) -> Iterator[str]:
        """Yield guards (none), streams, versions, types, bodies, and the contents that they refer to."""
        digests = [(number, digest) for number, row in enumerate(rows, 1) for digest in _digests(row[3])]
        yield from (text_array([]), number_array([]))
        yield text_array([row[0] for row in rows])
        yield number_array([row[1] for row in rows])
        yield text_array([row[2] for row in rows])
        yield bytes_array([row[3] for row in rows])
        yield number_array([number for number, _ in digests])
        yield text_array([digest for _, digest in digests])


def _digests(body: bytes) -> list[str]:
    return sorted(set(contents.referenced_digests(body)))


def _new_keys(rows: list[tuple[Any, ...]]) -> Iterator[str]:
    """Yield the keys that events of a commit put in force."""
    for row in rows:
        if row[2] == NAMES[LogKeyRotated]:
            yield decode(codec.decode_envelope(row[3]).data, LogKeyRotated).key
