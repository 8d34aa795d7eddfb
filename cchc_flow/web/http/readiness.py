"""What keeps a running server from its work: this machine, or one workspace and no other."""

import logging
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from sqlite_utils.utils import sqlite3

from cchc_flow import data_folder
from cchc_flow.errors import CchcError
from cchc_flow.web.http.opened_workspaces import OpenedWorkspaces

ANSWER_KEPT_FOR = 2.0
"""In seconds: who asks more often gets the same answer, and costs the log no lock."""
CLOSED_AT_ONCE = 3
"""How many workspaces that are not open are looked at each time, in turn; then they are closed again."""


class Served(Protocol):
    """The workspaces of a data folder, as `served_workspaces.ServedWorkspaces` opens them."""

    data: Path
    opened: OpenedWorkspaces

    def names(self) -> list[str]:
        """Return the names of all workspaces."""


class Readiness:
    """What keeps a server from its work, looked for every two seconds at most, by one request at a time.

    `machine` has what is in the way of all workspaces, `workspaces` what is in the way of one, by its name.
    """

    def __init__(self) -> None:
        self._looking = threading.Lock()
        self._looked_at = float("-inf")
        self._turn = 0
        self._count = 0
        self.machine = {"": "nothing was looked at yet"}
        self.workspaces: dict[str, str] = {}

    def is_ready(self, served: Served) -> bool:
        """Tell whether the server can do its work; what is in the way is logged when it changes.

        A workspace that cannot be read and written is in nobody's way but its own, unless there is no other.
        While another request looks, which can take seconds, the answer is the one before.
        """
        if self._looking.acquire(blocking=False):
            try:
                if time.monotonic() - self._looked_at > ANSWER_KEPT_FOR:
                    self._look(served)
            finally:
                self._looking.release()
        return not self.machine and (not self._count or len(self.workspaces) < self._count)

    def _look(self, served: Served) -> None:
        before = self.machine.keys() | self.workspaces.keys()
        names = served.names()
        self.machine = dict(find_machine_faults(served))
        looked_at = {name: find_fault(served, name) for name in self._choose(served, names)}
        kept = {name: fault for name, fault in self.workspaces.items() if name in names}
        found = kept | {name: fault for name, fault in looked_at.items() if fault}
        self.workspaces = {name: fault for name, fault in found.items() if looked_at.get(name, fault)}
        self._count = len(names)
        faults = self.machine | self.workspaces
        if faults and faults.keys() != before:  # not when only the room that is left changed
            logging.getLogger(__name__).warning("not ready: %s", "; ".join(faults.values()))
        self._looked_at = time.monotonic()

    def _choose(self, served: Served, names: list[str]) -> list[str]:
        """Return which workspaces are looked at now: those that are open, and the next few of the others."""
        closed = [name for name in names if served.opened.find(name) is None]
        begin = self._turn % max(1, len(closed))
        chosen = (closed[begin:] + closed[:begin])[:CLOSED_AT_ONCE]
        self._turn = begin + len(chosen)
        return [name for name in names if name not in closed] + chosen


def find_machine_faults(served: Served) -> Iterator[tuple[str, str]]:
    """Yield what is in the way of all workspaces, and what: a disk without room, a folder that is closed."""
    if full := data_folder.find_full_disk(served.data):
        yield "disk", str(full)
    for folder in data_folder.closed_folders(served.data):
        yield str(folder), f"{folder}: cannot be looked into"


def find_fault(served: Served, name: str) -> str:
    """Return what keeps a workspace from being read and written, such as a log that takes no writer, or "".

    One that is opened for that is closed again when there are many.
    """
    opened = served.opened
    use = opened.borrow if len(served.names()) > CLOSED_AT_ONCE else opened.use
    try:
        with use(name) as (ws, accounts):
            ws.log.check_writable()
            accounts.check_writable()
            ws.read()
    except (CchcError, OSError, sqlite3.Error) as error:
        return f"{name}: {error}"
    return ""
