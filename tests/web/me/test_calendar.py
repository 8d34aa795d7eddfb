"""The personal calendar: what is in it, who can open it, and that another library reads it."""

import warnings
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar
from support import dividing
from support.visitors import Site
from support.world import TASK, World
from web.conftest import Send

from cchc_flow import commands
from cchc_flow.accounts.opening import open_accounts
from cchc_flow.notifications import ical
from cchc_flow.projections import directory

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import vobject

LONG = "Rà soát, đơn giản hóa thủ tục hành chính; công bố, công khai đầy đủ, kịp thời: “ưỡ”, ký tự \\ dài"
HERE = "https://cchc.xa-mau.gov.vn"


@pytest.fixture
def feed(site: Site, world: World) -> str:
    """The address of Lan's calendar, who is in charge of one task."""
    world.take("hoa", "assign", lead="phong-kinh-te", officer="lan", due="2026-06-30")
    return address("lan", world)


def address(login: str, world: World) -> str:
    secret = open_accounts(world.ws).personal.create_feed_secret(login, world.ws.now())
    return f"/xa-mau/calendar/{secret}.ics"


def events(text: str) -> dict[str, Any]:
    """Return the events that vobject finds, by their uid."""
    return {str(one.uid.value): one for one in getattr(vobject.readOne(text), "vevent_list", [])}


def test_each_due_day_is_a_whole_day_that_another_library_reads(
    feed: str, nobody: FlaskClient, world: World
) -> None:
    answer = nobody.get(feed)
    assert (answer.status_code, answer.content_type) == (200, "text/calendar; charset=utf-8")
    ((uid, event),) = events(answer.text).items()
    assert uid == f"{TASK}@xa-mau.cchc-flow"
    assert event.summary.value == "Hạn: Rà soát thủ tục"
    assert (event.dtstart.value, event.dtend.value) == (date(2026, 6, 30), date(2026, 7, 1))
    assert event.description.value == "III.2.3.1. Đã giao. Chủ trì: Phòng Kinh tế."
    *_, assignment = world.ws.log.stream(f"item-{TASK}")
    assert int(event.sequence.value) == assignment.position
    assert not hasattr(event, "url")


def test_a_long_vietnamese_title_is_folded_by_octets_and_comes_back_whole(
    world: World, nobody: FlaskClient
) -> None:
    task = {"title": LONG[:80], "text": LONG, "area": "2", "due": "2026-05-05"}
    opened = commands.open_task(world.ws, task, world.order("hoa")).item.id
    world.take("hoa", "assign", opened, lead="phong-kinh-te", officer="lan", due="2026-05-05")
    answer = nobody.get(address("lan", world))
    assert max(len(line) for line in answer.data.split(b"\r\n")) <= 75
    assert events(answer.text)[f"{opened}@xa-mau.cchc-flow"].summary.value == f"Hạn: {LONG[:80].strip()}"


def test_the_same_work_makes_the_same_calendar_and_a_change_raises_its_sequence(
    feed: str, nobody: FlaskClient, world: World
) -> None:
    first = nobody.get(feed)
    assert nobody.get(feed).data == first.data
    world.take("lan", "start")
    world.take("lan", "ask_extension", due="2026-07-20", reason="Chờ số liệu.")
    world.take("hoa", "grant_extension", due="2026-07-15")
    (before,), (after,) = events(first.text).values(), events(nobody.get(feed).text).values()
    assert before.uid.value == after.uid.value
    assert int(after.sequence.value) > int(before.sequence.value)
    assert after.dtstart.value == date(2026, 7, 15)


def test_events_link_to_the_site_where_its_address_is_known(feed: str, world: World) -> None:
    lan = directory.person(world.ws.read(), "lan")
    assert lan
    (event,) = Calendar.from_ical(ical.calendar_feed(world.ws, lan, HERE)).walk("VEVENT")
    assert event["URL"] == f"{HERE}/xa-mau/items/{TASK}"


def test_what_is_done_rests_or_belongs_to_others_is_not_in_it(
    feed: str, nobody: FlaskClient, world: World
) -> None:
    world.take("hoa", "assign", "2026-III.1.1", lead="phong-kinh-te", officer="binh", due="2026-05-05")
    assert len(events(nobody.get(feed).text)) == 1
    world.take("nam", "suspend", reason="Chờ hướng dẫn.")
    assert events(nobody.get(feed).text) == {}
    world.take("nam", "resume")
    world.take("lan", "start")
    world.take("lan", "submit", result="Xong.")
    assert len(events(nobody.get(feed).text)) == 1
    world.take("hoa", "approve", quality="met")
    assert events(nobody.get(feed).text) == {}


def test_a_head_sees_all_that_the_unit_leads_and_an_officer_what_is_nobody_s(
    feed: str, nobody: FlaskClient, world: World
) -> None:
    world.take("hoa", "assign", "2026-III.1.1", lead="phong-kinh-te", due="2026-05-05")
    assert len(events(nobody.get(feed).text)) == 2
    world.take("hoa", "assign", "2026-III.1.1", lead="phong-kinh-te", officer="binh", due="2026-05-05")
    assert (len(events(nobody.get(feed).text)), len(events(nobody.get(address("binh", world)).text))) == (
        1,
        2,
    )


def test_parts_of_several_periods_are_told_apart(world: World, nobody: FlaskClient) -> None:
    dividing.distribute(world, ["phong-kinh-te"], cadence="monthly", due_day="25")
    world.wait(days=31)
    commands.do_scheduled_work(world.ws)
    found = {one.summary.value for one in events(nobody.get(address("lan", world)).text).values()}
    assert found >= {"Hạn: Rà soát thủ tục, tháng 3/2026", "Hạn: Rà soát thủ tục, tháng 4/2026"}


def test_an_empty_calendar_is_one(world: World, nobody: FlaskClient) -> None:
    assert events(nobody.get(address("thu", world)).text) == {}


@pytest.mark.parametrize("secret", ["x", "a" * 43, "%00", "é"])
def test_a_wrong_address_is_not_there(feed: str, nobody: FlaskClient, secret: str) -> None:
    answer = nobody.get(f"/xa-mau/calendar/{secret}.ics")
    assert (answer.status_code, "VCALENDAR" in answer.text) == (404, False)


def test_a_new_address_closes_the_old_one(feed: str, nobody: FlaskClient, world: World) -> None:
    new = address("lan", world)
    assert (nobody.get(feed).status_code, nobody.get(new).status_code) == (404, 200)
    open_accounts(world.ws).personal.delete_feed("lan")
    assert nobody.get(new).status_code == 404


def test_who_left_has_no_calendar(feed: str, nobody: FlaskClient, world: World) -> None:
    commands.change_person(world.ws, "lan", "Trần Thị Lan", None, "phong-kinh-te", False, world.order())
    assert nobody.get(feed).status_code == 404


def test_the_calendar_carries_the_headers_of_every_answer(feed: str, nobody: FlaskClient) -> None:
    headers = nobody.get(feed).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "Set-Cookie" not in headers


def test_the_address_is_kept_as_a_hash_only(feed: str, world: World) -> None:
    secret = feed.rsplit("/", 1)[1].removesuffix(".ics")
    kept = b"".join(path.read_bytes() for path in world.ws.private.glob("accounts.db*"))
    assert secret.encode() not in kept


def test_the_account_page_makes_shows_once_and_ends_an_address(
    world: World, send: Send, get: Send, nobody: FlaskClient
) -> None:
    import re

    assert "Tạo địa chỉ lịch" in get("lan", "account").text
    shown = send("lan", "account/feeds")
    found = re.search(r'id="feed-address">http://localhost(/xa-mau/calendar/[\w-]{43}\.ics)<', shown.text)
    assert found and nobody.get(found[1]).status_code == 200
    assert found[1] not in get("lan", "account").text
    assert send("lan", "account/feeds/end").status_code == 303
    assert nobody.get(found[1]).status_code == 404


def stamps(nobody: FlaskClient, feed: str) -> tuple[int, str, str]:
    """Return the SEQUENCE, DTSTAMP and day of the only event of a feed."""
    (event,) = Calendar.from_ical(nobody.get(feed).text).walk("VEVENT")
    assert event["LAST-MODIFIED"].dt == event["DTSTAMP"].dt
    return int(event["SEQUENCE"]), event["DTSTAMP"].dt.isoformat(), event["DTSTART"].dt.isoformat()


def change_days(world: World, name: str, **value: Any) -> None:
    commands.change_setting(world.ws, name, value, "QĐ 7/QĐ-UBND", world.order("hoa"))


def test_a_day_that_moves_by_the_settings_raises_sequence_and_stamp(
    feed: str, nobody: FlaskClient, world: World
) -> None:
    first = stamps(nobody, feed)
    world.wait(days=1)
    change_days(world, "deadlines", roll=True)
    rolled = stamps(nobody, feed)
    assert rolled[0] > first[0] and rolled[1] > first[1] and rolled[2] == "2026-06-30"
    world.wait(days=1)
    change_days(world, "calendar", days=[{"day": "2026-06-30", "working": False, "name": "Nghỉ bão"}])
    closed = stamps(nobody, feed)
    assert closed[0] > rolled[0] and closed[1] > rolled[1] and closed[2] == "2026-07-01"


def test_a_unit_that_is_renamed_raises_sequence_and_stamp(
    feed: str, nobody: FlaskClient, world: World
) -> None:
    first = stamps(nobody, feed)
    world.wait(days=1)
    commands.change_unit(world.ws, "phong-kinh-te", "Phòng Kinh tế - Hạ tầng", (), True, world.order())
    renamed = stamps(nobody, feed)
    assert renamed[0] > first[0] and renamed[1] > first[1]
    assert "Phòng Kinh tế - Hạ tầng" in nobody.get(feed).text.replace("\r\n ", "")


def test_what_the_feed_does_not_show_changes_nothing_in_it(
    feed: str, nobody: FlaskClient, world: World
) -> None:
    before = nobody.get(feed).data
    world.wait(days=1)
    change_days(world, "review", coordinator_closes=True)
    commands.change_unit(world.ws, "tram-y-te", "Trạm Y tế xã", (), True, world.order())
    world.take("hoa", "assign", "2026-III.1.1", lead="tram-y-te", due="2026-05-05")
    assert nobody.get(feed).data == before


def test_the_sequence_never_falls_when_the_work_goes_to_another_unit(
    feed: str, nobody: FlaskClient, world: World
) -> None:
    for name in ("Phòng KT", "Phòng Kinh tế"):
        commands.change_unit(world.ws, "phong-kinh-te", name, (), True, world.order())
    first = stamps(nobody, feed)
    commands.change_person(world.ws, "lan", "Trần Thị Lan", None, "tram-y-te", True, world.order())
    world.take("hoa", "hand_over", lead="tram-y-te", officer="lan", reason="Sáp nhập.")
    assert stamps(nobody, feed)[0] > first[0]
