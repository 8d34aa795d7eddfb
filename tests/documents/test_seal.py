"""The code at the foot of the last page, read from the drawn page and from the picture in the .docx."""

import io
import zipfile

import msgspec
import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from support.documents import ACROSS, REPORT

from cchc_flow.documents.blocks import Document, Seal
from cchc_flow.documents.docx import write_docx
from cchc_flow.documents.pages import draw_page
from cchc_flow.documents.pdf import make_pdf

DOTS = 150
"""How many dots an inch a scanner sees that is no good one."""
CHECKPOINT = "cchc-flow/xa-krong-binh/019ad0c2\n1234567\nq3Zt0hQ1mRrZ0xkX8E2mJm8Yb8cF9d3C2v1sY7uW5A4="
SEALED = [REPORT, msgspec.structs.replace(ACROSS, seal=Seal("Dấu niêm phong", CHECKPOINT))]


def read_codes(picture: Image.Image) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(picture)]


@pytest.mark.parametrize("document", SEALED, ids=["an address", "a checkpoint"])
def test_the_code_is_read_from_the_last_page_and_from_no_other(document: Document) -> None:
    assert document.seal
    pages = pypdfium2.PdfDocument(make_pdf(draw_page(document)))
    codes = [read_codes(page.render(scale=DOTS / 72).to_pil()) for page in pages]
    assert codes == [*[[]] * (len(pages) - 1), [document.seal.code]]


@pytest.mark.parametrize("document", SEALED, ids=["an address", "a checkpoint"])
def test_the_docx_has_the_same_code_as_a_picture_that_says_what_it_holds(document: Document) -> None:
    assert document.seal
    with zipfile.ZipFile(io.BytesIO(write_docx(document))) as package:
        names = [name for name in package.namelist() if name.startswith("word/media/")]
        picture = Image.open(io.BytesIO(package.read(names[0])))
        words = package.read("word/document.xml").decode()
    white = Image.new("L", (picture.width + 80, picture.height + 80), 255)
    white.paste(picture, (40, 40))
    assert len(names) == 1 and read_codes(white) == [document.seal.code]
    assert 'descr="' + document.seal.code.partition("\n")[0] in words
