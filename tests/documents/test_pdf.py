"""The produced PDF, measured: each row of the form of Nghị định 30/2020/NĐ-CP, Phụ lục I."""

import io
import subprocess
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

import msgspec
import pypdf
import pypdfium2
import pytest
from support.documents import REPORT, TASKS
from support.pdf_pages import Letter, Pages

from cchc_flow.documents import equipment, pdf
from cchc_flow.documents.blocks import Listing, Paragraph, Row
from cchc_flow.documents.pages import draw_page
from cchc_flow.documents.pdf import make_pdf
from cchc_flow.errors import BadInput

BOLD, ITALIC, PLAIN = "Bold", "Italic", ""


@pytest.fixture(scope="module")
def content() -> bytes:
    return make_pdf(draw_page(REPORT))


@pytest.fixture(scope="module")
def pages(content: bytes) -> Pages:
    return Pages(content)


def last_page(pages: Pages) -> int:
    """Return the number of the page with the signature."""
    return next(number for number in range(len(pages)) if "Nơi nhận" in pages.text(number))


@dataclass
class Style:
    """Words of the document, and how the decree wants them: sizes in points, face, on which page."""

    words: str
    sizes: tuple[float, ...]
    face: str
    at_the_end: bool = False


STYLES = [
    Style("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", (12, 13), BOLD),
    Style("Độc lập - Tự do - Hạnh phúc", (13, 14), BOLD),
    Style("ỦY BAN NHÂN DÂN TỈNH MẪU", (12, 13), PLAIN),
    Style("ỦY BAN NHÂN DÂN XÃ MẪU", (12, 13), BOLD),
    Style("Số: 05/BC-UBND", (13,), PLAIN),
    Style("Mẫu, ngày 05 tháng 3 năm 2026", (13, 14), ITALIC),
    Style("BÁO CÁO", (13, 14), BOLD),
    Style("Kết quả cải cách hành chính quý I năm 2026", (13, 14), BOLD),
    Style("Kính gửi: Sở Nội vụ tỉnh Mẫu", (13, 14), PLAIN),
    Style("Kế hoạch số 12/KH-UBND ngày 05/01/2026.", (13, 14), ITALIC),
    Style("Đã hoàn thành", (13, 14), PLAIN),
    Style("đúng hạn", (13, 14), BOLD),
    Style("I. CHỈ ĐẠO, ĐIỀU HÀNH", (13, 14), BOLD),
    Style("1. Cải cách thể chế", (13, 14), BOLD),
    Style("a) Ban hành văn bản", (13, 14), PLAIN),
    Style("TM. ỦY BAN NHÂN DÂN", (13, 14), BOLD, True),
    Style("PHÓ CHỦ TỊCH", (13, 14), BOLD, True),
    Style("Y Thắng Niê", (13, 14), BOLD, True),
    Style("Nơi nhận:", (12,), "BoldItalic", True),
    Style("- Lưu: VT, VHXH.", (11,), PLAIN, True),
]


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.words[:20])
def test_each_element_has_the_size_and_the_face_of_the_decree(pages: Pages, style: Style) -> None:
    letters = pages.words(last_page(pages) if style.at_the_end else 0, style.words)
    assert {letter.size for letter in letters} <= set(style.sizes)
    assert {letter.face.partition("+")[2] for letter in letters} == {
        f"Liberation-Serif-{style.face}".removesuffix("-").replace("BoldItalic", "Bold-Italic")
    }


def test_the_page_is_a4_upright_with_the_margins_of_the_decree(pages: Pages) -> None:
    assert pages.size(0) == (210, 297)
    for number in range(last_page(pages)):
        text = [letter for letter in pages.letters(number) if letter.top > 19]
        assert 30 <= min(letter.left for letter in text) <= 35.5
        assert 210 - max(letter.right for letter in text) >= 15
        assert min(letter.top for letter in text) >= 20
        assert 297 - max(letter.bottom for letter in text) >= 19.5


def in_top_margin(pages: Pages, number: int) -> list[Letter]:
    return [letter for letter in pages.letters(number) if letter.bottom < 20]


def test_the_page_number_stands_centred_in_the_top_margin_and_not_on_page_1(pages: Pages) -> None:
    assert in_top_margin(pages, 0) == []
    for number in range(1, last_page(pages) + 1):
        letters = in_top_margin(pages, number)
        assert "".join(letter.sign for letter in letters) == str(number + 1)
        assert {letter.size for letter in letters} <= {13, 14}
        centre = (letters[0].left + letters[-1].right) / 2
        assert centre == pytest.approx((30 + 195) / 2, abs=1)


def test_each_appendix_is_numbered_by_itself_and_one_lies_across(pages: Pages) -> None:
    first = last_page(pages) + 1
    assert pages.text(first).startswith("Phụ lục I\nDANH MỤC CHỈ TIÊU\n(Kèm theo Báo cáo số 05/BC-UBND")
    assert in_top_margin(pages, first) == []
    assert "".join(letter.sign for letter in in_top_margin(pages, first + 1)) == "2"
    assert pages.text(len(pages) - 1).startswith("Phụ lục II\nBẢNG NẰM NGANG")
    assert pages.size(len(pages) - 1) == (297, 210)
    assert in_top_margin(pages, len(pages) - 1) == []


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


def test_a_table_repeats_its_head_on_each_page_and_cells_are_written_as_in_vietnamese(pages: Pages) -> None:
    with_rows = [n for n in range(last_page(pages)) if "Rà soát văn bản đợt" in pages.text(n)]
    assert len(with_rows) > 1
    assert all("TT Công việc Số lượng Hạn" in pages.text(number) for number in with_rows)
    assert "1 Rà soát văn bản đợt 1 1.250,5 05/06/2026" in pages.text(with_rows[0])


def test_the_heading_of_a_group_of_rows_is_never_the_last_line_of_a_page() -> None:
    groups = [Row((f"Lĩnh vực {n}",), heading=True) for n in range(1, 60)]
    rows = [row for group in groups for row in (group, Row((1, "Việc", None, None)))]
    table = msgspec.structs.replace(TASKS, rows=tuple(rows), title="")
    pages = Pages(make_pdf(draw_page(msgspec.structs.replace(REPORT, blocks=(table,), appendices=()))))
    ends = [pages.text(number).removesuffix(f"\n{number + 1}") for number in range(last_page(pages))]
    assert len(ends) > 1
    assert all(end.rstrip().endswith("1 Việc") for end in ends)


def test_the_signature_is_never_alone_on_a_page() -> None:
    text = Paragraph(("Một đoạn văn bản có độ dài vừa phải, lặp lại nhiều lần. " * 5,))
    last = Paragraph(("Đoạn cuối cùng.",))
    bodies = [(*[text] * number, last) for number in range(1, 14)]
    documents = [msgspec.structs.replace(REPORT, blocks=body, appendices=(), bases=()) for body in bodies]
    for document in documents:
        pages = Pages(make_pdf(draw_page(document)))
        assert "Đoạn cuối cùng" in pages.text(last_page(pages))


def test_the_file_is_tagged_pdf_a_3_with_its_language_and_title(content: bytes) -> None:
    reader = pypdf.PdfReader(io.BytesIO(content))
    root = reader.root_object
    assert root["/MarkInfo"]["/Marked"] and root["/StructTreeRoot"] and root["/Lang"] == "vi"
    assert [intent.get_object()["/S"] for intent in root["/OutputIntents"]] == ["/GTS_PDFA1"]
    assert (
        b'pdfaid:part="3"' in root["/Metadata"].get_data()
        or b"<pdfaid:part>3<" in root["/Metadata"].get_data()
    )
    assert reader.metadata and reader.metadata.title == REPORT.title
    assert reader.metadata.author == REPORT.issuer


def test_every_face_is_in_the_file(content: bytes) -> None:
    fonts = [
        font.get_object()
        for page in pypdf.PdfReader(io.BytesIO(content)).pages
        for font in page["/Resources"]["/Font"].values()
    ]
    inner = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
    assert inner and all("/FontFile2" in face or "/FontFile3" in face for face in inner)


def test_the_outline_names_the_parts_and_the_appendices(content: bytes) -> None:
    outline = [bookmark.get_title() for bookmark in pypdfium2.PdfDocument(content).get_toc()]
    assert outline[:3] == [REPORT.title, "I. Chỉ đạo, điều hành", "1. Cải cách thể chế"]
    assert outline[-1] == "Phụ lục II. Bảng nằm ngang"


def test_the_same_document_gives_the_same_bytes(content: bytes) -> None:
    assert make_pdf(draw_page(REPORT)) == content


def test_words_are_never_markup() -> None:
    words = "<b>đậm</b> & <img src='file:///etc/hostname'> {{ 7 * 7 }} =1+1"
    document = msgspec.structs.replace(
        REPORT,
        blocks=(Paragraph((words,)), Listing(((words,),))),
        appendices=(),
        kind="",
        addressees=("A", "B"),
    )
    text = Pages(make_pdf(draw_page(document))).text(0)
    assert " ".join(text.split()).count(words) == 2


def test_a_page_that_asks_for_something_outside_is_refused_in_words() -> None:
    with pytest.raises(BadInput, match="gọi đến tệp hoặc địa chỉ bên ngoài"):
        make_pdf("<img src='file:///etc/hostname'>")


def test_a_document_that_takes_too_long_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "SECONDS", 0.01)
    with pytest.raises(BadInput, match="giây nên đã dừng"):
        make_pdf("<p>Văn bản")


def test_a_missing_face_is_told_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(equipment, "FACES", ("Regular", "Thin"))
    with pytest.raises(BadInput, match=r"Thiếu phông chữ của văn bản \(Thin\)"):
        make_pdf("<p>Văn bản")


def test_a_machine_without_the_library_says_which_packages_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(equipment, "LIBRARY", "libpangoft2-of-no-machine.so.0")
    with pytest.raises(BadInput) as refused:
        make_pdf("<p>Văn bản")
    assert "libpangoft2-1.0-0" in refused.value.now
