"""How often a task recurs is read from its text, where that says so."""

import pytest

from cchc_flow.plan_import.extraction.cadences import suggested_cadence


@pytest.mark.parametrize(
    ("text", "cadence"),
    [
        ("Báo cáo hằng tháng về tiến độ.", "monthly"),
        ("Rà soát hàng quý, hoàn thành trước ngày 10.", "quarterly"),
        ("Sơ kết sáu tháng một lần.", "half_yearly"),
        ("Xếp loại CBCCVC hằng năm.", None),
        ("Chuyển đổi vị trí công tác định kỳ.", None),
        ("Khang thang máy", None),
    ],
)
def test_the_cadence_that_a_text_names_is_suggested(text: str, cadence: str | None) -> None:
    assert suggested_cadence(text) == cadence
