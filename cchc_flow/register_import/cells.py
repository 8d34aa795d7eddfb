"""A table as a person sees it: lines of cells, with what cannot be told of a cell and what is left out."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from string import ascii_uppercase

import msgspec

from cchc_flow.workflow.typed_text import UnfitText, compose

ERROR = re.compile(
    r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|BUSY!|UNKNOWN!|"
    r"EXTERNAL!|PYTHON!|GETTING_DATA)|Err:\d{3}|#{3,}"
)
"""What spreadsheets show in the place of a value that they do not have."""
GROUPS_SHOWN = 12
REPLACED = "\ufffd"
"""What programs put in the place of a letter that they could not read."""


UNREADABLE = "có định dạng số mà chương trình không biết sẽ hiện ra thế nào; hãy định dạng ô là Văn bản"


class Cell(msgspec.Struct, frozen=True):
    """A cell: its text as people see it, and the number or day that it shows, if it shows one.

    `fault` says why it cannot be told what the cell says; `remark` is the key of what was left out of it. A
    cell with a day and no text shows the name of a month, in the language of whoever opens the file.
    """

    text: str
    number: str | None = None
    """As a form takes it: without grouping, with a decimal comma, and a % if it shows one."""
    day: date | None = None
    month: str | None = None
    """The month, as 2026-11, if the cell shows one, or the first day of one."""
    fault: str = ""
    remark: str = ""


class Line(msgspec.Struct, frozen=True):
    """A line that is not blank: its number in the file, and its cells with something in them, by column."""

    number: int
    cells: Mapping[int, Cell]


class Table(msgspec.Struct, frozen=True):
    """The lines of a table that people see; `notes` tell what was not read, `width` how far the head goes."""

    lines: list[Line]
    notes: tuple[str, ...] = ()
    width: int = 0
    is_sheet: bool = False

    def place(self, column: int, line: int) -> str:
        """Return what people call a cell: «ô C5» in a sheet, «cột 3» in a text file."""
        return f"ô {column_name(column)}{line}" if self.is_sheet else f"cột {column + 1}"


def text_cell(raw: str) -> Cell:
    """Return a cell with text: in NFC, without outer blanks; at fault if it is an error or unreadable."""
    try:
        text = compose(raw).strip()
    except UnfitText as error:
        return Cell(raw[:20], fault=str(error))
    if ERROR.fullmatch(text):
        return Cell(text, fault=f"báo lỗi {text}")
    if REPLACED in text:
        return Cell(text, fault=f"có chữ bị hỏng («{REPLACED}»), do tệp đã lưu sai bảng mã")
    return Cell(text)


def column_name(column: int) -> str:
    """Return the letters of a column, counted from 0: A, B, …, Z, AA."""
    name = ""
    while column >= 0:
        column, letter = divmod(column, 26)
        name, column = ascii_uppercase[letter] + name, column - 1
    return name


def number_ranges(numbers: Iterable[int]) -> str:
    """Return numbers in words, neighbours together, at most twelve groups of them: 5, 7–9."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    words = [f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs[:GROUPS_SHOWN]]
    left = sum(map(len, runs[GROUPS_SHOWN:]))
    return ", ".join(words) + (f" và {left} dòng khác" if left else "")
