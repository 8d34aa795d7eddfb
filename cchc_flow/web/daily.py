"""The daily round by a server that runs: at its start and on each new local day, mail left to the timer.

The timer of the machine does the same and more (`cchc-flow remind`): who comes second finds nothing to do.
"""

import logging
import threading
from datetime import date
from pathlib import Path

from sqlite_utils.utils import sqlite3

from cchc_flow import workspace
from cchc_flow.clock import Clock
from cchc_flow.commands import open_workspace
from cchc_flow.errors import CchcError, NotFound
from cchc_flow.notifications.reminders import make_round
from cchc_flow.plugin_host.loading import NONE as NO_PLUGINS
from cchc_flow.plugin_host.loading import Plugins
from cchc_flow.workflow.calendar import local_day

CHECK_SECONDS = 60
"""How soon after midnight the round of the new day begins."""


class DailyRound:
    """Makes the round of every workspace of a data folder, once for each local day."""

    def __init__(
        self, data: Path, now: Clock, look_seconds: float = CHECK_SECONDS, plugins: Plugins = NO_PLUGINS
    ) -> None:
        self._data, self._now, self._look_seconds, self._plugins = data, now, look_seconds, plugins
        self._done: dict[str, date] = {}
        self._told: dict[str, date] = {}
        self._end = threading.Event()

    def start(self) -> threading.Thread:
        """Look at the clock now and ever again, in a thread that ends with the process, or by `stop`."""
        thread = threading.Thread(target=self._run, name="daily-round", daemon=True)
        thread.start()
        return thread

    def stop(self) -> None:
        """Let the thread end after the look that it is at."""
        self._end.set()

    def look(self) -> None:
        """Make the round of each workspace that today's was not made of; one that failed is tried again."""
        today = local_day(self._now())
        for name in workspace.names(self._data):
            if self._done.get(name) != today and self._makes(name, today):
                self._done[name] = today

    def _run(self) -> None:
        while not self._end.is_set():
            try:
                self.look()
            except Exception:  # the thread must live as long as the server
                logging.getLogger(__name__).exception("the daily round")
            self._end.wait(self._look_seconds)

    def _makes(self, name: str, today: date) -> bool:
        """Tell whether the round of a workspace came to its end; a fault is told once a day."""
        try:
            ws = open_workspace(self._data, name, self._now, self._plugins)
            try:
                make_round(ws)
            finally:
                ws.close()
        except NotFound:  # it is being made just now
            return False
        except (CchcError, OSError, sqlite3.DatabaseError) as error:
            if self._told.get(name) != today:
                logging.getLogger(__name__).error("%s: %s", name, error)
            self._told[name] = today
            return False
        return True
