"""Tables as programs write them: workbooks made of raw XML, and by openpyxl."""

import io
import zipfile
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

import openpyxl

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DAY_STYLE = 1
"""The style of a day, dd/mm/yyyy, in `raw_workbook`."""


def saved(book: openpyxl.Workbook) -> bytes:
    """Return a workbook as the bytes of its file."""
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def sheet(*lines: Sequence[Any]) -> bytes:
    """Return a workbook with these lines, written by openpyxl."""
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(list(line))
    return saved(book)


def text_file(*lines: Sequence[str], delimiter: str = ",") -> bytes:
    """Return a .csv with these lines, each cell within quotes."""
    return "\n".join(delimiter.join(f'"{cell}"' for cell in line) for line in lines).encode("utf-8-sig")


def text_cells(*words: str) -> str:
    """Return the XML of cells with text, as programs write them that share none."""
    return "".join(f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>' for text in words)


def row(number: int, *cells: str, more: str = "") -> str:
    """Return the XML of a row; a cell is XML, or its text."""
    inner = "".join(cell if cell.startswith("<") else text_cells(cell) for cell in cells)
    return f'<row r="{number}" {more}>{inner}</row>'


def raw_workbook(
    rows: str, *, before: str = "", after: str = "", book: str = "", sheets: Sequence[tuple[str, str]] = ()
) -> bytes:
    """Return a workbook of raw XML: the rows of its first sheet, what stands around them, and in the book.

    `sheets` are the names, with attributes, and the rows of further sheets.
    """
    named = [("Sheet1", rows), *sheets]
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, (name, _) in enumerate(named, 1)
    )
    targets = "".join(
        f'<Relationship Id="rId{n}" Type="{LINKS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n, _ in enumerate(named, 1)
    )
    targets += f'<Relationship Id="styles" Type="{LINKS}/styles" Target="/xl/styles.xml"/>'
    styles = (
        '<numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>'
        '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs>'
    )
    links = f'<Relationships xmlns="{PACKAGE}/relationships">{targets}</Relationships>'
    contents = f"<sheets>{listed}</sheets>{book}"
    parts = {
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}">{contents}</workbook>',
        "xl/_rels/workbook.xml.rels": links,
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>',
    }
    for n, (_, inner) in enumerate(named, 1):
        around = (before, after) if n == 1 else ("", "")
        data = f"{around[0]}<sheetData>{inner}</sheetData>{around[1]}"
        parts[f"xl/worksheets/sheet{n}.xml"] = f'<worksheet xmlns="{MAIN}">{data}</worksheet>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, xml in parts.items():
            package.writestr(name, xml)
    return buffer.getvalue()
