"""The law of November 2026 in the areas: act and article of each figure and rule stand in its test's name."""

from datetime import date
from decimal import Decimal

import pytest

from cchc_flow.hookspecs import Figure, Rule
from cchc_flow.plugin_host import contributions, loading

NOVEMBER = date(2026, 11, 30)
SHIPPED = contributions.collect(loading.load_plugins())
FIGURES = {(plugin, figure.key): figure for plugin, figure in SHIPPED.figures}
RULES = {(plugin, rule.key): rule for plugin, rule in SHIPPED.rules}
CHECKED = [
    ("civil_service", "shortest_years", "2", "Nghị định 59/2019/NĐ-CP", date(2019, 8, 15)),
    ("civil_service", "longest_years", "5", "Nghị định 59/2019/NĐ-CP", date(2019, 8, 15)),
    ("civil_service", "retiring_months", "18", "Nghị định 59/2019/NĐ-CP", date(2019, 8, 15)),
    ("civil_service", "discipline_days", "90", "Nghị định 172/2025/NĐ-CP", date(2025, 7, 1)),
    ("civil_service", "complicated_days", "150", "Nghị định 172/2025/NĐ-CP", date(2025, 7, 1)),
    ("civil_service", "excellent", "90", "Nghị định 335/2025/NĐ-CP", date(2026, 1, 1)),
    ("civil_service", "good", "70", "Nghị định 335/2025/NĐ-CP", date(2026, 1, 1)),
    ("civil_service", "done", "50", "Nghị định 335/2025/NĐ-CP", date(2026, 1, 1)),
    ("civil_service", "general_most", "30", "Nghị định 335/2025/NĐ-CP", date(2026, 1, 1)),
    ("civil_service", "results_most", "70", "Nghị định 335/2025/NĐ-CP", date(2026, 1, 1)),
    ("civil_service", "best", "20", "Nghị định 335/2025/NĐ-CP", date(2026, 1, 1)),
    ("civil_service", "best_outstanding", "25", "Nghị định 335/2025/NĐ-CP", date(2026, 1, 1)),
    ("civil_service", "unit_failed", "70", "Nghị định 233/2026/NĐ-CP", date(2026, 7, 1)),
    ("civil_service", "unit_late", "20", "Nghị định 233/2026/NĐ-CP", date(2026, 7, 1)),
    ("civil_service", "people_day", "5", "Nghị định 233/2026/NĐ-CP", date(2026, 7, 1)),
    ("civil_service", "units_day", "15", "Nghị định 233/2026/NĐ-CP", date(2026, 7, 1)),
    ("institutional_reform", "effect_days", "10", "64/2025/QH15, Điều 53", date(2025, 4, 1)),
    ("administrative_procedures", "publish_days", "5", "Nghị định 63/2010/NĐ-CP, Điều 24", None),
    ("administrative_procedures", "weight_public", "18", "Quyết định 766/QĐ-TTg", None),
    ("administrative_procedures", "weight_progress", "20", "Quyết định 766/QĐ-TTg", None),
    ("administrative_procedures", "weight_online", "12", "phần mềm tính theo sáu nhóm", date(2026, 11, 1)),
    ("administrative_procedures", "weight_payment", "10", "phần mềm tính theo sáu nhóm", date(2026, 11, 1)),
    ("administrative_procedures", "weight_satisfaction", "18", "Quyết định 766/QĐ-TTg", None),
    ("administrative_procedures", "weight_digital", "22", "Quyết định 766/QĐ-TTg", None),
]
"""What is certain."""
UNCHECKED = [
    ("civil_service", "notice_days", "0", "Chưa có căn cứ"),
    ("institutional_reform", "publication_days", "3", "Chưa tìm được quy định"),
    ("administrative_procedures", "apology_days", "1", "Nghị định 118/2025/NĐ-CP"),
    ("administrative_procedures", "most_reappointments", "1", "sửa đổi bởi Nghị định 367/2025/NĐ-CP"),
    ("administrative_procedures", "refuse_days", "2", "Quyết định 29/2026/QĐ-TTg"),
    ("administrative_procedures", "supplement_days", "5", "Quyết định 29/2026/QĐ-TTg"),
    ("administrative_procedures", "answer_days", "15", "Quyết định 29/2026/QĐ-TTg"),
    ("organisation", "high", "70", "Nghị định 60/2021/NĐ-CP, sửa đổi bởi Nghị định 111/2025/NĐ-CP"),
    ("public_finance", "payment_days", "31", "31/01 năm sau"),
    ("direction", "petition_days", "15", "do xã quyết định"),
    ("direction", "weight_part_direction", "1", "do tỉnh quy định"),
]
"""What one source says, or none."""
BLOCKING = [
    ("civil_service", "form", "Nghị định 172/2025/NĐ-CP"),
    ("civil_service", "exclusion", "Nghị định 59/2019/NĐ-CP"),
    ("civil_service", "grade", "Nghị định 335/2025/NĐ-CP"),
    ("civil_service", "points", "Nghị định 335/2025/NĐ-CP"),
    ("civil_service", "general", "Nghị định 335/2025/NĐ-CP"),
    ("civil_service", "failing", "Nghị định 335/2025/NĐ-CP"),
    ("civil_service", "head", "Nghị định 335/2025/NĐ-CP"),
    ("civil_service", "unit", "Nghị định 233/2026/NĐ-CP"),
    ("institutional_reform", "adopted", "64/2025/QH15, Điều 53"),
    ("administrative_procedures", "apology", "Nghị định 118/2025/NĐ-CP"),
]
WARNING = [
    ("civil_service", "notice", "Chưa có căn cứ"),
    ("civil_service", "form_of_employee", "Nghị định 234/2026/NĐ-CP"),
    ("institutional_reform", "publication", "Chưa tìm được quy định"),
    ("institutional_reform", "unfit", "Chưa tìm được quy định"),
    ("administrative_procedures", "once", "Nghị định 118/2025/NĐ-CP"),
    ("administrative_procedures", "apology_day", "Nghị định 118/2025/NĐ-CP"),
    ("administrative_procedures", "feedback", "Quyết định 29/2026/QĐ-TTg"),
    ("organisation", "share", "Nghị định 111/2025/NĐ-CP"),
    ("organisation", "staff", "cấp có thẩm quyền"),
    ("public_finance", "payment_year", "31/01 năm sau"),
]
TOLD = [
    ("institutional_reform", "forms", "Luật 87/2025/QH15"),
    ("organisation", "departments", "Nghị định 150/2025/NĐ-CP, sửa đổi bởi Nghị định 370/2025/NĐ-CP"),
    ("digital_transformation", "online", "Nghị định 224/2026/NĐ-CP"),
    ("direction", "programme", "Quyết định 282/QĐ-TTg ngày 12/02/2026"),
]
"""Rules that only tell what holds."""


@pytest.mark.parametrize(
    ("plugin", "key", "value", "source", "since"), CHECKED, ids=[f"{row[1]}: {row[3]}" for row in CHECKED]
)
def test_a_figure_that_is_certain_says_so_with_its_act_and_its_first_day(
    plugin: str, key: str, value: str, source: str, since: date | None
) -> None:
    edition = FIGURES[plugin, key].on(NOVEMBER)
    assert (edition.value, edition.since, edition.checked) == (value, since, True)
    assert source in edition.source


@pytest.mark.parametrize(
    ("plugin", "key", "value", "source"), UNCHECKED, ids=[f"{row[1]}: {row[3]}" for row in UNCHECKED]
)
def test_a_figure_without_a_certain_source_is_not_checked(
    plugin: str, key: str, value: str, source: str
) -> None:
    edition = FIGURES[plugin, key].on(NOVEMBER)
    assert (edition.value, edition.checked) == (value, False)
    assert source in edition.source


@pytest.mark.parametrize(
    ("plugin", "key", "source"),
    [*BLOCKING, *TOLD],
    ids=[f"{row[1]}: {row[2]}" for row in (*BLOCKING, *TOLD)],
)
def test_a_rule_of_law_that_may_block_is_checked_with_all_its_figures(
    plugin: str, key: str, source: str
) -> None:
    rule = RULES[plugin, key]
    assert source in rule.source and rule.checked is True
    assert all(FIGURES[plugin, figure].on(NOVEMBER).checked for figure in rule.figures)


@pytest.mark.parametrize(("plugin", "key", "source"), WARNING, ids=[f"{row[1]}: {row[2]}" for row in WARNING])
def test_a_rule_for_which_no_certain_law_was_found_warns_at_most(plugin: str, key: str, source: str) -> None:
    assert source in RULES[plugin, key].source and RULES[plugin, key].checked is False


@pytest.mark.parametrize("key", ["entitled", "correction", "oneself", "counts"])
def test_a_rule_of_the_register_itself_claims_no_law(key: str) -> None:
    rule = RULES["civil_service", key]
    assert (rule.source, rule.checked, rule.since) == ("", None, None)


def test_every_figure_of_the_areas_has_a_source_and_says_whether_it_was_checked() -> None:
    without = [key for key, figure in FIGURES.items() if not figure.source or figure.checked is None]
    assert without == []


def test_every_rule_with_figures_names_figures_that_there_are() -> None:
    named = [(plugin, figure) for (plugin, _), rule in RULES.items() for figure in rule.figures]
    assert named and [pair for pair in named if pair not in FIGURES] == []


def test_custom_of_the_commune_is_named_only_where_it_is_one() -> None:
    assert [key for key, one in FIGURES.items() if "hông lệ" in one.source] == [
        ("direction", "inspected_share")
    ]


def test_what_is_said_to_be_checked_names_an_act() -> None:
    acts = ("Nghị định", "Luật", "Quyết định", "Thông tư")
    checked: list[Figure | Rule] = [*FIGURES.values(), *RULES.values()]
    assert [one.key for one in checked if one.checked and not any(act in one.source for act in acts)] == []


def test_editions_of_a_figure_lie_within_its_bounds() -> None:
    for figure in FIGURES.values():
        for edition in figure.all_editions():
            assert Decimal(figure.low) <= Decimal(edition.value) <= Decimal(figure.high), figure.key
