"""The log of reads of one workspace: its months, each a tree of its own."""

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from cchc_flow.clock import Clock
from cchc_flow.errors import CchcError, LogBroken
from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.eventlog.instants import format_instant, local_day_of
from cchc_flow.eventlog.port import EventLog, LogEnd
from cchc_flow.eventlog.reads.entry import HOUR, Read, RecordedRead
from cchc_flow.eventlog.reads.home import MonthWriter, ReadsHome
from cchc_flow.eventlog.reads.month import MonthClosed
from cchc_flow.eventlog.reads.reading import (
    ENDS,
    NEWEST,
    Filters,
    entries_of_month,
    first_time_of_month,
    has_lost,
    lost_words,
    remembered_ends,
)
from cchc_flow.eventlog.refusals import busy_refusal
from cchc_flow.files import make_folder, replace_file

PATIENCE_SECONDS = 0.2
REMEMBER_SECONDS = 60.0
WHAT_NOW = "Hãy khôi phục tệp từ bản sao lưu; «cchc-flow verify» nói rõ tệp nào."


class ReadLog:
    """The log of reads of one workspace; many threads and processes may use it at once."""

    def __init__(self, home: ReadsHome, private: Path, log: EventLog, now: Clock) -> None:
        self.home, self._private = home, private
        self._log, self._now = log, now
        self._turn = threading.Lock()
        self._file: MonthWriter | None = None
        self._seen: tuple[str, set[tuple[str, str, str]]] = ("", set())
        """What this process knows to be recorded in an hour: most views of pages write nothing."""
        self._remembered_at = 0.0

    def record(self, person: str, act: str, thing: str, channel: str) -> bool:
        """Record that somebody read something now; return False if that is recorded in this hour already.

        Raise ClockInDoubt, NotRecorded, LogBroken and what the file system says, when it cannot be recorded.
        """
        instant = format_instant(self._now())
        hour, seen = self._seen
        if hour != instant[:HOUR]:
            self._seen = hour, seen = instant[:HOUR], set()
        if (person, act, thing) in seen:
            return False
        if doubt := self._log.find_clock_doubt():
            raise doubt.error()
        read = Read(person=person, act=act, thing=thing, time=instant, channel=channel)
        if not self._turn.acquire(timeout=PATIENCE_SECONDS):
            raise busy_refusal()
        try:
            is_new = self._append(read)
        finally:
            self._turn.release()
        seen.add((person, act, thing))
        return is_new

    def months(self) -> list[str]:
        """Return the months that have a file, oldest first."""
        return self.home.months()

    def first_time(self, month: str) -> str | None:
        """Return when the first entry of a month's file was recorded (RFC 3339), None for an empty file."""
        return first_time_of_month(self.home, month)

    def entries(
        self,
        filters: Filters = Filters(),  # noqa: B008  # frozen
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        before: tuple[str, int] | None = None,
    ) -> Iterator[RecordedRead]:
        """Yield the entries that match from `since` on and before `until`, newest first.

        Another begin is `before` the entry of a month and position. Nothing is locked: what is recorded
        meanwhile may be missing. Raise LogBroken for a damaged entry.
        """
        low, high = (format_instant(instant) if instant else "" for instant in (since, until))
        for month in reversed(self.months()):
            if (low and month < local_day_of(low)[:7]) or (high and month > _next(local_day_of(high)[:7])):
                continue
            if before and month > before[0]:
                continue
            begin = before[1] if before and month == before[0] else NEWEST
            for entry in entries_of_month(self.home, month, filters, begin):
                if low and entry.time < low:
                    break
                if not high or entry.time < high:
                    yield entry

    def close_month(self, month: str) -> LogEnd | None:
        """Let the file of a month take no more entries and return its end; None for one without entries.

        Raise LogBroken when it lacks what this machine has seen in it.
        """
        seen = remembered_ends(self._private).get(month)
        if seen and has_lost(self.home, month, seen):
            raise LogBroken(f"Chưa khóa được: {lost_words(month, seen)}.", WHAT_NOW)
        with self._turn:
            file = self._open(month)
            return file.close_for_good() if file.has_entries() else None

    def forget_month(self, month: str) -> None:
        """Delete the file of a month, if it is there, and what is remembered of it."""
        with self._turn:
            if self._file and self._file.month == month:
                self._close_file()
        self.home.delete_month(month)
        self.forget_end(month)

    def forget_end(self, month: str) -> None:
        """Forget how far the file of a month has come, when the log says it."""
        self._end_path(month).unlink(missing_ok=True)

    def close(self) -> None:
        """Close the connection; using it again opens a new one."""
        with self._turn:
            self._close_file()

    def _append(self, read: Read) -> bool:
        """Append an entry to the file of its month, or of the next one if that is closed already."""
        month = local_day_of(read.time)[:7]
        while True:
            file = self._open(month)
            try:
                is_new = file.append(read, self._log)
            except MonthClosed:
                month = _next(month)
                continue
            if time.monotonic() - self._remembered_at >= REMEMBER_SECONDS:
                self._remember(file)
            return is_new

    def _open(self, month: str) -> MonthWriter:
        if self._file is None or self._file.month != month or not self._file.is_there():
            self._close_file()
            self._file = self.home.open_writer(month)
        return self._file

    def _close_file(self) -> None:
        if self._file is not None:
            with suppress(OSError, CchcError, sqlite3.Error):
                self._remember(self._file)
            self._file.close()
            self._file = None

    def _remember(self, file: MonthWriter) -> None:
        """Remember, outside the folder, how far the file has come on the disk."""
        self._remembered_at = time.monotonic()
        if not file.has_entries() or (end := file.sync()) is None:
            return
        known = remembered_ends(self._private).get(file.month)
        if known is None or known.size < end.size:
            make_folder(self._private / ENDS)
            replace_file(self._end_path(file.month), end.text().encode())

    def _end_path(self, month: str) -> Path:
        return self._private / ENDS / f"{month}.txt"


def _next(month: str) -> str:
    """Return the month after a month."""
    year, number = int(month[:4]), int(month[5:])
    return f"{year + number // 12}-{number % 12 + 1:02}"
