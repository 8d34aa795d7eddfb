"""How acts came into the log: each question with a planted hit and a near miss."""

from datetime import timedelta

from support.asking import ask, words_of
from support.world import ASSIGN, TASK, World

from cchc_flow import commands
from cchc_flow.commands import Order, channels
from cchc_flow.commands.unit_of_work import Commit, NewEvents, write
from cchc_flow.workflow.commands import TakeStep
from cchc_flow.workflow.events import PasswordSet


def assign(world: World, order: Order) -> None:
    commands.take_step(world.ws, TASK, TakeStep("assign", dict(ASSIGN)), order)


def note_access(world: World, event: PasswordSet, by: str) -> None:
    stream = f"access-{event.person}"
    change = NewEvents(stream, world.ws.log.version(stream, world.ws.log.size()), (event,))
    write(world.ws, world.order(by), stream, lambda uow: Commit([change]))


def password(person: str, *, first: bool = False) -> PasswordSet:
    return PasswordSet(person=person, temporary=True, first=first)


def test_a_claim_a_day_before_the_checkpoint_is_found_and_one_an_hour_less_is_not(world: World) -> None:
    sealed = world.time
    world.wait(hours=1)
    before = world.ws.log.size()
    assign(world, Order("hoa", world.ws.new_id(), given=sealed - timedelta(days=2, hours=3)))
    near = Order("lan", world.ws.new_id(), given=world.time - timedelta(hours=23))
    commands.take_step(world.ws, TASK, TakeStep("start", {}), near)
    (hit,) = ask(world.ws, "backdated").hits
    assert hit.who == "Lê Thị Hoa"
    assert hit.words == (
        f"Khai là lúc 5 giờ 00 ngày 28/02/2026, sớm 2 ngày so với dấu niêm phong liền trước nó ({before} sự"
        " kiện, lập lúc 8 giờ 00 ngày 02/03/2026); ghi vào nhật ký lúc 9 giờ 00 ngày 02/03/2026."
    )
    assert [link.position for link in hit.links] == [before, before + 1]
    assert ask(world.ws, "backdated", days=3).total == 0


def test_all_events_of_one_commit_are_held_against_the_checkpoint_before_it(world: World) -> None:
    world.wait(days=3)
    stream, person = "access-lan", "lan"
    events = tuple(password(person) for _ in range(2))
    order = Order("hoa", world.ws.new_id(), given=world.time - timedelta(days=1))
    write(world.ws, order, stream, lambda uow: Commit([NewEvents(stream, 0, events)]))
    assert ask(world.ws, "backdated").total == 0  # after the checkpoint before, three days ago
    late = Order("hoa", world.ws.new_id(), given=world.time - timedelta(days=4))
    write(world.ws, late, "late", lambda uow: Commit([NewEvents(stream, 2, events)]))
    assert ask(world.ws, "backdated").total == 2


def test_an_act_within_a_day_of_a_reset_is_found_and_one_after_that_is_not(world: World) -> None:
    note_access(world, password("hoa"), "quan.tri")
    world.wait(hours=23, minutes=59)
    assign(world, world.order("hoa"))
    world.wait(minutes=2)
    world.take("hoa", "comment", text="Đã giao.")
    (hit,) = ask(world.ws, "after-password-reset").hits
    assert hit.words == "Giao việc: 23 giờ 59 phút sau khi quan.tri đặt lại mật khẩu của tài khoản này."
    assert hit.who == "Lê Thị Hoa" and [link.title for link in hit.links] == ["Đặt mật khẩu", "Giao việc"]
    assert ask(world.ws, "after-password-reset", hours=25).total == 2


def test_a_first_password_ones_own_and_signing_in_are_no_acts_after_a_reset(world: World) -> None:
    note_access(world, password("hoa", first=True), "quan.tri")
    note_access(world, password("hoa"), "hoa")
    assign(world, world.order("hoa"))
    note_access(world, password("lan"), "quan.tri")
    note_access(world, password("lan"), "lan")
    assert ask(world.ws, "after-password-reset").total == 0


def test_an_act_in_a_persons_name_from_the_command_line_is_found_and_one_of_the_web_is_not(
    world: World,
) -> None:
    assign(world, Order("hoa", world.ws.new_id(), channel=channels.terminal("root")))
    commands.take_step(
        world.ws, TASK, TakeStep("start", {}), Order("lan", world.ws.new_id(), channel=channels.WEB)
    )
    assert words_of(ask(world.ws, "from-command-line")) == [
        "Thao tác qua dòng lệnh của máy chủ, người dùng hệ thống «root», nhân danh người này."
    ]
    by_system = Order("system:root", world.ws.new_id(), channel=channels.terminal("root"))
    commands.add_unit(world.ws, "Đội thuế", (), by_system)
    assert ask(world.ws, "from-command-line").total == 1
    assert ask(world.ws, "from-command-line", who="all").total == 2
