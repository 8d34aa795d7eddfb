"""The daily round of a running server: at its start and on each new local day, without sending mail.

The machine's timer (`cchc-flow remind`) does the same and sends mail; whichever is second has nothing to do.
Between the rounds, reactions of plugins that failed are tried again when their pauses are over.
"""

import logging
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

from sqlite_utils.utils import sqlite3

from cchc_flow import workspace
from cchc_flow.accounts.opening import open_accounts
from cchc_flow.accounts.recording import record_access
from cchc_flow.audit.event_words import fill_index
from cchc_flow.audit.witnessing import ask_all
from cchc_flow.clock import Clock
from cchc_flow.commands import open_workspace, retry_reactions
from cchc_flow.commands.reaction_retries import has_due_retries
from cchc_flow.commands.reads_upkeep import keep_up_reads
from cchc_flow.errors import CchcError, NotFound
from cchc_flow.homes import DAILY_ROUND, find_home
from cchc_flow.notifications.reminders import run_reminders
from cchc_flow.plan_import.learned import is_asked_for, keep_learned
from cchc_flow.plugin_host import contributions
from cchc_flow.plugin_host.loading import NONE as NO_PLUGINS
from cchc_flow.plugin_host.loading import Plugins
from cchc_flow.workflow.calendar import local_day
from cchc_flow.workspace import Workspace

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
            if self._done_on.get(name) == today:
                self._retry_reactions(name, today)
                self._learn_plans(name, today)
            elif self._run_round(name, today):
                self._done_on[name] = today
                self._use_workspace(name, today, keep_up_reads)  # tomorrow again, if one file is damaged

    def _run(self) -> None:
        """Run the due rounds again and again, whatever one of them raises, until `stop` is called."""
        while not self._stopping.is_set():
            try:
                self.run_due_rounds()
            except Exception:  # the thread must live as long as the server
                logging.getLogger(__name__).exception("the daily round")
            self._stopping.wait(self._check_seconds)

    def _run_round(self, name: str, today: date) -> bool:
        """Run the round of a workspace; return False if it failed, which is logged once a day.

        Also False while another machine runs it. What each machine needs for itself is made on each.
        """
        is_over = []

        def run(ws: Workspace) -> None:
            with find_home(self._data).lease(name, DAILY_ROUND) as is_ours:
                if is_ours:
                    record_access(ws, open_accounts(ws))
                    run_reminders(ws)
                    is_over.append(name)
            ask_all(ws)  # each machine by itself: that it sees what the witness saw, it keeps in its folder
            ws.read_history()  # so that nobody waits for it who looks
            fill_index(ws)
            keep_learned(ws, contributions.areas(ws.plugins))

        return self._use_workspace(name, today, run) and bool(is_over)

    def _retry_reactions(self, name: str, today: date) -> None:
        """Try again the reactions of plugins that failed in a workspace, once their pauses are over."""
        if has_due_retries(self._data / "private" / name, self._now()):
            self._use_workspace(name, today, retry_reactions)

    def _learn_plans(self, name: str, today: date) -> None:
        """Learn how plans are read from what was corrected in one that was adopted since the last look."""
        if is_asked_for(self._data / "private" / name):
            self._use_workspace(name, today, lambda ws: keep_learned(ws, contributions.areas(ws.plugins)))

    def _use_workspace(self, name: str, today: date, use: Callable[[Workspace], object]) -> bool:
        """Open a workspace for some work; return False if that failed, which is logged once a day."""
        try:
            ws = open_workspace(self._data, name, self._now, self._plugins)
            try:
                use(ws)
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
