"""Who decided: each question with a planted hit, and a near miss beside it."""

from support.asking import add_officer, ask, words_of
from support.world import RESULT, TASK, World

from cchc_flow import commands
from cchc_flow.workflow.commands import TakeStep

OWN = "phong-van-hoa-xa-hoi"
FIRST, SECOND, THIRD = "2026-III.1.1", TASK, "2026-III.2.10"


def do_work(world: World, item: str, lead: str, by: str) -> None:
    world.take("hoa", "assign", item, lead=lead, support=[], due="2026-06-30")
    world.take(by, "start", item)
    world.take(by, "submit", item, **RESULT)


def test_who_approves_what_the_own_unit_did_is_found_and_who_approves_what_another_did_is_not(
    world: World,
) -> None:
    add_officer(world, "tam", OWN)
    do_work(world, FIRST, OWN, "tam")
    do_work(world, SECOND, "phong-kinh-te", "lan")
    for item in (FIRST, SECOND):
        world.take("hoa", "approve", item, quality="met")  # hoa works in the unit OWN
    (hit,) = ask(world.ws, "decided-by-own-unit").hits
    assert [card.id for card in hit.cards] == [FIRST]
    assert hit.who == "Lê Thị Hoa" and hit.unit == "Phòng Văn hóa - Xã hội"
    assert hit.words == (
        "Duyệt kết quả: người quyết định thuộc chính đơn vị làm việc này; người nộp kết quả: Tam."
    )
    assert [link.title for link in hit.links] == ["Nộp kết quả", "Duyệt kết quả"]
    assert ask(world.ws, "decided-by-own-unit", decision="closed").total == 0


def test_a_decision_that_was_undone_is_no_hit_any_more(world: World) -> None:
    add_officer(world, "tam", OWN)
    do_work(world, FIRST, OWN, "tam")
    world.take("hoa", "approve", FIRST, quality="met")
    assert ask(world.ws, "decided-by-own-unit").total == 1
    commands.undo_step(world.ws, FIRST, world.order("hoa"))
    assert ask(world.ws, "decided-by-own-unit").total == 0
    world.take("nam", "approve", FIRST, quality="met")  # a leader of no unit
    assert ask(world.ws, "decided-by-own-unit").total == 0


def test_one_person_who_approved_and_closed_is_found_and_two_people_are_not(world: World) -> None:
    for item, approver in ((FIRST, "nam"), (SECOND, "hoa")):
        do_work(world, item, "phong-kinh-te", "lan")
        world.take(approver, "approve", item, quality="met")
        world.wait(hours=2)
        world.take("nam", "close", item)
    (hit,) = ask(world.ws, "approved-and-closed-by-one").hits
    assert [card.id for card in hit.cards] == [FIRST]
    assert hit.words == "Duyệt lúc 8 giờ 00 ngày 02/03/2026, rồi chính người đó xác nhận hoàn thành."


def test_approvals_within_a_minute_are_one_hit_and_those_a_minute_apart_are_none(world: World) -> None:
    for item in (FIRST, SECOND, THIRD):
        do_work(world, item, "phong-kinh-te", "lan")
    world.take("hoa", "approve", FIRST, quality="met")
    world.wait(seconds=60)
    world.take("hoa", "approve", SECOND, quality="met")
    assert ask(world.ws, "decided-in-bulk", number=2).total == 0
    world.wait(seconds=59)
    world.take("hoa", "approve", THIRD, quality="met")
    (hit,) = ask(world.ws, "decided-in-bulk", number=2).hits
    assert hit.words == "Duyệt kết quả 2 lần trong 59 giây."
    assert [card.id for card in hit.cards] == [SECOND, THIRD]
    assert ask(world.ws, "decided-in-bulk", number=3).total == 0
    assert ask(world.ws, "decided-in-bulk", number=2, decision="closed").total == 0


def test_a_burst_is_told_once_by_its_fullest_minute(world: World) -> None:
    for item in (FIRST, SECOND, THIRD):
        do_work(world, item, "phong-kinh-te", "lan")
    for item in (FIRST, SECOND, THIRD):
        world.take("hoa", "approve", item, quality="met")
        world.wait(seconds=20)
    assert words_of(ask(world.ws, "decided-in-bulk", number=2)) == ["Duyệt kết quả 3 lần trong 40 giây."]


def test_what_was_returned_more_often_is_told_once_and_what_was_returned_as_often_is_not(
    world: World,
) -> None:
    for item, times in ((FIRST, 3), (SECOND, 2)):
        do_work(world, item, "phong-kinh-te", "lan")
        for _ in range(times):
            world.take("hoa", "return", item, reason="Thiếu số liệu.", defects="0")
            world.take("lan", "submit", item, **RESULT)
    (hit,) = ask(world.ws, "returned-often", times=2).hits
    assert [card.id for card in hit.cards] == [FIRST] and hit.words == "Bị trả lại lần thứ 3."
    assert sorted(words_of(ask(world.ws, "returned-often", times=1))) == [
        "Bị trả lại lần thứ 2.",
        "Bị trả lại lần thứ 3.",
    ]


def test_a_return_that_was_undone_does_not_count(world: World) -> None:
    do_work(world, FIRST, "phong-kinh-te", "lan")
    for _ in range(2):
        world.take("hoa", "return", FIRST, reason="Thiếu số liệu.", defects="0")
        world.take("lan", "submit", FIRST, **RESULT)
    commands.take_step(
        world.ws, FIRST, TakeStep("return", {"reason": "Thiếu.", "defects": "0"}), world.order("hoa")
    )
    assert words_of(ask(world.ws, "returned-often", times=1)) == ["Bị trả lại lần thứ 3."]
    commands.undo_step(world.ws, FIRST, world.order("hoa"))
    assert words_of(ask(world.ws, "returned-often", times=1)) == ["Bị trả lại lần thứ 2."]


def test_the_signs_are_compared_with_the_log_like_every_read_model(world: World) -> None:
    do_work(world, FIRST, "phong-kinh-te", "lan")
    do_work(world, SECOND, "phong-kinh-te", "lan")
    for item in (FIRST, SECOND):
        world.take("nam", "approve", item, quality="met")
    commands.undo_step(world.ws, SECOND, world.order("nam"))
    assert ask(world.ws, "decided-in-bulk", number=2).total == 1
    assert world.ws.differences() == []
    world.ws.read_history().execute("UPDATE signs SET rank = 9 WHERE name = 'burst.approved'")
    differences = world.ws.differences()
    assert differences and all(line.startswith("signs: ") for line in differences)
