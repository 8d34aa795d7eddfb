"""Marks of a word and a number: «Nhiệm vụ 2: …», as plans without other numbers have them."""

import pytest

from cchc_flow.plan_import.structure.marks import Mark, parse_mark


@pytest.mark.parametrize("word", ["Nhiệm vụ", "Việc", "Nội dung", "Nhóm nhiệm vụ", "Mảng"])
def test_a_word_with_a_number_is_a_mark(word: str) -> None:
    assert parse_mark(f"{word} 2: Rà soát văn bản") == (Mark("word", "2"), "Rà soát văn bản")


def test_a_word_with_a_number_inside_a_sentence_is_no_mark() -> None:
    assert parse_mark("Nhiệm vụ 2 và 3 của Kế hoạch năm 2025") is None
