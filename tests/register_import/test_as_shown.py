"""What is imported is what a spreadsheet shows: by the rules of formats, and by LibreOffice where it is."""

import shutil
import subprocess
from collections.abc import Callable
from datetime import datetime, time
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from register_import.reading import FIELDS, Reading, read
from support.story import CONTEXT
from support.tables import saved

from cchc_flow.errors import MissingData
from cchc_flow.workflow.fields import clean

LIBREOFFICE = shutil.which("soffice")
AS_SHOWN = "csv:Text - txt - csv (StarCalc):44,34,76,1"
"""A .csv in UTF-8 whose cells stand in it as they are shown."""


def rounded(value: Decimal, places: int) -> Decimal:
    """Return a number as it is rounded for people, without a sign of zero."""
    shown = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return shown if shown else abs(shown)


def grouped(value: Decimal) -> str:
    """Return a number as it is grouped in Việt Nam."""
    return f"{value:,}".translate(str.maketrans(",.", ".,"))


NUMBERS: dict[str, Callable[[Decimal], str]] = {
    "0": lambda value: f"{rounded(value, 0)}",
    "0.00": lambda value: f"{rounded(value, 2)}",
    "0.000": lambda value: f"{rounded(value, 3)}",
    "0%": lambda value: f"{rounded(value * 100, 0)}%",
    "0.0%": lambda value: f"{rounded(value * 100, 1)}%",
    "000000": lambda value: f"{rounded(value, 0):0{7 if rounded(value, 0) < 0 else 6}}",
    "#,##0": lambda value: grouped(rounded(value, 0)),
    "#,##0.00": lambda value: grouped(rounded(value, 2)),
    '0 "đồng"': lambda value: f"{rounded(value, 0)} đồng",
    '"PA-"0': lambda value: ("-" if rounded(value, 0) < 0 else "") + f"PA-{abs(rounded(value, 0))}",
    "General": lambda value: f"{value.normalize():f}" if value else "0",
}
MOMENTS = {
    "dd/mm/yyyy": "%d/%m/%Y",
    "yyyy-mm-dd": "%Y-%m-%d",
    "dd.mm.yy;@": "%d.%m.%y",
    "dd/mm/yyyy hh:mm": "%d/%m/%Y %H:%M",
    '"ngày" dd "tháng" mm "năm" yyyy': "ngày %d tháng %m năm %Y",
    "mm/yyyy": "%m/%Y",
    "hh:mm:ss": "%H:%M:%S",
}
OTHERS = ("#,##0", "#,##0.00", "hh:mm:ss")
"""What LibreOffice shows otherwise: thousands as in its own country, and a second less where it cuts."""
WORDS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co")), max_size=20).filter(
    lambda words: not words.startswith("=")
)
NUMBER = st.integers(-(10**7), 10**7).map(lambda number: Decimal(number).scaleb(-2))
DAY = st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1)).map(  # noqa: DTZ001  # a cell knows no zone
    lambda moment: moment.replace(second=30, microsecond=0)
)
CELL = st.one_of(
    st.tuples(st.just("General"), WORDS),
    st.tuples(st.sampled_from(sorted(NUMBERS)), NUMBER),
    st.tuples(st.sampled_from(sorted(MOMENTS)), DAY.filter(lambda moment: moment.time() > time(0, 1))),
)
WHOLE_DAY = st.tuples(
    st.sampled_from(["dd/mm/yyyy", "yyyy-mm-dd"]),
    DAY.map(lambda moment: moment.replace(hour=0, minute=0, second=0)),
)
COUNT = st.tuples(st.sampled_from(["0", "0000", "General"]), st.integers(0, 10**6))
SHARE = st.tuples(st.just("0%"), st.integers(0, 100).map(lambda number: number / 100))
NOTHING = st.just(("General", None))
ROW = st.tuples(CELL, CELL, WHOLE_DAY | NOTHING, COUNT | NOTHING, SHARE | NOTHING)
HEAD = ("Tên", "Mã", "Ngày tiếp nhận", "Số hồ sơ", "Tỷ lệ")


def workbook(rows: list[Any]) -> bytes:
    """Return a workbook whose cells have a format and a value each."""
    book = openpyxl.Workbook()
    book.active.append(HEAD)
    for number, cells in enumerate(rows, 2):
        for column, (code, value) in enumerate(cells, 1):
            cell = book.active.cell(number, column)
            cell.value = value
            cell.number_format = code
    return saved(book)


def imported(reading: Reading) -> dict[int, object]:
    """Return what would be stored of each line; None for one that is refused."""
    stored: dict[int, object] = {}
    for row in reading.rows:
        try:
            stored[row.line] = None if row.fault else clean(FIELDS, row.data, CONTEXT)
        except MissingData:
            stored[row.line] = None
    return stored


def _is_seen(value: object) -> bool:
    """Tell whether everybody sees something in a cell."""
    return any(letter.isalnum() for letter in value) if isinstance(value, str) else value is not None


@given(st.sampled_from(sorted(NUMBERS)), NUMBER)
def test_a_number_is_imported_as_its_format_says(code: str, value: Decimal) -> None:
    (row,) = read(workbook([[(code, value)]])).rows
    assert (row.data["title"], row.fault) == (NUMBERS[code](value), "")


@given(st.sampled_from(sorted(MOMENTS)), DAY)
def test_a_moment_is_imported_as_its_format_says(code: str, moment: datetime) -> None:
    (row,) = read(workbook([[(code, moment)]])).rows
    if row.fault:  # midnight with us by the clock of Greenwich, and no hour is shown
        assert "có lẽ là ngày" in row.fault and moment.hour in (16, 17)
    else:
        assert row.data["title"] == moment.strftime(MOMENTS[code])


@given(st.lists(ROW, min_size=1, max_size=20))
def test_the_same_workbook_is_imported_the_same_and_no_line_is_lost(rows: list[Any]) -> None:
    reading = read(workbook([*rows, [("General", "cuối cùng")]]))
    seen = {number for number, cells in enumerate(rows, 2) if any(_is_seen(value) for _, value in cells)}
    blank = {number for number, cells in enumerate(rows, 2) if all(value is None for _, value in cells)}
    lines = {row.line for row in reading.rows}
    assert len(rows) + 2 in lines and not lines & blank and lines >= seen


@pytest.mark.skipif(LIBREOFFICE is None, reason="LibreOffice (soffice) is not on this machine")
@settings(max_examples=4, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(st.lists(ROW, min_size=40, max_size=200))
def test_a_workbook_is_imported_as_libreoffice_shows_it(tmp_path: Path, rows: list[Any]) -> None:
    rows = [
        cells for cells in rows if not any("#,##" in code for code, _ in cells)
    ]  # its grouping is English
    content = workbook(rows)
    (tmp_path / "bang.xlsx").write_bytes(content)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [str(LIBREOFFICE), "--headless", profile, "--convert-to", AS_SHOWN, "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "bang.xlsx")], check=True, capture_output=True, timeout=120)
    shown = read((tmp_path / "bang.csv").read_bytes(), "bang.csv")
    assert imported(read(content)) == imported(shown)
