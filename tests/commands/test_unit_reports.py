"""A unit's report from its form to the readings of targets, on a real log."""

from pathlib import Path

import pytest
from support.targets import OWNER, set_owner, targets_world
from support.world import World

from cchc_flow import commands
from cchc_flow.errors import MissingData
from cchc_flow.projections.targets import readings
from cchc_flow.workflow.target_readings import Reading

REPORT = f"2026-report:{OWNER}:2026-Q1"


@pytest.fixture
def commune(tmp_path: Path) -> World:
    """A commune whose economic office answers for the measure of II.2, with its reports open."""
    world = targets_world(tmp_path)
    set_owner(world, "II.2")
    commands.do_scheduled_work(world.ws)
    return world


def told(world: World) -> list[Reading]:
    return readings(world.ws.read(), "2026")


def test_an_accepted_report_brings_the_readings_of_its_targets(commune: World) -> None:
    report = {"reading:II.2:1": "41,5 %", "note:II.2:1": "Chờ quyết toán hai dự án."}
    commune.take("lan", "submit", REPORT, report=report)
    assert told(commune) == []
    commune.take("hoa", "accept", REPORT)
    (reading,) = told(commune)
    assert (reading.target, reading.measure, reading.period) == ("II.2", 1, "2026-Q1")
    assert (reading.source, reading.value, reading.item) == ("reported", "41.5", REPORT)
    assert reading.note is not None
    assert commune.ws.vault.load(reading.note.digest).decode() == "Chờ quyết toán hai dự án."
    (position,) = reading.positions
    assert commune.ws.log.event(position).type == "item.reported/1"


def test_a_report_without_readings_brings_none(commune: World) -> None:
    commune.take("lan", "submit", REPORT, report={"documents": "4"})
    commune.take("hoa", "accept", REPORT)
    assert told(commune) == []


def test_a_report_on_which_nothing_arose_says_so_of_its_targets(commune: World) -> None:
    commune.take("lan", "submit", REPORT, report={"nothing": "1"})
    commune.take("hoa", "accept", REPORT)
    assert [(reading.target, reading.value) for reading in told(commune)] == [("II.2", None)]


def test_a_report_that_is_opened_again_corrects_what_was_read_of_it(commune: World) -> None:
    commune.take("lan", "submit", REPORT, report={"reading:II.2:1": "41,5"})
    commune.take("hoa", "accept", REPORT)
    commune.take("hoa", "reopen", REPORT, reason="Số liệu thay đổi.")
    commune.take("lan", "submit", REPORT, report={"reading:II.2:1": "40"})
    commune.take("hoa", "accept", REPORT)
    (reading,) = told(commune)
    assert (reading.value, reading.corrections) == ("40", 1)


def test_a_measure_that_another_unit_answers_for_is_not_asked(commune: World) -> None:
    set_owner(commune, "II.2", owner="tram-y-te")
    with pytest.raises(MissingData, match=r"không còn hỏi: số liệu chỉ tiêu II\.2 \(đã nhập «41,5»\)"):
        commune.take("lan", "submit", REPORT, report={"reading:II.2:1": "41,5"})


def test_a_target_without_figures_is_judged_reached_or_not(commune: World) -> None:
    set_owner(commune, "II.4", 0)
    with pytest.raises(MissingData, match="hãy chọn «Đạt» hoặc «Chưa đạt»"):
        commune.take("lan", "submit", REPORT, report={"reading:II.4:0": "5"})
    commune.take("lan", "submit", REPORT, report={"reading:II.4:0": "1"})
    commune.take("hoa", "accept", REPORT)
    assert [(reading.target, reading.value) for reading in told(commune)] == [("II.4", "1")]


def test_only_a_change_may_be_below_zero(commune: World) -> None:
    set_owner(commune, "II.1")
    with pytest.raises(MissingData, match="«−3» nhỏ hơn 0"):
        commune.take("lan", "submit", REPORT, report={"reading:II.2:1": "−3"})
    commune.take("lan", "submit", REPORT, report={"reading:II.1:1": "−3"})
    commune.take("hoa", "accept", REPORT)
    assert [reading.value for reading in told(commune)] == ["-3"]
