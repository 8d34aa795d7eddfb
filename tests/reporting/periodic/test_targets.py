"""The targets of the plan in a report: their table, how many are reached, and those that are in danger."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from support.reports import rows_of, sentences_of
from support.targets import record, set_owner, targets_world
from support.world import World

from cchc_flow.documents.blocks import Table
from cchc_flow.reporting.periodic import BuiltReport, build_report
from cchc_flow.workflow import periods
from cchc_flow.workflow.calendar import ZONE


@pytest.fixture
def commune(tmp_path: Path) -> Iterator[World]:
    world = targets_world(tmp_path / "data")
    set_owner(world)
    yield world
    world.ws.close()


def build(world: World, name: str = "2026-Q1") -> BuiltReport:
    return build_report(world.ws, periods.parse(name), world.ws.cutoff())


def target_rows(built: BuiltReport) -> list[tuple[str, ...]]:
    table = built.document.appendices[0].blocks[0]
    assert isinstance(table, Table)
    return rows_of(table)


def test_every_measure_has_a_row_under_the_number_of_its_target(commune: World) -> None:
    record(commune, "lan", "2026-02", "16")
    rows = target_rows(build(commune))
    assert [row[0] for row in rows] == ["1", "", "2", "3", "4"]
    assert rows[0][2:] == ("%", "Giảm ít nhất 15\xa0% so với năm 2025", "16", "16", "Đạt")
    assert rows[1][4:] == ("", "", "Chưa có số liệu")


def test_the_figure_of_a_target_rests_on_the_event_that_reported_it(commune: World) -> None:
    record(commune, "lan", "2026-02", "16")
    figures = {figure.key: figure for figure in build(commune).figures}
    assert (figures["targets.II.1.1"].value, figures["targets.II.1.1"].source) == ("16", "reported")
    assert figures["targets.II.1.1"].positions == (commune.ws.log.size(),)
    assert figures["targets.met"].value == "1"


def test_how_the_targets_stand_is_one_sentence(commune: World) -> None:
    record(commune, "lan", "2026-02", "16")
    assert (
        "Kế hoạch có 04 chỉ tiêu (04 thước đo định lượng, 01 đánh giá định tính): 01 đạt, 04 chưa có số liệu"
        " (có phụ lục kèm theo)." in sentences_of(build(commune).document.blocks)
    )


def test_a_target_in_danger_is_named_with_its_figure_among_the_shortcomings(commune: World) -> None:
    record(commune, "lan", "2026-02", "-5")
    words = sentences_of(build(commune).document.blocks)
    planned = "kế hoạch: giảm ít nhất 15\xa0% so với năm 2025"
    assert any(
        entry.startswith(f"Chỉ tiêu 1: Lượng văn bản hành chính: giảm -5\xa0% ({planned}") for entry in words
    )


def test_a_target_that_is_judged_is_named_with_its_judgement(commune: World) -> None:
    set_owner(commune, "II.4", 0)
    record(commune, "lan", "2026-02", "0", "II.4", 0)
    words = sentences_of(build(commune).document.blocks)
    assert "Chỉ tiêu 4: Nâng cao chất lượng đội ngũ: chưa đạt." in words


def test_what_grows_shows_what_it_grew_by_in_the_period_and_a_share_how_it_stands(
    commune: World,
) -> None:
    set_owner(commune, "II.3", 1, accumulates="1")
    record(commune, "lan", "2026-02", "1", "II.3", 1)
    commune.time = datetime(2026, 5, 20, 9, 0, tzinfo=ZONE)
    record(commune, "lan", "2026-04", "2", "II.3", 1)
    record(commune, "lan", "2026-04", "16")
    rows = target_rows(build(commune, "2026-04"))
    assert rows[3][4:6] == ("1", "2")
    assert rows[0][4:6] == ("", "16")


def test_targets_without_a_figure_are_listed_before_the_report_is_issued(commune: World) -> None:
    record(commune, "lan", "2026-02", "16")
    [gap] = [gap for gap in build(commune).missing if "chỉ tiêu" in gap.words]
    assert (gap.words, gap.blocks) == ("Chưa có số liệu của chỉ tiêu 1, 2, 3, 4.", False)
