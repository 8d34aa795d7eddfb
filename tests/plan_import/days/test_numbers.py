"""Numbers in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_flow.plan_import.days import find_numbers
from cchc_flow.plan_import.days.numbers import UNITS


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("ba mươi sáu", 36),
        ("mười lăm", 15),
        ("một trăm hai mươi lăm", 125),
        ("hai trăm linh tư", 204),
        ("ba trăm lẻ năm", 305),
        ("hai chục", 20),
        ("hai mươi mốt", 21),
        ("bốn mươi tư", 44),
        ("ba lăm", 35),
        ("một nghìn hai trăm", 1200),
        ("hai ngàn không trăm hai mươi sáu", 2026),
        ("một triệu rưỡi", 1_500_000),
        ("hai phẩy năm", 2.5),
        ("một nửa", 0.5),
        ("ba phần tư", 0.75),
    ],
)
def test_a_number_in_words_has_its_value(words: str, value: float) -> None:
    (number,) = find_numbers(f"Có {words} buổi.")
    assert number.value == value
    assert (number.start, number.end) == (3, 3 + len(words))


def test_a_share_is_marked_as_one() -> None:
    (share,) = find_numbers("Giảm một phần ba số cuộc họp.")
    assert share.is_share
    assert round(100 * share.value, 2) == 33.33


@pytest.mark.parametrize("text", ["không quá", "một phần công việc", "phần trăm", "đầu tư", "ngày chủ nhật"])
def test_words_that_only_look_like_numbers_are_no_share_and_no_large_number(text: str) -> None:
    assert all(number.words == 1 and not number.is_share for number in find_numbers(text))


@given(st.integers(1, 999))
def test_a_number_written_in_words_reads_back(value: int) -> None:
    words = write_in_words(value)
    numbers = [number.value for number in find_numbers(f"{words} mô hình")]
    assert numbers == [value]


def write_in_words(number: int) -> str:
    """A whole number below a thousand in words."""
    names = {value: word for word, value in UNITS.items()}
    hundreds, rest = divmod(number, 100)
    tens, unit = divmod(rest, 10)
    words = [names[hundreds], "trăm"] if hundreds else []
    if tens:
        last = {1: "mốt" if tens > 1 else "một", 4: "tư" if tens > 1 else "bốn", 5: "lăm"}
        words += [names[tens], "mươi"] if tens > 1 else ["mười"]
        words += [last.get(unit, names[unit])] if unit else []
    elif hundreds and unit:
        words += ["linh", names[unit]]
    elif not hundreds:
        words = [names[unit]]
    return " ".join(words)
