"""The daily round of a running server: at its start and on each new local day, without sending mail.

The machine's timer (`cchc-flow remind`) does the same and sends mail; whichever is second has nothing to do.
"""

import logging
import threading
from datetime import date
from pathlib import Path

from sqlite_utils.utils import sqlite3

from cchc_flow import workspace
from cchc_flow.accounts import Accounts
from cchc_flow.accounts.recording import record_access
from cchc_flow.clock import Clock
from cchc_flow.commands import open_workspace
from cchc_flow.errors import CchcError, NotFound
from cchc_flow.notifications.reminders import run_reminders
from cchc_flow.plugin_host.loading import NONE as NO_PLUGINS
from cchc_flow.plugin_host.loading import Plugins
from cchc_flow.workflow.calendar import local_day

CHECK_SECONDS = 60
"""How often the clock is checked, so how late after midnight the round of the new day can begin."""


class DailyRound:
    """Runs the daily round of every workspace of a data folder, once for each local day."""

    def __init__(
        self, data: Path, now: Clock, check_seconds: float = CHECK_SECONDS, plugins: Plugins = NO_PLUGINS
    ) -> None:
        self._data, self._now, self._check_seconds, self._plugins = data, now, check_seconds, plugins
        self._done_on: dict[str, date] = {}
        self._reported_on: dict[str, date] = {}
        self._stopping = threading.Event()

    def start(self) -> threading.Thread:
        """Start and return the thread that runs the rounds until the process ends or `stop` is called."""
        thread = threading.Thread(target=self._run, name="daily-round", daemon=True)
        thread.start()
        return thread

    def stop(self) -> None:
        """Let the thread end after the rounds that it is running."""
        self._stopping.set()

    def run_due_rounds(self) -> None:
        """Run today's round of each workspace that has not had it; one that failed is tried again."""
        today = local_day(self._now())
        for name in workspace.names(self._data):
            if self._done_on.get(name) != today and self._run_round(name, today):
                self._done_on[name] = today

    def _run(self) -> None:
        """Run the due rounds again and again, whatever one of them raises, until `stop` is called."""
        while not self._stopping.is_set():
            try:
                self.run_due_rounds()
            except Exception:  # the thread must live as long as the server
                logging.getLogger(__name__).exception("the daily round")
            self._stopping.wait(self._check_seconds)

    def _run_round(self, name: str, today: date) -> bool:
        """Run the round of a workspace; return False if it failed, which is logged once a day."""
        try:
            ws = open_workspace(self._data, name, self._now, self._plugins)
            try:
                record_access(ws, Accounts(ws.private))
                run_reminders(ws)
            finally:
                ws.close()
        except NotFound:  # the workspace is just being created
            return False
        except (CchcError, OSError, sqlite3.DatabaseError) as error:
            if self._reported_on.get(name) != today:
                logging.getLogger(__name__).error("%s: %s", name, error)
            self._reported_on[name] = today
            return False
        return True
