"""Typed words as blocks of a document, and numbers as official letters write them."""

import pytest

from cchc_flow.documents.blocks import Listing, Paragraph
from cchc_flow.reporting.periodic.sentences import joined, padded, typed_blocks


def test_a_line_is_a_paragraph_and_one_with_a_dash_an_entry_of_a_list() -> None:
    words = "Đã làm ba việc:\n- Rà soát.\n– Niêm yết.\n\n+ Công khai.\nCòn một việc."
    assert typed_blocks(words) == [
        Paragraph(("Đã làm ba việc:",)),
        Listing((("Rà soát.",), ("Niêm yết.",), ("Công khai.",))),
        Paragraph(("Còn một việc.",)),
    ]


@pytest.mark.parametrize(
    "words", ["-5 % so với cùng kỳ", "−3", "<b>đậm</b>", "=SUM(A1)", "{done} {}", "x" * 200_000]
)
def test_words_that_look_like_something_else_stay_words(words: str) -> None:
    assert typed_blocks(words) == [Paragraph((words,))]


@pytest.mark.parametrize("words", ["", " \n\t\n", "-\n–\n", "***"])
def test_lines_without_words_make_nothing(words: str) -> None:
    assert typed_blocks(words) == []


@pytest.mark.parametrize(("number", "words"), [(0, "0"), (5, "05"), (9, "09"), (10, "10"), (1250, "1.250")])
def test_a_count_below_ten_has_a_leading_zero(number: int, words: str) -> None:
    assert padded(number) == words


def test_texts_are_joined_with_commas_and_a_word_of_their_own_at_the_end() -> None:
    assert joined([("một",), ("hai",), ("ba",)], " và ") == ("một", ", ", "hai", " và ", "ba")
    assert joined([]) == ()
