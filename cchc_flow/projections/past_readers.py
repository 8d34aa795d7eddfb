"""Connections that read the past: each stands at a position of the log for good."""

import threading
from collections.abc import Iterator, MutableSet
from pathlib import Path

from sqlite_utils import Database

from cchc_flow.errors import BadInput
from cchc_flow.eventlog.port import EventLog
from cchc_flow.projections import ModelSet, model_files
from cchc_flow.projections.as_of import Past, view_of_past
from cchc_flow.projections.deciding import decide_up_to
from cchc_flow.projections.memory import ReadModels, read_position

MOST_KEPT = 2
"""How many each thread keeps: a report, and the one that it is compared with."""


class PastReaders:
    """The connections of each thread that read the past of a set of read models.

    None is closed while it may be in use: one that is not kept any more ends with its last user, and those in
    `opened` are closed with the workspace.
    """

    def __init__(self, log: EventLog, models: ModelSet, opened: MutableSet[Database]) -> None:
        self._log, self._models, self._opened = log, models, opened
        self._local = threading.local()

    def read(self, file: Path, position: int) -> ReadModels:
        """Return a connection to a file of read models as of a position, kept or new."""
        kept: dict[int, ReadModels] = self._local.__dict__.setdefault("kept", {})
        database = kept.pop(position, None)
        if database is None or database.file != file:  # a rebuild put another file in its place
            database = self._open(file, position)
            self._opened.add(database)
        kept[position] = database
        while len(kept) > MOST_KEPT:
            del kept[next(iter(kept))]
        return database

    def forget(self) -> None:
        """Let this thread take new connections: a plugin that was given up may go on using the old ones."""
        self._local.__dict__.clear()

    def forget_all(self) -> None:
        """Let all threads take new connections: the old ones were closed."""
        self._local = threading.local()

    def _open(self, file: Path, position: int) -> ReadModels:
        database = model_files.connect(file, {}, decides=self._models.decides)
        try:
            self._go_back(database, position)
        except BaseException:
            database.close()
            raise
        return database

    def _go_back(self, database: ReadModels, position: int) -> None:
        """Let a new connection stand at a position; raise BadInput for one that the log does not have."""
        folded = read_position(database)
        if not 0 <= position <= folded:
            raise BadInput(
                f"Nhật ký chưa có sự kiện {position}; bảng đọc mới có đến sự kiện {folded}.",
                "Hãy chọn thời điểm chốt số liệu không muộn hơn sự kiện mới nhất.",
            )
        if self._models.decides:
            decide_up_to(database, self._log, position)
        for statement in _views(database, self._models, position):
            database.execute(statement)
        database.execute("PRAGMA query_only = ON")
        database.past, database.position = Past(position, self._log), position


def _views(database: ReadModels, models: ModelSet, position: int) -> Iterator[str]:
    """Yield the statements that make the views of the tables which say from when their rows are true.

    A model names them in `VERSIONED`, with the column that says it.
    """
    for model in models.models:
        for table, begin in getattr(model, "VERSIONED", {}).items():
            columns = [row[1] for row in database.execute(f"PRAGMA main.table_info({table})")]
            yield view_of_past(table, columns, begin, position)
