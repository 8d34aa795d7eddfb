"""Who is away: set in one place, for a time; the call falls to the stand-in, the rights do not."""

from datetime import date
from typing import Any

import pytest
from support.world import ASSIGN, TASK, World

from cchc_flow import commands
from cchc_flow.commands.absences import end_absence, set_absence
from cchc_flow.errors import ItemMoved, MissingData, NotAllowed, NotFound
from cchc_flow.notifications.ical import calendar_feed
from cchc_flow.notifications.reminders import run_reminders
from cchc_flow.projections import directory
from cchc_flow.projections.notices import notices
from cchc_flow.projections.reading import reader_of
from cchc_flow.reporting.my_work import work_of

WEEK = {"since": "02/03/2026", "until": "2026-03-08", "stand_in": "mai"}


@pytest.fixture
def office(world: World) -> World:
    """A unit with two officers, of whom Lan has a task in hand."""
    commands.add_person(
        world.ws, "mai", "Đỗ Thị Mai", None, "phong-kinh-te", world.order(), roles=["officer"]
    )
    world.take("hoa", "assign", **ASSIGN | {"due": "2026-03-05"})
    world.take("binh", "delegate", officer="lan")
    return world


def away(world: World, person: str = "lan", actor: str = "hoa", **data: Any) -> None:
    set_absence(world.ws, person, WEEK | data, world.order(actor))


def to_do(world: World, person: str) -> list[str]:
    db = world.ws.read()
    work = work_of(world.ws, db, reader_of(db, person))
    return [line.card.id for line in (*work.do, *work.later)]


def feed(world: World, person: str) -> str:
    someone = directory.person(world.ws.read(), person)
    assert someone is not None
    return calendar_feed(world.ws, someone, "").decode()


def test_work_reminders_and_feed_fall_to_the_stand_in_and_come_back_by_themselves(office: World) -> None:
    assert (to_do(office, "lan"), to_do(office, "mai")) == ([TASK], [])
    away(office)
    assert (to_do(office, "lan"), to_do(office, "mai"), to_do(office, "binh")) == ([], [TASK], [])
    assert "Rà soát thủ tục" in feed(office, "mai") and "Rà soát thủ tục" not in feed(office, "lan")
    run_reminders(office.ws)
    reminded = office.ws.log.stream(f"item-{TASK}")[-1]
    assert (reminded.type, reminded.data["people"]) == ("item.reminded/1", ["mai"])
    office.wait(days=7)
    assert (to_do(office, "lan"), to_do(office, "mai")) == ([TASK], [])


def test_without_a_stand_in_the_work_is_the_heads(office: World) -> None:
    away(office, stand_in="")
    assert (to_do(office, "lan"), to_do(office, "binh"), to_do(office, "mai")) == ([], [TASK], [])


def test_who_is_back_early_has_the_work_again(office: World) -> None:
    away(office)
    end_absence(office.ws, "lan", office.order("lan"))
    assert (to_do(office, "lan"), to_do(office, "mai")) == ([TASK], [])
    size = office.ws.log.size()
    end_absence(office.ws, "lan", office.order("lan"))
    assert office.ws.log.size() == size


def test_a_stand_in_gets_no_right_and_one_without_the_role_is_refused(office: World) -> None:
    away(office, "binh")
    with pytest.raises(NotAllowed):
        office.take("mai", "delegate", officer="mai")
    for stand_in in ("hoa", "lan", "thu"):
        with pytest.raises(MissingData, match="phải là người khác, cùng đơn vị; quyền không tự chuyển"):
            away(office, stand_in=stand_in)


@pytest.mark.parametrize(("actor", "role"), [("lan", "officer"), ("hoa", "coordinator")])
def test_the_person_or_a_coordinator_sets_it_and_the_event_keeps_the_role(
    office: World, actor: str, role: str
) -> None:
    away(office, actor=actor)
    event = office.ws.log.stream("person-lan")[-1]
    assert (event.type, event.actor, event.role) == ("directory.absence_set/1", actor, role)
    assert event.data == {"person": "lan", "since": "2026-03-02", "until": "2026-03-08", "stand_in": "mai"}
    size = office.ws.log.size()
    away(office, actor=actor)
    assert office.ws.log.size() == size


@pytest.mark.parametrize("actor", ["mai", "binh", "thu", "nobody"])
def test_nobody_else_says_of_others_that_they_are_away(office: World, actor: str) -> None:
    with pytest.raises(NotAllowed, match="Bạn không được ghi vắng mặt cho người khác"):
        away(office, actor=actor)
    with pytest.raises(NotAllowed):
        end_absence(office.ws, "lan", office.order(actor))


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({"since": "2026-03-09"}, r"phải từ ngày bắt đầu \(09/03/2026\) trở đi"),
        ({"since": "2026-02-01", "until": "2026-03-01"}, "ngày 01/03/2026 đã qua"),
        ({"until": "2027-12-31"}, "không quá một năm"),
        ({"since": "mai"}, "phải là một ngày"),
        ({"until": ""}, "Hãy nhập ngày vào ô «Đến hết ngày»"),
    ],
)
def test_days_that_cannot_be_meant_are_refused_in_words(
    office: World, days: dict[str, str], words: str
) -> None:
    size = office.ws.log.size()
    with pytest.raises(MissingData, match=words):
        away(office, **days)
    assert office.ws.log.size() == size


def test_of_somebody_who_is_unknown_or_was_changed_meanwhile_nothing_is_recorded(office: World) -> None:
    with pytest.raises(NotFound):
        away(office, "khong.co")
    seen = office.ws.log.version("person-lan", office.ws.log.size())
    away(office)
    with pytest.raises(ItemMoved, match="đã sửa thông tin của người này"):
        set_absence(office.ws, "lan", WEEK | {"until": "2026-03-20"}, office.order("lan"), seen=seen)


def test_work_that_is_given_to_who_is_away_is_told_to_the_stand_in_too(office: World) -> None:
    office.take("binh", "recall")
    away(office)
    office.take("binh", "delegate", officer="lan")
    for person in ("lan", "mai"):
        assert "assigned" in [one.kind for one in notices(office.ws.read(), person, only_open=True)], person


def test_an_absence_that_is_ahead_changes_nothing_yet(office: World) -> None:
    away(office, since="2026-03-04")
    assert to_do(office, "lan") == [TASK]
    assert directory.crew(office.ws.read(), date(2026, 3, 4)).away == {"lan": "mai"}
