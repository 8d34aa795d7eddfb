"""Reads targets in a table: a column of indicators, of units of measure and of the figures to reach."""

import re
from collections.abc import Iterator, Sequence

import msgspec
from msgspec.structs import replace

from cchc_flow.plan_import.document import Table
from cchc_flow.plan_import.extraction.baselines import BASELINE_YEAR
from cchc_flow.plan_import.extraction.figures import CHANGES
from cchc_flow.plan_import.extraction.measures import measures
from cchc_flow.plan_import.extraction.table_cells import column_cells, number_level, share
from cchc_flow.plan_import.extraction.table_columns import TALLEST_HEAD, head_end, head_texts, name_of_head
from cchc_flow.plan_import.proposal import Goal, Measure

VALUE = re.compile(
    r"mức|phấn đấu|kế hoạch|\bKH\b|giá trị|chỉ tiêu (?:năm|giao|đề ra)|mục tiêu|năm \d{4}|yêu cầu"
    r"|cần đạt|số lượng",
    re.IGNORECASE,
)
BEFORE = re.compile(
    r"\bTH\b|thực hiện|kết quả (?:năm|thực)|hiện trạng|năm trước|cùng kỳ|ước|so sánh|so với|tăng|giảm",
    re.IGNORECASE,
)
INDICATOR = re.compile(r"chỉ tiêu|tiêu chí|mục tiêu|nội dung|chỉ số", re.IGNORECASE)
YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
FIGURE = re.compile(r"\d")
MOST = 0.5


class TargetColumns(msgspec.Struct, frozen=True):
    """The columns of a table of targets, the first row below its head, and the year to compare with."""

    indicator: int
    value: int
    measure: int | None
    first_row: int
    baseline_year: int | None


def is_target_table(table: Table) -> bool:
    """Return whether a table holds targets rather than tasks."""
    return recognise_targets(table) is not None


def placed_goals(table: Table, ref: str, plan_year: int | None = None) -> Iterator[tuple[int, Goal]]:
    """Yield the targets of a table, `ref`.1, `ref`.2 …, each with the place of its row in the file.

    A row without a figure heads a group of others. `plan_year` chooses between columns of years.
    """
    columns = recognise_targets(table, plan_year)
    if columns is None:
        return
    number = 0
    for index, row in enumerate(table.rows[columns.first_row :], columns.first_row):
        indicator, value = _cell(row, columns.indicator), _cell(row, columns.value)
        if indicator and value and len(set(row[1:])) > 1 and row not in table.rows[: columns.first_row]:
            number += 1
            unit = _cell(row, columns.measure)
            found = tuple(row_measures(indicator, value, unit, columns.baseline_year))
            yield table.place + index, Goal(f"{ref}.{number}", indicator, found)


def row_measures(
    indicator: str, value: str, unit: str, baseline_year: int | None = None
) -> Iterator[Measure]:
    """Yield what a row of a table of targets asks for: the figure of its cell, in the unit beside it.

    The direction stands in the cell («≥ 97», «Không quá 12», «Giảm 20»), else in the indicator.
    """
    figure = value if not unit or unit in value else re.sub(r"(\d)(?!.*\d)", rf"\1 {unit}", value)
    for measure in measures(figure)[:1] or _bare_figure(value, unit):
        of_indicator = measures(f"{indicator} {figure}") if measure.direction == "equal" else ()
        said = next((one for one in of_indicator if one.value == measure.value), measure)
        compared = BASELINE_YEAR.search(indicator)
        year = measure.baseline_year or (int(compared[1]) if compared else None)
        if year is None and said.direction in CHANGES:
            year = baseline_year
        yield replace(
            measure, direction=said.direction, unit=unit or measure.unit, baseline_year=year, what=indicator
        )


def _bare_figure(value: str, unit: str) -> tuple[Measure, ...]:
    """Return a figure that has no unit in its cell, nor a column of units: «97»."""
    found = measures(f"đạt {value}")[:1]
    return tuple(replace(measure, unit=unit or measure.unit) for measure in found)


def recognise_targets(table: Table, plan_year: int | None = None) -> TargetColumns | None:
    """Return the columns of a table of targets, or None if it is none."""
    for row, cells in enumerate(table.rows[:TALLEST_HEAD]):
        if any(INDICATOR.search(cell) and len(cell) < 80 for cell in cells) and len(set(cells)) > 1:
            return _columns_below(table, row, plan_year)
    return None


def _columns_below(table: Table, head: int, plan_year: int | None) -> TargetColumns | None:
    """Return the columns of a table of targets whose head begins at a row, or None if it is none."""
    first = head_end(table, head)
    width = max(map(len, table.rows))
    heads = [" ".join(reversed(texts)) for texts in head_texts(table.rows[head:first], width)]
    names = [name_of_head(text) for text in heads]
    measure = names.index("measure") if "measure" in names else None
    rows = table.rows[first:]
    indicators = [column for column, text in enumerate(heads) if INDICATOR.search(text) and column != measure]
    indicator = max(indicators, key=lambda column: _length(rows, column), default=None)
    if indicator is None or ("task" in names and (measure is None or "lead" in names)):
        return None
    value = _value_column(heads, rows, {indicator, measure}, plan_year)
    if value is None:
        return None
    before = next((text for text in heads if BEFORE.search(text) and YEAR.search(text)), "")
    year = YEAR.search(before)
    return TargetColumns(indicator, value, measure, first, int(year[0]) if year else None)


def _value_column(
    heads: Sequence[str], rows: Sequence[Sequence[str]], others: set[int | None], plan_year: int | None
) -> int | None:
    """Return the column of the figures to reach: of several that of the plan's year, else the last."""
    columns = [
        column
        for column, text in enumerate(heads)
        if column not in others
        and VALUE.search(text)
        and name_of_head(text) not in ("number", "lead", "support", "due", "note")
        and not BEFORE.search(text)
        and _holds_figures(rows, column)
    ]
    of_year = [column for column in columns if plan_year and str(plan_year) in heads[column]]
    found = of_year or columns
    return found[-1] if found else None


def _holds_figures(rows: Sequence[Sequence[str]], column: int) -> bool:
    """Return whether most cells of a column hold figures, and are no row numbers alone."""
    cells = column_cells(rows, column)
    return share(cells, [FIGURE.search(cell) is not None for cell in cells]) >= MOST


def _length(rows: Sequence[Sequence[str]], column: int) -> int:
    return sum(len(cell) for cell in column_cells(rows, column) if number_level(cell) is None)


def _cell(row: Sequence[str], column: int | None) -> str:
    """Return the text of a cell on one line, "" for a missing one."""
    return " ".join(row[column].split()) if column is not None and column < len(row) else ""
