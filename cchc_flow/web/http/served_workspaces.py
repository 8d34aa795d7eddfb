"""The workspaces of a data folder as the server has them: open while they are used, and their accounts."""

import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlite_utils.utils import sqlite3
from werkzeug.http import parse_cookie

from cchc_flow import workspace
from cchc_flow.accounts import Accounts
from cchc_flow.accounts.opening import find_accounts, open_accounts
from cchc_flow.accounts.recording import record_access
from cchc_flow.commands.workspace_setup import open_workspace
from cchc_flow.errors import CchcError, NotFound
from cchc_flow.plugin_host.loading import Plugins
from cchc_flow.settings import Deployment
from cchc_flow.web.http.node_watch import NodeWatch
from cchc_flow.web.http.opened_workspaces import OpenedWorkspaces, Pair
from cchc_flow.web.http.readiness import Readiness
from cchc_flow.web.http.setup_codes import SetupCodes
from cchc_flow.workspace import Label, Workspace

PAUSE_SECONDS = 30
"""For how long facts about accounts wait after they could not be recorded."""
SECURE_COOKIE, SESSION_COOKIE = "__Host-", "cchc-"
"""How the names of the sessions' cookies begin: each is followed by the workspace's name."""


class ServedWorkspaces:
    """The workspaces of a data folder, open while they are used, and the accounts that go with them."""

    def __init__(
        self,
        data: Path,
        now: Callable[[], datetime],
        open_to_others: bool,
        deployment: Deployment,
        plugins: Plugins,
    ) -> None:
        self.data, self.now = data, now
        self.deployment, self.plugins = deployment, plugins
        self.setup_codes = SetupCodes(data, open_to_others=open_to_others)
        self.readiness = Readiness()
        self.node_watch = NodeWatch(data, plugins)
        self.opened = OpenedWorkspaces(self._open)
        self._labels: dict[str, Label] = {}
        self._not_recording_until: dict[str, float] = {}
        self.founding = threading.Lock()
        """Held while a data folder gets its first workspace: two who ask at once do not make two."""

    def names(self) -> list[str]:
        """Return the names of all workspaces."""
        return workspace.names(self.data)

    def label(self, name: str) -> Label:
        """Return how a workspace is called, which never changes; one with a broken log by its name."""
        if name not in self._labels:
            try:
                self._labels[name] = workspace.read_label(self.data, name, self.now)
            except (CchcError, OSError, sqlite3.DatabaseError):
                return Label(name, name, demo=False)
        return self._labels[name]

    def get(self, name: str) -> Pair:
        """Return a workspace and its accounts; raise NotFound."""
        return self.opened.get(name)

    def knows_session(self, cookies: str) -> bool:
        """Tell whether a Cookie header holds a session (see `Accounts`), without opening a workspace."""
        names = set(self.names())
        return any(
            name in names and self._accounts(name).knows_session(token)
            for cookie, token in parse_cookie(cookies).items(multi=True)
            if (name := cookie.removeprefix(SECURE_COOKIE).removeprefix(SESSION_COOKIE))
        )

    def record_access(self, ws: Workspace, accounts: Accounts) -> None:
        """Record what happened to accounts; when that is not possible, no page waits for it again soon."""
        if time.monotonic() >= self._not_recording_until.get(ws.name, 0.0):
            record_access(ws, accounts)
            if accounts.facts.is_due(ws.now()):
                self._not_recording_until[ws.name] = time.monotonic() + PAUSE_SECONDS

    def record_again(self, name: str) -> None:
        """Let facts about accounts be recorded at once: what kept them out of the log is over."""
        self._not_recording_until.pop(name, None)

    def _accounts(self, name: str) -> Accounts:
        """Return the accounts of a workspace, also of one that is not open."""
        pair = self.opened.find(name)
        return pair[1] if pair else find_accounts(self.data, name)

    def _open(self, name: str) -> Pair:
        """Open a workspace and its accounts; raise NotFound."""
        if name not in self.names():
            raise NotFound(f"Không có không gian làm việc «{name}».", "Hãy kiểm tra lại tên.")
        ws = open_workspace(self.data, name, self.now, self.plugins, serves_pages=True)
        return ws, open_accounts(ws)
