"""The overview of a province: the summaries of its communes, those that still hold and those that do not.

A look opens no commune: the size and the root of each log tell which summaries still hold. The others are
made one after the other, and each commune is closed again, so memory does not grow with their number. A
commune that cannot be read is named with its reason, tried again after a while, and holds up no other.

Whether the province may read a commune is said by the commune's own log. So each day's summary is shown as
one that holds only as long as that was looked at after the newest event. Meanwhile the older figures are
shown as what they are, but never those of a log in whose place there is another one now.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from typing import Protocol

import msgspec

from cchc_flow.clock import Clock
from cchc_flow.errors import NotAllowed
from cchc_flow.eventlog.standing import Standing
from cchc_flow.projections.runner import position
from cchc_flow.province.summary import CommuneSummary, summarise
from cchc_flow.province.summary_store import KeptSummary, SummaryStore
from cchc_flow.province.troubles import RETRY_SECONDS, Troubles
from cchc_flow.workflow.calendar import end_of_day, local_day
from cchc_flow.workspace import Workspace

Borrow = Callable[[str], AbstractContextManager[Workspace]]
"""Gives an open workspace of this name until the end of the block; raises what keeps it from opening."""
SETTLED = timedelta(hours=1)
"""How long after its end a day is not looked at again, however much is recorded on later ones.

The clocks of two nodes differ by less.
"""


class Commune(msgspec.Struct, frozen=True):
    """A commune of the province: the name of its workspace, and what it is called."""

    name: str
    title: str


class Sighting(msgspec.Struct, frozen=True):
    """What is known of a commune: its summary, whether that is of now, and why it could not be read, or "".

    `made` tells when the summary was made. Without a summary the commune was not read yet.
    """

    commune: Commune
    summary: CommuneSummary | None = None
    made: datetime | None = None
    is_fresh: bool = False
    trouble: str = ""

    @property
    def is_waiting(self) -> bool:
        """Tell whether the commune is still to be read."""
        return not self.is_fresh and not self.trouble

    @property
    def is_old(self) -> bool:
        """Tell whether the figures are those of an earlier state of the commune."""
        return self.summary is not None and not self.is_fresh


class Logs(Protocol):
    """The logs of all communes, seen from outside; a home of workspaces is one (`homes.Home`)."""

    def standings(self) -> Mapping[str, Standing]:
        """Return how each log stands, by the name of its workspace."""

    def has_stood(self, name: str, size: int, root: bytes) -> bool:
        """Tell whether a log once ended so."""


class ProvinceOverview:
    """Looks at the communes of one province, and reads those whose summaries do not hold any more."""

    def __init__(
        self,
        store: SummaryStore,
        borrow: Borrow,
        logs: Logs,
        is_open_to_us: Callable[[Workspace], bool],
        now: Clock,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store, self._borrow, self._logs = store, borrow, logs
        self._is_open_to_us, self._now, self._steady = is_open_to_us, now, steady
        self._troubles = Troubles(steady)

    def look(self, communes: Sequence[Commune], day: date) -> list[Sighting]:
        """Return what is known of each commune at the end of a local day; no commune is opened."""
        kept, ends, logs = self._store.of_day(day), self._store.ends(), self._logs.standings()
        return [
            self._sighting(each, day, kept.get(each.name), ends.get(each.name), logs.get(each.name))
            for each in communes
        ]

    def read_waiting(
        self, communes: Sequence[Commune], day: date, until: float = float("inf")
    ) -> list[Sighting]:
        """Read the communes that wait to be read, and return what is known of each then.

        No reading begins after the moment `until` of the steady clock, but the first.
        """
        waiting = [sighting.commune.name for sighting in self.look(communes, day) if sighting.is_waiting]
        for number, name in enumerate(waiting):
            if number and self._steady() >= until:
                break
            self.read(name, day)
        return self.look(communes, day)

    def read(self, name: str, day: date) -> None:
        """Make the summary of a commune and keep it, or note why that is not possible."""
        with self._troubles.noted((name, day), "đọc số liệu"):
            self._read(name, day)

    def _read(self, name: str, day: date) -> None:
        """Look whether the commune is open to the province, and make its summary unless one still holds."""
        with self._borrow(name) as ws, ws.snapshot() as db:
            if not self._is_open_to_us(ws):
                self._store.forget(name)
                raise NotAllowed(
                    "Xã chưa tham gia tỉnh trong hệ thống, nên tỉnh chưa xem được.",
                    "Quản trị của xã cho xã tham gia tỉnh.",
                )
            end = Standing(position(db), ws.log.root(position(db)))
            before = self._end_before(ws, end)
            kept = self._store.of_day(day).get(name) if before else None
            holds = kept is not None and self._holds(kept, day, end.size)
            made = None if holds else KeptSummary(summarise(ws, day), self._now())
            self._store.note_look(name, before, end, made)

    def _end_before(self, ws: Workspace, end: Standing) -> Standing | None:
        """Return the end at which the commune was looked at last; None, and nothing kept, of another log."""
        before = self._store.ends().get(ws.name)
        if before and (before.size > end.size or ws.log.root(before.size) != before.root):
            self._store.forget(ws.name)
            return None
        return before

    def _sighting(
        self,
        commune: Commune,
        day: date,
        kept: KeptSummary | None,
        end: Standing | None,
        log: Standing | None,
    ) -> Sighting:
        """Return what is known of a commune whose log ended so when it was looked at, and stands so now."""
        why = self._troubles.find((commune.name, day))
        if log and log.moved_to:
            why = f"Xã đã chuyển sang {log.moved_to}, nên số liệu ở đây là số liệu cũ. Hãy xem xã ở nơi mới."
        if kept is None or end is None or not self._goes_on(commune.name, end, log):
            return Sighting(commune, trouble=why)
        is_fresh = not why and log == end and self._holds(kept, day, end.size)
        return Sighting(commune, kept.summary, kept.made, is_fresh, why)

    def _goes_on(self, name: str, end: Standing, log: Standing | None) -> bool:
        """Tell whether a log is still the one that ended so; one that cannot be looked at may be."""
        if log is None or (log.size, log.root) == (end.size, end.root):
            return True
        return log.size > end.size and self._logs.has_stood(name, end.size, end.root)

    def _holds(self, kept: KeptSummary, day: date, size: int) -> bool:
        """Tell whether a summary is still what the commune's pages show."""
        if kept.summary.faults and (self._now() - kept.made).total_seconds() >= RETRY_SECONDS:
            return False
        if day < local_day(kept.made) and kept.made >= end_of_day(day) + SETTLED:
            return kept.summary.position <= size
        return kept.summary.position == size and kept.summary.day == day
