"""Turns the lines of a table into the raw data of a register's entries, as a form would give them."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache, partial
from typing import Any

from cchc_flow.commands import Row
from cchc_flow.errors import BadInput
from cchc_flow.projections.directory import Unit
from cchc_flow.projections.search import search_key
from cchc_flow.projections.unit_names import find_unit
from cchc_flow.register_import.cells import UNREADABLE, Cell, Line, Table, column_name, number_ranges
from cchc_flow.register_import.days import settle_days
from cchc_flow.register_import.limits import MOST_BYTES, refuse_many_rows
from cchc_flow.register_import.sheets import read_sheet
from cchc_flow.register_import.text_files import read_text_file
from cchc_flow.workflow.definition import Field
from cchc_flow.workflow.fields import NUMBER_KINDS, missing_sentence

TRUTH = {"TRUE": "có", "FALSE": "không"}
"""What a cell that is ticked, or not, means among choices."""
REMARKS = {
    "seconds": "ô có vài giây sau 0 giờ, do phần mềm xuất tệp ghi thêm; đã lấy ngày như ô hiện ra",
    "time": "ô ghi cả giờ; chỉ ngày được ghi vào sổ",
    "rounded": "ô hiện số đã làm tròn; số hiện ra được ghi vào sổ, không phải số đầy đủ trong tệp",
}
DAY_REMARKS = ("seconds", "time")
Columns = Mapping[int, Field]
Tell = Callable[[str], None]
UnitId = Callable[[str], str]


def parse_rows(
    name: str,
    content: bytes,
    fields: Sequence[Field],
    units: Sequence[Unit],
    ids_by_title: Mapping[str, Mapping[str, str]] = {},  # never changed
    tell: Tell = lambda note: None,
) -> list[Row]:
    """Return the rows of a table as raw data for a register's fields; raise BadInput for any other file.

    A column is headed by the title or the name of its field. In its cells a unit may have any name that no
    other unit has, a choice its title; a day is 05/03/2026, a period 11/2026 or quý IV/2026. `ids_by_title`
    are, by field name, the ids that its cells may refer to. A row that cannot be read as people see it says
    why in `fault`; `tell` is called with a sentence for each thing that was left out.
    """
    if len(content) > MOST_BYTES:
        raise BadInput("Tệp lớn quá 2 MB.", "Hãy chia thành nhiều tệp nhỏ hơn.")
    by_name = {key: field for field in fields for key in (match_key(field.name), match_key(field.title))}
    table = _read_table(name, content, lambda heading: match_key(heading) in by_name)
    for note in table.notes:
        tell(note)
    if len(table.lines) < 2:
        raise BadInput("Tệp không có dòng số liệu nào.", "Dòng đầu ghi tên các cột, số liệu từ dòng thứ hai.")
    refuse_many_rows(len(table.lines) - 1)
    columns = _match_columns(table, by_name, fields)
    lines = settle_days(table.lines[1:], columns, tell)
    _tell_of_columns_without_heading(table, columns, tell)
    _tell_remarks(lines, columns, tell)
    unit_id = cache(partial(_unit_id, units=units))  # a table names the same few units on all its lines
    return [_row(table, line, columns, unit_id, ids_by_title) for line in lines]


def match_key(words: str) -> str:
    """Return the words for comparison: in lower case, without accents and punctuation."""
    return re.sub(r"\W+", " ", search_key(words)).strip()


def _read_table(name: str, content: bytes, is_heading: Callable[[str], bool]) -> Table:
    """Return the lines of a file; raise BadInput for an unsupported format."""
    lower_name = name.lower()
    if lower_name.endswith(".xlsx"):
        return read_sheet(content)
    if lower_name.endswith(".csv"):
        return read_text_file(content, is_heading)
    raise BadInput(f"Không đọc được loại tệp «{name[-20:]}».", "Hãy gửi tệp .xlsx hoặc .csv.")


def _match_columns(table: Table, by_name: Mapping[str, Field], fields: Sequence[Field]) -> Columns:
    """Return the field of each column that has a heading.

    Raise BadInput for a heading that is no field or cannot be read, or for the same field twice.
    """
    columns: dict[int, Field] = {}
    head = table.lines[0]
    for column, cell in head.cells.items():
        if cell.fault:
            place = table.place(column, head.number)
            raise BadInput(f"Tên cột ở {place} {cell.fault}.", "Hãy gõ lại tên cột.")
        field = by_name.get(match_key(cell.text))
        if field is None:
            titles = "; ".join(field.title for field in fields)
            raise BadInput(f"Sổ không có cột «{cell.text[:60]}».", f"Các cột của sổ: {titles}.")
        if field in columns.values():
            raise BadInput(f"Cột «{field.title}» có hai lần.", "Hãy bỏ bớt một cột.")
        columns[column] = field
    return columns


def _row(
    table: Table,
    line: Line,
    columns: Columns,
    unit_id: UnitId,
    ids_by_title: Mapping[str, Mapping[str, str]],
) -> Row:
    """Return a line as a row: its raw data by field name, or the sentences that say why it has none."""
    end = max(table.width, max(columns) + 1)
    faults = [_outside(table, line, column) for column in line.cells if column >= end]
    data: dict[str, Any] = {}
    for column, field in columns.items():
        cell = line.cells.get(column, Cell(""))
        if fault := _fault_in(field, cell):
            faults.append(f"{missing_sentence(field)[:-1]}: {table.place(column, line.number)} {fault}.")
        ids = ids_by_title.get(field.name, {})
        data[field.name] = ids.get(match_key(cell.text)) or _field_value(field, cell, unit_id)
    return Row(line.number, data, " ".join(faults))


def _outside(table: Table, line: Line, column: int) -> str:
    """Return the sentence for a cell to the right of the last heading."""
    words = line.cells[column].text[:40]
    place = table.place(column, line.number)
    return f"Nội dung «{words}» ở {place} nằm ngoài các cột có tên; hãy xóa hoặc chuyển vào cột của nó."


def _fault_in(field: Field, cell: Cell) -> str:
    """Return why a cell cannot be told in a column of this field, "" if it can."""
    shows_no_words = not cell.text and (cell.day or cell.month)
    is_moment = field.kind in ("day", "period")
    return UNREADABLE if shows_no_words and not is_moment else cell.fault


def _field_value(field: Field, cell: Cell, unit_id: UnitId) -> str | list[str]:
    """Return the value that a form would send for a cell; any other text stays, to be refused later."""
    if field.kind in NUMBER_KINDS and cell.number is not None:
        return _number(field, cell.number)
    match field.kind:
        case "day":
            return cell.day.isoformat() if cell.day else cell.text
        case "period":
            return cell.month or (cell.day.isoformat() if cell.day else cell.text)
        case "percent":
            return cell.text.removesuffix("%").strip()
        case "choice":
            return _choice(field, cell.text)
        case "unit":
            return unit_id(cell.text)
        case "units":
            return [unit_id(name.strip()) for name in cell.text.split(";") if name.strip()]
        case _:
            return cell.text


def _number(field: Field, number: str) -> str:
    """Return a shown number for a field of numbers; a share is a number only among shares."""
    return number.removesuffix("%") if field.kind == "percent" else number


def _choice(field: Field, text: str) -> str:
    """Return the choice with this title, also one that is no longer offered, else the text."""
    by_title = _choices_by_title((*field.retired, *field.choices))
    return by_title.get(match_key(text)) or by_title.get(match_key(TRUTH.get(text, text)), text)


@lru_cache(maxsize=100)
def _choices_by_title(choices: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Return the values of a field's choices by the match key of their titles."""
    return {match_key(title): value for value, title in choices}


def _unit_id(name: str, units: Sequence[Unit]) -> str:
    """Return the id of the unit that is called so, or the name itself if no unit is."""
    unit = find_unit(name, units)
    return unit.id if unit else name


def _tell_of_columns_without_heading(table: Table, columns: Columns, tell: Tell) -> None:
    """Tell which columns were passed over because their heading is blank, and where they have something."""
    found: dict[int, list[int]] = {}
    for line in table.lines[1:]:
        for column in line.cells.keys() - columns.keys():
            found.setdefault(column, []).append(line.number)
    end = max(table.width, max(columns) + 1)
    for column in sorted(column for column in found if column < end):
        name = column_name(column) if table.is_sheet else str(column + 1)
        tell(
            f"Cột {name} không có tên nên không được đọc; có nội dung ở dòng {number_ranges(found[column])}."
        )


def _tell_remarks(lines: Sequence[Line], columns: Columns, tell: Tell) -> None:
    """Tell what was left out of cells, a sentence for each column and kind."""
    for column, field in columns.items():
        for key, words in REMARKS.items():
            concerns = (field.kind == "day") == (key in DAY_REMARKS)
            cells = ((line.number, line.cells.get(column)) for line in lines)
            numbers = [number for number, cell in cells if cell and cell.remark == key]
            if numbers and concerns:
                tell(f"Cột «{field.title}», dòng {number_ranges(numbers)}: {words}.")
