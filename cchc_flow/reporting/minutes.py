"""The draft of minutes (biên bản): of a dialogue, an inspection, or whatever entry is to have some."""

from collections.abc import Iterator
from datetime import date

from sqlite_utils import Database

from cchc_flow.audit.field_values import FieldValue, recorded_values
from cchc_flow.documents.blocks import Block, Document, Heading, Listing, Paragraph, Signature
from cchc_flow.documents.form import place_and_day
from cchc_flow.errors import BadInput, NotFound
from cchc_flow.projections import directory, workflows
from cchc_flow.projections.cards import items
from cchc_flow.projections.reading import Reader, may_read
from cchc_flow.reporting import official
from cchc_flow.workflow.definition import Workflow
from cchc_flow.workflow.item import Item
from cchc_flow.workspace import Workspace

SYMBOL = "BB-UBND"
MINUTES = "minutes"
"""The field in which an entry has its signed minutes."""
OPEN = "…………………………"
"""What the clerk fills in by hand."""


def has_minutes(workflow: Workflow) -> bool:
    """Tell whether a step of a workflow asks for minutes, so that a draft of them is of use."""
    return any(field.name == MINUTES for step in workflow.transitions for field in step.fields)


def minutes_draft(ws: Workspace, db: Database, item_id: str, reader: Reader | None) -> Document:
    """Return the draft of an entry's minutes, with what is on record; what is not, is left open.

    Raise NotFound for an entry that the reader may not read, BadInput for one that has no minutes.
    """
    item = items.find_readable_item(db, item_id, reader)
    if item is None:
        raise NotFound("Không có mục này.", "Hãy mở lại từ bảng công việc.")
    workflow = workflows.workflow(db, item.kind, item.workflow)
    if not has_minutes(workflow):
        raise BadInput(f"«{workflow.title}» không lập biên bản.", "Hãy chọn mục của sổ khác.")
    return Document(
        **official.letterhead(ws),
        symbol=SYMBOL,
        kind="BIÊN BẢN",
        subject=item.title,
        day=_day(item, workflow),
        blocks=tuple(_blocks(ws, db, item, workflow, reader)),
        signature=Signature(("Chủ trì",)),
        recipients=("Các thành phần tham dự", "Lưu: VT, VHXH"),
    )


def _day(item: Item, workflow: Workflow) -> date | None:
    """Return the day on which it took place: that of the step which asks for the minutes."""
    for step in workflow.transitions:
        if any(field.name == MINUTES for field in step.fields):
            days = (item.fields.get(field.name) for field in step.fields if field.kind == "day")
            if day := next(filter(None, days), None):
                return date.fromisoformat(day)
    return None


def _blocks(
    ws: Workspace, db: Database, item: Item, workflow: Workflow, reader: Reader | None
) -> Iterator[Block]:
    names = directory.names(db)
    day = _day(item, workflow)
    when = place_and_day("", day).removeprefix(", ") if day else f"ngày {OPEN}"
    yield Paragraph((f"Hồi … giờ …, {when}, tại {OPEN}, {official.issuer(ws)} lập biên bản: {item.title}.",))
    yield Heading(1, "I.", "Thành phần tham dự")
    unit = names.get(item.lead or "", OPEN)
    open_places = tuple((f"{who}: {OPEN}",) for who in ("Chủ trì", "Thư ký", "Khách mời"))
    yield Listing(((f"Đơn vị chủ trì: {unit}",), *open_places))
    yield Heading(1, "II.", "Nội dung")
    known = recorded_values(ws, db, item, workflow, names, reader)
    if entries := tuple((f"{value.title}: {value.words}",) for value in known if _is_told(value)):
        yield Listing(entries)
    if raised := tuple((words,) for words in _raised(db, item, reader)):
        yield Paragraph(("Các nội dung được nêu:",))
        yield Listing(raised)
    yield Paragraph((f"Ý kiến trao đổi, thảo luận: {OPEN}",))
    yield Heading(1, "III.", "Kết luận")
    yield Paragraph((OPEN,))
    yield Paragraph(("Biên bản được các bên thống nhất thông qua, lập thành 02 bản có giá trị như nhau./.",))


def _is_told(value: FieldValue) -> bool:
    return bool(value.words) and not value.item


def _raised(db: Database, item: Item, reader: Reader | None) -> Iterator[str]:
    """Yield what the entries say that refer to an item, such as the petitions of a dialogue."""
    titles = workflows.state_titles(db)
    for item_id in sorted(items.items_referring_to(db, item.id, workflows.reference_fields(db))):
        other = items.find_item(db, item_id)
        if other and may_read(db, reader, other):
            yield f"{other.title} ({titles.get((other.kind, other.state), other.state).lower()})"
