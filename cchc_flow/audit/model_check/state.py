"""How far the comparison of the read models with the log has come, in a file that all processes see.

One comparison runs at a time for a workspace: whoever runs it holds a lock, which the system takes away with
the process that dies.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from io import IOBase
from pathlib import Path

import msgspec

from cchc_flow.files import make_file, replace_file
from cchc_flow.projections.comparison import Differences

STATE, LOCK = "model-check.msgpack", "model-check.lock"


class CheckState(msgspec.Struct, frozen=True):
    """A comparison that began at an instant, when the log had `size` events; `done` of `total` are folded.

    `found` has what differs in each file of read models once it `is_finished`; `failed` says why there is
    nothing. One that is neither and that nobody runs was interrupted.
    """

    at: str
    size: int
    done: int = 0
    total: int = 0
    is_finished: bool = False
    found: tuple[Differences, ...] = ()
    failed: str = ""

    @property
    def percent(self) -> int:
        """How much is folded, in whole percent."""
        return 100 * self.done // self.total if self.total else 0

    @property
    def is_same(self) -> bool:
        """Tell whether everything that is shown is what the log says."""
        return self.is_finished and not self.failed and all(found == Differences() for found in self.found)


def load_state(private: Path) -> CheckState | None:
    """Return the newest comparison, None when there was none or its file cannot be read."""
    try:
        return msgspec.msgpack.decode((private / STATE).read_bytes(), type=CheckState)
    except (FileNotFoundError, msgspec.MsgspecError):
        return None


def save_state(private: Path, state: CheckState) -> None:
    """Let all processes see how far a comparison is."""
    replace_file(private / STATE, msgspec.msgpack.encode(state))


@contextmanager
def take_turn(private: Path) -> Iterator[IOBase | None]:
    """Give the open file that is locked while a comparison runs; None when one is running.

    A process that inherits the file holds the lock on, also after this one lets go.
    """
    with make_file(private / LOCK).open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
        else:
            yield handle


def is_running(private: Path) -> bool:
    """Tell whether a comparison is running, in whatever process."""
    with take_turn(private) as turn:
        return turn is None
