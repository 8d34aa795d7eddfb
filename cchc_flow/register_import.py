"""A register filled from a table, .xlsx or .csv: the first line names the fields; nothing is executed."""

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

import openpyxl
from sqlite_utils import Database

from cchc_flow import commands
from cchc_flow.commands import Order, Row
from cchc_flow.commands.asking import OVERRIDE
from cchc_flow.commands.registers import fields_of, register
from cchc_flow.errors import BadInput
from cchc_flow.plan_import.readers.package import DAMAGED, DTD
from cchc_flow.projections import directory
from cchc_flow.projections.cards import items
from cchc_flow.projections.directory import Unit
from cchc_flow.projections.search import search_key
from cchc_flow.projections.unit_names import find_unit
from cchc_flow.workflow.definition import Field
from cchc_flow.workspace import Workspace

MOST_BYTES = 2 * 1024 * 1024
MOST_UNPACKED = 40 * 1024 * 1024
MOST_ROWS = 300
MOST_LINES = 5_000
MOST_COLUMNS = 100
FIRST_DAY = re.compile(r"(\d{4}-\d{2})-01")
"""What Excel makes of 11/2026 when it is typed into a cell."""
SAVE_AGAIN = "Hãy mở bằng Excel, lưu lại dạng .xlsx hoặc .csv (UTF-8) rồi gửi lại."

Cells = list[Any]


def fill_register(ws: Workspace, kind: str, name: str, content: bytes, order: Order) -> int:
    """Open an item of a register for each line of a table, and return how many; raise what is wrong."""
    db = ws.read()
    units = [unit for unit in directory.units(db) if unit.active]
    columns = table_columns(ws, kind)
    found = parse_rows(name, content, columns, units, {one.name: _ids_by_title(db, one) for one in columns})
    commands.open_entries(ws, kind, found, order)
    return len(found)


def table_columns(ws: Workspace, kind: str) -> list[Field]:
    """Return the fields that a table for a register may have as columns; raise NotFound for none."""
    db = ws.read()
    asked = fields_of(ws, db, register(db, kind))
    return [*(field for field in asked if field.kind not in ("text", "files")), OVERRIDE]


def _ids_by_title(db: Database, field: Field) -> dict[str, str]:
    """Return the ids of what a field may name, by what people call it: a task's number, an entry's title."""
    match field.kind:
        case "task":
            named = [(one.ref or one.title, one.id) for one in items.top_level_tasks(db)]
        case "entry":
            named = [
                (one.title, one.id) for kind, _ in field.choices for one in items.unfinished_items(db, kind)
            ]
        case "person":
            named = [(one.name, one.id) for one in directory.people(db) if one.active]
        case _:
            return {}
    times = Counter(_normalised(words) for words, _ in named)
    of_newest = field.kind == "task"  # of two plans with one number the newer is meant
    return {_normalised(words): one for words, one in named if of_newest or times[_normalised(words)] == 1}


def parse_rows(
    name: str,
    content: bytes,
    fields: Sequence[Field],
    units: Sequence[Unit],
    called: Mapping[str, Mapping[str, str]] = {},  # only read
) -> list[Row]:
    """Return the lines of a table as raw data for the fields of a register; raise BadInput.

    A column is named by the title or the name of its field; a unit may be given by any name that is its own
    alone, a choice by its title, a day as 05/03/2026, a period as 11/2026 or quý IV/2026. `called` are the
    ids of what a field may name, by what people call it.
    """
    if len(content) > MOST_BYTES:
        raise BadInput("Tệp lớn quá 2 MB.", "Hãy chia thành nhiều tệp nhỏ hơn.")
    read = list(islice(_read_lines(name, content), MOST_LINES + 1))
    if len(read) > MOST_LINES:
        raise BadInput(f"Tệp có hơn {MOST_LINES} dòng, kể cả dòng trống.", "Hãy bỏ bớt dòng trống.")
    lines = [(number, cells) for number, cells in read if any(_cell_text(one) for one in cells)]
    if len(lines) < 2:
        raise BadInput("Tệp không có dòng số liệu nào.", "Dòng đầu ghi tên các cột, số liệu từ dòng thứ hai.")
    if len(lines) > MOST_ROWS + 1:
        raise BadInput(f"Tệp có hơn {MOST_ROWS} dòng.", "Hãy chia thành nhiều tệp nhỏ hơn.")
    columns = _match_columns(lines[0][1], fields)
    return [Row(number, _row_data(cells, columns, units, called)) for number, cells in lines[1:]]


def _read_lines(name: str, content: bytes) -> Iterator[tuple[int, Cells]]:
    lowered = name.lower()
    if lowered.endswith(".xlsx"):
        return enumerate(_read_sheet(content), 1)
    if lowered.endswith(".csv"):
        return enumerate(_read_csv(content), 1)
    raise BadInput(f"Không đọc được loại tệp «{name[-20:]}».", "Hãy gửi tệp .xlsx hoặc .csv.")


def _read_sheet(content: bytes) -> Iterator[Cells]:
    """Yield the lines of the first sheet, with the values that formulas had when the file was saved."""
    _refuse_danger(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        lines = sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)
        yield from (list(line) for line in lines)
    except Exception as error:  # a damaged file makes the reader raise anything
        raise BadInput("Tệp .xlsx bị hỏng hoặc không phải tệp Excel.", SAVE_AGAIN) from error


def _refuse_danger(content: bytes) -> None:
    """Raise BadInput for what unpacks to too much, or declares entities; sizes are checked before."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            if sum(one.file_size for one in parts) > MOST_UNPACKED:
                raise BadInput("Tệp .xlsx giải nén ra quá lớn; tệp không được đọc.", SAVE_AGAIN)
            texts = [_unpack(package, one) for one in parts if one.filename.endswith((".xml", ".rels"))]
    except DAMAGED as error:
        raise BadInput("Tệp .xlsx bị hỏng hoặc không phải tệp Excel.", SAVE_AGAIN) from error
    if any(DTD.search(text.replace(b"\0", b"")) for text in texts):
        raise BadInput("Tệp .xlsx khai báo thực thể XML; tệp không được đọc.", SAVE_AGAIN)


def _unpack(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """Return the bytes of a part, no more than it said to have."""
    with package.open(part) as opened:
        return opened.read(part.file_size)


def _read_csv(content: bytes) -> Iterator[Cells]:
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
    """Return the field of each column (None for one without a heading); raise BadInput for others."""
    named = {key: field for field in fields for key in (_normalised(field.name), _normalised(field.title))}
    found: list[Field | None] = []
    for cell in head:
        words = _cell_text(cell)
        field = named.get(_normalised(words)) if words else None
        if words and field is None:
            titles = "; ".join(field.title for field in fields)
            raise BadInput(f"Sổ không có cột «{words[:60]}».", f"Các cột của sổ: {titles}.")
        if field and field in found:
            raise BadInput(f"Cột «{field.title}» có hai lần.", "Hãy bỏ bớt một cột.")
        found.append(field)
    return found


def _row_data(
    cells: Cells,
    columns: Sequence[Field | None],
    units: Sequence[Unit],
    called: Mapping[str, Mapping[str, str]],
) -> dict[str, Any]:
    return {
        field.name: called.get(field.name, {}).get(
            _normalised(_cell_text(cell)), _field_value(field, _cell_text(cell), units)
        )
        for field, cell in zip(columns, cells, strict=False)
        if field
    }


def _field_value(field: Field, words: str, units: Sequence[Unit]) -> str | list[str]:
    """Return what a form would give for a cell; what cannot be read is left to be refused as there."""
    match field.kind:
        case "period":
            found = FIRST_DAY.fullmatch(words)
            return found[1] if found else words
        case "choice":
            return next(
                (value for value, title in field.choices if _normalised(title) == _normalised(words)), words
            )
        case "unit":
            return _unit_id(words, units)
        case "units":
            return [_unit_id(one.strip(), units) for one in words.split(";") if one.strip()]
        case _:
            return words


def _unit_id(words: str, units: Sequence[Unit]) -> str:
    found = find_unit(words, units)
    return found.id if found else words


def _cell_text(cell: Any) -> str:
    """Return a cell as somebody would type it: a day as ISO, a number with a decimal comma."""
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


def _normalised(words: str) -> str:
    return re.sub(r"\W+", " ", search_key(words)).strip()
