"""Lines, cells and rows of a .docx file."""

from collections.abc import Sequence

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Length, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from cchc_flow.documents.blocks import Column, Emphasis, Row, Strong, Text
from cchc_flow.documents.docx_styles import CELL_GROUP, CELLS, CENTRED, id_of
from cchc_flow.documents.pages import cell_words


def write_row(table: Table, row: Row, columns: Sequence[Column]) -> None:
    """Add a row to a table of a file."""
    cells = tuple(table.add_row().cells)  # type: ignore[no-untyped-call]
    if row.heading:
        fill_cell(cells[0].merge(cells[-1]), cell_words(row.cells[0]), CELL_GROUP)
        return
    for column, cell, value in zip(columns, cells, row.cells, strict=True):
        fill_cell(cell, cell_words(value), CELLS[column.kind])


def fill_cell(cell: _Cell, words: str, style: str) -> None:
    """Write words into a cell that is still empty."""
    line = cell.paragraphs[0]
    line._p.style = id_of(style)  # python-docx would look for the style anew in each cell
    line.add_run(words)


def set_widths(table: Table, widths: Sequence[Length]) -> None:
    """Set the widths of the columns and of every cell: readers differ in which they believe."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        if len(row._tr.tc_lst) == len(widths):
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = width


def add_line(
    cell: _Cell,
    words: str,
    size: float,
    *,
    before: float = 0,
    bold: bool = False,
    italic: bool = False,
    align: WD_ALIGN_PARAGRAPH = CENTRED,
) -> None:
    """Add a paragraph to a cell; a new cell has an empty one, which is filled first."""
    is_empty = len(cell.paragraphs) == 1 and not cell.paragraphs[0].runs
    line = cell.paragraphs[0] if is_empty else cell.add_paragraph()
    line.alignment, line.paragraph_format.space_before = align, Pt(before)
    run = line.add_run(words)
    run.font.size, run.font.bold, run.font.italic = Pt(size), bold, italic


def add_runs(line: Paragraph, text: Text) -> None:
    for run in text:
        added = line.add_run(run if isinstance(run, str) else run.words)
        added.bold = isinstance(run, Strong) or None
        added.italic = isinstance(run, Emphasis) or None
