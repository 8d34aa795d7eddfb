"""The workspaces that are open in this process: each once, and closed again when nobody has used it for long.

A province has a hundred, of which a node shows a few at a time. One that is closed costs no memory and no
connection; the next who asks opens it again. None is closed while a request is answered from it.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from cchc_flow.accounts import Accounts
from cchc_flow.workspace import Workspace

IDLE_SECONDS = 900.0
"""For how long a workspace stays open after its last request. No answer takes longer than a minute."""
MOST_OPEN = 128
"""How many stay open at most, but for those in use: the longest unused is closed for another."""
Pair = tuple[Workspace, Accounts]


class Opened:
    """An open workspace with its accounts; `users` is how many requests are answered from it now."""

    def __init__(self, pair: Pair, used_at: float) -> None:
        self.pair, self.used_at, self.users = pair, used_at, 0


class OpenedWorkspaces:
    """Opens each workspace once, however many ask at once; one that opens slowly holds up no other."""

    def __init__(
        self, open_pair: Callable[[str], Pair], steady: Callable[[], float] = time.monotonic
    ) -> None:
        self._open_pair, self._steady = open_pair, steady
        self._opened: dict[str, Opened] = {}
        self._opening: dict[str, threading.Lock] = {}
        self._guard = threading.Lock()

    def get(self, name: str) -> Pair:
        """Return a workspace and its accounts, opened if need be; raise what keeps it from opening."""
        return self._find_or_open(name).pair

    def begin_use(self, name: str) -> Opened:
        """Return a workspace that stays open until `end_use`."""
        while True:
            opened = self._find_or_open(name)
            with self._guard:
                if self._opened.get(name) is opened:  # else it was closed a moment ago
                    opened.users += 1
                    return opened

    def end_use(self, opened: Opened) -> None:
        """Let a workspace be closed again, later."""
        with self._guard:
            opened.users -= 1
            opened.used_at = self._steady()

    @contextmanager
    def use(self, name: str) -> Iterator[Pair]:
        """Give a workspace and its accounts, open until the end of the block."""
        opened = self.begin_use(name)
        try:
            yield opened.pair
        finally:
            self.end_use(opened)

    @contextmanager
    def borrow(self, name: str) -> Iterator[Pair]:
        """Give a workspace for a moment: the open one, or one that is closed again after the block."""
        was_open = self.find(name) is not None
        try:
            with self.use(name) as pair:
                yield pair
        finally:
            if not was_open:
                self.close(name)

    def find(self, name: str) -> Pair | None:
        """Return a workspace that is open, None for one that is not; it counts as no use."""
        opened = self._opened.get(name)
        return opened.pair if opened else None

    def pairs(self) -> list[Pair]:
        """Return the workspaces that are open, in no order."""
        with self._guard:
            return [opened.pair for opened in self._opened.values()]

    def close_idle(self, most: int = MOST_OPEN) -> list[str]:
        """Close the workspaces that nobody has used for long, or that are too many; return their names."""
        with self._guard:
            before = self._steady() - IDLE_SECONDS
            unused = sorted(
                (opened.used_at, name) for name, opened in self._opened.items() if not opened.users
            )
            surplus = len(self._opened) - most
            names = [name for place, (at, name) in enumerate(unused) if at < before or place < surplus]
        return [name for name in names if self.close(name)]

    def close(self, name: str) -> bool:
        """Close a workspace unless it is in use; return whether it was closed."""
        with self._guard:
            opened = self._opened.get(name)
            if opened is None or opened.users:
                return False
            del self._opened[name]
        opened.pair[0].close()
        return True

    def _find_or_open(self, name: str) -> Opened:
        opened = self._opened.get(name)
        if opened is None:
            self.close_idle(MOST_OPEN - 1)
            opened = self._open(name)
        opened.used_at = self._steady()
        return opened

    def _open(self, name: str) -> Opened:
        """Open a workspace unless another thread has done so in the meantime."""
        with self._guard:
            lock = self._opening.setdefault(name, threading.Lock())
        try:
            with lock:
                return self._opened.get(name) or self._keep(
                    name, Opened(self._open_pair(name), self._steady())
                )
        finally:
            with self._guard:
                self._opening.pop(name, None)

    def _keep(self, name: str, opened: Opened) -> Opened:
        """Keep what was opened, unless a thread that came by another lock was first."""
        with self._guard:
            kept = self._opened.setdefault(name, opened)
        if kept is not opened:
            opened.pair[0].close()
        return kept
