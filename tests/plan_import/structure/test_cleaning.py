"""Clean text: markup out, broken paragraphs whole, nothing lost."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_flow.plan_import.document import Block, Paragraph
from cchc_flow.plan_import.structure.cleaning import clean_blocks, clean_text
from cchc_flow.plan_import.structure.marks import parse_mark


def lines(*texts: str) -> list[Block]:
    return [Paragraph(text) for text in texts]


def texts(blocks: list[Block]) -> list[str]:
    return [block.text for block in clean_blocks(blocks) if isinstance(block, Paragraph)]


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("chậm nhất **ngày 15 hằng tháng**", "chậm nhất ngày 15 hằng tháng"),
        ("xem (*chi tiết kèm theo*).", "xem (chi tiết kèm theo)."),
        ("gửi *(bản giấy)* trước", "gửi (bản giấy) trước"),
        ("tại <https://vidu.gov.vn/a.html> để", "tại https://vidu.gov.vn/a.html để"),
        ("## I. MỤC TIÊU", "I. MỤC TIÊU"),
        ("hai  dấu\u00a0cách và\u200b dấu ẩn", "hai dấu cách và dấu ẩn"),
        ("5 * 3 = 15", "5 * 3 = 15"),
    ],
)
def test_markup_goes_and_words_stay(written: str, clean: str) -> None:
    assert clean_text(written) == clean


def test_text_in_nfd_becomes_nfc() -> None:
    assert clean_text(unicodedata.normalize("NFD", "Điều hành")) == "Điều hành"


def test_the_end_sign_of_a_document_becomes_a_full_stop() -> None:
    assert texts(lines("Trên đây là kế hoạch./.")) == ["Trên đây là kế hoạch."]


def test_a_paragraph_broken_by_an_empty_line_is_one_and_says_so() -> None:
    (whole,) = clean_blocks(lines("- Tháo gỡ khó khăn về môi trường", "đầu tư của xã."))
    assert isinstance(whole, Paragraph)
    assert (whole.text, whole.joined) == ("- Tháo gỡ khó khăn về môi trường đầu tư của xã.", True)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("- Việc thứ nhất.", "việc chưa viết hoa"),
        ("- Việc thứ nhất", "- việc thứ hai"),
        ("- Việc thứ nhất", "Việc thứ hai"),
        ("gồm các việc:", "rà soát văn bản"),
    ],
)
def test_two_paragraphs_stay_two(first: str, second: str) -> None:
    assert len(texts(lines(first, second))) == 2


def test_a_dash_between_years_is_no_new_item() -> None:
    assert texts(lines("- Kế hoạch giai đoạn 2026", "- 2030 của xã.")) == [
        "- Kế hoạch giai đoạn 2026 - 2030 của xã."
    ]


def test_page_numbers_and_rules_are_left_out() -> None:
    assert texts(lines("KẾ HOẠCH", "-----", "2", "Cải cách")) == ["KẾ HOẠCH", "Cải cách"]


@given(st.lists(st.text(alphabet="aăđêệ ABC012.,;:()-+*_<>/\u0301\u0300", max_size=60), max_size=12))
def test_no_letter_is_lost_in_cleaning(written: list[str]) -> None:
    cleaned = texts([Paragraph(text) for text in written])
    assert letters(cleaned) == letters([unicodedata.normalize("NFC", text) for text in written])
    assert all(unicodedata.is_normalized("NFC", text) for text in cleaned)


def letters(written: list[str]) -> str:
    return re.sub(r"[\W\d_]", "", "".join(written))


@pytest.mark.parametrize("mark", ["I.", "1.", "a)", "đ)", "1.1.", "-", "•", "+", "(1)", "Điều 1."])
def test_a_mark_alone_on_its_line_stands_before_its_text(mark: str) -> None:
    (whole,) = clean_blocks(lines(mark, "Soát các quy chế cũ"))
    assert isinstance(whole, Paragraph)
    assert (whole.text, whole.joined) == (f"{mark} Soát các quy chế cũ", False)


def test_a_mark_without_a_text_of_its_own_takes_no_other_item() -> None:
    assert texts(lines("1.", "- Việc thứ nhất.")) == ["- Việc thứ nhất."]


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("Ðiều hành", "Điều hành"),
        ("Ⅱ. NHIỆM VỤ", "II. NHIỆM VỤ"),
        ("30/2020/NĐ\u2011CP", "30/2020/NĐ-CP"),
        ("１５％：đạt", "15%:đạt"),
        ("\uf02d Việc", "- Việc"),
        ("10 m²", "10 m²"),
    ],
)
def test_signs_that_stand_for_a_letter_become_it(written: str, clean: str) -> None:
    assert clean_text(written) == clean


def test_the_number_of_a_document_is_no_mark() -> None:
    assert parse_mark("27/CT-UBND về kỷ cương") is None
    assert parse_mark("27/ Công khai") is not None
