"""What readers find in the produced PDF: words in their order, tags, outline, faces, PDF/A-3."""

import io
import re
import subprocess
import unicodedata
from collections.abc import Callable

import pypdf
import pypdfium2
import pytest
from support.documents import REPORT
from support.pdf_pages import Pages

from cchc_flow.documents.pages import draw_page
from cchc_flow.documents.pdf import make_pdf

IN_ORDER = (
    "Số: 05",
    "BÁO CÁO",
    "Kính gửi",
    "I. CHỈ ĐẠO",
    "1. Cải cách",
    "a) Chữ a",
    "đ) Chữ đ",
    "- Gạch thứ hai",
    "Danh sách nhiệm vụ",
    "Đoạn cuối cùng",
    "Nơi nhận",
    "Phụ lục I",
)


def read_with_pdfium(content: bytes) -> str:
    pages = Pages(content)
    return "\n".join(pages.text(number) for number in range(len(pages)))


def read_with_pypdf(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def read_with_poppler(content: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True)
    return done.stdout.decode()


@pytest.mark.parametrize("read", [read_with_pdfium, read_with_pypdf, read_with_poppler])
def test_the_text_reads_composed_and_in_its_order_marks_included(
    content: bytes, read: Callable[[bytes], str]
) -> None:
    text = " ".join(read(content).split())
    assert unicodedata.is_normalized("NFC", text)
    places = [text.index(words) for words in IN_ORDER]
    assert places == sorted(places)


def test_the_file_is_tagged_pdf_a_3a_with_its_language_and_title(content: bytes) -> None:
    reader = pypdf.PdfReader(io.BytesIO(content))
    root, about = reader.root_object, reader.xmp_metadata
    assert root["/MarkInfo"]["/Marked"] and root["/StructTreeRoot"] and root["/Lang"] == "vi"
    assert about and (about.pdfaid_part, about.pdfaid_conformance) == ("3", "A")
    assert reader.metadata and reader.metadata.title == REPORT.title == about.dc_title["x-default"]
    assert reader.metadata.author == REPORT.issuer
    assert len(reader.trailer["/ID"]) == 2 and not reader.is_encrypted


def test_its_colours_mean_the_same_everywhere_by_a_profile_that_it_carries(content: bytes) -> None:
    intents = [one.get_object() for one in pypdf.PdfReader(io.BytesIO(content)).root_object["/OutputIntents"]]
    assert [intent["/S"] for intent in intents] == ["/GTS_PDFA1"]
    profile = intents[0]["/DestOutputProfile"].get_object()
    assert profile["/N"] == 3 and profile.get_data()[36:40] == b"acsp"


def test_no_heading_stands_inside_another_in_the_structure(content: bytes) -> None:
    done = subprocess.run(["pdfinfo", "-struct", "-"], input=content, capture_output=True, check=True)
    depths = [
        (len(line) - len(line.lstrip()), line.split()[0])
        for line in done.stdout.decode().splitlines()
        if line
    ]
    open_headings: list[int] = []
    for depth, kind in depths:
        open_headings = [one for one in open_headings if one < depth]
        if kind in {"H1", "H2", "H3", "H4"}:
            assert not open_headings
            open_headings.append(depth)
    assert any(kind == "H1" for _, kind in depths)


def test_debian_reads_the_file_as_tagged_a4_with_every_face_embedded(content: bytes) -> None:
    read = {}
    for program in ("pdfinfo", "pdffonts"):
        done = subprocess.run([program, "-"], input=content, capture_output=True, check=True)
        assert not done.stderr
        read[program] = done.stdout.decode()
    assert "(A4)" in read["pdfinfo"]
    for words in (r"Tagged: +yes", r"Suspects: +no", r"JavaScript: +no", r"Encrypted: +no"):
        assert re.search(words, read["pdfinfo"])
    faces = [line.split() for line in read["pdffonts"].splitlines()[2:]]
    assert {face[0].partition("+Liberation-Serif")[2] for face in faces} == {
        "", "-Bold", "-Italic", "-Bold-Italic",
    }  # fmt: skip
    assert all(face[4:7] == ["yes", "yes", "yes"] for face in faces), "embedded, a part, with its letters"


def test_the_outline_names_the_parts_and_the_appendices(content: bytes) -> None:
    outline = [bookmark.get_title() for bookmark in pypdfium2.PdfDocument(content).get_toc()]
    assert outline[:3] == [REPORT.title, "I. Chỉ đạo, điều hành", "1. Cải cách thể chế"]
    assert outline[-1] == "Phụ lục II. Bảng nằm ngang"


def test_the_same_document_gives_the_same_bytes(content: bytes) -> None:
    assert make_pdf(draw_page(REPORT)) == content
