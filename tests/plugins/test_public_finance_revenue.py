"""Revenue: each time counted once, and held against that of the year before."""

import pytest
from support import finance
from support.finance import AREA, collect
from support.registers import AreaCommune, go_to

from cchc_flow.plugin_host.rule_checks import RuleBroken

commune = finance.commune


def test_revenue_is_held_against_the_same_periods_of_the_year_before(commune: AreaCommune) -> None:
    """1 125 for 1 000 and 300 for 400 millions: 25 more than 1 400 is 1.79 %."""
    go_to(commune, "2026-04-20")
    collect(commune, "2026-Q1", "1.125.000.000", "1.000.000.000")
    assert commune.measure(AREA, "revenue_2026").value == "12.5"
    assert "; đạt mức 10\xa0%; 1 kỳ còn là số ước" in commune.measure(AREA, "revenue_2026").note
    collect(commune, "2026-04", "300.000.000", "400.000.000")
    reading = commune.measure(AREA, "revenue_2026")
    assert (reading.value, len(reading.items)) == ("1.79", 2)
    assert "chưa đạt mức 10\xa0%" in reading.note


def test_less_revenue_than_before_is_a_fall(commune: AreaCommune) -> None:
    collect(commune, "2026-01", "90", "100")
    assert commune.measure(AREA, "revenue_2026").value == "-10"


def test_revenue_where_there_was_none_before_is_no_growth(commune: AreaCommune) -> None:
    entry = collect(commune, "2026-01", "90", "0")
    assert commune.measure(AREA, "revenue_2026").value is None
    assert commune.badges(entry) == ["Số ước"]


@pytest.mark.parametrize("period", ["2026-02", "2026-Q1", "2026-H1", "2026"])
def test_no_time_is_counted_twice(commune: AreaCommune, period: str) -> None:
    collect(commune, "2026-02", "110", "100")
    with pytest.raises(RuleBroken, match=r"Số thu của tháng 2/2026 đã được ghi"):
        collect(commune, period, "110", "100")
    collect(commune, "2026-01", "110", "100")


def test_a_period_to_come_has_no_revenue(commune: AreaCommune) -> None:
    with pytest.raises(RuleBroken, match="Chưa đến tháng 4/2026"):
        collect(commune, "2026-04", "110", "100")


def test_an_estimate_is_corrected_and_confirmed_once_the_period_is_over(commune: AreaCommune) -> None:
    entry = collect(commune, "2026-03", "110", "100")
    commune.take("officer", "correct", entry, this_year="112", last_year="100")
    given = {"this_year": "115", "last_year": "100", "document": "18/KB-KT"}
    go_to(commune, "2026-04-02")
    refusal = commune.when(entry, "confirm", "officer", confirmed_on="2026-03-31", **given).refusal
    assert "Đến ngày 31/03/2026 thì tháng 3/2026 chưa hết" in refusal
    refusal = commune.when(entry, "confirm", "officer", confirmed_on="2026-04-03", **given).refusal
    assert "Ngày 03/04/2026 chưa đến" in refusal
    assert commune.take("officer", "confirm", entry, confirmed_on="2026-04-01", **given).state == "confirmed"
    assert commune.measure(AREA, "revenue_2026").value == "15"
    assert commune.badges(entry) == ["+15\xa0% so với cùng kỳ"]
    again = commune.take("coordinator", "reconsider", entry, reason="Kho bạc điều chỉnh.")
    assert again.state == "estimated"


def test_revenue_has_no_fractions_of_a_dong(commune: AreaCommune) -> None:
    with pytest.raises(RuleBroken, match="có số lẻ"):
        collect(commune, "2026-01", "110,5", "100")
