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
from docx.enum.text import WD_LINE_SPACING
from docx.section import Section
from docx.shared import Length, Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph as Line

from cchc_flow.documents import form, seal_code
from cchc_flow.documents.blocks import (
    Appendix,
    Block,
    Document,
    Heading,
    Listing,
    Paragraph,
    Seal,
    Table,
)
from cchc_flow.documents.docx_cells import (
    add_line,
    add_runs,
    fill_cell,
    set_widths,
    write_row,
)
from cchc_flow.documents.docx_numbering import Numbering
from cchc_flow.documents.docx_styles import CELL_HEAD, CENTRED, LEFT, SEAL, define_styles, id_of
from cchc_flow.documents.docx_xml import (
    add_page_number,
    draw_rule,
    keep_row_together,
    keep_with_next,
    number_pages_anew,
    repeat_on_each_page,
    set_cell_margins,
    stand_at,
)
from cchc_flow.documents.letters import rule_below, set_in_lines, width_of
from cchc_flow.documents.pages import attached_to, column_shares, marked_entries
from cchc_flow.workflow.shares import roman_numeral

PORTRAIT, ACROSS = (Mm(210), Mm(297)), (Mm(297), Mm(210))
NONE, SEAL_SIZE = Pt(0), Mm(12)
LEFT_HALF = 0.44
"""How much of a line who issues a document has, and the recipients; the rest is the other side's."""


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
        (left, left_room), (right, right_room) = self._frame()
        document = self.document
        committee, name = form.issuer_parts(document.issuer.upper())
        issuer = set_in_lines(committee, name, 12, left_room)
        if document.superior:
            add_line(left, document.superior.upper(), 12)
        add_line(left, issuer, 12, bold=True)
        draw_rule(left.add_paragraph(), rule_below(issuer, 12, left_room), left_room)
        add_line(left, form.number_words(document.number, document.symbol), 13, before=1)
        if not document.kind:
            add_line(left, f"V/v {document.subject}", 12, before=2)
        add_line(right, form.NATION, 12, bold=True)
        add_line(right, form.MOTTO, 13, bold=True)
        draw_rule(right.add_paragraph(), width_of(form.MOTTO, 13, right_room), right_room)
        add_line(right, form.place_and_day(document.place, document.day), 13, before=1, italic=True)

    def _frame(self) -> tuple[tuple[_Cell, Length], tuple[_Cell, Length]]:
        """Return the halves of a line, with their widths, whose first paragraphs are empty."""
        table, left = self.file.add_table(1, 2), Length(round(LEFT_HALF * self._text_width()))
        right = Length(self._text_width() - left)
        set_widths(table, (left, right))
        keep_row_together(table.rows[0])
        set_cell_margins(table, NONE, NONE)
        cells = table.rows[0].cells
        return (cells[0], left), (cells[1], right)

    def _write_title(self) -> None:
        if not self.document.kind:
            return
        self.file.add_paragraph(self.document.kind.upper(), "Title")
        self.file.add_paragraph(self.document.subject, "Trích yếu")
        room = self._text_width()
        draw_rule(self.file.add_paragraph(), rule_below(self.document.subject, 14, room), room)

    def _write_addressees(self) -> None:
        names = self.document.addressees
        if not names:
            return
        if len(names) == 1:
            lines = [self.file.add_paragraph(f"Kính gửi: {names[0]}", "Kính gửi")]
            lines[0].alignment = CENTRED
        else:
            lines = [self.file.add_paragraph("Kính gửi:", "Kính gửi")]
            lines[0].paragraph_format.left_indent = Mm(40)
            for place, name in enumerate(names, 1):
                line = self.file.add_paragraph(f"- {name}{'.' if place == len(names) else ';'}", "Kính gửi")
                line.paragraph_format.left_indent = Mm(60)
                lines.append(line)
        has_rule_above = bool(self.document.kind)
        lines[0].paragraph_format.space_before = Pt(8 if has_rule_above else 12)
        lines[-1].paragraph_format.space_after = Pt(12)

    def _write_blocks(self, blocks: Sequence[Block]) -> None:
        for block in blocks:
            match block:
                case Heading():
                    self._write_heading(block)
                case Paragraph(text=text):
                    add_runs(self._body_line(), text)
                case Listing():
                    self._write_listing(block)
                case Table():
                    self._write_table(block)

    def _body_line(self) -> Line:
        """Add an empty line of the text."""
        line = self.file.add_paragraph()
        line._p.style = id_of("Body Text")  # python-docx would look for the style anew in each line
        return line

    def _write_heading(self, heading: Heading) -> None:
        style = f"Heading {heading.level}"
        words = heading.words.upper() if heading.level == 1 else heading.words
        if self.numbering.comes_next(heading.level, heading.mark):
            self.numbering.number_heading(self.file.add_paragraph(words, style), heading.level)
        else:
            self.file.add_paragraph(f"{heading.mark} {words}", style)

    def _write_listing(self, listing: Listing) -> None:
        for mark, entry in marked_entries(listing):
            line = self._body_line()
            if listing.marks == "dash":
                self.numbering.number_dash(line)
            else:
                line.add_run(f"{mark} ")
            add_runs(line, entry)

    def _write_table(self, block: Table) -> None:
        if block.title:
            self.file.add_paragraph(block.title, "Caption")
        table = self.file.add_table(1, len(block.columns), "Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        set_cell_margins(table, Pt(2), Pt(4))
        for column, cell in zip(block.columns, table.rows[0].cells, strict=True):
            fill_cell(cell, column.title, CELL_HEAD)
        repeat_on_each_page(table.rows[0])
        for row in block.rows:
            write_row(table, row, block.columns)
        rows = tuple(table.rows)
        for written in rows:
            keep_row_together(written)
        if len(rows) > 2:  # a total is not alone on a page
            keep_with_next(rows[-2])
        room = self._text_width()
        set_widths(
            table, [Length(round(float(share) / 100 * room)) for share in column_shares(block.columns)]
        )
        self._part_from_what_follows()

    def _part_from_what_follows(self) -> None:
        """Write the lowest line there is: two tables that touch would become one."""
        line = self.file.add_paragraph().paragraph_format
        line.line_spacing, line.line_spacing_rule = Pt(1), WD_LINE_SPACING.EXACTLY

    def _text_width(self) -> Length:
        """Return how wide the text of the present section is."""
        section = self.file.sections[-1]
        margins = (section.left_margin or 0) + (section.right_margin or 0)
        return Length((section.page_width or 0) - margins)

    def _write_end(self) -> None:
        """Write the recipients at the left and the signature at the right, on the page of what is before."""
        if self.file.paragraphs:
            self.file.paragraphs[-1].paragraph_format.keep_with_next = True
        if self.document.blocks and isinstance(self.document.blocks[-1], Table):
            keep_with_next(self.file.tables[-1].rows[-1])
        gap = self.file.add_paragraph().paragraph_format
        gap.keep_with_next, gap.line_spacing = True, Pt(14)
        (left, _), (right, _) = self._frame()
        add_line(left, "Nơi nhận:", 12, bold=True, italic=True, align=LEFT)
        for line in form.recipient_lines(self.document.recipients):
            add_line(left, line, 11, align=LEFT)
        for line in self.document.signature.lines:
            add_line(right, line.upper(), 14, bold=True)
        add_line(right, self.document.signature.name, 14, before=60, bold=True)

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
        code = line.add_run().add_picture(picture, width=SEAL_SIZE)
        code._inline.docPr.set("descr", seal.code)
        line.add_run(f" {seal.words}")
        end = self.file.sections[-1]
        bottom = (end.page_height or 0) - (end.bottom_margin or 0)
        stand_at(line, Length(bottom + Mm(2)), self._text_width())
        self._part_from_what_follows()


def _set_page(section: Section, *, across: bool) -> None:
    """Set paper, margins, and the page number in the top margin, which the first page does not show."""
    section.page_width, section.page_height = ACROSS if across else PORTRAIT
    section.orientation = WD_ORIENTATION.LANDSCAPE if across else WD_ORIENTATION.PORTRAIT
    section.left_margin, section.right_margin = (Mm(20), Mm(20)) if across else (Mm(30), Mm(15))
    section.top_margin, section.bottom_margin = (Mm(30) if across else Mm(20)), Mm(20)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    section.header.is_linked_to_previous = False
    line = section.header.paragraphs[0]
    line.alignment = CENTRED
    add_page_number(line)
    line.runs[0].font.size = Pt(13)
