"""Fills a register from a table, .xlsx or .csv: the first row names the fields; no formula is executed."""

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any

import msgspec
from sqlite_utils import Database

from cchc_flow import commands
from cchc_flow.commands import Order, Row, channels
from cchc_flow.commands.own_plan import own_plan_of_row, twin_in_plan
from cchc_flow.commands.registers import entry_fields, load_register
from cchc_flow.errors import BadInput
from cchc_flow.plan_import.readers.package import DAMAGED, DTD
from cchc_flow.plugin_host.rule_checks import OVERRIDE
from cchc_flow.projections import directory, plans, reading
from cchc_flow.projections.cards import items
from cchc_flow.projections.directory import Unit
from cchc_flow.projections.reading import Reader, may_read
from cchc_flow.projections.search import search_key
from cchc_flow.projections.unit_names import find_unit
from cchc_flow.workflow.calendar import local_day
from cchc_flow.workflow.definition import Field
from cchc_flow.workspace import Workspace

MOST_BYTES = 2 * 1024 * 1024
MOST_UNPACKED = 40 * 1024 * 1024
MOST_ROWS = 300
MOST_LINES = 5_000
MOST_COLUMNS = 100
FIRST_DAY = re.compile(r"(\d{4}-\d{2})-01")
"""A month: Excel turns 11/2026, typed into a cell, into the first day of the month."""
SAVE_AGAIN = "Hãy mở bằng Excel, lưu lại dạng .xlsx hoặc .csv (UTF-8) rồi gửi lại."

Cells = list[Any]


def fill_register(ws: Workspace, kind: str, name: str, content: bytes, order: Order) -> int:
    """Open an entry of a register for each row of a table, and return how many: all of them or none.

    Raise BadInput for a file that cannot be read, and WrongRows, a sentence for each row, for wrong data.
    """
    db = ws.read()
    reader = None if order.is_system else reading.reader_of(db, order.actor)
    units = [unit for unit in directory.units(db) if unit.active]
    fields = table_columns(ws, kind)
    ids = {field.name: _ids_by_title(db, field, reader) for field in fields}
    rows = [_with_own_tasks(ws, kind, row) for row in parse_rows(name, content, fields, units, ids)]
    by_table = msgspec.structs.replace(order, channel=channels.by_table(order.channel))
    commands.open_entries(ws, kind, rows, by_table)
    return len(rows)


def _with_own_tasks(ws: Workspace, kind: str, row: Row) -> Row:
    """Return a row whose tasks are those of its own year's plan, of several plans with the same number."""
    db = ws.read()
    workflow = load_register(db, kind)
    names = [field.name for field in workflow.asks if field.kind == "task" and row.data.get(field.name)]
    if not names or len(plans.plans(db)) < 2:
        return row
    plan = own_plan_of_row(db, workflow.asks, row.data, local_day(ws.now()))
    own = {name: twin_in_plan(db, row.data[name], plan) for name in names}
    return Row(row.line, row.data | own)


def table_columns(ws: Workspace, kind: str) -> list[Field]:
    """Return the fields that a register's table may have as columns; raise NotFound for no such register."""
    db = ws.read()
    fields = entry_fields(ws, load_register(db, kind))
    return [*(field for field in fields if field.kind not in ("text", "files")), OVERRIDE]


def _ids_by_title(db: Database, field: Field, reader: Reader | None) -> dict[str, str]:
    """Return the ids that a field may refer to, by match key: of a task's number, a title, a person's name.

    A title that two entries or two people share is left out, and an entry that the reader may not read. Empty
    for fields that refer to nothing.
    """
    match field.kind:
        case "task":
            titles = [(task.ref or task.title, task.id) for task in items.top_level_tasks(db)]
        case "entry":
            entries = (entry for kind, _ in field.choices for entry in items.unfinished_items(db, kind))
            titles = [(entry.title, entry.id) for entry in entries if may_read(db, reader, entry)]
        case "person":
            titles = [(person.name, person.id) for person in directory.people(db) if person.active]
        case _:
            return {}
    uses = Counter(_match_key(title) for title, _ in titles)
    takes_newest = field.kind == "task"  # of two plans with the same number the newer is meant
    return {_match_key(title): id_ for title, id_ in titles if takes_newest or uses[_match_key(title)] == 1}


def parse_rows(
    name: str,
    content: bytes,
    fields: Sequence[Field],
    units: Sequence[Unit],
    ids_by_title: Mapping[str, Mapping[str, str]] = {},  # never changed
) -> list[Row]:
    """Return the rows of a table as raw data for a register's fields; raise BadInput for any other file.

    A column is headed by the title or the name of its field. In its cells a unit may have any name that no
    other unit has, a choice its title; a day is 05/03/2026, a period 11/2026 or quý IV/2026. `ids_by_title`
    are, by field name, the ids that its cells may refer to.
    """
    if len(content) > MOST_BYTES:
        raise BadInput("Tệp lớn quá 2 MB.", "Hãy chia thành nhiều tệp nhỏ hơn.")
    lines = list(islice(_read_lines(name, content), MOST_LINES + 1))
    if len(lines) > MOST_LINES:
        raise BadInput(f"Tệp có hơn {MOST_LINES} dòng, kể cả dòng trống.", "Hãy bỏ bớt dòng trống.")
    lines = [(number, cells) for number, cells in lines if any(_cell_text(cell) for cell in cells)]
    if len(lines) < 2:
        raise BadInput("Tệp không có dòng số liệu nào.", "Dòng đầu ghi tên các cột, số liệu từ dòng thứ hai.")
    if len(lines) > MOST_ROWS + 1:
        raise BadInput(f"Tệp có hơn {MOST_ROWS} dòng.", "Hãy chia thành nhiều tệp nhỏ hơn.")
    columns = _match_columns(lines[0][1], fields)
    return [Row(number, _row_data(cells, columns, units, ids_by_title)) for number, cells in lines[1:]]


def _read_lines(name: str, content: bytes) -> Iterator[tuple[int, Cells]]:
    """Return the lines of a file with their numbers, from 1; raise BadInput for an unsupported format."""
    lower_name = name.lower()
    if lower_name.endswith(".xlsx"):
        return enumerate(_read_sheet(content), 1)
    if lower_name.endswith(".csv"):
        return enumerate(_read_csv(content), 1)
    raise BadInput(f"Không đọc được loại tệp «{name[-20:]}».", "Hãy gửi tệp .xlsx hoặc .csv.")


def _read_sheet(content: bytes) -> Iterator[Cells]:
    """Yield the rows of the first sheet; a formula has the value that it had when the file was saved."""
    _refuse_dangerous_package(content)
    try:
        import openpyxl  # only now: it takes as long to load as all of the command line

        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        lines = sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)
        yield from (list(line) for line in lines)
    except Exception as error:  # openpyxl may raise anything for a damaged file
        raise BadInput("Tệp .xlsx bị hỏng hoặc không phải tệp Excel.", SAVE_AGAIN) from error


def _refuse_dangerous_package(content: bytes) -> None:
    """Raise BadInput for an .xlsx that would unpack to too much, or whose XML declares entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            if sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise BadInput("Tệp .xlsx giải nén ra quá lớn; tệp không được đọc.", SAVE_AGAIN)
            texts = [_unpack(package, part) for part in parts if part.filename.endswith((".xml", ".rels"))]
    except DAMAGED as error:
        raise BadInput("Tệp .xlsx bị hỏng hoặc không phải tệp Excel.", SAVE_AGAIN) from error
    if any(DTD.search(text.replace(b"\0", b"")) for text in texts):
        raise BadInput("Tệp .xlsx khai báo thực thể XML; tệp không được đọc.", SAVE_AGAIN)


def _unpack(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """Return the bytes of a part, at most as many as its header declares."""
    with package.open(part) as file:
        return file.read(part.file_size)


def _read_csv(content: bytes) -> Iterator[Cells]:
    """Yield the rows of a UTF-8 file; the delimiter is the most frequent of , ; and tab in its first line."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput("Tệp .csv không phải UTF-8.", SAVE_AGAIN) from None
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error:
        raise BadInput("Tệp .csv bị hỏng.", SAVE_AGAIN) from None


def _match_columns(head: Cells, fields: Sequence[Field]) -> list[Field | None]:
    """Return the field of each column, None for one without a heading.

    Raise BadInput for a heading that is no field, or for the same field twice.
    """
    by_name = {key: field for field in fields for key in (_match_key(field.name), _match_key(field.title))}
    columns: list[Field | None] = []
    for cell in head:
        heading = _cell_text(cell)
        field = by_name.get(_match_key(heading)) if heading else None
        if heading and field is None:
            titles = "; ".join(field.title for field in fields)
            raise BadInput(f"Sổ không có cột «{heading[:60]}».", f"Các cột của sổ: {titles}.")
        if field and field in columns:
            raise BadInput(f"Cột «{field.title}» có hai lần.", "Hãy bỏ bớt một cột.")
        columns.append(field)
    return columns


def _row_data(
    cells: Cells,
    columns: Sequence[Field | None],
    units: Sequence[Unit],
    ids_by_title: Mapping[str, Mapping[str, str]],
) -> dict[str, Any]:
    """Return the raw data of one row by field name: the id that a cell refers to, else its value."""
    data: dict[str, Any] = {}
    for field, cell in zip(columns, cells, strict=False):
        if field:
            text = _cell_text(cell)
            ids = ids_by_title.get(field.name, {})
            data[field.name] = ids.get(_match_key(text), _field_value(field, text, units))
    return data


def _field_value(field: Field, text: str, units: Sequence[Unit]) -> str | list[str]:
    """Return the value that a form would send for a cell; any other text stays, to be refused later."""
    match field.kind:
        case "period":
            month = FIRST_DAY.fullmatch(text)
            return month[1] if month else text
        case "choice":
            title = _match_key(text)
            return next((value for value, words in field.choices if _match_key(words) == title), text)
        case "unit":
            return _unit_id(text, units)
        case "units":
            return [_unit_id(name.strip(), units) for name in text.split(";") if name.strip()]
        case _:
            return text


def _unit_id(name: str, units: Sequence[Unit]) -> str:
    """Return the id of the unit that is called so, or the name itself if no unit is."""
    unit = find_unit(name, units)
    return unit.id if unit else name


def _cell_text(cell: Any) -> str:
    """Return a cell's value as a person would type it: a day as ISO, a number with a decimal comma."""
    match cell:
        case None:
            return ""
        case bool():
            return "có" if cell else "không"
        case float():
            return f"{Decimal(repr(cell)).normalize():f}".replace(".", ",")
        case datetime():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case _:
            return str(cell).strip()


def _match_key(words: str) -> str:
    """Return the words for comparison: in lower case, without accents and punctuation."""
    return re.sub(r"\W+", " ", search_key(words)).strip()
