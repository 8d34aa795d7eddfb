"""Reads a PDF page by page: words and rules, tables and lines, paragraphs and tables of the document."""

from collections.abc import Iterable, Iterator
from ctypes import byref
from typing import Any

import pypdfium2
from pypdfium2 import raw as pdfium

from cchc_flow.errors import BadInput
from cchc_flow.plan_import.document import Block, Paragraph
from cchc_flow.plan_import.readers.pdf.aligned import find_aligned
from cchc_flow.plan_import.readers.pdf.answer import Scan
from cchc_flow.plan_import.readers.pdf.columns import order_lines
from cchc_flow.plan_import.readers.pdf.edges import without_edges
from cchc_flow.plan_import.readers.pdf.grids import find_grids
from cchc_flow.plan_import.readers.pdf.page import Frame, Grid, Line, Page
from cchc_flow.plan_import.readers.pdf.paragraphs import Paragraphs
from cchc_flow.plan_import.readers.pdf.rules import MOST_OF_A_PAGE, read_drawing, sort_rules
from cchc_flow.plan_import.readers.pdf.segments import rows_of_groups
from cchc_flow.plan_import.readers.pdf.soundness import is_whole
from cchc_flow.plan_import.readers.pdf.tables import Tables
from cchc_flow.plan_import.readers.pdf.turning import turn_box
from cchc_flow.plan_import.readers.pdf.words import WordReader

MOST_PAGES = 1_000
LARGEST_PAGE = 5_000.0
"""In points: A0 is 3,370 high; what is larger is no paper."""
MOST_LETTERS = 5_000_000
FEW_LETTERS = 100
FEWEST_KNOWN = 0.8
SCANNED_PAGE = "[Trang {} là ảnh quét, không có chữ để đọc.]"


def read_document(content: bytes) -> list[Block]:
    """Return the paragraphs and tables of a PDF; raise BadInput if it is damaged, locked, or a scan."""
    with open_document(content) as document:
        if not is_whole(content):
            raise BadInput(
                "Tệp PDF bị hỏng hoặc bị cắt ngắn (bảng tham chiếu sai), đọc tiếp có thể mất trang.",
                "Hãy mở tệp, in lại thành PDF rồi đưa lên lại.",
            )
        if len(document) > MOST_PAGES:
            raise BadInput(
                f"Tệp PDF có {len(document)} trang, quá dài để là một kế hoạch; tệp không được đọc.",
                "Hãy tách riêng phần kế hoạch rồi đưa lên lại.",
            )
        return Reader().read(document)


def open_document(content: bytes) -> pypdfium2.PdfDocument:
    """Return the opened document; raise BadInput for one that is locked or damaged."""
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise BadInput(
                "Tệp PDF có mật khẩu hoặc bị khóa nên không đọc được.", "Hãy bỏ mật khẩu rồi đưa lên lại."
            ) from None
        raise BadInput(
            "Tệp PDF bị hỏng hoặc không phải tệp PDF.", "Hãy mở tệp, in lại thành PDF rồi đưa lên lại."
        ) from None


class Reader:
    """Collects the blocks of a document, and counts what speaks for a scan."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._paragraphs, self._tables = Paragraphs(), Tables()
        self._letters = self._letters_between_scans = self._unmapped = self._scans = self._pages = 0
        self._frame: tuple[float, Frame] | None = None

    def read(self, document: pypdfium2.PdfDocument) -> list[Block]:
        """Return the blocks of a document; raise BadInput if it has no text to speak of."""
        blocks = self.read_pages(self._drawn_pages(document))
        self._refuse_scan()
        return blocks

    def read_pages(self, pages: Iterable[Page]) -> list[Block]:
        """Return the blocks of some pages, wherever their words come from."""
        for page in without_edges(pages):
            self._read_page(page)
        self._end_paragraph()
        self._end_table()
        return self._blocks

    def _drawn_pages(self, document: pypdfium2.PdfDocument) -> Iterator[Page]:
        for index in range(len(document)):
            page = read_page(document, index)
            self._count(page)
            yield page

    def _count(self, page: Page) -> None:
        letters = sum(len(word.text) for word in page.words)
        self._pages += 1
        self._letters += letters
        self._unmapped += page.unmapped
        self._scans += is_scan(page)
        self._letters_between_scans += 0 if is_scan(page) else letters
        if self._letters > MOST_LETTERS:
            raise BadInput(
                "Tệp PDF có quá nhiều chữ để là một kế hoạch; tệp không được đọc.",
                "Hãy chọn đúng tệp kế hoạch cải cách hành chính.",
            )

    def _refuse_scan(self) -> None:
        """Raise BadInput if the pages are pictures, or letters that nobody can tell."""
        if self._scans and self._letters_between_scans < FEW_LETTERS * max(1, self._pages - self._scans):
            raise Scan(
                "Tệp PDF là bản quét: các trang là ảnh, không có chữ để đọc.",
                "Hãy dùng bản Word hoặc PDF xuất từ Word, hoặc nhận dạng chữ (OCR) rồi đưa lên lại; máy chủ"
                " cài tesseract-ocr và tesseract-ocr-vie thì đọc được cả bản quét.",
            )
        if self._unmapped > (1 - FEWEST_KNOWN) * max(self._letters, 1):
            raise BadInput(
                "Tệp PDF không cho biết chữ nào ứng với hình nào nên không đọc được chữ.",
                "Hãy dùng bản Word, hoặc nhận dạng chữ (OCR) rồi đưa lên lại.",
            )

    def _read_page(self, page: Page) -> None:
        """Add what is on a page, from its top to its bottom."""
        if is_scan(page):
            self._tell_scan(page)
        grids, words = find_grids(page)
        before = self._frame[1] if self._frame and self._frame[0] == page.width else None
        aligned, rows = find_aligned(rows_of_groups(words), page.number)
        lines = order_lines(rows, page, before)
        for item in merge(lines, sorted((*grids, *aligned), key=lambda grid: -grid.top)):
            if isinstance(item, Grid):
                self._end_paragraph()
                self._add_table(item)
            else:
                self._end_table()
                self._add_line(item)
        if lines:
            widest = max(lines, key=lambda line: line.frame.width)
            self._frame = page.width, widest.frame

    def _tell_scan(self, page: Page) -> None:
        """Add a paragraph that says that a page among others is a picture, so that its text is missed."""
        self._end_paragraph()
        self._blocks.append(Paragraph(SCANNED_PAGE.format(page.number), page=page.number))

    def _add_line(self, line: Line) -> None:
        if (paragraph := self._paragraphs.add(line)) is not None:
            self._blocks.append(paragraph)

    def _end_paragraph(self) -> None:
        if (paragraph := self._paragraphs.end()) is not None:
            self._blocks.append(paragraph)

    def _add_table(self, grid: Grid) -> None:
        if (table := self._tables.add(grid)) is not None:
            self._blocks.append(table)

    def _end_table(self) -> None:
        if (table := self._tables.end()) is not None:
            self._blocks.append(table)


def is_scan(page: Page) -> bool:
    """Return whether a page is a picture with no text, or next to none."""
    return page.is_picture and sum(len(word.text) for word in page.words) < FEW_LETTERS


def merge(lines: list[Line], grids: list[Grid]) -> Iterator[Line | Grid]:
    """Yield lines in their order, and each table before the first line that stands below it."""
    waiting = list(grids)
    for line in lines:
        while waiting and waiting[0].top > line.y:
            yield waiting.pop(0)
        yield line
    yield from waiting


def read_page(document: pypdfium2.PdfDocument, index: int) -> Page:
    """Return what is drawn on a page (from 0); raise BadInput for one that cannot be read or is no paper."""
    page = pdfium.FPDF_LoadPage(document.raw, index)
    if not page:
        raise BadInput(
            f"Trang {index + 1} của tệp PDF bị hỏng nên không đọc được.",
            "Hãy mở tệp, in lại thành PDF rồi đưa lên lại.",
        )
    try:
        return read_open_page(page, index)
    finally:
        pdfium.FPDF_ClosePage(page)


def read_open_page(page: Any, index: int) -> Page:
    """Return what is drawn on a page that is open."""
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, byref(box))
    width, height = box.right - box.left, box.top - box.bottom
    if max(width, height) > LARGEST_PAGE:
        metres = max(width, height) / 72 * 0.0254
        raise BadInput(
            f"Trang {index + 1} của tệp PDF dài {metres:.0f} m, không phải trang giấy của một văn bản.",
            "Hãy in lại tệp trên khổ giấy A4 rồi đưa lên lại.",
        )
    textpage = pdfium.FPDFText_LoadPage(page)
    try:
        reader = WordReader(textpage)
        turn, words, aside = reader.read()
    finally:
        pdfium.FPDFText_ClosePage(textpage)
    drawing = read_drawing(page)
    across, upright = sort_rules(drawing.lines, turn)
    if turn % 2:
        width, height = height, width
    left, _, _, top = turn_box((box.left, box.bottom, box.right, box.top), turn)
    return Page(
        index + 1,
        round(width, 1),
        height,
        top,
        left,
        words,
        across,
        upright,
        aside,
        is_picture=drawing.pictures > MOST_OF_A_PAGE * width * height,
        unmapped=reader.unmapped,
    )
