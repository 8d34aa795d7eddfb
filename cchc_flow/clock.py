"""The clock of the machine, named once: everything else is given the time, or a clock such as `now`."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def now() -> datetime:
    """Return this moment, in UTC."""
    return datetime.now(UTC)
