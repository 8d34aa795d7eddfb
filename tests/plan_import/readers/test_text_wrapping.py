"""A text broken at any width reads as the unbroken one; what only looks like a mark stays in its sentence."""

import textwrap
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from support.plans import read_plan_bytes

from cchc_flow.plan_import.document import Paragraph
from cchc_flow.plan_import.readers.docx import read_docx
from cchc_flow.plan_import.readers.txt import read_txt

SAMPLE = Path(__file__).parents[3] / "cchc_flow" / "samples" / "ke-hoach-mau-2026.docx"
PLAN = [block.text for block in read_docx(SAMPLE.read_bytes()) if isinstance(block, Paragraph)]
WIDTHS = [50, 66, 72, 80, 100]


def texts(text: str) -> list[str]:
    return [block.text for block in read_txt(text.encode()) if isinstance(block, Paragraph)]


def breaks(width: int, **options: object) -> Callable[[str], str]:
    return lambda paragraph: textwrap.fill(paragraph, width, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_plan_broken_at_a_width_has_the_paragraphs_of_the_unbroken_one(width: int, between: str) -> None:
    assert texts(between.join(map(breaks(width), PLAN))) == texts("\n\n".join(PLAN))


@pytest.mark.parametrize(
    "options", [{"subsequent_indent": "   "}, {"initial_indent": "     "}, {"break_on_hyphens": False}]
)
def test_indented_and_hanging_paragraphs_are_whole(options: dict[str, object]) -> None:
    assert texts("\n".join(map(breaks(78, **options), PLAN))) == texts("\n\n".join(PLAN))


def test_a_text_broken_by_bytes_is_whole() -> None:
    lines = "\n\n".join("\n".join(fold(paragraph, 90)) for paragraph in PLAN)
    assert texts(lines) == texts("\n\n".join(PLAN))


def fold(paragraph: str, most: int) -> list[str]:
    lines = [""]
    for word in paragraph.split():
        longer = f"{lines[-1]} {word}".strip()
        lines = [*lines[:-1], longer] if len(longer.encode()) <= most else [*lines, word]
    return lines


def test_a_text_broken_as_a_printed_page_is_whole() -> None:
    """As Word writes «text with line breaks»: its lines are equally wide, not of equally many letters."""
    narrow, wide = "ijltfrI .,;:()/-", "mwMW"

    def width(text: str) -> float:
        return sum(0.55 if letter in narrow else 1.6 if letter in wide else 1.0 for letter in text)

    def print_lines(paragraph: str) -> str:
        lines = [""]
        for word in paragraph.split():
            longer = f"{lines[-1]} {word}".strip()
            lines = [*lines[:-1], longer] if width(longer) <= 72 else [*lines, word]
        return "\n".join(lines)

    assert texts("\n\n".join(map(print_lines, PLAN))) == texts("\n\n".join(PLAN))


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("width", [66, 80, 10_000])
def test_the_same_plan_in_any_form_gives_the_same_proposal(form: str, end: str, width: int) -> None:
    written = unicodedata.normalize(form, "\n\n".join(map(breaks(width), PLAN))).replace("\n", end)
    assert read_plan_bytes("a.txt", written.encode()) == read_plan_bytes("a.txt", "\n\n".join(PLAN).encode())


def test_spaces_that_do_not_break_give_the_same_proposal() -> None:
    plain = "\n\n".join(PLAN)
    hard = plain.replace(" ", "\u00a0")
    marked = "\ufeff" + plain.replace("; ", ";\u2009").replace(", ", ",\u202f")
    whole = read_plan_bytes("a.txt", plain.encode())
    assert read_plan_bytes("a.txt", hard.encode()) == whole
    assert read_plan_bytes("a.txt", marked.encode("utf-16")) == whole


CASE = """KẾ HOẠCH
Cải cách hành chính xã Tân Lập năm 2026

I. NHIỆM VỤ
1. Cải cách thể chế
- Soát lại các văn bản mà tỉnh đã nêu trong chỉ thị, trước hết là văn bản số
27/CT-UBND về kỷ luật làm việc; gửi kết quả về Phòng Tư pháp xã trước ngày
15/4/2026.
- Viết lại quy chế của trụ sở làm việc theo các nội dung đã nêu tại điểm 5
phần I.
- Đăng danh mục văn bản hết hiệu lực lên trang điện tử của xã, giai đoạn 2026
- 2030 và những năm sau.
2. Chuyển đổi số
- Nâng cấp trang điện tử của xã.
"""


def test_what_looks_like_a_mark_inside_a_sentence_is_none() -> None:
    items = texts(CASE)[4:]
    assert [item.split(maxsplit=1)[0] for item in items] == ["-", "-", "-", "2.", "-"]
    assert items[0].endswith("trước ngày 15/4/2026.")
    assert items[1].endswith("điểm 5 phần I.")
    assert items[2].endswith("giai đoạn 2026 - 2030 và những năm sau.")


def test_lines_that_are_not_broken_at_a_width_stay_as_they_are() -> None:
    lines = [
        "1.1. Ban hành danh mục",
        "Đơn vị chủ trì: Văn phòng HĐND và UBND",
        "Thời gian: Quý I/2026",
        "1.2. Mở lớp",
    ]
    assert texts("\n".join(lines)) == lines


def test_short_paragraphs_of_about_one_length_stay_apart() -> None:
    lines = [
        "Soát lại các quy chế đã ban hành trước sắp xếp.",
        "Mở hai buổi góp ý dự thảo quy chế tại các thôn.",
    ] * 3
    assert texts("\n".join(lines)) == lines


def test_one_broken_sentence_is_enough_to_know_the_width() -> None:
    lines = ["- Soát lại các quy chế của xã theo nội dung đã nêu tại", "27/CT-UBND.", "- Công khai quy chế."]
    assert texts("\n".join(lines)) == [f"{lines[0]} 27/CT-UBND.", lines[2]]


def test_a_word_broken_at_its_hyphen_is_whole() -> None:
    paragraph = "- Làm" + " theo Nghị định số 118/2025/NĐ-CP và Công văn số 12/UBND-VHXH của tỉnh," * 4
    for width in range(40, 70):
        assert texts(textwrap.fill(paragraph, width)) == [paragraph]


WORDS = st.sampled_from(
    ["xã", "người", "công", "12/KH-UBND", "nghiêng", "2026", "Phòng", "(CCHC),", "5%", "15/4/2026", "II"]
)
ITEMS = st.lists(WORDS, min_size=12, max_size=60).map(lambda words: f"- Việc {' '.join(words)} xong.")


@settings(max_examples=40, derandomize=True, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(st.lists(ITEMS, min_size=8, max_size=20), st.integers(45, 110))
def test_items_of_any_words_broken_at_any_width_are_whole(items: list[str], width: int) -> None:
    assert texts("\n".join(textwrap.fill(item, width) for item in items)) == items


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="aăđ AB12.,;:-/()\n\t\r|", max_size=50), max_size=20))
def test_no_letter_of_any_text_is_lost(parts: list[str]) -> None:
    written = "\n".join(parts)
    cells = [
        piece
        for block in read_txt(written.encode())
        for piece in (
            [block.text] if isinstance(block, Paragraph) else [c for row in block.rows for c in row]
        )
    ]
    assert sorted(filter(str.isalpha, "".join(cells))) == sorted(filter(str.isalpha, written))
