"""Reports that every unit owes for each period: opened by the calendar, submitted, accepted."""

from datetime import date

from support.world import RESULT, World

from cchc_flow import commands
from cchc_flow.projections import directory
from cchc_flow.projections.cards import counts, items, queries
from cchc_flow.projections.cards.filters import Filters
from cchc_flow.workflow.settings.values import Settings, with_setting


def test_every_unit_has_a_report_for_each_period_that_the_calendar_opens(world: World) -> None:
    assert commands.do_scheduled_work(world.ws).reports == 3
    assert commands.do_scheduled_work(world.ws).reports == 0
    report = items.item(world.ws.read(), "2026-report:tram-y-te:2026-Q1")
    assert (report.kind, report.state, report.due, report.lead) == (
        "report",
        "due",
        "2026-03-10",
        "tram-y-te",
    )
    world.wait(days=31)
    assert commands.do_scheduled_work(world.ws).reports == 3


def test_a_report_is_submitted_returned_and_accepted(world: World) -> None:
    commands.do_scheduled_work(world.ws)
    report = "2026-report:phong-kinh-te:2026-Q1"
    world.take("lan", "submit", report, **RESULT)
    world.take("hoa", "return", report, reason="Thiếu số liệu.", defects="1")
    world.take("lan", "submit", report, **RESULT)
    world.take("hoa", "accept", report)
    assert items.item(world.ws.read(), report).state == "accepted"
    found = counts.counts(world.ws.read(), Filters(kind="report"), date(2026, 3, 20))
    assert (found.done_in_time, found.open_late) == (1, 2)


def test_only_the_units_that_the_settings_name_report_and_on_their_days(world: World) -> None:
    value = {"monthly_day": 12, "period_day": 8, "units": ["tram-y-te"]}
    commands.change_setting(world.ws, "reporting", value, "QĐ 7/QĐ-UBND", world.order("hoa"))
    assert commands.do_scheduled_work(world.ws).reports == 1
    assert items.item(world.ws.read(), "2026-report:tram-y-te:2026-Q1").due == "2026-03-08"


def test_a_unit_that_comes_later_owes_no_report_of_before(world: World) -> None:
    world.wait(days=70)
    unit = commands.add_unit(world.ws, "Trường Tiểu học", [], world.order())
    commands.do_scheduled_work(world.ws)
    db = world.ws.read()
    names = {unit.id: unit.name for unit in directory.units(db)}
    owed = {card.period for card in queries.all_cards(db) if card.lead == unit and card.kind == "report"}
    assert names[unit] == "Trường Tiểu học" and owed == {"2026-05"}


def reports_of(world: World, unit: str) -> dict[str, str | None]:
    """Return the due days of a unit's reports by period."""
    found = items.items_of_kind(world.ws.read(), "report")
    return {report.period or "": report.due for report in found if report.unit == unit}


def test_a_report_that_opens_after_its_day_has_five_working_days(world: World) -> None:
    world.wait(days=51)  # Wednesday, 22 April; on the 27th is the day of the Hùng kings
    commands.do_scheduled_work(world.ws)
    assert reports_of(world, "tram-y-te") == {"2026-Q1": "2026-05-04", "2026-04": "2026-05-04"}


def test_a_unit_that_is_named_or_comes_back_later_owes_no_report_of_before(world: World) -> None:
    value = {"units": ["phong-kinh-te"]}
    commands.change_setting(world.ws, "reporting", value, "QĐ 7/QĐ-UBND", world.order("hoa"))
    commands.change_unit(world.ws, "phong-kinh-te", "Phòng Kinh tế", [], False, world.order())
    world.wait(days=70)  # 11 May
    commands.change_setting(world.ws, "reporting", {"units": []}, "QĐ 8/QĐ-UBND", world.order("hoa"))
    commands.change_unit(world.ws, "phong-kinh-te", "Phòng Kinh tế", [], True, world.order())
    commands.do_scheduled_work(world.ws)
    assert reports_of(world, "tram-y-te") == {"2026-05": "2026-05-15"}
    assert reports_of(world, "phong-kinh-te") == {"2026-05": "2026-05-15"}


def test_monthly_reports_that_are_asked_for_later_are_not_owed_for_months_before(world: World) -> None:
    commands.do_scheduled_work(world.ws)
    world.wait(days=70)
    commands.change_setting(world.ws, "reporting", {"all_months": True}, "QĐ 8", world.order("hoa"))
    commands.do_scheduled_work(world.ws)
    assert "2026-03" not in reports_of(world, "tram-y-te")
    world.wait(days=25)
    commands.do_scheduled_work(world.ws)
    assert {"2026-06", "2026-H1"} <= set(reports_of(world, "tram-y-te"))


def test_a_new_commune_reports_on_the_third_quarter_in_september(world: World) -> None:
    world.wait(days=200)
    commands.do_scheduled_work(world.ws)
    september = {period for period, due in reports_of(world, "tram-y-te").items() if due[:7] == "2026-09"}
    assert "2026-Q3" in september and "2026-9M" not in september


def test_a_log_that_does_not_say_which_report_is_due_in_september_means_nine_months() -> None:
    assert Settings().reporting.nine_months
    stored = {"monthly_day": 12, "period_day": 8}  # as it was stored before there was the choice
    assert with_setting(Settings(), "reporting", stored).reporting.nine_months
