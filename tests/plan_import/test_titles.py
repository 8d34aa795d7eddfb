"""Short titles for cards."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_flow.plan_import.titles import LONGEST, short_title


def test_a_short_text_is_its_own_title_without_the_end_mark() -> None:
    assert short_title("Rà soát quy định nội bộ:") == "Rà soát quy định nội bộ"


def test_a_long_text_ends_before_a_new_phrase() -> None:
    text = "Xây dựng cơ sở dữ liệu dùng chung của xã để phục vụ người dân, doanh nghiệp tra cứu mọi nơi."
    assert short_title(text) == "Xây dựng cơ sở dữ liệu dùng chung của xã"


@pytest.mark.parametrize("last", ["và", "của", "để", "với", "trong", "theo", "các"])
def test_no_title_ends_in_a_dangling_word(last: str) -> None:
    text = f"Tuyên truyền sâu rộng {last} " + "nội dung " * 20
    assert not short_title(text).endswith(f" {last}")


def test_a_bracket_is_not_left_open() -> None:
    text = "Nâng cấp cổng thông tin điện tử (bao gồm giao diện, máy chủ, đường truyền, nội dung) trong quý II"
    assert short_title(text) == "Nâng cấp cổng thông tin điện tử"


def test_one_endless_word_is_cut_at_the_limit() -> None:
    assert len(short_title("a" * 500)) == LONGEST


@given(st.lists(st.text(alphabet="aăâbcđeêghiôơuưy", min_size=1, max_size=9), min_size=1, max_size=60))
def test_a_title_begins_the_text_and_ends_with_a_word(words: list[str]) -> None:
    text = " ".join(words)
    title = short_title(text)
    assert 1 <= len(title) <= LONGEST
    assert text.startswith(title)
    assert text[len(title) :][:1] in ("", " ")
