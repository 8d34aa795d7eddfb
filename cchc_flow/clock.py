"""The machine's clock, read only here: all other code takes the time, or a `Clock`, as an argument."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]
LEAST_JUMP = timedelta(minutes=10)
STEADY = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
"""The clock that nobody can set and that, on Linux, goes on while the machine sleeps."""


def now() -> datetime:
    """Return the current time, in UTC."""
    return datetime.now(UTC)


def steady_seconds() -> float:
    """Return the seconds since some moment in the past, whatever the clock is set to."""
    return time.clock_gettime(STEADY)


class MachineClock:
    """The machine's clock as one program reads it; watches notice when it is set while that runs."""

    def __init__(self, read: Clock = now, steady: Callable[[], float] = steady_seconds) -> None:
        self._read, self._steady = read, steady
        self._begin = self.measure()
        self._watches: dict[str, JumpWatch] = {}

    def __call__(self) -> datetime:
        """Return the current time, in UTC."""
        return self._read()

    def measure(self) -> tuple[float, float]:
        """Return the steady seconds, and the time (POSIX) less these: the second changes with the setting."""
        steady = self._steady()
        return steady, self._read().timestamp() - steady

    def watch(self, name: str) -> "JumpWatch":
        """Return the watch of a name, such as that of a log; it has watched since the program began."""
        return self._watches.setdefault(name, JumpWatch(self.measure, self._begin))


class JumpWatch:
    """Notices when a clock is set, until somebody accepts that."""

    def __init__(self, measure: Callable[[], tuple[float, float]], begin: tuple[float, float]) -> None:
        self._measure = measure
        self._right_at, self._offset = begin

    def find_jump(self) -> datetime | None:
        """Return None as long as the clock runs evenly; after a jump of ten minutes, since when it did so.

        That is when it was last known to run evenly, told by the clock as it is set now. Small corrections,
        as of a time server, do not add up.
        """
        steady, offset = self._measure()
        if abs(offset - self._offset) < LEAST_JUMP.total_seconds():
            self._right_at, self._offset = steady, offset
            return None
        return datetime.fromtimestamp(self._right_at + offset, UTC)

    def accept(self) -> None:
        """Take the clock as it is set now for right."""
        self._right_at, self._offset = self._measure()
