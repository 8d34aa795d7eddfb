"""The few elements of WordprocessingML that python-docx has no words for, in the order of its schema."""

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Length, Pt
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph

_AFTER_BORDERS = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr", "w:sectPr")
"""What can follow the borders of a paragraph, of all that is written here."""
_AFTER_FRAME = ("w:widowControl", "w:numPr", "w:pBdr", *_AFTER_BORDERS)
_AFTER_PAGE_NUMBERS = ("w:cols", "w:formProt", "w:vAlign", "w:noEndnote", "w:titlePg", "w:docGrid")


def element(name: str, **attributes: str) -> Any:
    """Return an element such as «w:lvl», with attributes of the same namespace."""
    made = OxmlElement(name)
    for attribute, value in attributes.items():
        made.set(qn(f"w:{attribute}"), value)
    return made


def add_page_number(line: Paragraph) -> None:
    """Let a paragraph show the number of its page."""
    instruction = element("w:instrText")
    instruction.text = "PAGE"
    run = line.add_run()
    run._r.extend(
        [element("w:fldChar", fldCharType="begin"), instruction, element("w:fldChar", fldCharType="end")]
    )


def draw_rule(line: Paragraph, length: Length, room: Length) -> None:
    """Make an empty paragraph a thin rule of a length, in the middle of the room that it has."""
    border = element("w:pBdr")
    border.append(element("w:top", val="single", sz="6", space="1", color="000000"))
    line._p.get_or_add_pPr().insert_element_before(border, *_AFTER_BORDERS)
    form = line.paragraph_format
    form.left_indent = form.right_indent = Length((room - length) // 2)
    form.space_before, form.space_after = Pt(2), Pt(0)
    form.line_spacing = Pt(3)


def stand_at(line: Paragraph, top: Length, width: Length) -> None:
    """Let a line stand at a height of its page, counted from the upper edge, whatever else is on it."""
    frame = element("w:framePr", w=str(width.twips), wrap="around", vAnchor="page", hAnchor="margin")
    frame.set(qn("w:xAlign"), "left")
    frame.set(qn("w:y"), str(top.twips))
    line._p.get_or_add_pPr().insert_element_before(frame, *_AFTER_FRAME)


def number_pages_anew(section: Section) -> None:
    """Let the pages of a section be numbered from 1."""
    section._sectPr.insert_element_before(element("w:pgNumType", start="1"), *_AFTER_PAGE_NUMBERS)


def repeat_on_each_page(row: _Row) -> None:
    """Let a row be printed again at the top of each page that its table goes on to."""
    row._tr.get_or_add_trPr().append(element("w:tblHeader"))


def keep_row_together(row: _Row) -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))


def keep_with_next(row: _Row) -> None:
    """Keep a row on the page of what comes after it."""
    for cell in row.cells:
        for line in cell.paragraphs:
            line.paragraph_format.keep_with_next = True


def set_cell_margins(table: Table, high: Length, wide: Length) -> None:
    """Set how far the words of a cell stay from its borders above and below, and at both sides."""
    margins = element("w:tblCellMar")
    for side, width in (("top", high), ("left", wide), ("bottom", high), ("right", wide)):
        margins.append(element(f"w:{side}", w=str(width.twips), type="dxa"))
    table._tbl.tblPr.append(margins)
