"""Folds the models that decide from the log into the temporary tables of a connection."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext

import msgspec
from sqlite_utils import Database

from cchc_flow.errors import LogBroken
from cchc_flow.eventlog.port import EventLog, RecordedEvent
from cchc_flow.projections import DECIDING, Model
from cchc_flow.projections.memory import PREFIXES, Decided, ReadModels

STREAMS = tuple(prefix for prefixes in PREFIXES.values() for prefix in prefixes)


def decide_up_to(database: ReadModels, log: EventLog, position: int) -> None:
    """Fold the events that decide, up to a position, into the temporary tables of a connection."""
    if database.decided.position >= position:
        return
    with nullcontext() if database.conn.in_transaction else transaction(database):
        for event in log.read_streams(STREAMS, database.decided.position, position):
            fold_deciding(database, event)
        database.decided = Decided(position, database.decided.newest)


def fold_deciding(database: ReadModels, event: RecordedEvent) -> None:
    """Fold an event into the deciding models; answers kept until an event of its family are used no more."""
    database.is_changing = True
    fold_into(DECIDING, database, event)
    database.is_changing = False
    family = event.type.partition(".")[0]
    newest = {**database.decided.newest, family: event.position}
    database.decided = Decided(event.position, newest)


def fold_into(models: Sequence[Model], database: Database, event: RecordedEvent) -> None:
    """Let each model fold an event; raise LogBroken when one of them cannot."""
    try:
        for model in models:
            model.fold(database, event)
    except (ValueError, KeyError, msgspec.ValidationError) as error:
        raise LogBroken(
            f"Bảng đọc không theo được sự kiện {event.position} ({error}).", "Hãy chạy «cchc-flow rebuild»."
        ) from error


@contextmanager
def transaction(database: ReadModels, begin: str = "BEGIN") -> Iterator[None]:
    """Carry out a transaction; when it fails, the deciding models are as they were before it as well."""
    before = database.decided
    database.execute(begin)
    try:
        yield
    except BaseException:
        database.execute("ROLLBACK")
        database.decided, database.is_changing = before, False
        raise
    database.execute("COMMIT")
