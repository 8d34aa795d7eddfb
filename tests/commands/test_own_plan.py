"""Work of December belongs to its own plan, although that of the next year is adopted."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from support.plugging import plugged
from support.registers import plain_section
from support.world import TASKS, World, adopt

from cchc_flow import commands
from cchc_flow.errors import MissingData
from cchc_flow.plugins import administrative_procedures
from cchc_flow.projections import plans
from cchc_flow.projections.cards import items
from cchc_flow.register_import import fill_register
from cchc_flow.workflow.periods import parse

DECEMBER = datetime(2026, 12, 21, 2, 0, tzinfo=UTC)
JANUARY = datetime(2027, 1, 5, 2, 0, tzinfo=UTC)
TASK = {"title": "Tập huấn", "text": "Tập huấn cho công chức xã.", "area": "1"}
FEEDBACK = {
    "title": "Đường thôn 3 hỏng",
    "lead": "phong-kinh-te",
    "code": "PA-1",
    "received_on": "2026-12-20",
    "channel": "portal",
}


@pytest.fixture
def centre(tmp_path: Path) -> World:
    """A commune in December 2026, which has adopted the plan of 2027."""
    plugins = plugged(administrative_procedures=administrative_procedures)
    world = World(tmp_path / "data", plugins=plugins).settle()
    world.time = DECEMBER
    adopt(world, 2027)
    return world


def plan_of_entry(world: World, kind: str = "feedback", **data: Any) -> str | None:
    form = FEEDBACK | {"code": f"PA-{world.ws.log.size()}"} | data
    return commands.open_entry(world.ws, kind, form, world.order("hoa")).item.plan


def plan_of_task(world: World, **data: Any) -> str | None:
    return commands.open_task(world.ws, TASK | data, world.order("hoa")).item.plan


def test_an_entry_of_december_is_of_this_years_plan(centre: World) -> None:
    assert plan_of_entry(centre) == "2026"


def test_an_entry_of_december_that_is_written_or_due_in_january_is_of_last_years_plan(centre: World) -> None:
    assert plan_of_entry(centre, due="2027-01-12") == "2026"
    centre.time = JANUARY
    assert plan_of_entry(centre, received_on="2026-12-30", due="2027-01-20") == "2026"
    assert plan_of_entry(centre, received_on="2027-01-04") == "2027"


def test_figures_are_of_the_year_of_their_period(centre: World) -> None:
    centre.time = JANUARY
    for period, plan in (("2026-12", "2026"), ("2027-01", "2027")):
        assert plan_of_entry(centre, "service_figures", period=period, received="10") == plan


def test_the_report_of_december_that_is_made_in_january_has_its_figures(centre: World) -> None:
    centre.time = JANUARY
    plan_of_entry(centre, "service_figures", period="2026-12", settled="200", in_time="150")
    facts, period = centre.ws.facts("administrative_procedures"), parse("2026-12")
    (answer,) = centre.ws.plugins.call("report_section", period=period, facts=facts)
    assert "đã giải quyết 200 hồ sơ, đúng hạn 150 hồ sơ" in " ".join(plain_section(answer.value).paragraphs)


def test_a_line_of_a_table_is_of_its_own_year_and_names_the_task_of_that_year(centre: World) -> None:
    adopt(centre, 2028, (TASKS[0],))
    centre.time = JANUARY
    table = (
        'Tên,Đơn vị chủ trì,"Mã phản ánh, kiến nghị",Ngày tiếp nhận,Tiếp nhận qua,Nhiệm vụ của kế hoạch\n'
        "Đèn đường hỏng,Phòng Kinh tế,PA-7,30/12/2026,Trực tiếp,III.1.1\n"
    )
    fill_register(centre.ws, "feedback", "bang.csv", table.encode(), centre.order("hoa"))
    (entry,) = items.items_of_kind(centre.ws.read(), "feedback")
    assert (entry.plan, entry.fields["task"]) == ("2026", "2026-III.1.1")


def test_a_task_is_of_the_plan_that_its_form_shows_else_of_its_due_day_else_of_today(centre: World) -> None:
    assert plan_of_task(centre) == "2026"
    assert plan_of_task(centre, due="2026-12-30") == "2026"
    assert plan_of_task(centre, due="2027-02-01") == "2027"
    assert plan_of_task(centre, plan="2027") == "2027"
    centre.time = JANUARY
    assert plan_of_task(centre) == "2027"
    assert plan_of_task(centre, plan="2026") == "2026"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ({"plan": "2026", "due": "2027-01-15"}, "ngày 15/01/2027 thuộc kế hoạch năm 2027"),
        ({"plan": "2027", "due": "2026-12-30"}, "ngày 30/12/2026 thuộc kế hoạch năm 2026"),
        ({"plan": "2031"}, "không có kế hoạch này"),
    ],
)
def test_a_task_of_one_plan_is_not_due_in_the_year_of_another(
    centre: World, data: dict[str, str], why: str
) -> None:
    with pytest.raises(MissingData, match=why):
        plan_of_task(centre, **data)


def test_the_units_report_on_their_own_year(centre: World) -> None:
    commands.do_scheduled_work(centre.ws)
    reports = items.items_of_kind(centre.ws.read(), "report")
    assert {(report.plan, report.period) for report in reports} >= {("2026", "2026")}
    assert {report.plan for report in reports} == {"2026"}
    centre.time = JANUARY
    commands.do_scheduled_work(centre.ws)
    opened = [report for report in items.items_of_kind(centre.ws.read(), "report") if report.plan == "2027"]
    assert {report.period for report in opened} == {"2027-01"}


def test_without_a_plan_of_its_year_the_last_one_before_is_in_force(centre: World) -> None:
    db = centre.ws.read()
    in_force = {day.year: plans.plan_of_day(db, day.date()) for day in (JANUARY, DECEMBER)}
    assert {year: plan and plan.year for year, plan in in_force.items()} == {2027: 2027, 2026: 2026}
    later, before = JANUARY.date().replace(year=2030), JANUARY.date().replace(year=2020)
    assert [plan.year for day in (later, before) if (plan := plans.plan_of_day(db, day))] == [2027, 2026]
