"""Reads OpenDocument texts (.odt), as LibreOffice writes them; nothing is run or fetched.

It is a reader of our own: the libraries lose or reorder text in content controls, fields and deletions.
"""

from lxml import etree
from msgspec.structs import replace

from cchc_flow.errors import BadInput
from cchc_flow.plan_import.document import Block, Paragraph
from cchc_flow.plan_import.readers.legacy import restore_blocks
from cchc_flow.plan_import.readers.looks import are_all
from cchc_flow.plan_import.readers.odf_lists import OdfLists
from cchc_flow.plan_import.readers.odf_styles import OdfStyles
from cchc_flow.plan_import.readers.odf_tables import OdfTable
from cchc_flow.plan_import.readers.odf_text import NOT_READ, is_box, read_pieces
from cchc_flow.plan_import.readers.odf_xml import OFFICE, TABLE, TEXT
from cchc_flow.plan_import.readers.package import (
    MOST_IN_A_SMALL_PART,
    WRITER,
    Package,
    parse_xml,
    refuse_paragraphs,
    walk_xml,
)
from cchc_flow.plan_import.readers.shown_text import text_of

MOST_IN_ONE_PARAGRAPH = 100_000
TEXT_TYPES = ("application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text-template")
STYLES = (f"{OFFICE}styles", f"{OFFICE}automatic-styles", f"{OFFICE}font-face-decls")
ITEMS = (f"{TEXT}list-item", f"{TEXT}list-header")


def read_odt(content: bytes) -> list[Block]:
    """Return the paragraphs and tables of the body, with the numbers that its lists print.

    Raise BadInput if the content is no .odt, is damaged or locked, or would unpack to too much.
    """
    package = Package(content, WRITER)
    refuse_other_documents(package)
    document = package.read_part("content.xml")
    if document is None:
        raise BadInput(WRITER.broken)
    styles = OdfStyles()
    common = package.read_part("styles.xml", MOST_IN_A_SMALL_PART)
    for element in () if common is None else parse_xml(common, WRITER):
        if element.tag in (f"{OFFICE}styles", f"{OFFICE}font-face-decls"):
            styles.add(element)
    body = OdfBodyReader(styles)
    for event, element in walk_xml(document, WRITER):
        body.read_event(event, element)
    return restore_blocks(body.blocks)


def refuse_other_documents(package: Package) -> None:
    """Raise BadInput for a table or a presentation that is called .odt, and for a locked document."""
    kind = package.read_part("mimetype", 200)
    if kind is not None and kind.decode("ascii", errors="replace").strip() not in TEXT_TYPES:
        raise BadInput("Tệp mang đuôi .odt nhưng không phải văn bản; hãy lưu thành văn bản .odt hoặc .docx.")
    manifest = package.read_part("META-INF/manifest.xml", MOST_IN_A_SMALL_PART)
    if manifest is not None and b"encryption-data" in manifest:
        raise BadInput("Tệp .odt có mật khẩu; hãy lưu lại không có mật khẩu.")


class OdfBodyReader:
    """Collects `blocks` from the events of an XML walk; each element is freed as soon as it is read."""

    def __init__(self, styles: OdfStyles) -> None:
        self.blocks: list[Block] = []
        self._styles, self._lists = styles, OdfLists(styles)
        self._tables: list[OdfTable] = []
        self._depth_unread = 0
        self._elements_in_paragraph = 0
        self._paragraphs = 0

    def read_event(self, event: str, element: etree._Element) -> None:
        """Read one event of the walk; raise BadInput for a paragraph of too many elements."""
        self._elements_in_paragraph += event == "start"
        if self._elements_in_paragraph > MOST_IN_ONE_PARAGRAPH:
            raise BadInput("Tệp .odt có một đoạn quá lớn để là văn bản; tệp không được đọc.")
        if element.tag in NOT_READ:
            self._depth_unread += 1 if event == "start" else -1
            if event == "end" and not self._depth_unread and element.tag == f"{TEXT}tracked-changes":
                element.clear()
        elif not self._depth_unread and event == "start":
            self._start_element(element)
        elif not self._depth_unread:
            self._end_element(element)

    def _start_element(self, element: etree._Element) -> None:
        """Begin a list, an item, a table, a row, a cell or a box."""
        tag = str(element.tag)
        if tag == f"{TEXT}list":
            self._lists.start_list(element)
        elif tag in ITEMS:
            self._lists.start_item(element)
        elif tag == f"{TABLE}table":
            self._tables.append(OdfTable())
            self._lists.enter_frame()
        elif tag == f"{TABLE}table-row" and self._tables:
            self._tables[-1].start_row()
        elif tag == f"{TABLE}table-cell" and self._tables:
            self._tables[-1].start_cell()
        elif is_box(tag):
            self._lists.enter_frame()

    def _end_element(self, element: etree._Element) -> None:
        """Read what ended: styles, a paragraph, a list, a part of a table or a box."""
        tag = str(element.tag)
        if tag in (f"{TEXT}p", f"{TEXT}h"):
            self._paragraphs += 1
            refuse_paragraphs(self._paragraphs, WRITER)
            self._add_paragraph(element)
            self._free(element)
        elif tag in STYLES:
            self._styles.add(element, are_single=True)
            self._elements_in_paragraph = 0
        elif tag == f"{TEXT}list":
            self._lists.end_list()
            self._free(element)
        elif tag in ITEMS:
            self._lists.end_item()
            self._free(element)
        elif tag.startswith(TABLE) and self._tables:
            self._end_table_element(tag, element)
        elif is_box(tag):
            self._lists.leave_frame()

    def _end_table_element(self, tag: str, element: etree._Element) -> None:
        """Pass a cell, a row or a table, which ended, on to the open table."""
        table = self._tables[-1]
        if tag == f"{TABLE}table-cell":
            table.end_cell(element)
        elif tag == f"{TABLE}covered-table-cell":
            table.end_covered_cell(element)
        elif tag == f"{TABLE}table-row":
            table.end_row(element)
            self._free(element)
        elif tag == f"{TABLE}table":
            self._lists.leave_frame()
            self._add_table(self._tables.pop())
            self._free(element)

    def _add_table(self, table: OdfTable) -> None:
        """Add a table that ended: as a block, or as text of the cell around it."""
        if self._tables:
            self._tables[-1].add_text(table.as_text())
        elif table.build().rows:
            self.blocks.append(table.build())

    def _add_paragraph(self, element: etree._Element) -> None:
        """Add a paragraph: to the open table, or as a block for each of its lines."""
        pieces = read_pieces(element, self._styles)
        text = text_of(pieces)
        mark = self._lists.next_mark(element)
        number = None if mark is None else mark.number
        if self._tables:
            self._tables[-1].add_text(f"{number or ''} {text.strip()}".strip())
            return
        style = element.get(f"{TEXT}style-name", "")
        look = self._styles.paragraph_look(style)
        model = Paragraph(
            "",
            number,
            None if mark is None else mark.depth,
            are_all(pieces, "bold"),
            style=self._styles.name_of(style),
            italic=are_all(pieces, "italic"),
            centred=bool(look.centred),
            indent=look.over(mark.look).indent if mark else look.indent,
        )
        self._add_lines(text, model)

    def _add_lines(self, text: str, model: Paragraph) -> None:
        """Add each line that is not blank as a block like `model`; only the first may have a number."""
        for place, line in enumerate(text.split("\n")):
            if line.strip() and place == 0:
                self.blocks.append(replace(model, text=line.strip()))
            elif line.strip():
                self.blocks.append(
                    replace(model, text=line.strip(), number=None, level=None, after_gap=False)
                )

    def _free(self, element: etree._Element) -> None:
        """Free the memory of an element that was read, and of those before it; text behind it stays."""
        self._elements_in_paragraph = 0
        tail = element.tail
        element.clear()
        element.tail = tail
        parent = element.getparent()
        while parent is not None and (before := element.getprevious()) is not None and not before.tail:
            del parent[0]
