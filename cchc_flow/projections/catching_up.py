"""Folds the events of a log into a file of read models: those that are new, or all into a new file."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

from cchc_flow import projections
from cchc_flow.eventlog.port import EventLog, RecordedEvent
from cchc_flow.projections import ModelSet, model_files
from cchc_flow.projections.deciding import decide_up_to, fold_deciding, fold_into, transaction
from cchc_flow.projections.memory import PREFIXES, Decided, ReadModels, read_position
from cchc_flow.projections.memory import SCHEMA as PROGRESS

BATCH = 2_000
Progress = Callable[[int, int], None]


def catch_up(
    database: ReadModels,
    log: EventLog,
    models: ModelSet,
    progress: Progress | None = None,
    *,
    since: int | None = None,
    upto: int | None = None,
    until: float | None = None,
) -> int:
    """Fold the events that are not folded yet (up to a position); return the position of the rows then.

    Each batch commits with its position. `since` is the position of the rows when that was last known.
    No batch begins after the moment `until` of the steady clock.
    """
    newest = log.size() if upto is None else upto
    done = read_position(database) if since is None else since
    while done < newest and (until is None or monotonic() < until):
        with _writing(database):
            done = database.position = read_position(database)
            if models.decides:
                decide_up_to(database, log, done)
            end = min(done + BATCH, newest)
            for event in log.read_events(done, end):
                _fold_event(database, models, event)
            _finish_batch(database, models)
            done = max(done, end)
            database.decided = Decided(done, database.decided.newest)  # those that decide were among them
            database.execute("UPDATE progress SET position = ?, root = ?", [done, log.root(done)])
        if progress:
            progress(end, newest)
    return done


def _fold_event(database: ReadModels, models: ModelSet, event: RecordedEvent) -> None:
    """Fold one event, the deciding models first: what the file shows depends on the settings in force."""
    if models.decides and event.type.partition(".")[0] in PREFIXES:
        fold_deciding(database, event)
    fold_into(models.models, database, event)


def _finish_batch(database: ReadModels, models: ModelSet) -> None:
    """Let the models write what they gathered while a batch was folded."""
    for model in models.models:
        if finish := getattr(model, "finish", None):
            finish(database)
    database.gathered = {}


def build_file(
    path: Path, log: EventLog, models: ModelSet, progress: Progress | None, *, upto: int | None = None
) -> ReadModels:
    """Return a connection to a new file of read models, with the events folded up to a position."""
    database = model_files.connect(path, {}, decides=models.decides)
    with _writing(database):
        for schema in schemas(models):
            model_files.execute_script(database, schema)
        database.execute(f"PRAGMA user_version = {projections.VERSION}")
    if models.patience is None:
        catch_up(database, log, models, progress, upto=upto)
    return database


def schemas(models: ModelSet) -> list[str]:
    """Return the statements that make the tables of a set, with that of its progress."""
    return [PROGRESS, *(model.SCHEMA for model in models.models)]


@contextmanager
def _writing(database: ReadModels) -> Iterator[None]:
    database.folded, database.gathered = {}, {}
    try:
        with transaction(database, "BEGIN IMMEDIATE"):
            yield
    finally:
        database.position = database.folded = None
