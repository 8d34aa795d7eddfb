"""The rows of targets as of a day: by which source a measure is judged, and where two sources differ."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from support.targets import accept_report, record, set_owner, targets_world
from support.world import World

from cchc_flow.commands.target_streams import fact_source_of_plan
from cchc_flow.hookspecs import Measure
from cchc_flow.projections.as_of import Cutoff
from cchc_flow.reporting.targets import TargetRow, state_counts, target_rows
from cchc_flow.workflow.events import TargetSet


@pytest.fixture
def commune(tmp_path: Path) -> Iterator[World]:
    world = targets_world(tmp_path / "data")
    yield world
    world.ws.close()


def counted(value: str | None, *items: str) -> dict[tuple[str, str], Measure]:
    return {("finance", "paid"): Measure(key="paid", title="Giải ngân", unit="%", value=value, items=items)}


def rows(world: World, day: date = date(2026, 3, 2), **known: object) -> dict[tuple[str, int], TargetRow]:
    found = target_rows(world.ws.read(), "2026", day, **known)  # type: ignore[arg-type]
    return {(row.target.ref, row.number): row for row in found}


def set_computed(world: World, source: str) -> None:
    """Say that target II.2 is counted by a plugin, which need not be there."""
    from cchc_flow.commands.target_streams import load_measure
    from cchc_flow.commands.unit_of_work import Commit, UnitOfWork, write

    def decide_commit(uow: UnitOfWork) -> Commit:
        event = TargetSet(
            plan="2026", target="II.2", measure=1, owner="phong-kinh-te", source=source, plugin="finance",
            key="paid", baseline=None, baseline_unit=None, accumulates=True,
        )  # fmt: skip
        return Commit([load_measure(uow, "2026", "II.2", 1).change(event)])

    write(world.ws, world.order(), [source], decide_commit)


def test_every_measure_of_the_plan_has_a_row(commune: World) -> None:
    found = rows(commune)
    assert list(found) == [("II.1", 1), ("II.1", 2), ("II.2", 1), ("II.3", 1), ("II.4", 0)]
    assert {row.standing.state for row in found.values()} == {"no_data"}
    assert found["II.1", 1].goal.words() == "giảm ít nhất 15\xa0% so với năm 2025"
    assert found["II.4", 0].title == "Nâng cao chất lượng đội ngũ."


def test_a_reported_figure_rests_on_its_event(commune: World) -> None:
    set_owner(commune)
    record(commune, "lan", "2026-02", "16")
    row = rows(commune)["II.1", 1]
    assert row.current and row.current.positions == (commune.ws.log.size(),)
    assert (row.standing.state, row.current.when, row.state_title) == ("met", "tháng 2/2026", "Đạt")


def test_a_counted_figure_rests_on_its_items(commune: World) -> None:
    set_computed(commune, "computed")
    row = rows(commune, computed=counted("20", "2026-III.1.1", "2026-III.2.10"))["II.2", 1]
    assert row.current and (row.current.value, row.current.when) == ("20", "đến ngày 02/03/2026")
    assert len(row.current.positions) == 2 and row.current.positions[0] > 1


def test_of_both_sources_the_counted_one_decides_and_a_difference_is_told(commune: World) -> None:
    set_computed(commune, "both")
    accept_report(commune, "2026-Q1", ("II.2", 1, "25"))
    row = rows(commune, computed=counted("20"))["II.2", 1]
    assert row.current and row.current.value == "20"
    assert row.difference == "Quý I/2026: đơn vị báo cáo 25\xa0%, hệ thống tính 20\xa0%."
    assert rows(commune, computed=counted("25.0"))["II.2", 1].difference == ""
    assert rows(commune)["II.2", 1].current.value == "25"  # type: ignore[union-attr]  # the plugin is gone


def test_two_moments_are_not_compared(commune: World) -> None:
    set_computed(commune, "both")
    accept_report(commune, "2026-02", ("II.2", 1, "25"))
    assert rows(commune, computed=counted("20"))["II.2", 1].difference == ""


def test_after_the_year_plugins_count_as_of_its_last_day(commune: World) -> None:
    set_computed(commune, "computed")
    row = rows(commune, date(2027, 1, 5), computed=counted("94"))["II.2", 1]
    assert row.current and row.current.when == "đến ngày 31/12/2026"
    assert row.standing.state == "missed"
    commune.wait(days=400)
    assert fact_source_of_plan(commune.ws, "2026").facts_of("any").today == date(2026, 12, 31)
    early = Cutoff(commune.ws.log.size(), date(2025, 12, 20))
    assert fact_source_of_plan(commune.ws, "2026", early).facts_of("any").today == date(2026, 1, 1)


def test_of_periods_with_one_end_the_longest_counts(commune: World) -> None:
    commune.wait(days=20)
    for period, value in (("2026-03", "16"), ("2026-Q1", "12")):
        record(commune, "hoa", period, value)
    row = rows(commune)["II.1", 1]
    assert [reading.period for reading in row.reported] == ["2026-Q1"]
    assert row.standing.state == "at_risk"


def test_rows_of_a_past_position_know_nothing_newer(commune: World) -> None:
    before = commune.ws.log.size()
    record(commune, "hoa", "2026-02", "16")
    with commune.ws.snapshot():
        past = commune.ws.models.read_as_of(before)
        assert target_rows(past, "2026", date(2026, 3, 2))[0].current is None


def test_states_are_counted(commune: World) -> None:
    record(commune, "hoa", "2026-02", "16")
    counts = state_counts(rows(commune).values())
    assert counts == {"met": 1, "on_track": 0, "at_risk": 0, "missed": 0, "no_data": 4}


def test_a_year_without_a_plan_has_no_rows(commune: World) -> None:
    assert target_rows(commune.ws.read(), "2031", date(2026, 3, 2)) == []
