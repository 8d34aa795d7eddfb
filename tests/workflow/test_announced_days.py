"""Each day off and worked Saturday that the state has announced for 2025, 2026 and 2027, with its act."""

from collections import Counter
from datetime import date

import holidays
import pytest

from cchc_flow.workflow.announced_days import ANNOUNCED, ANNOUNCED_YEARS
from cchc_flow.workflow.calendar import undecided_sentence
from cchc_flow.workflow.state_calendar import is_expected, is_state_working_day, state_days

TET_2025 = "Công văn 8726/VPCP-KGVX ngày 26/11/2024"
SWAP_2026 = "Công văn 12729/VPCP-KGVX ngày 25/12/2025"
PLAN_2026 = "Phương án nghỉ Tết Âm lịch và Quốc khánh năm 2026"
TET_2027 = "Công văn 10065/VPCP-KGVX ngày 02/10/2026"
CULTURE = "Nghị quyết 28/2026/QH16"
CODE, IN_LIEU = "Bộ luật Lao động 2019, Điều 112", "Bộ luật Lao động 2019, Điều 111 khoản 3"
OFF = [
    ("2025-01-01", CODE), ("2025-01-27", TET_2025), ("2025-01-28", TET_2025), ("2025-01-29", TET_2025),
    ("2025-01-30", TET_2025), ("2025-01-31", TET_2025), ("2025-04-07", CODE), ("2025-04-30", CODE),
    ("2025-05-01", CODE), ("2025-05-02", TET_2025), ("2025-09-01", TET_2025), ("2025-09-02", CODE),
    ("2026-01-01", CODE), ("2026-01-02", SWAP_2026), ("2026-02-16", PLAN_2026), ("2026-02-17", PLAN_2026),
    ("2026-02-18", PLAN_2026), ("2026-02-19", PLAN_2026), ("2026-02-20", PLAN_2026), ("2026-04-26", CODE),
    ("2026-04-27", IN_LIEU), ("2026-04-30", CODE), ("2026-05-01", CODE), ("2026-08-31", PLAN_2026),
    ("2026-09-01", PLAN_2026), ("2026-09-02", CODE), ("2026-11-24", CULTURE),
    ("2027-01-01", CODE), ("2027-02-04", TET_2027), ("2027-02-05", TET_2027), ("2027-02-06", TET_2027),
    ("2027-02-07", TET_2027), ("2027-02-08", TET_2027), ("2027-02-09", TET_2027), ("2027-02-10", TET_2027),
    ("2027-04-16", CODE), ("2027-04-30", CODE), ("2027-05-01", CODE), ("2027-05-03", IN_LIEU),
    ("2027-09-02", TET_2027), ("2027-09-03", TET_2027), ("2027-11-24", CULTURE),
]  # fmt: skip
WORKED = [
    ("2025-04-26", "2025-05-02", TET_2025),
    ("2026-01-10", "2026-01-02", SWAP_2026),
    ("2026-08-22", "2026-08-31", PLAN_2026),
]


@pytest.mark.parametrize(("day", "act"), OFF)
def test_this_day_is_off_by_this_act(day: str, act: str) -> None:
    off = date.fromisoformat(day)
    assert not is_state_working_day(off)
    assert state_days(off.year)[off].source.startswith(act)


@pytest.mark.parametrize(("saturday", "day", "act"), WORKED)
def test_this_saturday_is_worked_for_this_day_off_by_this_act(saturday: str, day: str, act: str) -> None:
    worked, off = date.fromisoformat(saturday), date.fromisoformat(day)
    assert worked.weekday() == 5 and is_state_working_day(worked) and not is_state_working_day(off)
    assert state_days(worked.year)[worked].source.startswith(act)
    assert f"{off:%d/%m/%Y}" in state_days(worked.year)[worked].name
    assert f"{worked:%d/%m/%Y}" in state_days(off.year)[off].name


def test_the_table_has_these_days_and_no_others_each_once() -> None:
    assert {2025, 2026, 2027} == ANNOUNCED_YEARS
    named = [day for day, _ in OFF] + [saturday for saturday, _, _ in WORKED]
    assert Counter(each.day.isoformat() for each in ANNOUNCED) == Counter(named)


@pytest.mark.parametrize("year", sorted(ANNOUNCED_YEARS))
def test_the_table_differs_from_the_library_only_where_the_library_came_too_early(year: int) -> None:
    library = holidays.country_holidays("VN", years=year)
    theirs = {day for day in library if day.weekday() < 5}
    ours = {day for day, each in state_days(year).items() if not each.working and day.weekday() < 5}
    assert ours - theirs == ({date(2026, 1, 2)} if year == 2026 else set())
    assert theirs <= ours


def test_the_days_of_another_year_are_those_of_the_library_and_only_expected() -> None:
    assert is_expected(date(2028, 1, 26)) and not is_expected(date(2027, 2, 6))
    assert not is_expected(date(2028, 1, 10))  # an ordinary Monday


def test_the_days_off_of_years_gone_by_are_not_expected_any_more() -> None:
    assert not is_state_working_day(date(2024, 2, 12)) and not is_expected(date(2024, 2, 12))
    assert undecided_sentence(2024) == ""
