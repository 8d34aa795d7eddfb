"""The home of workspaces in one PostgreSQL database. What only a machine needs stays in its data folder."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

import psycopg

from cchc_flow.clock import Clock
from cchc_flow.data_folder import close_to_others, outer_paths, shared_paths
from cchc_flow.errors import BadInput
from cchc_flow.eventlog.folder_vault import FolderVault
from cchc_flow.eventlog.keys import KeyStore
from cchc_flow.eventlog.moved_mark import read_mark
from cchc_flow.eventlog.port import EventLog
from cchc_flow.eventlog.postgres import opening
from cchc_flow.eventlog.postgres.commit import read_moved_to
from cchc_flow.eventlog.postgres.failures import refusals_in_words
from cchc_flow.eventlog.postgres.newest_positions import newest_positions
from cchc_flow.eventlog.postgres.pool import Database, find_database
from cchc_flow.eventlog.postgres.reads import PostgresReads
from cchc_flow.eventlog.postgres.secrets import PostgresSecrets
from cchc_flow.eventlog.postgres.source import PostgresSource
from cchc_flow.eventlog.postgres.vault import PostgresVault
from cchc_flow.eventlog.secret_store import SecretStore
from cchc_flow.eventlog.standing import Standing, find_sealed_root
from cchc_flow.eventlog.vault import Vault
from cchc_flow.files import make_folder
from cchc_flow.nodes import PREFIX as PROGRAM
from cchc_flow.settings import DATABASE, Stores


class PostgresHome:
    """One database for all workspaces; `stores` says where vaults and accounts are."""

    def __init__(self, data: Path, stores: Stores) -> None:
        self._data, self._stores = data, stores
        self.database: Database = find_database(stores.log)

    def names(self) -> list[str]:
        """Return the names of the workspaces in the database, in alphabetical order."""
        sql = "SELECT workspace FROM cchc_log.heads ORDER BY workspace"
        with self.database.connection() as session:
            return [name for (name,) in session.execute(sql).fetchall()]

    def standings(self) -> Mapping[str, Standing]:
        """Return how each log stands, as the heads say."""
        sql = "SELECT workspace, size, root, coalesce(moved_to, '') FROM cchc_log.heads WHERE size > 0"
        with self.database.connection() as session:
            rows = session.execute(sql).fetchall()
        return {name: Standing(size, bytes(root), moved_to) for name, size, root, moved_to in rows}

    def has_stood(self, name: str, size: int, root: bytes) -> bool:
        """Tell whether the log has a seal at this position that states this root."""
        sql = "SELECT seal FROM cchc_log.seals WHERE workspace = %s AND position = %s"
        with self.database.connection() as session:
            row = session.execute(sql, (name, size)).fetchone()
        return row is not None and find_sealed_root(row[0]) == root

    def moved_to(self, name: str) -> str | None:
        """Return where a workspace went from here, None while it is in use here or is not known."""
        with self.database.connection() as session:
            return read_moved_to(session, name)

    def create_log(self, name: str, *, title: str, demo: bool, time: datetime, now: Clock) -> None:
        """Create the log of a workspace with its key and opening event, unless it is there."""
        self._require_one_home(name)
        private = self._private(name)
        opening.create_log(
            self.database,
            self._keys(name),
            private,
            workspace=name,
            name=title,
            demo=demo,
            time=time,
            now=now,
        ).close()

    def open_log(self, name: str, now: Clock, *, for_repair: bool = False) -> EventLog:
        """Return the log of a workspace in the database."""
        self._require_one_home(name)
        private = self._private(name)
        return opening.open_log(
            self.database, self._keys(name), private, workspace=name, now=now, for_repair=for_repair
        )

    def vault(self, name: str) -> Vault:
        """Return the vault of a workspace: in the database, or in the shared folder of the setting."""
        if self._stores.vault == DATABASE:
            return PostgresVault(self.database, name)
        return FolderVault(Path(self._stores.vault) / name / "vault")

    def source(self, name: str) -> PostgresSource:
        """Return where verification reads the log of a workspace."""
        return PostgresSource(self._stores.log, name, self._data / name, lambda: self.vault(name))

    def secrets(self, name: str = "") -> SecretStore:
        """Return the secrets of a workspace in the database, sealed under the key of the nodes."""
        return PostgresSecrets(self.database, name, self._data)

    def reads(self, name: str) -> PostgresReads:
        """Return the tables in which the log of reads of a workspace is."""
        return PostgresReads(self.database, name)

    def accounts_database(self) -> Database | None:
        """Return the database, None when the setting leaves the accounts in the private folders."""
        return self.database if self._stores.accounts == DATABASE else None

    def begin_listening(self, program: str) -> None:
        """Listen to what is appended, on a connection that says what this machine runs."""
        newest_positions(self.database).start(program)

    def programs(self) -> list[str]:
        """Return what the machines run that listen now, as far as this account may see their connections."""
        sql = (
            "SELECT application_name FROM pg_catalog.pg_stat_activity"
            " WHERE datname = current_database() AND application_name LIKE %s ORDER BY 1"
        )
        with self.database.connection() as session:
            return [name for (name,) in session.execute(sql, (f"{PROGRAM}%",)).fetchall()]

    def measures(self) -> Mapping[str, float]:
        """Return whether this process hears of new positions, its connections, how many machines listen."""
        pool = self.database.use()
        return {
            "listening": float(newest_positions(self.database).is_listening),
            "pool_connections": float(pool.get("pool_size", 0)),
            "pool_available": float(pool.get("pool_available", 0)),
            "pool_waiting": float(pool.get("requests_waiting", 0)),
            "nodes_listening": float(len(self.programs())),
        }

    @contextmanager
    def lease(self, name: str, work: str) -> Iterator[bool]:
        """Give whether this process may do a work: a lock of the database that ends with its connection."""
        lock = (f"cchc {work} {name}",)
        with refusals_in_words(), self.database.connect() as session:
            sql = "SELECT pg_try_advisory_lock(hashtextextended(%s, 0))"
            is_ours = session.execute(sql, lock).fetchone() == (True,)
            try:
                yield is_ours
            finally:
                # Said, since a server notices a closed connection only some moments later.
                if is_ours:
                    with suppress(psycopg.OperationalError):
                        session.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", lock)

    def _keys(self, name: str) -> KeyStore:
        return KeyStore(self.secrets(name))

    def _private(self, name: str) -> Path:
        """Return the node's private folder of a workspace, made if it is missing and closed to others."""
        folder, private = self._data / name, self._data / "private" / name
        make_folder(folder)
        make_folder(private)
        close_to_others((*shared_paths(self._data), *outer_paths(folder, private)))
        return private

    def _require_one_home(self, name: str) -> None:
        """Raise BadInput for a workspace whose log is in use in the data folder too: which one holds?"""
        folder = self._data / name
        mark = read_mark(folder)
        if (folder / "events.db").is_file() and mark is None and self.moved_to(name) is None:
            raise BadInput(
                f"Không gian làm việc «{name}» có nhật ký ở cả thư mục dữ liệu lẫn cơ sở dữ liệu, hoặc chưa"
                " chuyển sang cơ sở dữ liệu.",
                f"Hãy chuyển bằng «cchc-flow move {name}», hoặc dời tệp events.db cũ đi nơi khác.",
            )
