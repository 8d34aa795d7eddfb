"""The rows that are not what the log says, in words: of what they are, what is shown, what the log says."""

from collections.abc import Iterator, Mapping

import msgspec

from cchc_flow.audit.comparison.courses import Course
from cchc_flow.audit.comparison.wording import TITLES, FieldChange, Wording
from cchc_flow.audit.phrases import day_phrase, period_phrase
from cchc_flow.audit.read_rows import HIDDEN
from cchc_flow.conversion import decode
from cchc_flow.projections import workflows
from cchc_flow.projections.as_of import OPEN
from cchc_flow.projections.cards import items
from cchc_flow.projections.comparison import Differences, RowDifference, Values
from cchc_flow.projections.reading import Reader, may_read
from cchc_flow.workflow.item import Item
from cchc_flow.workspace import Workspace

TABLES = {
    "cards": "Thẻ trên bảng, danh sách và số liệu",
    "items": "Trang công việc",
    "item_fields": "Thông tin đã ghi của công việc",
    "item_words": "Tìm kiếm công việc",
    "unit_reports": "Kỳ báo cáo của đơn vị",
    "notices": "Thông báo trong hộp thư",
    "password_resets": "Dấu «đã đặt lại mật khẩu»",
    "targets": "Chỉ tiêu của kế hoạch",
    "target_settings": "Phân công chỉ tiêu",
    "readings": "Số liệu chỉ tiêu",
    "issued_documents": "Văn bản đã ban hành",
    "report_texts": "Lời trong báo cáo của xã",
    "trail": "Trang Nhật ký",
}
"""Where the rows of a table are shown; of other tables their name is told."""
CARD_TITLES = TITLES | {
    "lane": "Cột trên bảng",
    "final": "Đã kết thúc",
    "holder": "Người làm",
    "deadline": "Ngày cuối của hạn",
    "done": "Ngày xong",
    "asked": "Hạn đang xin",
    "period": "Kỳ",
    "unit": "Đơn vị của phần việc",
    "parent": "Công việc chung",
    "to_position": "Đúng đến sự kiện số",
    "returned": "Bị trả lại",
}
NAMED = frozenset({"lead", "officer", "holder", "unit", "suggested_lead"})
DAYS = frozenset({"due", "deadline", "done", "asked", "rests_since"})
MISSING, SPURIOUS = "bị mất: trang không hiện, nhật ký có", "thừa: trang hiện, nhật ký không có"
NOTHING = "không có"
MOST_SHOWN = 60
"""How much of a value is shown, in characters."""


class ShownDifference(msgspec.Struct, frozen=True):
    """A row that is not what the log says: where it is shown, of what it is, and what differs.

    `item` is the id of the item to link to, "" for none. `note` is said of a row that is missing or spurious,
    or that shows the past.
    """

    where: str
    name: str
    item: str
    note: str
    changes: tuple[FieldChange, ...]


class DifferenceWording:
    """Puts what differs into words for one reader, who is told nothing of items that may not be read."""

    def __init__(self, ws: Workspace, reader: Reader | None) -> None:
        self._db, self._reader, self._wording = ws.read(), reader, Wording(ws, reader)

    def rows(self, found: tuple[Differences, ...]) -> list[ShownDifference]:
        """Return the rows that differ."""
        return [self._row(row) for differences in found for row in differences.rows]

    def _row(self, row: RowDifference) -> ShownDifference:
        where = TABLES.get(row.table, f"Bảng «{row.table}»")
        item = self._item_of(row)
        if item is None:
            return ShownDifference(where, _key_words(row.key), "", _note(row), tuple(self._changes(row)))
        if not may_read(self._db, self._reader, item):
            return ShownDifference(where, HIDDEN, "", "", ())
        name = f"{item.ref} · {item.title}" if item.ref else item.title
        part = filter(None, (self._name(item.unit), period_phrase(item.period) if item.period else ""))
        name = " · ".join((name, *part))
        return ShownDifference(where, name, item.id, _note(row), tuple(self._changes(row)))

    def _item_of(self, row: RowDifference) -> Item | None:
        """Return the item of which a row is, as the log has it where that is in the row; None for no item."""
        if row.table == "items":
            return _decode_item(row.fresh) or _decode_item(row.stored)
        key = row.key.get("item")
        return items.find_item(self._db, str(key)) if key is not None else None

    def _changes(self, row: RowDifference) -> Iterator[FieldChange]:
        """Yield each value that differs, as it is shown and as the log says; none for a row of one side."""
        if row.stored is None or row.fresh is None:
            return
        stored, fresh = _decode_item(row.stored), _decode_item(row.fresh)
        if row.table == "items" and stored and fresh:
            yield from self._wording.changes_of(Course(stored, fresh, (), {}))
            return
        for name, value in row.fresh.items():
            if row.stored[name] != value:
                shown, said = (self._words(row, name, each[name]) for each in (row.stored, row.fresh))
                yield FieldChange(CARD_TITLES.get(name, name), shown, said)

    def _words(self, row: RowDifference, name: str, value: object) -> str:
        """Return a value of a row in words; of what only the program understands, as it is stored."""
        kind = str((row.fresh or row.stored or {}).get("kind", ""))
        if value is None:
            return NOTHING
        if name in ("state", "lane"):
            return workflows.state_titles(self._db).get((kind, str(value)), str(value))
        if name in NAMED:
            return self._name(str(value))
        if name in DAYS:
            return day_phrase(str(value))
        if name == "to_position" and value == OPEN:
            return "hiện tại"
        words = value.decode(errors="replace") if isinstance(value, bytes) else str(value)
        return f"{words[:MOST_SHOWN]}…" if len(words) > MOST_SHOWN else words

    def _name(self, key: str | None) -> str:
        return self._wording.name(key) if key else ""


def _note(row: RowDifference) -> str:
    """Return that a row is missing or spurious, or of which past a row of cards is."""
    if row.stored is None or row.fresh is None:
        return f"Dòng này {MISSING if row.stored is None else SPURIOUS}."
    end = row.fresh.get("to_position", OPEN)
    if end == OPEN:
        return ""
    return f"Dòng của quá khứ, từ sự kiện số {row.fresh.get('from_position')} đến số {end}."


def _decode_item(values: Values | None) -> Item | None:
    """Return the item in a row, None for no row and for what is none."""
    body = values.get("body") if values else None
    try:
        return decode(body, Item) if isinstance(body, bytes) else None
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None


def _key_words(key: Mapping[str, object]) -> str:
    return ", ".join(f"{name} {value}" for name, value in key.items())
