"""Who hears of what: the rows behind the inbox."""

from typing import Any

import pytest
from support.world import TASK, World

from cchc_flow import commands
from cchc_flow.notifications.reminders import run_reminders
from cchc_flow.projections import directory
from cchc_flow.projections.notices import newest_position, notices

GIVEN = {"lead": "phong-kinh-te", "officer": "lan", "due": "2026-06-30"}


def kinds(world: World, person: str) -> list[str]:
    """Return the kinds of a person's notices, the oldest first."""
    return [notice.kind for notice in reversed(notices(world.ws.read(), person))]


def under_way(world: World, **changed: Any) -> World:
    world.take("hoa", "assign", **(GIVEN | changed))
    world.take("lan", "start")
    return world


def test_who_is_in_charge_hears_of_the_work_and_the_head_where_nobody_is(world: World) -> None:
    world.take("hoa", "assign", **GIVEN)
    assert (kinds(world, "lan"), kinds(world, "binh")) == (["assigned"], [])
    world.take("hoa", "assign", "2026-III.1.1", lead="phong-kinh-te")
    assert (kinds(world, "lan"), kinds(world, "binh")) == (["assigned"], ["assigned"])


def test_who_takes_over_hears_of_it(world: World) -> None:
    world.take("hoa", "assign", **GIVEN)
    world.take("hoa", "hand_over", lead="phong-kinh-te", officer="binh", reason="Phân công lại.")
    assert kinds(world, "binh") == ["assigned"]


def test_the_head_hears_of_the_unit_s_part(world: World) -> None:
    units = ["phong-kinh-te", "tram-y-te"]
    world.take("hoa", "distribute", units=units, cadence="once", due="2026-06-30")
    (notice,) = notices(world.ws.read(), "binh")
    assert (notice.item, notice.kind, notice.day) == (f"{TASK}:phong-kinh-te", "assigned", "2026-03-02")


def test_a_result_goes_to_the_coordinator_and_back_to_who_handed_it_in(world: World) -> None:
    under_way(world).take("lan", "submit", result="Xong.")
    assert kinds(world, "hoa") == ["submitted"]
    world.take("hoa", "return", reason="Thiếu.", defects="1")
    assert kinds(world, "lan") == ["assigned", "returned"]
    assert kinds(world, "binh") == []


@pytest.mark.parametrize("granted", [True, False])
def test_a_request_goes_to_the_coordinator_and_its_answer_to_who_asked(world: World, granted: bool) -> None:
    under_way(world).take("lan", "ask_extension", due="2026-07-20", reason="Chờ số liệu.")
    assert kinds(world, "hoa") == ["extension_requested"]
    if granted:
        world.take("nam", "grant_extension", due="2026-07-15")
    else:
        world.take("nam", "refuse_extension", reason="Không đủ lý do.")
    assert kinds(world, "lan") == ["assigned", "extension_decided"]
    assert kinds(world, "hoa") == ["extension_requested"]


def test_those_hear_a_reminder_whom_it_names(world: World) -> None:
    under_way(world).take("hoa", "remind", text="Đề nghị làm ngay.")
    assert (kinds(world, "lan")[-1], kinds(world, "binh"), kinds(world, "hoa")) == (
        "reminded",
        ["reminded"],
        [],
    )
    world.wait(days=120)
    run_reminders(world.ws)
    assert (kinds(world, "lan")[-1], kinds(world, "nam")[-1]) == ("reminded", "reminded")


def test_nobody_is_told_what_he_did_himself(world: World) -> None:
    commands.grant_role(world.ws, "lan", "coordinator", world.order())
    under_way(world).take("lan", "submit", result="Xong.")
    assert (kinds(world, "lan"), kinds(world, "hoa")) == (["assigned"], ["submitted"])


def test_what_was_undone_concerns_nobody_any_more(world: World) -> None:
    under_way(world).take("lan", "submit", result="Xong.")
    commands.undo_step(world.ws, TASK, world.order("lan"))
    assert (kinds(world, "hoa"), kinds(world, "lan")) == ([], ["assigned"])


def test_who_left_hears_no_more(world: World) -> None:
    person = directory.person(world.ws.read(), "binh")
    assert person
    commands.change_person(world.ws, "binh", person.name, None, person.unit, False, world.order())
    world.take("hoa", "assign", lead="phong-kinh-te")
    assert kinds(world, "binh") == []


def test_notices_are_cut_by_position(world: World) -> None:
    under_way(world).take("lan", "submit", result="Xong.")
    world.take("nam", "return", reason="Thiếu.", defects="1")
    db = world.ws.read()
    later, first = notices(db, "lan")
    assert (newest_position(db, "lan"), newest_position(db, "thu")) == (later.position, 0)
    assert [len(notices(db, "lan", after=one.position)) for one in (first, later)] == [1, 0]
    assert notices(db, "lan", before=later.position) == [first]
    assert notices(db, "lan", after=first.position, limit=1) == [later]
    assert notices(db, "lan", kinds=["returned"]) == [later]


def test_rows_that_are_made_again_are_the_same(world: World) -> None:
    under_way(world).take("lan", "submit", result="Xong.")
    run_reminders(world.ws)
    assert world.ws.differences() == []


def open_kinds(world: World, person: str) -> list[str]:
    """Return the kinds of a person's open notices, the oldest first."""
    return [notice.kind for notice in reversed(notices(world.ws.read(), person, only_open=True))]


def test_a_notice_of_work_closes_when_the_work_is_taken_up_or_given_to_others(world: World) -> None:
    world.take("hoa", "assign", **GIVEN)
    world.take("hoa", "assign", "2026-III.1.1", **GIVEN)
    assert open_kinds(world, "lan") == ["assigned", "assigned"]
    world.take("lan", "start")
    world.take("hoa", "hand_over", "2026-III.1.1", lead="phong-kinh-te", officer="binh", reason="Phân công.")
    assert (open_kinds(world, "lan"), open_kinds(world, "binh")) == ([], ["assigned"])


def test_a_notice_of_a_submission_closes_for_everybody_when_one_decides(world: World) -> None:
    commands.grant_role(world.ws, "nam", "coordinator", world.order())
    under_way(world).take("lan", "submit", result="Xong.")
    assert (open_kinds(world, "hoa"), open_kinds(world, "nam")) == (["submitted"], ["submitted"])
    world.take("nam", "return", reason="Thiếu.", defects="1")
    assert (open_kinds(world, "hoa"), open_kinds(world, "nam")) == ([], [])
    assert open_kinds(world, "lan") == ["returned"]
    world.take("lan", "submit", result="Đã bổ sung.")
    assert (open_kinds(world, "lan"), open_kinds(world, "hoa")) == ([], ["submitted"])


def test_a_request_closes_with_its_answer_and_the_answer_stays_until_it_is_read(world: World) -> None:
    under_way(world).take("lan", "ask_extension", due="2026-07-20", reason="Chờ số liệu.")
    assert open_kinds(world, "hoa") == ["extension_requested"]
    world.take("nam", "refuse_extension", reason="Không đủ lý do.")
    assert (open_kinds(world, "hoa"), open_kinds(world, "lan")) == ([], ["extension_decided"])


def test_a_newer_reminder_takes_the_place_of_an_older_one_and_closes_with_the_result(world: World) -> None:
    under_way(world)
    for words in ("Làm đi.", "Làm ngay đi."):
        world.take("hoa", "remind", text=words)
    assert (open_kinds(world, "lan"), kinds(world, "lan")) == (
        ["reminded"],
        ["assigned", "reminded", "reminded"],
    )
    world.take("lan", "submit", result="Xong.")
    assert open_kinds(world, "lan") == []


def test_what_an_undone_step_had_closed_is_open_again(world: World) -> None:
    under_way(world).take("hoa", "remind", text="Làm đi.")
    world.take("lan", "submit", result="Xong.")
    commands.undo_step(world.ws, TASK, world.order("lan"))
    assert (open_kinds(world, "lan"), open_kinds(world, "hoa")) == (["reminded"], [])
    assert world.ws.differences() == []


def test_work_that_was_cancelled_concerns_nobody_any_more(world: World) -> None:
    under_way(world).take("lan", "ask_extension", due="2026-07-20", reason="Chờ số liệu.")
    world.take("hoa", "remind", text="Làm đi.")
    world.take("nam", "cancel", decision="15/QĐ-UBND ngày 03/4/2026", reason="Thôi.")
    assert (open_kinds(world, "lan"), open_kinds(world, "hoa")) == ([], [])


def test_who_is_given_work_hears_of_it_until_beginning_with_it_and_the_former_one_hears_it_is_gone(
    world: World,
) -> None:
    world.take("hoa", "assign", lead="phong-kinh-te", due="2026-06-30")
    world.take("binh", "delegate", officer="lan", note="Làm trước ngày 10.")
    (notice,) = notices(world.ws.read(), "lan", only_open=True)
    assert notice.kind == "assigned"
    assert notices(world.ws.read(), "binh", only_open=True) == []
    world.take("binh", "recall")
    assert [one.kind for one in notices(world.ws.read(), "lan", only_open=True)] == ["recalled"]
    world.take("binh", "delegate", officer="lan")
    assert [one.kind for one in notices(world.ws.read(), "lan", only_open=True)] == ["assigned"]
    world.take("lan", "start")
    assert notices(world.ws.read(), "lan", only_open=True) == []


def test_of_a_day_that_was_set_the_holder_and_the_head_hear_until_it_is_taken_back(world: World) -> None:
    under_way(world).take("hoa", "set_due", due="2026-05-15", reason="Theo chỉ đạo.")
    assert (kinds(world, "lan")[-1], kinds(world, "binh")) == ("due_set", ["due_set"])
    assert kinds(world, "hoa") == []
    commands.undo_step(world.ws, TASK, world.order("hoa"))
    assert "due_set" not in [*kinds(world, "lan"), *kinds(world, "binh")]
