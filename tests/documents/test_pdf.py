"""The produced PDF, measured: each row of the form of Nghị định 30/2020/NĐ-CP, Phụ lục I."""

from dataclasses import dataclass
from typing import Literal

import msgspec
import pytest
from support.documents import ACROSS, LETTER, REPORT, TASKS
from support.pdf_pages import Letter, Pages

from cchc_flow.documents import equipment, pdf
from cchc_flow.documents.blocks import Heading, Listing, Paragraph, Row, Table
from cchc_flow.documents.pages import draw_page
from cchc_flow.documents.pdf import make_pdf
from cchc_flow.errors import BadInput

BOLD, ITALIC, PLAIN = "Bold", "Italic", ""
SINGLE = 1.149
"""The height of a line set single, of the size of its letters: so the face says."""


def last_page(pages: Pages) -> int:
    """Return the number of the page with the signature."""
    return next(number for number in range(len(pages)) if "Nơi nhận" in pages.text(number))


@dataclass
class Style:
    """Words of the document, and how the decree wants them: sizes in points, face, on which page."""

    words: str
    sizes: tuple[float, ...]
    face: str
    page: Literal["first", "last", "appendix"] = "first"


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
    Style("TM. ỦY BAN NHÂN DÂN", (13, 14), BOLD, "last"),
    Style("PHÓ CHỦ TỊCH", (13, 14), BOLD, "last"),
    Style("Y Thắng Niê", (13, 14), BOLD, "last"),
    Style("Nơi nhận:", (12,), "BoldItalic", "last"),
    Style("- Lưu: VT, VHXH.", (11,), PLAIN, "last"),
    Style("Phụ lục I", (14,), BOLD, "appendix"),
    Style("DANH MỤC CHỈ TIÊU", (13, 14), BOLD, "appendix"),
    Style("(Kèm theo Báo cáo số 05/BC-UBND ngày 05 tháng 3 năm 2026", (13, 14), ITALIC, "appendix"),
    Style("Danh sách nhiệm vụ", (13,), BOLD, "appendix"),
    Style("Rà soát văn bản đợt 1", (12,), PLAIN, "appendix"),
    Style("1.250,5", (12,), PLAIN, "appendix"),
]


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.words[:20])
def test_each_element_has_the_size_and_the_face_of_the_decree(pages: Pages, style: Style) -> None:
    number = {"first": 0, "last": last_page(pages), "appendix": last_page(pages) + 1}[style.page]
    letters = pages.words(number, style.words)
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


def test_the_rule_below_the_motto_is_as_long_as_it_and_those_below_issuer_and_subject_half_as_long(
    pages: Pages,
) -> None:
    for words, least, most in (
        ("Độc lập - Tự do - Hạnh phúc", 0.97, 1.03),
        ("ỦY BAN NHÂN DÂN XÃ MẪU", 1 / 3, 1 / 2),
        ("Kết quả cải cách hành chính quý I năm 2026", 1 / 3, 1 / 2),
    ):
        letters = pages.words(0, words)
        middle, width = (letters[0].left + letters[-1].right) / 2, letters[-1].right - letters[0].left
        rule = next(
            rule
            for rule in pages.rules(0)
            if 0 < rule.top - letters[0].base < 4 and rule.left < middle < rule.right
        )
        assert least <= (rule.right - rule.left) / width <= most
        assert (rule.left + rule.right) / 2 == pytest.approx(middle, abs=1)


def test_the_name_of_a_commune_is_not_torn_apart_at_the_end_of_a_line() -> None:
    for name in ("xã Krông Bình", "xã Mẫu"):
        document = msgspec.structs.replace(ACROSS, issuer=f"Ủy ban nhân dân {name}", across=False)
        found = Pages(make_pdf(draw_page(document))).lines(0)[:3]
        lines = ["".join(letter.sign for letter in line) for line in found]
        assert any("".join(name.upper().split()) in line for line in lines)


def test_the_last_row_of_a_table_is_never_alone_on_a_page() -> None:
    for count in (19, 20, 21, 22):
        table = Table(TASKS.columns, (*TASKS.rows[:count], Row((None, "Tổng cộng", 5, None))))
        document = msgspec.structs.replace(ACROSS, blocks=(table, Paragraph(("Hết.",))))
        pages = Pages(make_pdf(draw_page(document)))
        page = next(n for n in range(len(pages)) if "Tổng cộng" in pages.text(n))
        assert "Rà soát văn bản đợt" in pages.text(page)


def test_the_text_is_justified_its_first_lines_stand_in_and_its_lines_lie_as_the_decree_says(
    pages: Pages,
) -> None:
    words = pages.words(0, "Đã hoàn thành")
    lines = [line for line in pages.lines(0) if line[0].base >= words[0].base - 0.1][:6]
    before = [line for line in pages.lines(0) if line[0].base < words[0].base - 0.1][-1]
    assert lines[0][0].left - 30 == pytest.approx(12.7, abs=0.5)
    assert all(line[0].left == pytest.approx(30, abs=0.6) for line in lines[1:])
    assert all(line[-1].right == pytest.approx(195, abs=0.6) for line in lines)
    spacing = (lines[1][0].base - lines[0][0].base) * 72 / 25.4
    assert 14 * SINGLE - 0.1 <= spacing <= 14 * SINGLE * 1.5
    assert (lines[0][0].base - before[0].base) * 72 / 25.4 >= spacing + 6 - 0.1


LETTER_STYLES = [
    Style("Số: /UBND-VHXH", (13,), PLAIN),
    Style("V/v đôn đốc thực hiện nhiệm vụ", (12, 13), PLAIN),
    Style("Kính gửi:", (13, 14), PLAIN),
    Style("- Phòng Kinh tế;", (13, 14), PLAIN),
    Style("- Công an xã.", (13, 14), PLAIN),
    Style("a) Khẩn trương thực hiện.", (13, 14), PLAIN),
]


def test_a_letter_has_its_subject_below_its_number_and_names_each_addressee_in_a_line() -> None:
    pages = Pages(make_pdf(draw_page(LETTER)))
    for style in LETTER_STYLES:
        letters = [letter for n in range(len(pages)) for letter in pages.find(n, style.words)]
        assert {letter.size for letter in letters} <= set(style.sizes) and letters, style
        assert {letter.face.partition("+")[2] for letter in letters} == {"Liberation-Serif"}
    number, subject, first, second = (
        pages.words(0, words)[0] for words in ("Số:", "V/v", "- Phòng", "- Trung tâm")
    )
    assert number.base < subject.base and subject.left < first.left
    assert first.left == pytest.approx(second.left, abs=0.5) and first.base < second.base


def test_everything_is_printed_in_black(pages: Pages) -> None:
    assert {letter.colour for number in range(len(pages)) for letter in pages.letters(number)} == {(0, 0, 0)}


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


def test_no_line_and_no_signature_is_alone_on_a_page() -> None:
    text = Paragraph(("Một đoạn văn bản có độ dài vừa phải, lặp lại nhiều lần. " * 5,))
    last = Paragraph(("Đoạn cuối cùng.",))
    for number in range(1, 14):
        document = msgspec.structs.replace(
            REPORT, blocks=(*[text] * number, last), appendices=(), bases=(), seal=None
        )
        pages = Pages(make_pdf(draw_page(document)))
        assert "Đoạn cuối cùng" in pages.text(last_page(pages))
        for page in range(1, len(pages)):
            first, second = pages.lines(page)[1:3]
            begins = [line[0].left > 40 for line in (first, second)]
            assert begins[0] or not begins[1], "one line of a paragraph is alone at the top"
        for page in range(len(pages) - 1):
            assert pages.lines(page)[-1][0].left < 40, "one line of a paragraph is alone at the foot"


def test_a_heading_is_never_the_last_line_of_a_page() -> None:
    blocks = [
        block
        for number in range(1, 80)
        for block in (Heading(2, f"{number}.", "Tiêu đề"), Paragraph(("Nội dung.",)))
    ]
    document = msgspec.structs.replace(REPORT, blocks=tuple(blocks), appendices=(), seal=None)
    pages = Pages(make_pdf(draw_page(document)))
    ends = ["".join(letter.sign for letter in pages.lines(page)[-1]) for page in range(len(pages) - 1)]
    assert len(ends) > 2 and set(ends) == {"Nộidung."}


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
