"""Reads Word documents (.docx), paragraph by paragraph and in bounded memory; nothing is run or fetched."""

from lxml import etree
from msgspec.structs import replace

from cchc_flow.errors import BadInput
from cchc_flow.plan_import.document import Block, Paragraph
from cchc_flow.plan_import.readers.legacy import restore_blocks
from cchc_flow.plan_import.readers.looks import ParagraphLook, are_all
from cchc_flow.plan_import.readers.numbering import Numbering
from cchc_flow.plan_import.readers.package import (
    MOST_IN_A_SMALL_PART,
    WORD,
    Package,
    parse_xml,
    refuse_paragraphs,
    walk_xml,
)
from cchc_flow.plan_import.readers.shown_text import text_of
from cchc_flow.plan_import.readers.styles import Styles, paragraph_look
from cchc_flow.plan_import.readers.tables import TableBuilder
from cchc_flow.plan_import.readers.word_text import read_pieces
from cchc_flow.plan_import.readers.word_xml import MC, W, child_value, parse_whole_number

MOST_IN_ONE_PARAGRAPH = 100_000
NOT_READ = frozenset({f"{MC}Fallback", f"{W}del", f"{W}moveFrom"})
"""What Word shows only in place of something else, and text that was deleted, with the boxes in it."""
DELETED_END = (f"{W}pPr/{W}rPr/{W}del", f"{W}pPr/{W}rPr/{W}moveFrom")
OLD_WORD = b"\xd0\xcf\x11\xe0"


def read_docx(content: bytes) -> list[Block]:
    """Return the paragraphs and tables of the body, with the numbers that Word prints.

    Raise BadInput if the content is no .docx, is damaged, or would unpack to too much.
    """
    if content.startswith(OLD_WORD):
        raise BadInput("Tệp Word đời cũ (.doc) hoặc có mật khẩu; hãy lưu thành .docx không có mật khẩu.")
    package = Package(content)
    document = package.read_part("word/document.xml")
    if document is None:
        raise BadInput(WORD.broken)
    styles = Styles(parse_optional_part(package, "word/styles.xml"))
    numbering = Numbering(parse_optional_part(package, "word/numbering.xml"), styles.lists())
    body = BodyReader(styles, numbering)
    for event, element in walk_xml(document):
        body.read_event(event, element)
    body.end()
    return restore_blocks(body.blocks)


def parse_optional_part(package: Package, name: str) -> etree._Element | None:
    """Return the root element of a small part of the package, or None if there is no such part."""
    part = package.read_part(name, MOST_IN_A_SMALL_PART)
    return None if part is None else parse_xml(part)


class BodyReader:
    """Collects `blocks` from the events of an XML walk; each element is freed as soon as it is read."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self.blocks: list[Block] = []
        self._styles, self._numbering = styles, numbering
        self._tables: list[TableBuilder] = []
        self._depth_unread = 0
        self._elements_in_paragraph = 0
        self._text_to_join = ""
        self._paragraphs = 0

    def read_event(self, event: str, element: etree._Element) -> None:
        """Read one event of the walk; raise BadInput for a paragraph of too many elements."""
        self._elements_in_paragraph += event == "start"
        if self._elements_in_paragraph > MOST_IN_ONE_PARAGRAPH:
            raise BadInput("Tệp .docx có một đoạn quá lớn để là văn bản; tệp không được đọc.")
        if element.tag in NOT_READ:
            self._depth_unread += 1 if event == "start" else -1
        elif not self._depth_unread and event == "start":
            self._start_element(element)
        elif not self._depth_unread:
            self._end_element(element)

    def end(self) -> None:
        """Add the text whose paragraph mark was deleted, if no paragraph came to take it."""
        if self._text_to_join.strip():
            self._add_line(self._text_to_join, Paragraph(""), is_first=True)

    def _start_element(self, element: etree._Element) -> None:
        """Begin a table, a row or a cell."""
        if element.tag == f"{W}tbl":
            self._tables.append(TableBuilder())  # a table may stand in a cell of another
        elif element.tag == f"{W}tr" and self._tables:
            self._tables[-1].start_row()
        elif element.tag == f"{W}tc" and self._tables:
            self._tables[-1].start_cell()

    def _end_element(self, element: etree._Element) -> None:
        """Read a paragraph or a part of a table that ended."""
        if element.tag == f"{W}p":
            self._paragraphs += 1
            refuse_paragraphs(self._paragraphs, WORD)
            self._add_paragraph(element)
            self._free(element)
        elif self._tables and element.tag in (f"{W}tcPr", f"{W}trPr", f"{W}tc", f"{W}tr", f"{W}tbl"):
            self._end_table_element(element)

    def _end_table_element(self, element: etree._Element) -> None:
        """Pass a table, a row, a cell or its properties, which ended, on to the open table."""
        table = self._tables[-1]
        if element.tag == f"{W}tcPr":
            table.read_cell_properties(element)
        elif element.tag == f"{W}trPr":
            table.read_row_properties(element)
        elif element.tag == f"{W}tc":
            table.end_cell()
        elif element.tag == f"{W}tr":
            table.end_row()
            self._free(element)
        elif element.tag == f"{W}tbl":
            self._add_table(self._tables.pop())
            self._free(element)

    def _add_table(self, table: TableBuilder) -> None:
        """Add a table that ended: as a block, or as text of the cell around it."""
        if self._tables:
            self._tables[-1].add_text(table.as_text())
        else:
            self.blocks.append(table.build())

    def _add_paragraph(self, element: etree._Element) -> None:
        """Add a paragraph: to the open table, or as a block for each of its lines.

        Where the paragraph mark was deleted with tracked changes, its text begins the next paragraph.
        """
        style = child_value(element, "pPr/pStyle")
        pieces = read_pieces(element, self._styles, style)
        text = self._text_to_join + text_of(pieces)
        self._text_to_join = ""
        if any(element.find(path) is not None for path in DELETED_END):
            self._text_to_join = text
            return
        number, depth = self._number_and_depth(element)
        if self._tables:
            self._tables[-1].add_text(f"{number or ''} {text}".strip())
            return
        look = self._look(element, style)
        model = Paragraph(
            "",
            number,
            depth,
            are_all(pieces, "bold"),
            style=self._styles.name_of(style),
            italic=are_all(pieces, "italic"),
            centred=bool(look.centred),
            indent=look.indent,
        )
        for line_number, line in enumerate(text.split("\n")):
            self._add_line(line, model, is_first=line_number == 0)

    def _add_line(self, line: str, model: Paragraph, *, is_first: bool) -> None:
        """Add a line as a block like `model`, unless it is blank; only the first line has a number."""
        if not line.strip():
            return
        if is_first:
            self.blocks.append(replace(model, text=line.strip()))
        else:
            self.blocks.append(replace(model, text=line.strip(), number=None, level=None, after_gap=False))

    def _look(self, element: etree._Element, style: str | None) -> ParagraphLook:
        """Return how a paragraph is set: by itself, then by the list that it names, then by its style."""
        own = paragraph_look(element.find(f"{W}pPr"))
        num_id = child_value(element, "pPr/numPr/numId")
        if num_id is not None:
            depth = parse_whole_number(child_value(element, "pPr/numPr/ilvl"), 0)
            own = own.over(self._numbering.look(num_id, depth))
        return own.over(self._styles.paragraph_look(style))

    def _number_and_depth(self, element: etree._Element) -> tuple[str | None, int | None]:
        """Return the number that Word prints before a paragraph and its list level, or None twice."""
        style = child_value(element, "pPr/pStyle")
        num_id = child_value(element, "pPr/numPr/numId") or self._styles.list_of(style)
        if num_id is None or num_id == "0":
            return None, None
        own = child_value(element, "pPr/numPr/ilvl")
        inherited = self._styles.depth_of(style) or self._numbering.depth_of_style(num_id, style)
        depth = inherited if own is None else parse_whole_number(own, 0)
        return self._numbering.next_mark(num_id, depth), depth

    def _free(self, element: etree._Element) -> None:
        """Free the memory of an element that was read, and of those before it."""
        self._elements_in_paragraph = 0
        element.clear()
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]
