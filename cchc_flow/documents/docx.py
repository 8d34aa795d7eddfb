"""Writes a document as .docx: real styles, real numbering, editable in Word and LibreOffice.

The parts «I.», «1.» and the dashes are numbered by the file itself, as long as their marks are the ones that
it would print. The letters a), b), c), d), đ) are words: Word knows no Vietnamese alphabet.
"""

import io
from collections.abc import Sequence

import docx
from docx.document import Document as File
from docx.enum.section import WD_ORIENTATION, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.section import Section
from docx.shared import Length, Mm, Pt
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as Lines

from cchc_flow.documents import form, seal_code
from cchc_flow.documents.blocks import (
    Appendix,
    Block,
    Column,
    Document,
    Emphasis,
    Heading,
    Listing,
    Paragraph,
    Row,
    Seal,
    Strong,
    Table,
    Text,
)
from cchc_flow.documents.docx_numbering import Numbering
from cchc_flow.documents.docx_styles import SEAL, define_styles
from cchc_flow.documents.docx_xml import (
    add_page_number,
    draw_rule,
    keep_row_together,
    number_pages_anew,
    remove_cell_margins,
    repeat_on_each_page,
    stand_at_the_foot,
)
from cchc_flow.documents.pages import attached_to, cell_words, column_shares, marked_entries
from cchc_flow.workflow.shares import roman_numeral

PORTRAIT, ACROSS = (Mm(210), Mm(297)), (Mm(297), Mm(210))
CENTRED, LEFT, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT
LEFT_HALF = 0.44
"""How much of a line who issues a document has, and the recipients; the rest is the other side's."""
ALIGNED = {"words": LEFT, "number": RIGHT, "day": CENTRED}


def write_docx(document: Document) -> bytes:
    """Return a document as the bytes of a .docx file."""
    file = docx.Document()
    _Writer(file, form.clean_document(document)).write()
    written = io.BytesIO()
    file.save(written)
    return written.getvalue()


class _Writer:
    """Writes one document into an empty file."""

    def __init__(self, file: File, document: Document) -> None:
        self.file, self.document = file, document
        define_styles(file)
        self.numbering = Numbering(file)

    def write(self) -> None:
        document = self.document
        properties = self.file.core_properties
        properties.title, properties.author, properties.language = document.title, document.issuer, "vi-VN"
        _set_page(self.file.sections[0], across=document.across)
        self._write_head()
        self._write_title()
        self._write_addressees()
        for line in form.basis_lines(document.bases):
            self.file.add_paragraph(line, "Căn cứ")
        self._write_blocks(document.blocks)
        self._write_end()
        for place, appendix in enumerate(document.appendices, 1):
            self._write_appendix(appendix, place)
        if document.seal:
            self._write_seal(document.seal)

    def _write_head(self) -> None:
        """Write who issues the document at the left, and the name of the state at the right."""
        left, right = self._frame()
        document = self.document
        if document.superior:
            _add(left, document.superior.upper(), 12)
        _add(left, document.issuer.upper(), 12, bold=True)
        draw_rule(left.add_paragraph(), Mm(18))
        _add(left, form.number_words(document.number, document.symbol), 13)
        if not document.kind:
            _add(left, f"V/v {document.subject}", 12)
        _add(right, form.NATION, 12, bold=True)
        _add(right, form.MOTTO, 13, bold=True)
        draw_rule(right.add_paragraph(), Mm(22))
        _add(right, form.place_and_day(document.place, document.day), 13, italic=True)

    def _frame(self) -> tuple[_Cell, ...]:
        """Return the two halves of a line, whose first paragraphs are still empty; the right one is wider."""
        table, left = self.file.add_table(1, 2), round(LEFT_HALF * self._text_width())
        _set_widths(table, (Length(left), Length(self._text_width() - left)))
        keep_row_together(table.rows[0])
        remove_cell_margins(table)
        return tuple(table.rows[0].cells)

    def _write_title(self) -> None:
        if not self.document.kind:
            return
        self.file.add_paragraph(self.document.kind.upper(), "Title")
        self.file.add_paragraph(self.document.subject, "Trích yếu")
        draw_rule(self.file.add_paragraph(), Length(self._text_width() * 3 // 8))

    def _write_addressees(self) -> None:
        names = self.document.addressees
        if not names:
            return
        if len(names) == 1:
            self.file.add_paragraph(f"Kính gửi: {names[0]}", "Kính gửi").alignment = CENTRED
            return
        self.file.add_paragraph("Kính gửi:", "Kính gửi").paragraph_format.left_indent = Mm(40)
        for place, name in enumerate(names, 1):
            line = self.file.add_paragraph(f"- {name}{'.' if place == len(names) else ';'}", "Kính gửi")
            line.paragraph_format.left_indent = Mm(60)

    def _write_blocks(self, blocks: Sequence[Block]) -> None:
        for block in blocks:
            match block:
                case Heading():
                    self._write_heading(block)
                case Paragraph(text=text):
                    _add_runs(self.file.add_paragraph(style="Body Text"), text)
                case Listing():
                    self._write_listing(block)
                case Table():
                    self._write_table(block)

    def _write_heading(self, heading: Heading) -> None:
        style = f"Heading {heading.level}"
        words = heading.words.upper() if heading.level == 1 else heading.words
        if self.numbering.comes_next(heading.level, heading.mark):
            self.numbering.number_heading(self.file.add_paragraph(words, style), heading.level)
        else:
            self.file.add_paragraph(f"{heading.mark} {words}", style)

    def _write_listing(self, listing: Listing) -> None:
        for mark, entry in marked_entries(listing):
            line = self.file.add_paragraph(style="Body Text")
            if listing.marks == "dash":
                self.numbering.number_dash(line)
            else:
                line.add_run(f"{mark} ")
            _add_runs(line, entry)

    def _write_table(self, block: Table) -> None:
        if block.title:
            self.file.add_paragraph(block.title, "Caption")
        table = self.file.add_table(1, len(block.columns), "Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        for column, cell in zip(block.columns, table.rows[0].cells, strict=True):
            _fill(cell, column.title, CENTRED, bold=True)
        repeat_on_each_page(table.rows[0])
        for row in block.rows:
            _write_row(table, row, block.columns)
        for written in table.rows:
            keep_row_together(written)
        room = self._text_width()
        _set_widths(
            table, [Length(round(float(share) / 100 * room)) for share in column_shares(block.columns)]
        )
        self.file.add_paragraph(style="Sau bảng")

    def _text_width(self) -> Length:
        """Return how wide the text of the present section is."""
        section = self.file.sections[-1]
        margins = (section.left_margin or 0) + (section.right_margin or 0)
        return Length((section.page_width or 0) - margins)

    def _write_end(self) -> None:
        """Write the recipients at the left and the signature at the right, on the page of what is before."""
        if self.file.paragraphs:
            self.file.paragraphs[-1].paragraph_format.keep_with_next = True
        self.file.add_paragraph().paragraph_format.keep_with_next = True
        left, right = self._frame()
        _add(left, "Nơi nhận:", 12, bold=True, italic=True, align=LEFT)
        for line in form.recipient_lines(self.document.recipients):
            _add(left, line, 11, align=LEFT)
        for line in self.document.signature.lines:
            _add(right, line.upper(), 14, bold=True)
        for _ in range(4):
            _add(right, "", 14)
        _add(right, self.document.signature.name, 14, bold=True)

    def _write_appendix(self, appendix: Appendix, place: int) -> None:
        section = self.file.add_section(WD_SECTION.NEW_PAGE)
        _set_page(section, across=appendix.across)
        number_pages_anew(section)
        self.numbering.restart()
        number = f" {roman_numeral(place)}" if len(self.document.appendices) > 1 else ""
        self.file.add_paragraph(f"Phụ lục{number}", "Phụ lục")
        self.file.add_paragraph(appendix.title.upper(), "Tên phụ lục")
        self.file.add_paragraph(f"(Kèm theo {attached_to(self.document)})", "Kèm theo")
        self._write_blocks(appendix.blocks)

    def _write_seal(self, seal: Seal) -> None:
        """Write the checkpoint at the foot of the page on which the document ends."""
        line = self.file.add_paragraph(style=SEAL)
        picture = io.BytesIO(seal_code.draw_png(seal.code))
        line.add_run().add_picture(picture, width=Mm(12))
        line.add_run(f" {seal.words}")
        stand_at_the_foot(line, self._text_width())


def _write_row(table: WordTable, row: Row, columns: Sequence[Column]) -> None:
    """Add a row to a table of a file."""
    cells = tuple(table.add_row().cells)  # type: ignore[no-untyped-call]
    if row.heading:
        merged = cells[0].merge(cells[-1])
        _fill(merged, cell_words(row.cells[0]), LEFT, bold=True)
        merged.paragraphs[0].paragraph_format.keep_with_next = True
        return
    for column, cell, value in zip(columns, cells, row.cells, strict=True):
        _fill(cell, cell_words(value), ALIGNED[column.kind])


def _set_widths(table: WordTable, widths: Sequence[Length]) -> None:
    """Set the widths of the columns and of every cell: readers differ in which they believe."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        if len(row._tr.tc_lst) == len(widths):
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = width


def _set_page(section: Section, *, across: bool) -> None:
    """Set paper, margins, and the page number in the top margin, which the first page does not show."""
    section.page_width, section.page_height = ACROSS if across else PORTRAIT
    section.orientation = WD_ORIENTATION.LANDSCAPE if across else WD_ORIENTATION.PORTRAIT
    section.left_margin, section.right_margin = (Mm(20), Mm(20)) if across else (Mm(30), Mm(15))
    section.top_margin, section.bottom_margin = (Mm(30), Mm(15)) if across else (Mm(20), Mm(20))
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    section.header.is_linked_to_previous = False
    line = section.header.paragraphs[0]
    line.alignment = CENTRED
    add_page_number(line)
    line.runs[0].font.size = Pt(13)


def _add(
    cell: _Cell,
    words: str,
    size: float,
    *,
    bold: bool = False,
    italic: bool = False,
    align: WD_ALIGN_PARAGRAPH = CENTRED,
) -> None:
    """Add a paragraph to a cell; a new cell has an empty one, which is filled first."""
    is_empty = len(cell.paragraphs) == 1 and not cell.paragraphs[0].runs
    line = cell.paragraphs[0] if is_empty else cell.add_paragraph()
    line.alignment = align
    run = line.add_run(words)
    run.font.size, run.font.bold, run.font.italic = Pt(size), bold, italic


def _fill(cell: _Cell, words: str, align: WD_ALIGN_PARAGRAPH, *, bold: bool = False) -> None:
    _add(cell, words, 12, bold=bold, align=align)


def _add_runs(line: Lines, text: Text) -> None:
    for run in text:
        added = line.add_run(run if isinstance(run, str) else run.words)
        added.bold = isinstance(run, Strong) or None
        added.italic = isinstance(run, Emphasis) or None
