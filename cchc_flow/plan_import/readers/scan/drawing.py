"""The process that draws the pages of a PDF as pictures into a folder, and may do nothing else."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pypdfium2
from PIL import Image, PngImagePlugin

from cchc_flow.plan_import.readers.pdf.page import Rule
from cchc_flow.plan_import.readers.scan.drawings import LIST, Drawings, DrawnPage
from cchc_flow.sandbox import DRAWING_SCANS, give_up_rights

MOST_PAGES = 40
DOTS_PER_INCH = 200
MOST_PIXELS = 12_000_000
"""Of one page: A4 has four million at this resolution; a larger one is drawn more coarsely."""
DARK = 140
IS_DARK = bytes(1 if value < DARK else 0 for value in range(256))
SHORTEST = 22.0
"""In points: a row of dark pixels as long as this is a rule, and no stroke of a letter."""
MOST_RULES = 20_000


def main(folder: str) -> None:
    """Write the pictures and their list into the folder, and Drawings to standard output."""
    pypdfium2.PdfDocument.new().close()
    PngImagePlugin.PngImageFile  # noqa: B018  # a writer that is loaded before no file can be opened
    Image.init()
    give_up_rights(DRAWING_SCANS, writable=Path(folder))
    sys.stdout.buffer.write(msgspec.json.encode(draw_document(sys.stdin.buffer.read(), Path(folder))))


def draw_document(content: bytes, folder: Path) -> Drawings:
    """Draw each page of a PDF into a folder; none if it has too many."""
    document = pypdfium2.PdfDocument(content)
    if len(document) > MOST_PAGES:
        return Drawings(why=f"Bản quét có {len(document)} trang; chỉ đọc được tối đa {MOST_PAGES} trang.")
    pages, names = [], []
    for index in range(len(document)):
        page, picture = draw_page(document[index])
        path = folder / f"{index + 1:03}.png"
        picture.save(path, compress_level=1, dpi=(72 * page.scale, 72 * page.scale))
        pages.append(page)
        names.append(str(path))
    (folder / LIST).write_text("\n".join(names) + "\n", "utf-8")
    return Drawings(tuple(pages))


def draw_page(page: pypdfium2.PdfPage) -> tuple[DrawnPage, Image.Image]:
    """Return a page with the rules seen on it, and its picture in shades of grey.

    The rules stay in the picture: without them Tesseract reads across the cells of a table.
    """
    width, height = page.get_size()
    scale = min(DOTS_PER_INCH / 72, (MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
    picture = page.render(scale=scale, grayscale=True).to_pil().convert("L")
    turned = picture.transpose(Image.Transpose.TRANSPOSE)
    across = [
        Rule(height - at / scale, start / scale, end / scale) for at, start, end in long_runs(picture, scale)
    ]
    upright = [
        Rule(at / scale, height - end / scale, height - start / scale)
        for at, start, end in long_runs(turned, scale)
    ]
    return DrawnPage(width, height, scale, across, upright), picture


def long_runs(picture: Image.Image, scale: float) -> list[tuple[int, int, int]]:
    """Return the rows of dark pixels that are long enough for a rule: their line, start and end.

    None of a picture with so many that they are no rules but dark places.
    """
    runs: list[tuple[int, int, int]] = []
    for run in find_runs(picture, round(SHORTEST * scale)):
        runs.append(run)
        if len(runs) > MOST_RULES:
            return []
    return runs


def find_runs(picture: Image.Image, least: int) -> Iterator[tuple[int, int, int]]:
    """Yield the rows of at least so many dark pixels, line by line."""
    width, height = picture.size
    dark = picture.tobytes().translate(IS_DARK)
    run = re.compile(rb"\x01{%d,}" % least)
    for line in range(height):
        for match in run.finditer(dark, line * width, (line + 1) * width):
            yield line, match.start() - line * width, match.end() - line * width


if __name__ == "__main__":
    main(*sys.argv[1:])
