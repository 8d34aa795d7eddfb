"""What keeps a running server from its work."""

import logging
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from sqlite_utils.utils import sqlite3

from cchc_flow import data_folder
from cchc_flow.accounts import Accounts
from cchc_flow.errors import CchcError
from cchc_flow.workspace import Workspace

ANSWER_KEPT_FOR = 2.0
"""In seconds: who asks more often gets the same answer, and costs the log no lock."""


class Served(Protocol):
    """The workspaces of a data folder, as `tenancy.ServedWorkspaces` opens them."""

    data: Path

    def names(self) -> list[str]:
        """Return the names of all workspaces."""

    def get(self, name: str) -> tuple[Workspace, Accounts]:
        """Return a workspace and its accounts."""


class Readiness:
    """What keeps a server from its work, looked for every two seconds at most, by one request at a time."""

    def __init__(self) -> None:
        self._looking = threading.Lock()
        self._looked_at = float("-inf")
        self._faults = {"": "nothing was looked at yet"}

    def is_ready(self, served: Served) -> bool:
        """Tell whether all workspaces can be read and written; what is in the way is logged when it changes.

        While another request looks, which can take seconds, the answer is the one before.
        """
        if self._looking.acquire(blocking=False):
            try:
                if time.monotonic() - self._looked_at > ANSWER_KEPT_FOR:
                    self._look(served)
            finally:
                self._looking.release()
        return not self._faults

    def _look(self, served: Served) -> None:
        faults = dict(find_faults(served))
        if faults and faults.keys() != self._faults.keys():  # not when only the room that is left changed
            logging.getLogger(__name__).warning("not ready: %s", "; ".join(faults.values()))
        self._faults, self._looked_at = faults, time.monotonic()


def find_faults(served: Served) -> Iterator[tuple[str, str]]:
    """Yield where something is in the way, and what: a disk without room, a log that takes no writer."""
    if full := data_folder.find_full_disk(served.data):
        yield "disk", str(full)
    for folder in data_folder.closed_folders(served.data):
        yield str(folder), f"{folder}: cannot be looked into"
    for name in served.names():
        try:
            ws, accounts = served.get(name)
            ws.log.check_writable()
            accounts.check_writable()
            ws.read()
        except (CchcError, OSError, sqlite3.Error) as error:
            yield name, f"{name}: {error}"
