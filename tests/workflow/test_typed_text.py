"""Text that people type: one form of it before it is judged, and limits before it is composed."""

import time
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_flow.workflow.typed_text import MOST_MARKS, TooLong, UnfitText, clean_line, clean_text

STACK = "a" + "\u0301\u0323" * 100_000


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (normalize("NFD", "Đường thôn Ế"), "Đường thôn Ế"),
        ("\u200bThôn\u00a0Hạ\ufeff \u3000", "Thôn Hạ"),
        ("Quyết\u00adđịnh\u2060 \u202e12\u202c", "Quyếtđịnh 12"),
        ("một\r\nhai\rba\u2028bốn\x0bnăm", "một\nhai\nba\nbốn\nnăm"),
        ("một\x00hai\x9f", "mộthai"),
        ("\u200d\u2800\u3164\u115f", ""),
        ("👨\u200d👩\u200d👧 và a\u200db", "👨\u200d👩\u200d👧 và ab"),
        ("cột\tcột", "cột\tcột"),
    ],
)
def test_a_text_is_stored_as_people_see_it(typed: str, stored: str) -> None:
    assert clean_text(typed, 50) == stored


def test_a_line_has_single_blanks() -> None:
    assert clean_line(" một \n\u00a0 hai\t", 10) == "một hai"


def test_a_limit_counts_letters_however_they_are_spelt() -> None:
    assert clean_text(normalize("NFD", "ế" * 20), 20) == "ế" * 20
    with pytest.raises(TooLong, match="dài quá 20 ký tự"):
        clean_text("ế" * 21, 20)


@pytest.mark.parametrize("text", [STACK, STACK[: MOST_MARKS + 2], "x" + "\u0336" * 5])
def test_a_stack_of_marks_is_refused_before_anything_composes_it(text: str) -> None:
    begun = time.process_time()
    with pytest.raises(UnfitText, match="quá 4 dấu chồng lên nhau"):
        clean_text(text, 300_000)
    with pytest.raises(UnfitText):
        clean_text(text, 3)
    assert time.process_time() - begun < 1


@given(st.text())
def test_what_was_cleaned_is_clean(text: str) -> None:
    try:
        once = clean_text(text, 1000)
    except UnfitText:
        return
    assert clean_text(once, 1000) == once == normalize("NFC", once)
