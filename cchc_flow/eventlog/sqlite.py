"""The event log in one SQLite file, `events.db` in the workspace's folder. `port.py` has the interface."""

from collections.abc import Sequence
from pathlib import Path
from typing import cast

from cchc_flow.eventlog import locking
from cchc_flow.eventlog.batch import Batch, Head
from cchc_flow.eventlog.connection import Connection
from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.eventlog.head import check_ends, load_head
from cchc_flow.eventlog.keys import KeyStore
from cchc_flow.eventlog.log_end import EndMemory
from cchc_flow.eventlog.note import Signer
from cchc_flow.eventlog.port import Meta
from cchc_flow.eventlog.rows import write_batch
from cchc_flow.eventlog.stored_log import Clock, StoredLog
from cchc_flow.eventlog.usage import Usage
from cchc_flow.workflow.events import LogMigrated


class SqliteLog(StoredLog):
    """The log of one workspace; many threads and processes may use it at once."""

    def __init__(self, folder: Path, keys: KeyStore, now: Clock, memory: EndMemory, usage: Usage) -> None:
        locking.check_sqlite_version()
        self._file = locking.Connections(folder, usage)
        super().__init__(self._file, keys, now, memory)
        self._file.current()

    def check_ends(self) -> None:
        """Raise LogBroken when the log's schema, its first position or its newest seal was changed."""
        if head := check_ends(self._file.current()):
            self._head = head

    def migrate(self, statements: Sequence[str], event: LogMigrated, meta: Meta) -> None:
        """Change the tables, and record which edition they have from now on, or neither."""
        with self._connections.write_transaction() as connection:
            head = self._current_head(connection)
            self._refuse_doubtful_clock(connection, head)
            for statement in statements:
                connection.execute(statement)
            after = self._record_about_log(connection, head, event, (meta, [self._keys.signer(head.key)]))
        self._memory.note(after)

    def _load_head(self, connection: Connection) -> Head:
        return load_head(connection)

    def _write(self, connection: Connection, batch: Batch, signers: list[Signer], key: str | None) -> None:
        write_batch(cast(sqlite3.Connection, connection), batch, signers)
