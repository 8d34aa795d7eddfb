"""The year to which an entry belongs by what it says of itself."""

from datetime import date

import pytest

from cchc_flow.workflow.definition import Field
from cchc_flow.workflow.own_year import own_years

ASKS = (Field("code", "line", "Mã"), Field("since", "day", "Từ ngày"), Field("period", "period", "Kỳ"))
NEW_YEAR = date(2027, 1, 5)


@pytest.mark.parametrize(
    ("data", "years"),
    [
        ({}, [2027]),
        ({"period": "2026-12"}, [2026, 2027]),
        ({"period": "2026", "since": "2027-01-02", "due": "2027-03-01"}, [2026, 2027, 2027, 2027]),
        ({"since": "2026-12-28", "due": "2027-01-20"}, [2026, 2027, 2027]),
        ({"due": "2026-12-31"}, [2026, 2027]),
    ],
)
def test_an_entry_is_of_the_year_of_its_period_then_its_day_then_its_due_day(
    data: dict[str, str], years: list[int]
) -> None:
    assert list(own_years(ASKS, data, NEW_YEAR)) == years


@pytest.mark.parametrize("day", ["2019-05-01", "2025-12-31", "2027-02-01"])
def test_a_day_of_long_ago_or_to_come_is_not_when_the_entry_arose(day: str) -> None:
    assert list(own_years(ASKS, {"since": day}, NEW_YEAR)) == [2027]
