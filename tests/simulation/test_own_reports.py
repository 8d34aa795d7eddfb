"""The commune's own reports of the simulated year: the last ones, on their due days."""

from datetime import date

from support.world import World

from cchc_flow import commands
from cchc_flow.projections import issued
from cchc_flow.simulation.acting import Action, perform
from cchc_flow.simulation.own_reports import own_report_actions


def act(world: World, kind: str, period: str, actor: str = "nam", **data: str) -> None:
    perform(world.ws, Action(world.time, actor, kind, period, data=data), world.order(actor))


def stage(world: World, period: str) -> str:
    return issued.commune_reports(world.ws.read(), "2026")[period].stage


def test_only_so_many_of_the_last_reports_are_issued() -> None:
    actions = list(own_report_actions(date(2026, 11, 29), 2))
    assert list(dict.fromkeys(action.subject for action in actions)) == ["2026-10", "2026-11"]
    assert list(own_report_actions(date(2026, 11, 29), 0)) == []
    assert {action.subject for action in own_report_actions(date(2026, 2, 1), 3)} == {"2026-01"}


def test_a_report_is_written_issued_and_sent_once(world: World) -> None:
    act(world, "write_section", "2026-02", "hoa", section="causes", text="Chờ hướng dẫn.")
    for _ in range(2):
        act(world, "issue_report", "2026-02")
        act(world, "send_report", "2026-02", "hoa")
    assert stage(world, "2026-02") == "sent"
    assert len(issued.register(world.ws.read(), 2026)) == 1


def test_a_report_is_issued_although_a_unit_is_late(world: World) -> None:
    commands.do_scheduled_work(world.ws)
    world.wait(days=20)
    act(world, "write_section", "2026-Q1", "hoa", section="causes", text="Chờ hướng dẫn.")
    act(world, "issue_report", "2026-Q1")
    act(world, "send_report", "2026-Q1", "hoa")
    assert stage(world, "2026-Q1") == "sent"
