"""The figures of a document: each printed number names one, and no two have the same key."""

from decimal import Decimal

import pytest

from cchc_flow.documents.blocks import Number
from cchc_flow.reporting.figures import Figure, Figures

DONE = Figure(key="tasks.done", title="Đã hoàn thành", value="27", positions=(4, 9))


def test_a_figure_is_printed_as_a_number_that_names_it() -> None:
    figures = Figures()
    assert figures.add(DONE) == Number("27", "tasks.done", Decimal(27))
    assert figures.add(DONE, "hai mươi bảy") == Number("hai mươi bảy", "tasks.done", Decimal(27))
    assert figures.all() == (DONE,)


def test_a_missing_value_is_printed_in_words() -> None:
    missing = Figure(key="areas.one.share", title="Tỷ lệ", value=None, unit="%")
    assert Figures().add(missing) == Number("Chưa có số liệu", "areas.one.share")


def test_two_figures_with_one_key_are_a_fault_of_the_program() -> None:
    figures = Figures()
    figures.add(DONE)
    with pytest.raises(ValueError, match=r"'tasks\.done' is '27' and '28'"):
        figures.add(Figure(key="tasks.done", title="Đã hoàn thành", value="28"))
