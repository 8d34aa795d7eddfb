"""Lines of a PDF become paragraphs: over lines and pages, by gaps, indents and what would have fitted."""

import pytest
from support.pdfs import drawn_pdf, read_pages, texts, written

from cchc_flow.plan_import.document import Paragraph
from cchc_flow.plan_import.readers.pdf.document import read_document
from cchc_flow.plan_import.readers.pdf.wording import begins_anew

LONG = (
    "- Rà soát, đơn giản hóa thủ tục hành chính giai đoạn 2026-2030 theo Nghị định số 30/2020/NĐ-CP của Chính"
    " phủ, bảo đảm hồ sơ được trả đúng hạn, đúng quy trình và không phát sinh chi phí cho người dân trên"
    " địa bàn xã."
)


def test_lines_of_a_paragraph_are_joined_and_its_hyphens_kept() -> None:
    assert texts(read_pages(f"<p class='in'>{LONG}</p><p class='in'>- Đẩy mạnh tuyên truyền.</p>")) == [
        LONG,
        "- Đẩy mạnh tuyên truyền.",
    ]


def test_a_paragraph_goes_on_over_the_end_of_a_page() -> None:
    many = "".join(f"<p class='in'>{number}. {LONG[2:]}</p>" for number in range(1, 25))
    assert texts(read_pages(many)) == [f"{number}. {LONG[2:]}" for number in range(1, 25)]


def test_paragraphs_without_indent_are_told_apart_by_the_gap_between_them() -> None:
    full = "Ủy ban nhân dân xã giao các phòng chuyên môn tổ chức thực hiện Kế hoạch này đúng thời hạn"
    blocks = read_pages(f"<p>{full} được giao.</p><p>{full} được giao.</p>")
    assert texts(blocks) == [f"{full} được giao."] * 2


def test_a_paragraph_says_its_page_and_how_it_is_set() -> None:
    first, second, _, third = read_pages(
        "<p class='mid'><b>KẾ HOẠCH</b></p><p class='in'><i>(Kèm theo Quyết định)</i></p>"
        f"<p>{LONG}</p><p class='page'>Trang sau.</p>"
    )
    assert isinstance(first, Paragraph) and isinstance(second, Paragraph) and isinstance(third, Paragraph)
    assert (first.bold, first.centred, first.page) == (True, True, 1)
    assert (second.italic, second.indent, second.bold) == (True, 36.0, False)
    assert third.page == 2


def test_a_title_in_the_middle_that_is_wrapped_is_one_paragraph() -> None:
    title = (
        "Cải cách hành chính nhà nước năm 2026 của Ủy ban nhân dân xã An Khê Đông và các đơn vị sự nghiệp"
        " trực thuộc trên địa bàn"
    )
    body = f"<p class='mid'><b>KẾ HOẠCH</b></p><p class='mid'><b>{title}</b></p><p>{LONG}</p>"
    assert texts(read_pages(body)) == ["KẾ HOẠCH", title, LONG]


@pytest.mark.parametrize(
    ("font", "text", "read"),
    [
        (".VnTime", "K\xd5 ho\xb9ch c\xb6i c\xb8ch n\xadíc ta", "Kế hoạch cải cách nước ta"),
        ("VNI-Times", "Keá hoaïch caûi caùch", "Kế hoạch cải cách"),
    ],
)
def test_letters_of_an_old_font_become_unicode(font: str, text: str, read: str) -> None:
    assert texts(read_document(drawn_pdf(written(72, 700, text), font=font))) == [read]


def test_a_hyphen_that_the_font_calls_soft_stays_a_hyphen() -> None:
    assert texts(read_document(drawn_pdf(written(72, 700, "30/2020/ND\xadCP")))) == ["30/2020/ND-CP"]


@pytest.mark.parametrize(
    ("before", "text", "begins"),
    [
        ("thực hiện theo Chỉ thị số", "27/CT-TTg của Thủ tướng", False),
        ("nêu tại mục", "2. Phần III", False),
        ("phát triển kinh tế", "- xã hội của xã", False),
        ("giai đoạn 2026", "- 2030 của xã", False),
        ("Căn cứ Công văn số 12/UBND-NC,", "I. Mục đích", True),
        ("hoàn thành trong quý II.", "Phòng Kinh tế", True),
        ("hoàn thành trong quý II. Giao", "Phòng Kinh tế", False),
    ],
)
def test_where_lines_stand_alike_their_words_tell_whether_one_begins_anew(
    before: str, text: str, begins: bool
) -> None:
    assert begins_anew(before, text) == begins
