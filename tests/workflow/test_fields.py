"""Amounts: how numbers are typed, and the one way in which they are kept."""

from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.story import CONTEXT

from cchc_flow.errors import MissingData
from cchc_flow.workflow.definition import Field
from cchc_flow.workflow.fields import clean, missing_sentence

MONEY = Field("money", "amount", "Số tiền")
PERIOD = Field("period", "period", "Kỳ")
ENTRY = Field("talk", "entry", "Cuộc đối thoại", choices=(("dialogue", "Đối thoại"),))
KINDS = msgspec.structs.replace(CONTEXT, kind_of={"d-1": "dialogue", "t-1": "task"}.get)


def amount_of(words: object) -> object:
    return clean((MONEY,), {"money": words}, CONTEXT)["money"]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("1.500", "1500"),
        ("1 500 000", "1500000"),
        ("12.345.678,9", "12345678.9"),
        ("95,50", "95.5"),
        ("95.5", "95.5"),
        ("0", "0"),
        ("007", "7"),
        (40, "40"),
        (Decimal("97.25"), "97.25"),
        ("", None),
        (None, None),
    ],
)
def test_an_amount_is_kept_as_a_decimal_string(typed: object, stored: str | None) -> None:
    assert amount_of(typed) == stored


@pytest.mark.parametrize("typed", ["-1", "1,234", "0.125", "1.23.45", "1e3", "mười", "٤٠", "1" * 20, "NaN"])
def test_what_is_no_amount_is_refused_in_words(typed: str) -> None:
    with pytest.raises(MissingData, match="Số tiền: phải là một số từ 0 trở lên"):
        amount_of(typed)


@given(st.decimals(0, 10**12, places=2))
def test_what_is_kept_reads_as_itself(number: Decimal) -> None:
    stored = amount_of(f"{number:f}")
    assert Decimal(str(stored)) == number and amount_of(stored) == stored


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("2026-03", "2026-03"), (" 2026-q1 ", "2026-Q1"), ("11/2026", "2026-11"), ("2026", "2026"), ("", None)],
)
def test_a_period_is_kept_by_its_name(typed: str, stored: str | None) -> None:
    assert clean((PERIOD,), {"period": typed}, CONTEXT) == {"period": stored}


@pytest.mark.parametrize("typed", ["2026-13", "tháng 3", "26", "2026-Q5", "13/2026"])
def test_what_is_no_period_is_refused_in_words(typed: str) -> None:
    with pytest.raises(MissingData, match="Kỳ: phải là một kỳ, như 11/2026, quý IV/2026 hoặc năm 2026"):
        clean((PERIOD,), {"period": typed}, CONTEXT)


@pytest.mark.parametrize(
    ("kind", "title", "sentence"),
    [
        ("text", "Lý do", "Hãy nhập lý do."),
        ("unit", "Đơn vị chủ trì", "Hãy chọn đơn vị chủ trì."),
        ("choice", "Chất lượng", "Hãy chọn chất lượng."),
        ("period", "Kỳ", "Hãy chọn kỳ."),
        ("files", "Minh chứng", "Hãy đính kèm minh chứng."),
        ("day", "Hạn mới", "Hãy nhập hạn mới."),
        ("day", "Tính đến ngày", "Hãy nhập ngày vào ô «Tính đến ngày»."),
        ("line", "TTHC được công bố", "Hãy nhập TTHC được công bố."),
        ("amount", "Trong đó văn bản mật", "Hãy nhập số liệu «Trong đó văn bản mật»."),
    ],
)
def test_what_is_missing_is_asked_for_in_a_sentence(kind: Any, title: str, sentence: str) -> None:
    field = Field("field", kind, title, required=True)
    assert missing_sentence(field) == sentence
    with pytest.raises(MissingData) as refused:
        clean((field,), {}, CONTEXT)
    assert refused.value.fields == {"field": sentence}


def test_an_entry_is_one_of_the_registers_that_its_field_names() -> None:
    assert clean((ENTRY,), {"talk": "d-1"}, KINDS) == {"talk": "d-1"}
    assert clean((ENTRY,), {"talk": ""}, KINDS) == {"talk": None}


@pytest.mark.parametrize("typed", ["t-1", "d-2"])
def test_what_is_no_entry_of_them_is_refused(typed: str) -> None:
    with pytest.raises(MissingData, match="Cuộc đối thoại: không có mục này trong sổ"):
        clean((ENTRY,), {"talk": typed}, KINDS)
