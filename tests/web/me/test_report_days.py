"""The report days in personal calendars: the commune's for who sees to them, single days for who is asked."""

from datetime import date

import pytest
from icalendar import Calendar, Event
from support.plan_days import DEADLINES, OFFICE, deadline, settle_with_deadlines
from support.world import World

from cchc_flow import commands
from cchc_flow.commands.report_sections import edit_section
from cchc_flow.notifications import ical
from cchc_flow.projections import directory

QUARTER, SINGLE = "2026-commune-report:2026-Q1@xa-mau.cchc-flow", "2026-deadline:1@xa-mau.cchc-flow"


@pytest.fixture
def world(new_world: World) -> World:
    return settle_with_deadlines(new_world)


def events(world: World, login: str, url: str = "") -> dict[str, Event]:
    """Return the events of a person's calendar by their uid."""
    person = directory.person(world.ws.read(), login)
    assert person
    calendar = Calendar.from_ical(ical.calendar_feed(world.ws, person, url))
    return {str(event["UID"]): event for event in calendar.walk("VEVENT")}


def communes(world: World, login: str) -> list[str]:
    return [uid for uid in events(world, login) if "commune-report" in uid]


def test_the_coordinator_and_the_leader_have_the_days_that_the_commune_still_owes(world: World) -> None:
    assert len(communes(world, "hoa")) == len(communes(world, "nam")) == 10
    assert communes(world, "lan") == communes(world, "binh") == communes(world, "thu") == []
    event = events(world, "hoa", "https://cchc.vn")[QUARTER]
    assert event["SUMMARY"] == "Hạn: Báo cáo cải cách hành chính quý I/2026 của xã"
    assert event["DESCRIPTION"] == "Số liệu từ 15/12/2025 đến 14/03/2026."
    assert (event["DTSTART"].dt, event["URL"]) == (
        date(2026, 3, 20),
        "https://cchc.vn/xa-mau/reports/2026-Q1",
    )


def test_a_day_that_moves_raises_the_sequence_and_says_why(world: World) -> None:
    uid = "2026-commune-report:2026-04@xa-mau.cchc-flow"
    before = events(world, "hoa")[uid]
    rolls = {"roll": True, "before_is_exclusive": True, "soon": 3}
    commands.change_setting(world.ws, "deadlines", rolls, "1/QĐ-UBND", world.order("hoa"))
    after = events(world, "hoa")[uid]
    assert (before["DTSTART"].dt, after["DTSTART"].dt) == (date(2026, 4, 25), date(2026, 4, 28))
    assert "Hạn: 25/04/2026 (ngày nghỉ, tính đến 28/04/2026)" in after["DESCRIPTION"]
    assert int(after["SEQUENCE"]) == world.ws.log.size() > int(before["SEQUENCE"])


def test_the_same_days_make_the_same_calendar(world: World) -> None:
    before = events(world, "hoa")
    world.wait(days=1)
    world.take("hoa", "assign", "2026-III.1.1", lead="phong-kinh-te", due="2026-06-30")
    assert {uid: event.to_ical() for uid, event in events(world, "hoa").items()} == {
        uid: event.to_ical() for uid, event in before.items()
    }


def test_a_draft_raises_the_sequence_of_its_day_alone(world: World) -> None:
    before = events(world, "hoa")
    edit_section(world.ws, "2026-02", "2", "Đã rà soát.", world.order("hoa"))
    after = events(world, "hoa")
    assert after.keys() - before.keys() == {"2026-commune-report:2026-02@xa-mau.cchc-flow"}
    assert after[QUARTER].to_ical() == before[QUARTER].to_ical()


def test_what_the_plan_asks_for_once_is_in_the_calendars_of_the_units_until_its_day(world: World) -> None:
    event = events(world, "lan")[SINGLE]
    assert event["DTSTART"].dt == date(2026, 3, 24)
    assert event["SUMMARY"] == "Hạn theo kế hoạch: Gửi kế hoạch của đơn vị trước ngày 25/03/2026."
    assert event["DESCRIPTION"].startswith(f"Gửi {OFFICE}. ")
    assert SINGLE in events(world, "hoa") and SINGLE not in events(world, "thu")
    world.wait(days=23)
    assert SINGLE not in events(world, "lan")


def test_what_is_asked_of_one_unit_is_in_no_other_calendar(new_world: World) -> None:
    asked = deadline(OFFICE, "Gửi danh sách trước ngày 25/03/2026.", date="2026-03-25") | {"who": "Trạm Y tế"}
    world = settle_with_deadlines(new_world, [asked, *DEADLINES[1:]])
    assert SINGLE not in events(world, "lan")
    commands.add_person(world.ws, "yen", "Hồ Yến", None, "tram-y-te", world.order())
    assert SINGLE in events(world, "yen")


def test_a_commune_without_a_plan_has_no_report_days(new_world: World) -> None:
    commands.add_person(new_world.ws, "an", "Hồ An", None, None, new_world.order(), roles=["coordinator"])
    assert events(new_world, "an") == {}
