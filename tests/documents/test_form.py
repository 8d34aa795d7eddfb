"""The words of Nghị định 30/2020/NĐ-CP, Phụ lục I."""

from datetime import date
from itertools import islice

import pytest

from cchc_flow.documents import form


@pytest.mark.parametrize(
    ("number", "words"),
    [(5, "Số: 05/BC-UBND"), (12, "Số: 12/BC-UBND"), (1204, "Số: 1204/BC-UBND")],
)
def test_a_number_below_ten_has_a_leading_zero(number: int, words: str) -> None:
    assert form.number_words(number, "BC-UBND") == words


def test_a_number_that_is_not_given_leaves_room_for_the_clerk() -> None:
    assert form.number_words(None, "BC-UBND") == f"Số: {form.BLANK}/BC-UBND"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 1, 9), "Mẫu, ngày 09 tháng 01 năm 2026"),
        (date(2026, 2, 10), "Mẫu, ngày 10 tháng 02 năm 2026"),
        (date(2026, 3, 5), "Mẫu, ngày 05 tháng 3 năm 2026"),
        (date(2026, 12, 31), "Mẫu, ngày 31 tháng 12 năm 2026"),
    ],
)
def test_days_below_ten_and_the_months_one_and_two_have_a_leading_zero(day: date, words: str) -> None:
    assert form.place_and_day("Mẫu", day) == words


def test_the_points_of_a_list_follow_the_vietnamese_alphabet() -> None:
    assert list(islice(form.letter_marks(), 8)) == ["a)", "b)", "c)", "d)", "đ)", "e)", "g)", "h)"]
    assert list(islice(form.letter_marks(), len(form.LETTERS), len(form.LETTERS) + 2)) == ["aa)", "ab)"]


def test_legal_bases_and_recipients_end_as_the_decree_says_however_they_were_typed() -> None:
    assert form.basis_lines(("Luật A;", "Luật B.", "Luật C")) == ["Luật A;", "Luật B;", "Luật C."]
    assert form.recipient_lines(("- Như trên;", "Lưu: VT")) == ["- Như trên;", "- Lưu: VT."]


def test_words_are_composed_and_lose_what_is_no_text() -> None:
    assert form.clean_words("Đắk Lắk\x00\x07\ufffe") == "Đắk Lắk"


@pytest.mark.parametrize(
    ("issuer", "parts"),
    [
        ("Ủy ban nhân dân xã Krông Bình", ("Ủy ban nhân dân", "xã Krông Bình")),
        ("ỦY BAN NHÂN DÂN XÃ KRÔNG BÌNH", ("ỦY BAN NHÂN DÂN", "XÃ KRÔNG BÌNH")),
        ("Hội đồng nhân dân xã Mẫu", ("", "Hội đồng nhân dân xã Mẫu")),
    ],
)
def test_the_name_of_a_commune_is_a_part_of_its_own(issuer: str, parts: tuple[str, str]) -> None:
    assert form.issuer_parts(issuer) == parts
