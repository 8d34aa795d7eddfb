"""A file of read models that cannot be written now: others hold it, or the disk is full."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils.utils import sqlite3

from cchc_flow.eventlog.refusals import is_busy_or_full

PAUSE_SECONDS = 10
"""For how long the file is not written again after that was not possible."""


class StuckFile:
    """Remembers that a file could not be written, so that not every page waits for it."""

    def __init__(self) -> None:
        self._until = 0.0

    @property
    def is_left_alone(self) -> bool:
        """Whether the file could not be written a moment ago."""
        return time.monotonic() < self._until

    @contextmanager
    def let_pass(self, file: Path) -> Iterator[None]:
        """Let a block that writes the file fail for now: pages then show what the file has."""
        try:
            yield
        except sqlite3.OperationalError as error:
            if not is_busy_or_full(error):
                raise
            logging.getLogger(__name__).error("%s: %s", file, error)
            self._until = time.monotonic() + PAUSE_SECONDS
