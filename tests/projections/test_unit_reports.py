"""What the units told in their reports, now and as it was at a position of the log."""

from typing import Any

from support.world import RESULT, World

from cchc_flow import commands
from cchc_flow.projections.cards import items
from cchc_flow.projections.report_outlines import report_outline
from cchc_flow.projections.unit_reports import UnitReport, unit_reports
from cchc_flow.workflow.events import Tally

REPORT = "2026-report:phong-kinh-te:2026-Q1"


def begin(world: World) -> None:
    commands.do_scheduled_work(world.ws)


def submit(world: World, item: str = REPORT, **report: Any) -> int:
    """Submit a report, and return the position up to which the log has come."""
    world.take("lan", "submit", item, report=report)
    return world.ws.log.size()


def told(world: World, at: int | None = None) -> UnitReport:
    """Return what Phòng Kinh tế told of the first quarter."""
    db = world.ws.read() if at is None else world.ws.models.read_as_of(at)
    found = unit_reports(db, "2026", "2026-Q1")
    return next(report for report in found if report.unit == "phong-kinh-te")


def count(report: UnitReport) -> str | None:
    return report.content.documents.count if report.content and report.content.documents else None


def test_every_unit_has_its_report_also_before_it_tells_anything(world: World) -> None:
    begin(world)
    found = unit_reports(world.ws.read(), "2026", "2026-Q1")
    assert [report.unit for report in found] == ["phong-kinh-te", "phong-van-hoa-xa-hoi", "tram-y-te"]
    assert {(report.state, report.content, report.position) for report in found} == {("due", None, None)}


def test_what_was_told_stands_with_the_position_of_its_event(world: World) -> None:
    begin(world)
    submit(world, documents="14", **{"words:2": "Đã rà soát 40 thủ tục."})
    report = told(world)
    assert report.content is not None
    assert report.position is not None and report.summary is not None
    assert world.ws.log.event(report.position).type == "item.reported/1"
    assert report.content.documents == Tally(count="14", total="14", before=None)
    words = report.content.passages["2"]
    assert world.ws.vault.load(words.digest).decode() == "Đã rà soát 40 thủ tục."
    assert (report.state, report.is_accepted) == ("submitted", False)


def test_a_report_of_a_past_position_is_as_it_was_then(world: World) -> None:
    begin(world)
    opened = world.ws.log.size()
    first = submit(world, documents="14")
    world.take("hoa", "return", REPORT, reason="Thiếu số.", defects="1")
    second = submit(world, documents="15")
    world.take("hoa", "accept", REPORT)
    assert (count(told(world)), told(world).is_accepted) == ("15", True)
    assert (count(told(world, second)), told(world, second).is_accepted) == ("15", False)
    assert (count(told(world, first)), told(world, first).state) == ("14", "submitted")
    assert (count(told(world, opened)), told(world, opened).state) == (None, "due")


def test_a_summary_and_files_alone_are_told_too(world: World) -> None:
    begin(world)
    world.take("lan", "submit", REPORT, **RESULT)
    report = told(world)
    assert report.summary is not None
    assert world.ws.vault.load(report.summary.digest).decode() == RESULT["result"]


def test_a_total_goes_on_from_the_last_period_that_ended_before(world: World) -> None:
    begin(world)
    submit(world, documents="14", meetings="3")
    world.wait(days=31)
    commands.do_scheduled_work(world.ws)
    db, april = world.ws.read(), "2026-report:phong-kinh-te:2026-04"
    assert report_outline(db, items.item(db, april)).totals == {"documents": "14", "meetings": "3"}
    world.take("lan", "submit", april, report={"documents": "5"})
    (report,) = (
        each for each in unit_reports(world.ws.read(), "2026", "2026-04") if each.unit == "phong-kinh-te"
    )
    assert report.content is not None
    assert report.content.documents == Tally(count="5", total="19", before=None)


def test_a_rebuild_gives_the_same_rows(world: World) -> None:
    begin(world)
    submit(world, documents="14")
    world.take("hoa", "return", REPORT, reason="Thiếu số.", defects="1")
    submit(world, documents="15")
    assert world.ws.models.differences() == []
