"""Targets in a table."""

import pytest

from cchc_flow.plan_import.document import Table
from cchc_flow.plan_import.extraction.annex import annex_rows
from cchc_flow.plan_import.extraction.target_tables import placed_goals, row_measures

ROWS = (
    ("TT", "Chỉ tiêu", "Đơn vị tính", "Mức phấn đấu"),
    ("I", "Phục vụ", "", ""),
    ("1", "Đơn trả đúng hạn", "%", "≥ 95"),
    ("2", "Thời gian đợi", "phút", "Không quá 10"),
    ("3", "Giấy tờ in ra so với năm 2025", "%", "Giảm 30"),
)


def test_each_row_of_a_table_of_targets_is_a_target_with_its_measure() -> None:
    goals = [goal for _, goal in placed_goals(Table(ROWS), "II")]
    assert [(goal.ref, goal.text) for goal in goals] == [
        ("II.1", "Đơn trả đúng hạn"),
        ("II.2", "Thời gian đợi"),
        ("II.3", "Giấy tờ in ra so với năm 2025"),
    ]
    found = [goal.measures[0] for goal in goals]
    assert [(one.value, one.unit, one.direction, one.baseline_year) for one in found] == [
        (95, "%", "at_least", None),
        (10, "phút", "at_most", None),
        (30, "%", "decrease_at_least", 2025),
    ]


def test_each_target_has_the_place_of_its_row() -> None:
    assert [place for place, _ in placed_goals(Table(ROWS, place=40), "II")] == [42, 43, 44]


def test_of_two_years_the_plans_own_is_to_be_reached() -> None:
    table = Table(
        (
            ("STT", "Chỉ tiêu", "ĐVT", "TH năm 2025", "KH năm 2026"),
            ("1", "Hồ sơ trực tuyến", "%", "61", "tối thiểu 80"),
            ("2", "Số buổi trực", "buổi", "10", "24"),
            ("3", "Cuộc họp", "%", "", "giảm 15"),
        )
    )
    found = [goal.measures[0] for _, goal in placed_goals(table, "II", 2026)]
    assert [(one.value, one.unit, one.direction, one.baseline_year) for one in found] == [
        (80, "%", "at_least", None),
        (24, "buổi", "equal", None),
        (15, "%", "decrease_at_least", 2025),
    ]


@pytest.mark.parametrize(
    ("indicator", "value", "unit", "measure"),
    [
        ("Mức hài lòng", "98%", "", (98, "%", "equal")),
        ("Mức hài lòng tối thiểu", "98", "%", (98, "%", "at_least")),
        ("Cắt giảm chi phí", "10", "%", (10, "%", "decrease_at_least")),
        ("Mô hình mới", "≥ 02", "mô hình", (2, "mô hình", "at_least")),
        ("Thu phí", "1.250", "triệu đồng", (1250, "triệu đồng", "equal")),
        ("Hồ sơ trễ hạn", "≤ 0,5", "%", (0.5, "%", "at_most")),
        ("Số thôn", "Ba phần tư số thôn", "", (75, "%", "equal")),
    ],
)
def test_the_direction_stands_in_the_cell_or_in_the_indicator(
    indicator: str, value: str, unit: str, measure: tuple[float, str, str]
) -> None:
    (found,) = row_measures(indicator, value, unit)
    assert (found.value, found.unit, found.direction) == measure


def test_a_table_of_tasks_holds_no_targets_and_a_table_of_targets_no_tasks() -> None:
    tasks = Table((("TT", "Nhiệm vụ", "Chủ trì", "Mục tiêu"), ("1", "Lập danh mục", "Văn phòng", "100%")))
    assert list(placed_goals(tasks, "II")) == []
    assert annex_rows([Table(ROWS)]) == ()
