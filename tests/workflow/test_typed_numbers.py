"""Numbers as people type them: read in the Vietnamese notation, or refused with what to write instead."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_flow.workflow.shares import format_number
from cchc_flow.workflow.typed_numbers import (
    HIGHEST,
    UnfitNumber,
    read_count,
    read_number,
    read_reading,
)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("12", "12"),
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("12,50", "12.5"),
        ("1.250", "1250"),
        ("1 250", "1250"),
        ("1\N{NO-BREAK SPACE}250,5", "1250.5"),
        ("1.250.000,75", "1250000.75"),
        ("1,250.5", "1250.5"),
        ("1,250,000", "1250000"),
        ("0", "0"),
        ("-0", "0"),
        ("007", "7"),
        ("  8 ", "8"),
    ],
)
def test_a_number_is_read_as_it_is_meant(words: str, number: str) -> None:
    assert read_number(words) == number


@pytest.mark.parametrize(
    ("words", "unit", "number"),
    [
        ("12,5 %", "%", "12.5"),
        ("95%", "% hồ sơ", "95"),
        ("40 hồ sơ", "hồ sơ", "40"),
        ("40 Hồ sơ", "hồ sơ", "40"),
        ("5 triệu", "triệu đồng", "5"),
        ("88,12", "điểm", "88.12"),
    ],
)
def test_its_own_unit_may_stand_behind_a_number(words: str, unit: str, number: str) -> None:
    assert read_number(words, unit) == number


@pytest.mark.parametrize(
    ("words", "unit", "says"),
    [
        ("1,250", None, "«1,250» hiểu được hai cách; hãy ghi 1.250 hoặc 1,25"),
        ("1,255", None, "«1,255» hiểu được hai cách; hãy ghi 1.255 hoặc 1,26"),
        ("−3", None, "«−3» nhỏ hơn 0; hãy ghi một số từ 0 trở lên"),
        ("n/a", None, "«n/a» không phải là số; hãy ghi như 12,5 hoặc 1.250"),
        ("12,5 %", None, "«12,5 %» ghi «%», còn ở đây không có đơn vị tính; hãy chỉ ghi số"),
        ("5 tỷ đồng", "đồng", "«5 tỷ đồng» ghi «tỷ đồng», còn ở đây tính bằng «đồng»; hãy chỉ ghi số"),
        ("0,125", None, "«0,125» có quá 2 chữ số thập phân"),
        ("9" * 20, None, f"«{'9' * 20}» lớn quá"),
        ("9" * 500, None, "dài quá 100 ký tự"),
        ("-", None, "«-» không phải là số; hãy ghi như 12,5 hoặc 1.250"),
        ("--3", None, "«--3» không phải là số; hãy ghi như 12,5 hoặc 1.250"),
        ("1e5", None, "«1e5» không phải là số; hãy ghi như 12,5 hoặc 1.250"),
        ("12 5", None, "«12 5» không phải là số; hãy ghi như 12,5 hoặc 1.250"),
        ("1.250.5", None, "«1.250.5» không phải là số; hãy ghi như 12,5 hoặc 1.250"),
        ("(3)", None, "«(3)» không phải là số; hãy ghi như 12,5 hoặc 1.250"),
        ("=1+1", None, "«=1+1» không phải là số; hãy ghi như 12,5 hoặc 1.250"),
        ("\uff112", None, "«\uff112» không phải là số; hãy ghi như 12,5 hoặc 1.250"),
    ],
)  # fmt: skip
def test_what_is_no_number_or_fits_two_is_refused_in_one_sentence(
    words: str, unit: str | None, says: str
) -> None:
    with pytest.raises(UnfitNumber) as refusal:
        read_number(words, unit)
    assert str(refusal.value) == says


def test_a_number_below_zero_is_read_where_the_figure_has_a_sign() -> None:
    assert read_number("−3,5 %", "%", signed=True) == "-3.5"


def test_nothing_typed_is_no_figure() -> None:
    assert read_number("") is None
    assert read_reading(" \N{ZERO WIDTH SPACE} ") is None


@pytest.mark.parametrize("words", ["Không phát sinh", "không  phát sinh", "Khong phat sinh", "KPS"])
def test_that_nothing_arose_is_a_figure_without_a_value(words: str) -> None:
    reading = read_reading(words)
    assert reading is not None
    assert reading.value is None


def test_a_reading_without_a_number_says_what_to_write_when_there_is_none() -> None:
    with pytest.raises(UnfitNumber, match="để trống nếu chưa có số liệu, ghi «Không phát sinh»"):
        read_reading("n/a", "%")


def test_a_count_is_a_whole_number() -> None:
    assert read_count("1.250") == read_count("1,250") == "1250"
    with pytest.raises(UnfitNumber, match=r"«n/a» không phải là số; hãy ghi như 12 hoặc 1\.250"):
        read_count("n/a")
    with pytest.raises(UnfitNumber, match="«12,5» không phải số nguyên"):
        read_count("12,5")


@given(st.decimals(min_value=0, max_value=HIGHEST, places=2))
def test_every_number_that_we_write_is_read_as_itself(number: Decimal) -> None:
    read = read_number(format_number(number))
    assert read is not None
    assert Decimal(read) == number


@given(st.text(max_size=50))
def test_any_words_are_read_or_refused(words: str) -> None:
    try:
        read_reading(words, "%", signed=True)
    except UnfitNumber as error:
        assert str(error)
