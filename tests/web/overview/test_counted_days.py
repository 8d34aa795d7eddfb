"""A due day on a day off, where it rolls on: every place tells both days, and none contradicts another."""

from datetime import datetime

import pytest
from icalendar import Calendar
from support.mailbox import body
from support.world import TASK, World
from web.conftest import Send

from cchc_flow import commands
from cchc_flow.notifications import ical
from cchc_flow.notifications.letters import MailDigest, compose_letter
from cchc_flow.notifications.reminders import run_reminders
from cchc_flow.projections import directory, notices
from cchc_flow.settings import Deployment

BOTH = "20/12/2026 (ngày nghỉ, tính đến 21/12/2026)"
SUNDAY = "2026-12-20"


@pytest.fixture
def rolling(world: World) -> World:
    """Due days roll on, and Lan has a task that is due on a Sunday."""
    commands.change_setting(world.ws, "deadlines", {"roll": True}, "Quy chế", world.order("hoa"))
    world.take("hoa", "assign", lead="phong-kinh-te", officer="lan", due=SUNDAY)
    return world


def on(world: World, day: str) -> None:
    """Let the daily round run on a day, as late as the server was off."""
    world.time = datetime.fromisoformat(f"{day}T06:30:00+07:00")
    run_reminders(world.ws)


@pytest.mark.parametrize("path", [f"items/{TASK}", "items?due=in_time"])
def test_a_page_with_both_days_says_why_they_differ(rolling: World, get: Send, path: str) -> None:
    assert BOTH in get("lan", path).text


def test_a_card_stands_where_the_counted_day_puts_it(rolling: World, get: Send) -> None:
    assert 'datetime=2026-12-21 title="Hạn 21/12">21/12</time>' in get("lan", "board").text


def test_a_request_for_more_time_tells_both_days(rolling: World, get: Send) -> None:
    rolling.take("lan", "start")
    rolling.take("lan", "ask_extension", due="2026-12-28", reason="Chờ số liệu.")
    assert f"hạn hiện tại: {BOTH}." in get("hoa", f"items/{TASK}").text


def test_where_days_do_not_roll_one_day_is_told(world: World, get: Send) -> None:
    world.take("hoa", "assign", lead="phong-kinh-te", officer="lan", due=SUNDAY)
    page = get("lan", f"items/{TASK}").text
    assert "<dd>20/12/2026</dd>" in page
    assert "tính đến 2" not in page


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-12-19", "khi đó còn 2 ngày"),
        ("2026-12-21", "khi đó là ngày cuối của hạn"),
        ("2026-12-26", "khi đó đã quá hạn 5 ngày"),
    ],
)
def test_a_reminder_says_what_was_true_on_its_day_however_late_the_round_ran(
    rolling: World, get: Send, day: str, words: str
) -> None:
    on(rolling, day)
    rolling.wait(days=30)
    assert f" về hạn {BOTH}, {words}." in get("lan", "inbox").text


def test_a_reminder_tells_both_days_once(rolling: World, get: Send) -> None:
    assert get("lan", "inbox").text.count(BOTH) == 1
    on(rolling, "2026-12-19")
    newest = get("lan", "inbox").text.split('class="notice-about')[1]
    assert f" về hạn {BOTH}, " in newest and newest.count(BOTH) == 1


def test_a_reminder_is_judged_by_the_settings_of_its_day(rolling: World, get: Send) -> None:
    on(rolling, "2026-12-22")
    commands.change_setting(rolling.ws, "deadlines", {"roll": False}, "Quy chế", rolling.order("hoa"))
    assert f"về hạn {BOTH}, khi đó đã quá hạn 1 ngày." in get("lan", "inbox").text


def test_an_assignment_in_the_inbox_tells_both_days(rolling: World, get: Send) -> None:
    assert f"· Hạn {BOTH}</span>" in get("lan", "inbox").text


@pytest.mark.parametrize(
    ("day", "words"), [("2026-12-14", f"hạn {BOTH}"), ("2026-12-26", f"hạn {BOTH}, quá hạn 5 ngày")]
)
def test_a_letter_tells_both_days(rolling: World, day: str, words: str) -> None:
    on(rolling, day)
    db = rolling.ws.read()
    lan = directory.person(db, "lan")
    assert lan
    told = tuple(notices.notices(db, "lan", kinds=["reminded"]))
    news = MailDigest(lan, "lan@xa-mau.gov.vn", told, told[0].position)
    assert f"- Rà soát thủ tục (III.2.3.1): {words}\n" in body(compose_letter(rolling.ws, news, Deployment()))


def test_the_personal_calendar_has_the_counted_day_and_tells_the_other(rolling: World) -> None:
    lan = directory.person(rolling.ws.read(), "lan")
    assert lan
    (event,) = Calendar.from_ical(ical.calendar_feed(rolling.ws, lan, "")).walk("VEVENT")
    assert event["DTSTART"].dt.isoformat() == "2026-12-21"
    assert event["DESCRIPTION"].endswith(f"Hạn: {BOTH}.")
