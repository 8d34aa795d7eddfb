"""The work of a closed unit or a former person: forms keep it, and it is handed over all at once."""

import pytest
from support.workflows import follow_a_version_that_hands_less_over
from support.world import ASSIGN, RESULT, TASK, World

from cchc_flow import commands
from cchc_flow.commands import UnitOfWork
from cchc_flow.commands.handovers import Handover, hand_over_work, preview_handover
from cchc_flow.errors import ItemMoved, MissingData, NotAllowed
from cchc_flow.projections import directory
from cchc_flow.projections.cards import items, unattended
from cchc_flow.workflow.item import Item

OTHER = "2026-III.2.10"
REASON = "Trạm Y tế nhận việc sau sáp nhập."
TO_HEALTH = Handover("units", "phong-kinh-te", "tram-y-te", REASON)


def close(world: World, unit: str = "phong-kinh-te") -> None:
    name = {known.id: known.name for known in directory.units(world.ws.read())}[unit]
    commands.change_unit(world.ws, unit, name, (), False, world.order())


def leave(world: World, login: str, unit: str | None = "phong-kinh-te") -> None:
    name = directory.names(world.ws.read())[login]
    commands.change_person(world.ws, login, name, None, unit, False, world.order())


def item(world: World, item_id: str = TASK) -> Item:
    return items.item(world.ws.read(), item_id)


@pytest.fixture
def closed(world: World) -> World:
    """The commune, whose Phòng Kinh tế was closed with two tasks and three reports open."""
    world.take("hoa", "assign", **ASSIGN | {"officer": "lan"})
    world.take("hoa", "assign", OTHER, lead="phong-kinh-te", support=[], due="2026-03-30")
    commands.do_scheduled_work(world.ws)
    close(world)
    return world


def test_a_person_keeps_the_unit_that_was_closed(closed: World) -> None:
    commands.change_person(closed.ws, "lan", "Trần Thị Lan Anh", None, "phong-kinh-te", True, closed.order())
    lan = directory.person(closed.ws.read(), "lan")
    assert lan and (lan.name, lan.unit) == ("Trần Thị Lan Anh", "phong-kinh-te")
    with pytest.raises(MissingData, match="không có trong danh bạ"):
        commands.change_person(closed.ws, "hoa", "Lê Thị Hoa", None, "phong-kinh-te", True, closed.order())


def test_an_item_keeps_its_closed_unit_and_former_officer_when_its_form_is_sent(closed: World) -> None:
    close(closed, "tram-y-te")
    leave(closed, "lan")
    same = {"lead": "phong-kinh-te", "support": ["tram-y-te"], "officer": "lan", "due": "2026-07-15"}
    closed.take("hoa", "assign", **same)
    task = item(closed)
    assert (task.lead, task.support, task.officer, task.due) == (
        "phong-kinh-te",
        ("tram-y-te",),
        "lan",
        "2026-07-15",
    )


def test_a_closed_unit_is_not_chosen_anew(closed: World) -> None:
    close(closed, "tram-y-te")
    with pytest.raises(MissingData, match="không có trong danh bạ"):
        closed.take("hoa", "assign", OTHER, lead="tram-y-te", support=[], due="2026-03-30")
    with pytest.raises(MissingData, match="không có trong danh bạ"):
        closed.take("hoa", "assign", "2026-III.1.1", lead="phong-kinh-te", support=[], due="2026-06-30")


def test_work_without_a_unit_or_an_officer_is_counted_once_each(closed: World) -> None:
    leave(closed, "lan")
    unit, person = unattended.leavers(closed.ws.read())
    assert (unit.words, len(unit.cards)) == ("Phòng Kinh tế (đã giải thể)", 3)
    assert (person.words, [card.id for card in person.cards]) == ("Trần Thị Lan (đã khóa)", [TASK])
    assert unattended.open_numbers(closed.ws.read(), "lead")["phong-kinh-te"] == 3
    assert unattended.open_numbers(closed.ws.read(), "holder") == {"lan": 1}


def test_work_by_periods_that_names_a_closed_unit_is_to_be_divided_anew(world: World) -> None:
    units = ["phong-kinh-te", "tram-y-te"]
    world.take("hoa", "distribute", units=units, cadence="monthly", due="", due_day="", since="")
    close(world)
    (leaver,) = unattended.leavers(world.ws.read())
    assert [whole.id for whole in leaver.wholes] == [TASK] and leaver.number == 2
    hand_over_work(world.ws, TO_HEALTH, world.order("hoa"))
    (leaver,) = unattended.leavers(world.ws.read())
    assert (leaver.cards, leaver.number) == ([], 1)
    others = ["phong-van-hoa-xa-hoi", "tram-y-te"]
    world.take("hoa", "distribute", units=others, cadence="monthly", due="", due_day="", since="")
    assert unattended.leavers(world.ws.read()) == []


def test_nothing_is_unattended_while_all_units_and_people_are_there(world: World) -> None:
    world.take("hoa", "assign", **ASSIGN)
    assert unattended.leavers(world.ws.read()) == []


def test_all_open_work_of_a_unit_goes_to_another_at_once(closed: World) -> None:
    handed = hand_over_work(closed.ws, TO_HEALTH, closed.order("hoa"))
    assert [handed_item.refusal for handed_item in handed] == ["", "", ""]
    report = "2026-report:phong-kinh-te:2026-Q1"
    assert {item(closed, each).lead for each in (TASK, OTHER, report)} == {"tram-y-te"}
    assert (item(closed).officer, item(closed).support) == (None, ())
    assert unattended.leavers(closed.ws.read()) == []


def test_a_preview_writes_nothing_and_says_where_each_item_goes(closed: World) -> None:
    submit(closed)
    size = closed.ws.log.size()
    lines = preview_handover(UnitOfWork(closed.ws, closed.order("hoa")), TO_HEALTH)
    assert {line.lead for line in lines} == {"tram-y-te"} and not any(line.refusal for line in lines)
    assert closed.ws.log.size() == size


def submit(world: World) -> None:
    world.take("lan", "start")
    world.take("lan", "submit", **RESULT)


def test_work_in_review_goes_along_and_comes_back_to_whoever_has_it_then(closed: World) -> None:
    submit(closed)
    hand_over_work(closed.ws, TO_HEALTH, closed.order("nam"))
    assert (item(closed).state, item(closed).lead, item(closed).submitted_by) == (
        "submitted",
        "tram-y-te",
        "lan",
    )
    closed.take("hoa", "return", reason="Thiếu phụ lục.", defects="1")
    assert (item(closed).state, item(closed).lead) == ("in_progress", "tram-y-te")


def test_work_at_rest_goes_along(closed: World) -> None:
    closed.take("nam", "suspend", reason="Chờ hướng dẫn.")
    hand_over_work(closed.ws, TO_HEALTH, closed.order("nam"))
    assert (item(closed).state, item(closed).lead) == ("suspended", "tram-y-te")


def test_what_cannot_be_handed_over_now_stays_and_says_why(closed: World) -> None:
    submit(closed)
    follow_a_version_that_hands_less_over(closed, TASK)
    preview = preview_handover(UnitOfWork(closed.ws, closed.order("hoa")), TO_HEALTH)
    assert {line.card.id for line in preview if line.refusal} == {TASK}
    handed = {
        line.card.id: line.refusal for line in hand_over_work(closed.ws, TO_HEALTH, closed.order("nam"))
    }
    assert "đang ở «Chờ duyệt» nên không thể «Chuyển xử lý»" in handed[TASK]
    assert (handed[OTHER], item(closed).lead, item(closed, OTHER).lead) == ("", "phong-kinh-te", "tram-y-te")


def test_the_work_of_a_person_goes_to_another_who_may_be_of_another_unit(closed: World) -> None:
    commands.add_person(closed.ws, "mai", "Bùi Thị Mai", None, "tram-y-te", closed.order())
    leave(closed, "lan")
    (line,) = hand_over_work(closed.ws, Handover("people", "lan", "mai", REASON), closed.order("hoa"))
    assert (line.refusal, item(closed).officer, item(closed).lead) == ("", "mai", "tram-y-te")
    assert item(closed, OTHER).lead == "phong-kinh-te"


def test_what_a_unit_supports_is_supported_by_the_receiver_which_is_not_named_twice(world: World) -> None:
    world.take("hoa", "assign", **ASSIGN | {"support": ["tram-y-te", "phong-van-hoa-xa-hoi"]})
    world.take("hoa", "assign", OTHER, lead="phong-kinh-te", support=["tram-y-te"], due="2026-03-30")
    close(world, "tram-y-te")
    (leaver,) = unattended.leavers(world.ws.read())
    assert (leaver.cards, {card.id for card in leaver.supported}) == ([], {TASK, OTHER})
    to_culture = Handover("units", "tram-y-te", "phong-van-hoa-xa-hoi", REASON)
    handed = hand_over_work(world.ws, to_culture, world.order("hoa"))
    assert [(line.refusal, line.supporting) for line in handed] == [("", "phong-van-hoa-xa-hoi")] * 2
    assert item(world).support == item(world, OTHER).support == ("phong-van-hoa-xa-hoi",)
    assert (item(world).lead, item(world).state) == ("phong-kinh-te", "assigned")
    assert unattended.leavers(world.ws.read()) == []


def test_a_lead_unit_does_not_come_to_support_itself(world: World) -> None:
    world.take("hoa", "assign", **ASSIGN)
    hand_over_work(world.ws, Handover("units", "tram-y-te", "phong-kinh-te", REASON), world.order("hoa"))
    assert item(world).support == ()


def test_work_that_somebody_took_up_without_being_in_charge_goes_along(world: World) -> None:
    world.take("hoa", "assign", **ASSIGN)
    world.take("lan", "start")
    world.take("lan", "submit", **RESULT)
    leave(world, "lan")
    (leaver,) = unattended.leavers(world.ws.read())
    assert [card.id for card in leaver.cards] == [TASK]
    (line,) = hand_over_work(world.ws, Handover("people", "lan", "binh", REASON), world.order("hoa"))
    assert (line.refusal, item(world).officer, item(world).state) == ("", "binh", "submitted")
    assert unattended.leavers(world.ws.read()) == []


def test_divided_work_that_a_closed_unit_supports_is_to_be_divided_anew(world: World) -> None:
    data = {"cadence": "monthly", "due": "", "due_day": "", "since": "", "support": ["tram-y-te"]}
    world.take("hoa", "distribute", units=["phong-kinh-te"], **data)
    close(world, "tram-y-te")
    (leaver,) = unattended.leavers(world.ws.read())
    part = f"{TASK}:phong-kinh-te:2026-03"
    assert ([whole.id for whole in leaver.wholes], [card.id for card in leaver.supported]) == ([TASK], [part])


def test_a_colleague_of_the_same_unit_takes_the_work_within_it(world: World) -> None:
    world.take("hoa", "assign", **ASSIGN | {"officer": "lan"})
    hand_over_work(world.ws, Handover("people", "lan", "binh", REASON), world.order("hoa"))
    assert (item(world).officer, item(world).lead) == ("binh", "phong-kinh-te")


def test_the_same_order_sent_twice_hands_over_once(closed: World) -> None:
    order = closed.order("hoa")
    hand_over_work(closed.ws, TO_HEALTH, order)
    size = closed.ws.log.size()
    assert hand_over_work(closed.ws, TO_HEALTH, order) == []
    assert closed.ws.log.size() == size


@pytest.mark.parametrize(
    ("handover", "why"),
    [
        (Handover("units", "phong-kinh-te", "", REASON), "Hãy chọn nơi nhận."),
        (Handover("units", "phong-kinh-te", "phong-kinh-te", REASON), "phải khác nơi bàn giao"),
        (Handover("units", "tram-y-te", "phong-kinh-te", REASON), "đơn vị đang hoạt động"),
        (Handover("people", "lan", "thu", REASON), "ở một đơn vị"),
        (Handover("people", "lan", "lan.khac", REASON), "ở một đơn vị"),
        (Handover("units", "phong-kinh-te", "tram-y-te", " "), "Lý do"),
    ],
)
def test_a_handover_to_nobody_or_without_a_reason_is_refused(
    closed: World, handover: Handover, why: str
) -> None:
    size = closed.ws.log.size()
    with pytest.raises(MissingData, match=why):
        hand_over_work(closed.ws, handover, closed.order("hoa"))
    assert closed.ws.log.size() == size


@pytest.mark.parametrize("login", ["lan", "binh", "thu"])
def test_only_coordinators_and_leaders_hand_all_work_over(closed: World, login: str) -> None:
    with pytest.raises(NotAllowed, match="đầu mối CCHC hoặc lãnh đạo"):
        hand_over_work(closed.ws, TO_HEALTH, closed.order(login))
    with pytest.raises(NotAllowed):
        preview_handover(UnitOfWork(closed.ws, closed.order(login)), TO_HEALTH)


def test_a_page_that_is_older_than_a_change_of_the_unit_is_refused(closed: World) -> None:
    with pytest.raises(ItemMoved):
        hand_over_work(closed.ws, TO_HEALTH, closed.order("hoa"), seen=1)
