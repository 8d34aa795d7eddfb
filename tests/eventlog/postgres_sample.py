"""The sample log in a PostgreSQL database; its vault and keys lie in the folders of the sample."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import psycopg
from eventlog.appending import START
from eventlog.conftest import SampleLog
from eventlog.postgres_forging import COLUMNS, WORKSPACE, open_without_triggers
from support.postgres import TestDatabase

from cchc_flow.eventlog.folder_vault import FolderVault
from cchc_flow.eventlog.keys import folder_keys
from cchc_flow.eventlog.port import EventLog
from cchc_flow.eventlog.postgres import opening
from cchc_flow.eventlog.postgres.pool import find_database
from cchc_flow.eventlog.postgres.sealer import find_sealer
from cchc_flow.eventlog.postgres.source import PostgresSource

TABLES = (*COLUMNS, "heads")


class PostgresSample(SampleLog):
    """The sample log whose events are in a database."""

    def __init__(self, root: Path, database: TestDatabase) -> None:
        super().__init__(root)
        self.database = database

    @property
    def source(self) -> PostgresSource:
        return PostgresSource(
            self.database.url, WORKSPACE, self.folder, lambda: FolderVault(self.folder / "vault")
        )

    def attack(self, *, checks: bool = True) -> AbstractContextManager[Any]:
        self.flush()
        return open_without_triggers(self.database.owner_url, checks=checks)

    def open(self) -> EventLog:
        self.private.mkdir(parents=True, exist_ok=True)
        return opening.create_log(
            find_database(self.database.url),
            folder_keys(self.private),
            self.private,
            workspace=WORKSPACE,
            name="Xã Ea Thử",
            demo=False,
            time=START,
            now=self.clock,
        )

    def flush(self) -> None:
        """Wait for the seals that are on their way: one must not come to another test's log."""
        assert find_sealer(find_database(self.database.url)).flush()

    def clear(self) -> None:
        """Take away the folders and the rows, as if there never had been a log."""
        super().clear()
        self.flush()
        with psycopg.connect(self.database.owner_url) as connection:
            _delete_rows(connection)

    def keep(self) -> None:
        """Keep a copy of the rows to restore them from."""
        self.flush()
        with psycopg.connect(self.database.owner_url) as connection:
            connection.execute("CREATE SCHEMA kept")
            for table in TABLES:
                connection.execute(f"CREATE TABLE kept.{table} AS TABLE cchc_log.{table}".encode())

    def restore(self) -> None:
        """Put the rows back as they were kept."""
        self.flush()
        with psycopg.connect(self.database.owner_url) as connection:
            _delete_rows(connection)
            for table in TABLES:
                connection.execute(f"INSERT INTO cchc_log.{table} TABLE kept.{table}".encode())


def _delete_rows(connection: psycopg.Connection[Any]) -> None:
    connection.execute("SET LOCAL session_replication_role = replica")
    for table in TABLES:
        connection.execute(f"DELETE FROM cchc_log.{table}".encode())  # noqa: S608  # ours
