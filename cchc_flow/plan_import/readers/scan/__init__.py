"""Reads scanned pages through Tesseract, where it is installed with its data for Vietnamese.

One process draws the pages, another becomes Tesseract: neither may do anything else. The words that come back
with their places are read as those of a page with text.
"""

import shutil
import tempfile
from pathlib import Path

import msgspec

from cchc_flow.conversion import decode
from cchc_flow.documents.kept_files import KEPT
from cchc_flow.errors import BadInput
from cchc_flow.plan_import.document import Block
from cchc_flow.plan_import.readers.pdf import read_pdf
from cchc_flow.plan_import.readers.pdf.answer import Answer, Scan, pack
from cchc_flow.plan_import.readers.scan.assembling import assemble_blocks
from cchc_flow.plan_import.readers.scan.drawings import Drawings
from cchc_flow.plan_import.readers.scan.recognition import read_pages
from cchc_flow.sandbox import ask_process

DRAWING_SECONDS, READING_SECONDS = 40, 100
"""How long drawing the pages and reading them may take; a page takes about a second to read."""
DATA = Path("/usr/share/tesseract-ocr")
LANGUAGE_FILE = "*/tessdata/vie.traineddata"


def read_text_or_scan(content: bytes) -> list[Block]:
    """Return the paragraphs and tables of a PDF, whose pages may be pictures where Tesseract is installed.

    Raise BadInput if it cannot be read.
    """
    try:
        return read_pdf(content)
    except Scan:
        program = find_tesseract()
        if program is None:
            raise
        return read_scan(content, program)


def find_tesseract() -> Path | None:
    """Return the program Tesseract, None if it or its data for Vietnamese is not on this machine."""
    program = shutil.which("tesseract")
    has_data = any(DATA.glob(LANGUAGE_FILE))
    return Path(program).resolve() if program and has_data else None


def read_scan(content: bytes, program: Path) -> list[Block]:
    """Return the paragraphs and tables of a PDF whose pages are pictures, each with its legibility.

    Raise BadInput if it has too many pages, or nothing was recognised.
    """
    answer = decode(KEPT.find_or_make("scan read", content, lambda: recognise(content, program)), Answer)
    return [block for piece in answer.pieces if (block := piece.paragraph or piece.table)]


def recognise(content: bytes, program: Path) -> bytes:
    """Return the blocks of a scan as an Answer in JSON."""
    with tempfile.TemporaryDirectory(prefix="cchc-flow-scan-") as folder:
        drawings = draw_pages(content, folder)
        recognised = ask_process(
            "cchc_flow.plan_import.readers.scan.child", b"", folder, str(program), seconds=READING_SECONDS
        )
    if not recognised:
        raise BadInput(
            "Không nhận dạng được chữ trong bản quét (ảnh quá lớn, quá mờ hoặc quá nhiều trang).",
            "Hãy dùng bản Word hoặc PDF xuất từ Word.",
        )
    pages = read_pages(recognised.decode("utf-8", "replace"), drawings)
    return msgspec.json.encode(pack(assemble_blocks(pages)))


def draw_pages(content: bytes, folder: str) -> Drawings:
    """Have the pages of a PDF drawn into a folder; raise BadInput if that cannot be done."""
    drawn = ask_process(
        "cchc_flow.plan_import.readers.scan.drawing", content, folder, seconds=DRAWING_SECONDS
    )
    drawings = decode(drawn, Drawings) if drawn else None
    if drawings is None or drawings.why:
        raise BadInput(
            drawings.why if drawings else "Không vẽ được các trang của bản quét.",
            "Hãy tách riêng phần kế hoạch, hoặc dùng bản Word.",
        )
    return drawings
