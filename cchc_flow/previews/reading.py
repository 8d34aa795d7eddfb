"""Reads a file in the process that may do nothing else: what it shows, and its pages as pictures.

By its bytes, not by its name: PDF and pictures become WebP; .docx, .xlsx and plain text their words.
"""

import codecs
import io
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence

import pypdfium2
from PIL import Image, ImageOps, UnidentifiedImageError

from cchc_flow.errors import BadInput
from cchc_flow.plan_import.document import Block, Table
from cchc_flow.plan_import.readers.docx import read_docx
from cchc_flow.previews.preview import Preview, Rows
from cchc_flow.register_import.cells import Line
from cchc_flow.register_import.sheets import read_sheet

WIDTH = 1_240
"""The width of a page in pixels: A4 at 150 dots an inch."""
HIGHEST = 4 * WIDTH
MOST_PIXELS = 120_000_000
QUALITY = 82
PICTURES = ("PNG", "JPEG", "GIF", "WEBP", "TIFF", "BMP")
MOST_CHARACTERS = 60_000
MOST_CELLS = 5_000
MOST_ATTACHMENTS = 20
LARGEST_ATTACHMENT = 32 * 1024**2

CODINGS = ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp437", "latin-1")
"""The encodings of plain text, and of names in a .zip; Python loads them at their first use."""

UNKNOWN = "Không xem được loại tệp này ở đây."
DAMAGED = "Tệp hỏng, hoặc có mật khẩu, nên không xem được ở đây."
ONLY_WORDS = "Chỉ hiện chữ; hình và cách trình bày có trong tệp tải về."
TOO_LONG = "Tệp dài, chỉ hiện phần đầu."


def load_formats() -> None:
    """Load everything that reading needs, which is no longer possible without rights."""
    for coding in CODINGS:
        codecs.lookup(coding)
    Image.init()
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS // 2  # Pillow refuses twice of it
    pypdfium2.PdfDocument.new().close()


def describe(content: bytes) -> Preview:
    """Return what a file shows."""
    if _is_pdf(content):
        return _describe_pages(content)
    if zipfile.is_zipfile(io.BytesIO(content)):
        return _describe_office(content)
    try:
        with Image.open(io.BytesIO(content), formats=PICTURES) as picture:
            return Preview(pages=_picture_pages(picture))
    except UnidentifiedImageError:
        return _describe_text(content)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return Preview(fault=DAMAGED)


def draw_page(content: bytes, number: int) -> bytes:
    """Return a page (from 1) as WebP; raise LookupError for one that the file does not have."""
    picture = _draw_pdf_page(content, number) if _is_pdf(content) else _draw_picture(content, number)
    picture.thumbnail((WIDTH, HIGHEST))
    drawn = io.BytesIO()
    picture.save(drawn, "WEBP", quality=QUALITY)
    return drawn.getvalue()


def attached_files(content: bytes) -> dict[str, bytes]:
    """Return the files that a PDF carries, by name, those that are too large left out."""
    if not _is_pdf(content):
        return {}
    files = {}
    try:
        with pypdfium2.PdfDocument(content) as document:
            for place in range(min(document.count_attachments(), MOST_ATTACHMENTS)):
                file = document.get_attachment(place)
                data = bytes(file.get_data())
                if len(data) <= LARGEST_ATTACHMENT:
                    files[file.get_name()] = data
    except pypdfium2.PdfiumError:
        return files
    return files


def _is_pdf(content: bytes) -> bool:
    return b"%PDF-" in content[:1024]


def _describe_pages(content: bytes) -> Preview:
    try:
        with pypdfium2.PdfDocument(content) as document:
            return Preview(pages=len(document))
    except pypdfium2.PdfiumError:
        return Preview(fault=DAMAGED)


def _draw_pdf_page(content: bytes, number: int) -> Image.Image:
    """Draw a page of a PDF, with what was filled into its forms."""
    with pypdfium2.PdfDocument(content) as document:
        if not 1 <= number <= len(document):
            raise LookupError(number)
        document.init_forms()
        page = document[number - 1]
        width, height = page.get_size()
        scale = min(WIDTH / max(width, 1), HIGHEST / max(height, 1))
        drawn: Image.Image = page.render(scale=scale).to_pil()
        return drawn.convert("RGB")


def _draw_picture(content: bytes, number: int) -> Image.Image:
    """Draw a picture as the camera was held; only a TIFF has pages."""
    with Image.open(io.BytesIO(content), formats=PICTURES) as picture:
        if not 1 <= number <= _picture_pages(picture):
            raise LookupError(number)
        picture.seek(number - 1)
        picture.draft("RGB", (WIDTH, HIGHEST))
        return _on_white(ImageOps.exif_transpose(picture))


def _on_white(picture: Image.Image) -> Image.Image:
    """Return a picture without transparency, which a dark page would show through."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    opaque = picture.convert("RGBA")
    paper = Image.new("RGBA", opaque.size, "white")
    return Image.alpha_composite(paper, opaque).convert("RGB")


def _picture_pages(picture: Image.Image) -> int:
    return getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1


def _describe_office(content: bytes) -> Preview:
    """Return the words of a document of Word, or of the sheet of a workbook that shows first."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = set(package.namelist())
        if "word/document.xml" in names:
            return _cut(map(_shown_block, read_docx(content)), ONLY_WORDS)
        if "xl/workbook.xml" in names:
            table = read_sheet(content)
            return _cut([_sheet_rows(table.lines)], " ".join(table.notes))
    except BadInput as error:
        return Preview(fault=error.why)
    except (
        zipfile.BadZipFile,
        NotImplementedError,
    ):  # damaged, or packed in a way that zipfile does not know
        return Preview(fault=DAMAGED)
    return Preview(fault=UNKNOWN)


def _shown_block(block: Block) -> str | Rows:
    """Return a paragraph with the number that Word prints before it, or a table."""
    return block.rows if isinstance(block, Table) else f"{block.number or ''} {block.text}".strip()


def _sheet_rows(lines: Sequence[Line]) -> Rows:
    """Return the lines of a sheet as rows of equal length, as far as there is something in them."""
    width = 1 + max((max(line.cells, default=0) for line in lines), default=0)
    return tuple(
        tuple(line.cells[column].text if column in line.cells else "" for column in range(width))
        for line in lines
    )


def _describe_text(content: bytes) -> Preview:
    """Return the lines of plain text in UTF-8, or in UTF-16 if its first bytes say so."""
    coding = "utf-16" if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        text = content.decode(coding)
    except UnicodeDecodeError:
        return Preview(fault=UNKNOWN)
    if any(unicodedata.category(sign) == "Cc" and sign not in "\t\n\r\f" for sign in text[:MOST_CHARACTERS]):
        return Preview(fault=UNKNOWN)
    return _cut(text.splitlines())


def _cut(blocks: Iterable[str | Rows], left_out: str = "") -> Preview:
    """Return as many of the blocks as a page can bear, and say so if that is not all."""
    kept: list[str | Rows] = []
    characters = cells = 0
    for block in blocks:
        if isinstance(block, str):
            characters += len(block) + 1
        else:
            room = max(0, MOST_CELLS - cells) // max(1, len(block[0]) if block else 1)
            cells += sum(map(len, block))
            block = block[:room]
        kept.append(block[:MOST_CHARACTERS] if isinstance(block, str) else block)
        if characters > MOST_CHARACTERS or cells > MOST_CELLS:
            return Preview(blocks=tuple(kept), left_out=f"{TOO_LONG} {left_out}".strip())
    return Preview(blocks=tuple(kept), left_out=left_out)
