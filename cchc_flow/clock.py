"""The machine's clock, read only here: all other code takes the time, or a `Clock`, as an argument."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def now() -> datetime:
    """Return the current time, in UTC."""
    return datetime.now(UTC)
