"""The targets of the simulated year: people answer for them, tell readings, and correct some of them."""

from datetime import date

import pytest
from support.year import Year

from cchc_flow.projections import targets
from cchc_flow.reporting.judged_targets import judge_targets
from cchc_flow.reporting.targets import TargetRow, state_counts


@pytest.fixture(scope="module")
def rows(kept: Year) -> dict[tuple[str, int], TargetRow]:
    judged = judge_targets(kept.ws, "2026", date(2026, 12, 31))
    return {(row.target.ref, row.number): row for row in judged.rows}


def test_each_measure_of_the_plan_has_readings_of_its_source(rows: dict[tuple[str, int], TargetRow]) -> None:
    assert len(rows) == 28  # 24 with figures, 4 that are judged
    assert [key for key, row in rows.items() if row.current is None] == []
    assert all(row.recorded for row in rows.values() if row.setting and row.setting.plugin)
    assert state_counts(rows.values())["no_data"] == 0


def test_disbursement_grows_through_the_year(rows: dict[tuple[str, int], TargetRow]) -> None:
    figures = [float(reading.value or 0) for reading in rows["II.15", 1].recorded]
    assert len(figures) == 12 and figures == sorted(figures)


def test_some_figures_changed_after_they_were_reported(kept: Year) -> None:
    corrected = targets.corrected_readings(kept.ws.read(), "2026")
    assert 5 <= len(corrected) <= 60
    assert all(reading.reason and reading.previous != reading.value for reading in corrected)


def test_a_reading_knows_the_events_that_it_rests_on(rows: dict[tuple[str, int], TargetRow]) -> None:
    counted = rows["II.15", 1].recorded[-1]
    assert counted.positions and max(counted.positions) < counted.position
