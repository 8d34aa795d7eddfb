"""What a process knows of the newest positions of the logs that it shows: a page asks nobody for them.

A thread listens to the database (NOTIFY comes with each seal), on one connection for all workspaces. It also
asks every few seconds, which heals what a lost connection or a commit without its seal kept from it. While it
is not heard of, `find` knows nothing, and who asks looks into the database.
"""

import logging
import os
import select
import threading
import time

import psycopg

from cchc_flow.errors import CchcError
from cchc_flow.eventlog.postgres.pool import Database, Session

POLL_SECONDS = 3.0
"""How often the thread asks the database."""
TRUSTED_SECONDS = 8.0
"""For how long what it knows counts after it last heard from the database."""
LONGEST_NAME = 63
PAUSE_SECONDS = 1.0
"""How long it waits after a lost connection."""


class NewestPositions:
    """The newest positions of the workspaces that this process has open; it listens from `start` on."""

    def __init__(self, database: Database) -> None:
        self._database, self.process = database, os.getpid()
        self._guard = threading.Lock()
        self._program = ""
        self._known: dict[str, int] = {}
        self._heard_at = float("-inf")
        self._thread: threading.Thread | None = None
        self._stopping = threading.Event()

    @property
    def is_listening(self) -> bool:
        """Whether the thread has heard from the database a moment ago."""
        return time.monotonic() - self._heard_at < TRUSTED_SECONDS

    def start(self, program: str = "cchc-flow") -> None:
        """Let a thread listen, unless one does: a server does that, after its fork.

        The database shows by the name `program` (63 bytes at most) who listens.
        """
        with self._guard:
            self._program = program
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="listener", daemon=True)
                self._thread.start()

    def find(self, workspace: str) -> int | None:
        """Return the newest position of a workspace, None when it is not known for certain now."""
        return (self._known.get(workspace) or None) if self.is_listening else None

    def note(self, workspace: str, position: int) -> None:
        """Take note of a position that was read or written; with 0, of what is told from now on."""
        with self._guard:
            self._known[workspace] = max(position, self._known.get(workspace, 0))

    def forget(self, workspace: str) -> None:
        """Listen to a workspace no more, as nobody looks at it."""
        with self._guard:
            self._known.pop(workspace, None)

    def stop(self) -> None:
        """Let the thread end and close its connection."""
        self._stopping.set()
        if self._thread:
            self._thread.join(POLL_SECONDS * 2)

    def _run(self) -> None:
        is_reported = False
        while not self._stopping.is_set():
            try:
                with self._database.connect() as session:
                    name = self._program.encode()[:LONGEST_NAME].decode(errors="ignore")
                    session.execute("SELECT set_config('application_name', %s, false)", (name,))
                    session.execute(b"LISTEN cchc_log")
                    is_reported = False
                    self._listen(session)
            except (CchcError, psycopg.Error, OSError) as error:
                if not is_reported:
                    logging.getLogger(__name__).warning("the listener lost the database: %s", error)
                is_reported = True
            with self._guard:  # what comes while nobody listens is not heard
                self._heard_at = float("-inf")
                self._known.clear()
            self._stopping.wait(PAUSE_SECONDS)

    def _listen(self, session: Session) -> None:
        """Take note of what is told, and ask now and then, until the connection is lost."""
        asked_at = float("-inf")
        while not self._stopping.is_set():
            if time.monotonic() - asked_at >= POLL_SECONDS:
                asked_at = time.monotonic()
                self._ask(session)
            for notify in session.notifies(timeout=0):
                self._take(notify.payload)
            select.select([session.fileno()], [], [], 0.5)

    def _ask(self, session: Session) -> None:
        with self._guard:
            watched = [*self._known]
        sql = "SELECT workspace, size FROM cchc_log.heads WHERE workspace = ANY(%s)"
        for workspace, size in session.execute(sql, (watched,)).fetchall():
            self._raise_to(workspace, size)
        self._heard_at = time.monotonic()

    def _take(self, payload: str) -> None:
        workspace, _, position = payload.rpartition(" ")
        if position.isascii() and position.isdigit():
            self._raise_to(workspace, int(position))
        self._heard_at = time.monotonic()

    def _raise_to(self, workspace: str, position: int) -> None:
        with self._guard:
            if position > self._known.get(workspace, position):
                self._known[workspace] = position


_listeners: dict[Database, NewestPositions] = {}


def newest_positions(database: Database) -> NewestPositions:
    """Return what this process knows of a database; a process that was forked begins with nothing."""
    found = _listeners.get(database)
    if found is None or found.process != os.getpid():
        found = _listeners[database] = NewestPositions(database)
    return found
