"""The draft of the conclusion of an inspection (kết luận kiểm tra): its decision, samples and findings."""

from collections.abc import Iterator
from datetime import date

from sqlite_utils import Database

from cchc_flow.audit.item_history import texts_of_step
from cchc_flow.audit.naming import all_names, workflow_titles
from cchc_flow.commands.inspections import findings_of
from cchc_flow.commands.samples import samples_of
from cchc_flow.commands.streams import stream_of
from cchc_flow.documents.blocks import Block, Document, Heading, Listing, Paragraph, Signature
from cchc_flow.projections import directory, workflows
from cchc_flow.projections.reading import Reader, may_read
from cchc_flow.projections.runner import position
from cchc_flow.reporting.minutes import OPEN
from cchc_flow.reporting.official import letterhead
from cchc_flow.workflow.calendar import day_words
from cchc_flow.workflow.inspection import ESTABLISH, SEVERITIES
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.shares import format_number, in_percent
from cchc_flow.workspace import Workspace

SYMBOL = "KL-KT"


def conclusion_draft(ws: Workspace, db: Database, audit: Item, reader: Reader | None) -> Document:
    """Return the draft; what is not on record is left open, and findings that the reader may not read out."""
    fields = audit.fields
    return Document(
        **letterhead(ws),
        symbol=SYMBOL,
        kind="KẾT LUẬN KIỂM TRA",
        subject=audit.title,
        day=date.fromisoformat(day) if (day := fields.get("concluded_on")) else None,
        bases=(_basis(audit),),
        blocks=tuple(_blocks(ws, db, audit, reader)),
        signature=Signature(("Người kiểm tra",)),
        recipients=("Các đơn vị được kiểm tra", "Lưu: hồ sơ cuộc kiểm tra"),
    )


def _basis(audit: Item) -> str:
    """Return the decision by number and day, with who signed it if that is on record."""
    fields = audit.fields
    signer = f" của {fields['decided_by']}" if fields.get("decided_by") else ""
    return f"Căn cứ Quyết định số {fields['decision']} ngày {_day(fields['decided_on'])}{signer}"


def _blocks(ws: Workspace, db: Database, audit: Item, reader: Reader | None) -> Iterator[Block]:
    fields, names = audit.fields, directory.marked_names(db)
    units = [names.get(unit, unit) for unit in (fields.get("units") or "").split(",") if unit]
    yield Heading(1, "I.", "Phạm vi, cách kiểm tra")
    yield Listing(
        (
            (f"Đơn vị được kiểm tra: {', '.join(units) or 'mọi đơn vị'}",),
            (f"Nội dung: {fields.get('scope') or OPEN}",),
            (f"Thời kỳ: từ {_day(fields['first'])} đến {_day(fields['last'])}",),
            *((words,) for words in _sample_words(ws, db, audit)),
        )
    )
    yield Heading(1, "II.", "Kết quả kiểm tra")
    findings = [item for item in findings_of(db, audit.id, "audit") if may_read(db, reader, item)]
    established = [item for item in findings if item.state not in ("observed", "dropped")]
    if not established:
        yield Paragraph(("Không có phát hiện phải khắc phục.",))
    for number, finding in enumerate(established, 1):
        yield Heading(2, f"{number}.", finding.title)
        yield Listing(tuple((words,) for words in _finding_words(ws, db, finding, reader)))
    yield Heading(1, "III.", "Kết luận, kiến nghị")
    yield Paragraph((_summary(ws, db, audit, reader),))


def _sample_words(ws: Workspace, db: Database, audit: Item) -> Iterator[str]:
    """Yield a sentence about each sample, also those that were laid down and never drawn."""
    for sample in samples_of(ws.log, audit.id, position(db)):
        plan = sample.plan
        drawn = (
            f"đã rút ở sự kiện {format_number(sample.drawn_by.position)}" if sample.drawn_by else "không rút"
        )
        yield (
            f"Mẫu {sample.size} trong {format_number(plan.population)} mục,"
            f" độ tin cậy {in_percent(plan.confidence)}, tỷ lệ"
            f" sai sót chấp nhận được {in_percent(plan.rate)}; cách chọn ghi ở sự kiện"
            f" {format_number(sample.planned_by.position)}, {drawn}"
        )


def _finding_words(ws: Workspace, db: Database, finding: Item, reader: Reader | None) -> Iterator[str]:
    """Yield what is on record of a finding: its unit, severity, facts, remedy and due day, and its state."""
    names, fields = directory.marked_names(db), finding.fields
    yield f"Đơn vị: {names.get(finding.lead or '', OPEN)}"
    if severity := dict(SEVERITIES).get(fields.get("severity") or ""):
        yield f"Mức độ: {severity}"
    if basis := fields.get("basis"):
        yield f"Căn cứ: {basis}"
    yield from (f"{title}: {words}" for title, words in _typed_texts(ws, db, finding, reader, ESTABLISH))
    if finding.due:
        yield f"Hạn khắc phục: {_day(finding.due)}"
    title = workflows.state_titles(db).get((finding.kind, finding.state), finding.state)
    yield f"Tình trạng: {title.lower()}"


def _typed_texts(
    ws: Workspace, db: Database, item: Item, reader: Reader | None, step: str
) -> list[tuple[str, str]]:
    """Return what was typed when a step was last taken, each text with the title of its field."""
    events = ws.log.streams([stream_of(item.id)], position(db))
    return texts_of_step(ws, events, step, _names(ws, db, item), reader)


def _names(ws: Workspace, db: Database, item: Item) -> dict[str, str]:
    """Return the names that sentences about an item need, with the titles of its workflow's fields."""
    return all_names(ws, db) | dict(workflow_titles(workflows.workflow(db, item.kind, item.workflow)))


def _summary(ws: Workspace, db: Database, audit: Item, reader: Reader | None) -> str:
    """Return what the inspector concluded, left open until then."""
    typed = _typed_texts(ws, db, audit, reader, "conclude")
    return typed[0][1] if typed else OPEN


def _day(day: str | None) -> str:
    return day_words(date.fromisoformat(day)) if day else OPEN
