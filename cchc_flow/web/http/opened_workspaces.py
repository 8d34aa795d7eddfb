"""The workspaces that are open in this process: each once, and closed again when nobody has used it for long.

A province has a hundred, of which a node shows a few at a time. One that is closed costs no memory and no
connection; the next who asks opens it again. None is closed while a request is answered from it.

Opening can take minutes where the read models have to be built from a long log. A thread of its own does it,
and requests are told so after two seconds: one commune's long opening takes no thread from the others.
"""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from contextlib import contextmanager

from cchc_flow import waits
from cchc_flow.accounts import Accounts
from cchc_flow.errors import CchcError
from cchc_flow.workspace import Workspace

IDLE_SECONDS = 900.0
"""For how long a workspace stays open after its last request. No answer takes longer than a minute."""
MOST_OPEN = 128
"""How many stay open at most, but for those in use: the longest unused is closed for another."""
PATIENCE_SECONDS = 8.0
"""For how long a request waits for its workspace to open; most do at once."""
OPENED_AT_ONCE = 8
Pair = tuple[Workspace, Accounts]


class BeingOpened(CchcError):
    """A workspace takes longer to open than a request waits."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"Không gian làm việc «{name}» đang được mở: máy chủ đang dựng lại bảng đọc từ nhật ký.",
            "Dữ liệu vẫn nguyên vẹn; trang tự mở lại sau vài giây.",
        )


class Opened:
    """An open workspace with its accounts; `users` is how many requests are answered from it now."""

    def __init__(self, pair: Pair, used_at: float) -> None:
        self.pair, self.used_at, self.users = pair, used_at, 0


class OpenedWorkspaces:
    """Opens each workspace once, however many ask at once; one that opens slowly holds up no other."""

    def __init__(
        self,
        open_pair: Callable[[str], Pair],
        steady: Callable[[], float] = time.monotonic,
        patience: float = PATIENCE_SECONDS,
    ) -> None:
        self._open_pair, self._steady, self._patience = open_pair, steady, patience
        self._opened: dict[str, Opened] = {}
        self._opening: dict[str, Future[Opened]] = {}
        self._guard = threading.Lock()
        self._turns = threading.Semaphore(OPENED_AT_ONCE)

    def get(self, name: str) -> Pair:
        """Return a workspace and its accounts, opened if need be; raise what keeps it from opening.

        Raise BeingOpened when that takes long.
        """
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
            opening = self._begin_opening(name)
            waits.announce()
            try:
                opened = opening.result(self._patience)
            except FutureTimeout:
                raise BeingOpened(name) from None
        opened.used_at = self._steady()
        return opened

    def _begin_opening(self, name: str) -> "Future[Opened]":
        """Return what a thread opens, which is begun unless there is one."""
        with self._guard:
            opening = self._opening.get(name)
            if opening is None:
                opening = Future()
                if opened := self._opened.get(name):  # in the meantime
                    opening.set_result(opened)
                else:
                    self._opening[name] = opening
                    threading.Thread(target=self._open, args=[name], name=f"open-{name}", daemon=True).start()
            return opening

    def _open(self, name: str) -> None:
        """Open a workspace, and tell all who wait for it, or what keeps it from opening."""
        with self._turns:
            try:
                opened = Opened(self._open_pair(name), self._steady())
            except BaseException as error:
                with self._guard:
                    self._opening.pop(name).set_exception(error)
                return
        with self._guard:
            self._opened[name] = opened
            self._opening.pop(name).set_result(opened)
