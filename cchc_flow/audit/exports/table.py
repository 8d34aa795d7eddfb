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
    Column("Số", 7),
    Column("Ghi lúc (giờ Việt Nam)", 18),
    Column("Người thực hiện", 18),
    Column("Vai trò", 12),
    Column("Đơn vị", 18),
    Column("Mục", 12),
    Column("Công việc", 26),
    Column("Nội dung", 44),
    Column("Thay đổi (cũ → mới)", 30),
    Column("Lưu ý", 20),
    Column("Thao tác lúc (giờ Việt Nam)", 18),
    Column("Kênh", 16),
    Column("Loại việc", 18),
    Column("Lĩnh vực", 24),
    Column("Đã điền", 30),
    Column("Tài khoản", 16),
    Column("Dòng sự kiện", 30),
    Column("Mã sự kiện", 38),
    Column("Ghi lúc (UTC, đúng như đã lưu)", 28),
    Column("Mã băm lá", 66),
)
READ = 10
"""How many columns, from the first, are for reading and printing; those after them are for looking up."""
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
        if event is None:
            sentence = history.HIDDEN if record.withheld else BROKEN
            cells: list[Cell] = [*[""] * 5, sentence, *[""] * 10]
        else:
            cells = [*self._who(event), *self._what(event)]
        exact = [record.recordedtime, record.leaf.hex()]
        return [record.position, _local(record.recordedtime), *cells, *exact]

    def _who(self, event: RecordedEvent) -> list[Cell]:
        """Return who acted, in which role and unit, and on which item."""
        card = self._card(event.stream)
        return [
            actor_name(event.actor, self._names),
            ROLES.get(event.role or "", event.role or ""),
            self._names.get(event.unit or "", event.unit or ""),
            card.place if card else "",
            card.title if card else "",
        ]

    def _what(self, event: RecordedEvent) -> list[Cell]:
        """Return what happened, what it made another and what to know beside it; then what is looked up."""
        view, card = self.view, self._card(event.stream)
        names = naming.names_for_event(view.db, event, self._names)
        changes = (one for one in event_changes(view.ws, event, view.reader) if one.before is not None)
        filled_in = [
            *field_values(view.ws, view.db, event, names, view.reader),
            *report_values(view.db, event),
        ]
        return [
            event_sentence(event, names),
            "; ".join(f"{one.title}: {one.before} → {one.after}" for one in changes),
            " ".join(marks_of(view.db, event, names)),
            _local(event.time),
            channel_words(event.channel, names),
            event_type_title(event.type),
            self._areas.get((card.plan or "", card.area or ""), "") if card else "",
            "; ".join(f"{one.title}: {one.words}" for one in filled_in),
            event.actor,
            event.stream,
            event.id,
        ]


def _local(instant: str) -> datetime:
    """Return an instant as the clock on a wall in Việt Nam showed it."""
    return datetime.fromisoformat(instant).astimezone(ZONE).replace(tzinfo=None)
