"""The table of an inspector: a line for each event, in Vietnamese, with local moments."""

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache

import msgspec

from cchc_flow.audit import naming
from cchc_flow.audit import trail as history
from cchc_flow.audit.event_changes import event_changes
from cchc_flow.audit.exports.view import STREAMS_REMEMBERED, EventView, Record
from cchc_flow.audit.field_values import field_values
from cchc_flow.audit.marks import channel_words, marks_of
from cchc_flow.audit.report_contents import report_values
from cchc_flow.audit.sentences import event_sentence
from cchc_flow.audit.words import actor_name, event_type_title
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.projections import plans
from cchc_flow.projections.cards.queries import Card
from cchc_flow.workflow.calendar import ZONE
from cchc_flow.workflow.policy import ROLES

Cell = str | int | datetime
"""A cell of the table; a moment is local and without a zone, as spreadsheets have them."""


class Column(msgspec.Struct, frozen=True):
    """A column: its head, and how many characters wide it is in a spreadsheet."""

    title: str
    width: int


COLUMNS = (
    Column("Số", 8),
    Column("Ghi lúc (giờ Việt Nam)", 20),
    Column("Thao tác lúc (giờ Việt Nam)", 20),
    Column("Người thực hiện", 24),
    Column("Vai trò", 18),
    Column("Đơn vị", 26),
    Column("Kênh", 18),
    Column("Loại việc", 22),
    Column("Mục", 14),
    Column("Công việc", 44),
    Column("Lĩnh vực", 30),
    Column("Nội dung", 80),
    Column("Thay đổi (cũ → mới)", 50),
    Column("Đã điền", 40),
    Column("Lưu ý", 40),
    Column("Tài khoản", 18),
    Column("Dòng sự kiện", 30),
    Column("Mã sự kiện", 38),
    Column("Ghi lúc (UTC, đúng như đã lưu)", 30),
    Column("Mã băm lá", 66),
)
BROKEN = "Không đọc được sự kiện này trong nhật ký: hãy kiểm tra tính toàn vẹn."


class TableWriter:
    """Makes the lines of the table of one view."""

    def __init__(self, view: EventView) -> None:
        self.view = view
        self._names = naming.all_names(view.ws, view.db)
        self._areas = {(area.plan, area.code): area.title for area in plans.areas(view.db)}
        self._card: Callable[[str], Card | None] = lru_cache(STREAMS_REMEMBERED)(
            lambda stream: history.find_card(view.db, stream)
        )

    def line(self, record: Record) -> list[Cell]:
        """Return the cells of an event, one for each column; of one that is withheld most are empty."""
        event = record.event
        cells: list[Cell] = [record.position, _local(record.recordedtime)]
        if event is None:
            sentence = history.HIDDEN if record.withheld else BROKEN
            cells += [*[""] * 9, sentence, *[""] * 6]
        else:
            cells += [_local(event.time), *self._who_and_what(event), *self._words(event)]
            cells += [event.actor, event.stream, event.id]
        return [*cells, record.recordedtime, record.leaf.hex()]

    def _who_and_what(self, event: RecordedEvent) -> list[str]:
        card = self._card(event.stream)
        return [
            actor_name(event.actor, self._names),
            ROLES.get(event.role or "", event.role or ""),
            self._names.get(event.unit or "", event.unit or ""),
            channel_words(event.channel, self._names),
            event_type_title(event.type),
            card.place if card else "",
            card.title if card else "",
            self._areas.get((card.plan or "", card.area or ""), "") if card else "",
        ]

    def _words(self, event: RecordedEvent) -> list[str]:
        """Return what happened, what it made another, what was filled in, and what to know beside it."""
        view = self.view
        names = naming.names_for_event(view.db, event, self._names)
        changes = event_changes(view.ws, event, view.reader)
        filled_in = [
            *field_values(view.ws, view.db, event, names, view.reader),
            *report_values(view.db, event),
        ]
        return [
            event_sentence(event, names),
            "; ".join(
                f"{one.title}: {one.before} → {one.after}" for one in changes if one.before is not None
            ),
            "; ".join(f"{one.title}: {one.words}" for one in filled_in),
            " ".join(marks_of(view.db, event, names)),
        ]


def _local(instant: str) -> datetime:
    """Return an instant as the clock on a wall in Việt Nam showed it."""
    return datetime.fromisoformat(instant).astimezone(ZONE).replace(tzinfo=None)
