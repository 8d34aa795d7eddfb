"""The homes of workspaces: where the log and the vault of each one are, and which workspaces there are.

A home is the data folder, with SQLite, or one PostgreSQL database for many workspaces
(`CCHC_FLOW_LOG=postgresql://…`). What only a machine needs (read models, the memory of how far a log had
come) stays in its data folder in either case.
"""

import os
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from cchc_flow.clock import Clock
from cchc_flow.data_folder import close_to_others, outer_paths, shared_paths
from cchc_flow.errors import BadInput, NotFound
from cchc_flow.eventlog import opening
from cchc_flow.eventlog.folder_vault import FolderVault
from cchc_flow.eventlog.port import EventLog
from cchc_flow.eventlog.reads.home import FolderReads, ReadsHome
from cchc_flow.eventlog.secret_store import FolderSecrets, SecretStore
from cchc_flow.eventlog.standing import Standing
from cchc_flow.eventlog.vault import Vault
from cchc_flow.eventlog.verification.source import FolderSource, LogSource
from cchc_flow.settings import read_stores

if TYPE_CHECKING:  # psycopg need not be installed
    from cchc_flow.eventlog.postgres.pool import Database

DAILY_ROUND = "daily"
"""The work that one machine at a time does on a workspace (see `Home.lease`)."""


class Home(Protocol):
    """Where workspaces live. A name is one that `workspace.NAME` allows."""

    def names(self) -> list[str]:
        """Return the names of the workspaces, in alphabetical order; one may still be in creation."""

    def standings(self) -> Mapping[str, Standing]:
        """Return how each log stands, by one cheap look: no log is opened, verified or written.

        A log that cannot be looked at is left out.
        """

    def has_stood(self, name: str, size: int, root: bytes) -> bool:
        """Tell whether a log has a seal that says that its first `size` events have this root."""

    def create_log(self, name: str, *, title: str, demo: bool, time: datetime, now: Clock) -> None:
        """Create the log of a workspace with its key and opening event, unless it is there."""

    def open_log(self, name: str, now: Clock, *, for_repair: bool = False) -> EventLog:
        """Return the log of a workspace.

        Raise NotFound if there is none, LogBroken when it was changed, or (unless it is opened `for_repair`)
        lacks what it once had.
        """

    def vault(self, name: str) -> Vault:
        """Return the vault of a workspace."""

    def begin_listening(self, program: str) -> None:
        """Let this process hear, from now on, what other machines append; `program` says what it runs."""

    def programs(self) -> list[str]:
        """Return what the machines run that listen now, this one among them; none where there is one only."""

    def measures(self) -> Mapping[str, float]:
        """Return figures of the connection to other machines, by name, for whoever watches this one."""

    def lease(self, name: str, work: str) -> AbstractContextManager[bool]:
        """Give whether this process may do a work on a workspace: no other machine is at it.

        The lease ends with the block, and with a machine that dies.
        """

    def secrets(self, name: str = "") -> SecretStore:
        """Return the secrets of a workspace; without a name those of the whole installation."""

    def source(self, name: str) -> LogSource:
        """Return where the log of a workspace is verified and copied from; it need not be there."""

    def reads(self, name: str) -> ReadsHome:
        """Return where the log of reads of a workspace is."""

    def accounts_database(self) -> "Database | None":
        """Return the database that holds the accounts of all workspaces; None: each private folder does."""


class FolderHome:
    """The data folder: `data/NAME/events.db` and `data/NAME/vault`, keys in `data/private/NAME`."""

    def __init__(self, data: Path) -> None:
        self._data = data

    def names(self) -> list[str]:
        """Return the names of the workspaces that have a log's file, in alphabetical order."""
        return sorted(path.parent.name for path in self._data.glob("*/events.db"))

    def standings(self) -> Mapping[str, Standing]:
        """Return how each log stands, as the newest seal in its file says."""
        found = ((name, opening.find_standing(self._data / name)) for name in self.names())
        return {name: standing for name, standing in found if standing is not None}

    def has_stood(self, name: str, size: int, root: bytes) -> bool:
        """Tell whether the log's file has a seal at this position that states this root."""
        return opening.find_root_sealed_at(self._data / name, size) == root

    def create_log(self, name: str, *, title: str, demo: bool, time: datetime, now: Clock) -> None:
        """Create the log's file, tables, key and opening event, unless they are there."""
        folder, private = self._folders(name)
        opening.create_log(folder, private, workspace=name, name=title, demo=demo, time=time, now=now).close()

    def open_log(self, name: str, now: Clock, *, for_repair: bool = False) -> EventLog:
        """Return the log in the folder; what others on this machine could read is closed to them."""
        folder, private = self._folders(name)
        if not (folder / "events.db").is_file():
            raise NotFound(f"Không có không gian làm việc «{name}».", "Hãy kiểm tra lại tên.")
        close_to_others((*shared_paths(self._data), *outer_paths(folder, private)))
        return opening.open_log(folder, private, now=now, for_repair=for_repair)

    def vault(self, name: str) -> Vault:
        """Return the vault in the workspace's folder."""
        return FolderVault(self._folders(name)[0] / "vault")

    def secrets(self, name: str = "") -> SecretStore:
        """Return the secrets in the private folder."""
        return FolderSecrets(self._data / "private" / name)

    def source(self, name: str) -> LogSource:
        """Return the workspace's folder as a source."""
        return FolderSource(self._folders(name)[0])

    def reads(self, name: str) -> ReadsHome:
        """Return the files of reads in the workspace's folder."""
        return FolderReads(self._folders(name)[0])

    def accounts_database(self) -> "Database | None":
        """Return None: the accounts are in the private folders."""
        return None

    def begin_listening(self, program: str) -> None:
        """Do nothing: to look into the file is as quick as to listen."""

    def programs(self) -> list[str]:
        """Return no programs: there is one machine."""
        return []

    def measures(self) -> Mapping[str, float]:
        """Return nothing: there is no connection to anywhere."""
        return {}

    def lease(self, name: str, work: str) -> AbstractContextManager[bool]:
        """Give True: there is no other machine, and a second round on one day finds nothing to do."""
        return nullcontext(True)

    def _folders(self, name: str) -> tuple[Path, Path]:
        return self._data / name, self._data / "private" / name


def find_home(data: Path) -> Home:
    """Return the home of the workspaces that this program serves; raise BadInput for a wrong setting."""
    stores = read_stores(os.environ)
    if not stores.log:
        return FolderHome(data)
    try:
        from cchc_flow.postgres_home import PostgresHome  # psycopg need not be installed
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in {"psycopg", "psycopg_pool"}:
            raise
        raise BadInput("Máy này chưa cài phần PostgreSQL.", "Hãy cài «cchc-flow[pg]».") from None
    return PostgresHome(data, stores)
