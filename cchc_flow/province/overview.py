"""The overview of a province: the summaries of its communes, those that still hold and those that do not.

A look opens no commune: how many events each log has tells which summaries still hold. The others are made
one after the other, and each commune is closed again, so memory does not grow with their number. A commune
that cannot be read is named with its reason, tried again after a while, and holds up no other.

Whether the province may read a commune is said by the commune's own log. So each day's summary is shown only
as long as that was looked at after the newest event.
"""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta

import msgspec

from cchc_flow.clock import Clock
from cchc_flow.errors import CchcError, NotAllowed
from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.projections.runner import position
from cchc_flow.province.summary import CommuneSummary, summarise
from cchc_flow.province.summary_store import KeptSummary, SummaryStore
from cchc_flow.workflow.calendar import end_of_day, local_day
from cchc_flow.workspace import Workspace

Borrow = Callable[[str], AbstractContextManager[Workspace]]
"""Gives an open workspace of this name until the end of the block; raises what keeps it from opening."""
RETRY_SECONDS = 60.0
"""After how long a commune that could not be read, or whose plugins failed, is tried again."""
SETTLED = timedelta(hours=1)
"""How long after its end a day is not looked at again, however much is recorded on later ones.

The clocks of two nodes differ by less.
"""


DAMAGED = "Dữ liệu của xã hỏng, không đọc được. Quản trị máy chủ chạy «cchc-flow verify»."


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


class _Trouble(msgspec.Struct, frozen=True):
    """Why a commune could not be read, and when that was found, by the steady clock."""

    why: str
    at: float


class ProvinceOverview:
    """Looks at the communes of one province, and reads those whose summaries do not hold any more."""

    def __init__(
        self,
        store: SummaryStore,
        borrow: Borrow,
        sizes: Callable[[], Mapping[str, int]],
        is_open_to_us: Callable[[Workspace], bool],
        now: Clock,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store, self._borrow, self._sizes = store, borrow, sizes
        self._is_open_to_us, self._now, self._steady = is_open_to_us, now, steady
        self._troubles: dict[tuple[str, date], _Trouble] = {}

    def look(self, communes: Sequence[Commune], day: date) -> list[Sighting]:
        """Return what is known of each commune at the end of a local day; no commune is opened."""
        kept, looks, sizes = self._store.of_day(day), self._store.looks(), self._sizes()
        seen = {name for name, size in looks.items() if sizes.get(name) == size}
        return [
            self._sighting(
                each, day, kept.get(each.name), sizes.get(each.name) if each.name in seen else None
            )
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
        try:
            self._read(name, day)
        except CchcError as error:
            self._note(name, day, f"{error.why} {error.now}".strip())
        except sqlite3.DatabaseError:
            self._note(
                name, day, "Dữ liệu của xã hỏng, không đọc được. Quản trị máy chủ chạy «cchc-flow verify»."
            )
        except Exception as error:  # whatever is broken there concerns this commune and no other
            logging.getLogger(__name__).exception("the summary of %s", name)
            self._note(name, day, f"Phần mềm gặp lỗi khi đọc số liệu ({type(error).__name__}).")
        else:
            self._troubles.pop((name, day), None)

    def _read(self, name: str, day: date) -> None:
        """Look whether the commune is open to the province, and make its summary unless one still holds."""
        with self._borrow(name) as ws, ws.snapshot() as db:
            size, kept = position(db), self._store.of_day(day).get(name)
            if not self._is_open_to_us(ws):
                self._store.forget(name)
                raise NotAllowed(
                    "Xã chưa tham gia tỉnh trong hệ thống, nên tỉnh chưa xem được.",
                    "Quản trị của xã cho xã tham gia tỉnh.",
                )
            if kept is None or not self._holds(kept, day, size):
                self._store.keep(name, summarise(ws, day), self._now())
            self._store.note_look(name, size)

    def _note(self, name: str, day: date, why: str) -> None:
        self._troubles = {
            key: trouble for key, trouble in self._troubles.items() if not self._is_over(trouble)
        } | {(name, day): _Trouble(why, self._steady())}

    def _is_over(self, trouble: _Trouble) -> bool:
        return self._steady() - trouble.at >= RETRY_SECONDS

    def _sighting(self, commune: Commune, day: date, kept: KeptSummary | None, size: int | None) -> Sighting:
        trouble = self._troubles.get((commune.name, day))
        why = trouble.why if trouble and not self._is_over(trouble) else ""
        if kept is None:
            return Sighting(commune, trouble=why)
        is_fresh = not why and size is not None and self._holds(kept, day, size)
        return Sighting(commune, kept.summary, kept.made, is_fresh, why)

    def _holds(self, kept: KeptSummary, day: date, size: int) -> bool:
        """Tell whether a summary is still what the commune's pages show."""
        if kept.summary.faults and (self._now() - kept.made).total_seconds() >= RETRY_SECONDS:
            return False
        if day < local_day(kept.made) and kept.made >= end_of_day(day) + SETTLED:
            return kept.summary.position <= size
        return kept.summary.position == size and kept.summary.day == day
