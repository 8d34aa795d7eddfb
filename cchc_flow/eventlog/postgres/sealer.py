"""Storing seals a moment after their commits, many by one call: no writer waits for a second round trip.

A seal that is lost with the process is signed again by whoever comes next; who asks for a checkpoint before
its seal is stored signs it himself.
"""

import os
import threading
import time

import psycopg

from cchc_flow.errors import CchcError, NotRecorded
from cchc_flow.eventlog.postgres.commit import store_seals
from cchc_flow.eventlog.postgres.pool import Database

GATHER_SECONDS = 0.05
AGAIN_SECONDS = 0.5
MOST_AT_ONCE = 500
Seal = tuple[str, int, str]


class Sealer:
    """The seals of one process that are on their way to a database: workspace, position and signed note."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._changed = threading.Condition()
        self._waiting: list[Seal] = []
        self._is_busy = self._is_stopped = False
        database.before_close.append(self.stop)
        threading.Thread(target=self._work, name="cchc-flow-sealer", daemon=True).start()

    def add(self, workspace: str, position: int, note: str) -> None:
        """Store a seal soon."""
        with self._changed:
            self._waiting.append((workspace, position, note))
            self._changed.notify_all()

    def flush(self, seconds: float = 2.0) -> bool:
        """Wait until all seals are stored; return False when that takes longer."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._waiting and not self._is_busy, seconds)

    def stop(self) -> None:
        """Store what waits, unless the database is away, and end the thread."""
        self.flush()
        with self._changed:
            self._is_stopped = True
            self._changed.notify_all()
        _sealers.pop((os.getpid(), self._database), None)

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._is_stopped)
                if not self._waiting:
                    return
            time.sleep(GATHER_SECONDS)
            with self._changed:
                seals, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
                self._is_busy = True
            left = self._store(seals)
            with self._changed:
                self._waiting = left + self._waiting
                self._is_busy = False
                self._changed.notify_all()
                if left:
                    self._changed.wait_for(lambda: self._is_stopped, AGAIN_SECONDS)
                    if self._is_stopped:
                        return

    def _store(self, seals: list[Seal]) -> list[Seal]:
        """Store seals, those of a workspace together; return what is left if the database is away now."""
        by_workspace: dict[str, list[tuple[int, str]]] = {}
        for workspace, position, note in seals:
            by_workspace.setdefault(workspace, []).append((position, note))
        try:
            while by_workspace:
                workspace = next(iter(by_workspace))
                self._store_of(workspace, by_workspace[workspace])
                del by_workspace[workspace]
        except NotRecorded:
            pass
        return [(workspace, *seal) for workspace, group in by_workspace.items() for seal in group]

    def _store_of(self, workspace: str, seals: list[tuple[int, str]]) -> None:
        """Store seals of one workspace; raise NotRecorded when the database cannot be reached."""
        try:
            with self._database.connection() as session:
                store_seals(session, workspace, seals)
        except NotRecorded:
            raise
        except (CchcError, psycopg.Error):
            # One commit may be there no longer, in an older state of the log that was put back: this thread
            # goes on, and each of the others is stored by itself. What is wrong another act says to somebody.
            for seal in seals if len(seals) > 1 else []:
                self._store_of(workspace, [seal])


_sealers: dict[tuple[int, Database], Sealer] = {}
_lock = threading.Lock()


def find_sealer(database: Database) -> Sealer:
    """Return the sealer of this process for a database."""
    key = os.getpid(), database
    sealer = _sealers.get(key)
    if sealer is None:
        with _lock:
            sealer = _sealers.get(key) or Sealer(database)
            _sealers[key] = sealer
    return sealer
