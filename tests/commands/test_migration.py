"""Running items keep the version that they began with until somebody moves them, and those that fit move."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from support.workflows import NEXT, NOW, next_version
from support.world import ASSIGN, RESULT, TASK, World

from cchc_flow import commands
from cchc_flow.commands import Order
from cchc_flow.commands.workflow_migration import Migration, preview_migration
from cchc_flow.commands.workspace_setup import publish
from cchc_flow.errors import BadInput, ItemMoved, LogBroken, NotAllowed, NotFound, Refusal
from cchc_flow.workflow import task
from cchc_flow.workflow.commands import TakeStep

FIRST, LAST = "2026-III.1.1", "2026-III.2.10"
MANY = {"units": ["phong-kinh-te", "tram-y-te"], "due": "2026-06-30"}
NEW = {"title": "Họp giao ban", "text": "Họp giao ban quý.", "area": "1"}


def migrate(world: World, *named: str, actor: str = "hoa", version: int = NEXT) -> Migration:
    return commands.migrate(world.ws, "task", version, named, world.order(actor))


def moved(found: Migration) -> list[str]:
    return [item.id for item in found.moving]


@pytest.fixture
def changed(world: World) -> World:
    """A commune whose tasks have a next version of their workflow."""
    publish(world.ws, next_version())
    return world


def test_a_running_item_keeps_its_version_and_a_new_one_begins_with_the_newest(changed: World) -> None:
    changed.take("hoa", "assign", **ASSIGN)
    assert commands.load_item(changed.ws, TASK).workflow.version == NOW
    opened = commands.open_task(changed.ws, NEW, changed.order("hoa")).item
    assert commands.load_item(changed.ws, opened.id).workflow.version == NEXT


def test_the_new_step_can_be_taken_after_the_item_was_moved_and_not_before(changed: World) -> None:
    changed.take("hoa", "assign", **ASSIGN)
    changed.take("lan", "start")
    with pytest.raises(NotFound, match=f"phiên bản {NOW} không có bước «check»"):
        changed.take("lan", "check", text="Đủ hồ sơ")
    migrate(changed, TASK)
    assert changed.take("lan", "check", text="Đủ hồ sơ").item.state == "in_progress"


def test_all_running_items_move_by_one_event_each_that_leaves_their_state(changed: World) -> None:
    changed.submitted()
    found = migrate(changed)
    assert moved(found) == [FIRST, TASK, LAST]
    events = [changed.ws.log.stream(f"item-{item}")[-1] for item in moved(found)]
    assert {(one.type, one.actor, one.role) for one in events} == {
        ("item.workflow_changed/1", "hoa", "coordinator")
    }
    assert events[1].data == {"from": "submitted", "to": "submitted", "previous": NOW, "workflow": NEXT}
    assert len({one.command_id for one in events}) == 1


def test_who_moved_an_item_can_take_that_back_and_it_is_where_it_was(changed: World) -> None:
    migrate(changed, TASK)
    after = commands.undo_step(changed.ws, TASK, changed.order("hoa")).item
    assert (after.workflow, after.state) == (NOW, "planned")
    assert moved(migrate(changed, TASK)) == [TASK]


def test_only_the_named_items_move(changed: World) -> None:
    assert moved(migrate(changed, LAST, FIRST, LAST)) == [LAST, FIRST]
    assert commands.load_item(changed.ws, TASK).workflow.version == NOW


def test_an_item_can_be_moved_back(changed: World) -> None:
    migrate(changed)
    assert moved(migrate(changed, TASK, version=NOW)) == [TASK]
    assert commands.load_item(changed.ws, TASK).workflow.version == NOW


def test_the_same_order_by_another_command_moves_nothing_more(changed: World) -> None:
    migrate(changed)
    size = changed.ws.log.size()
    again = migrate(changed)
    assert (moved(again), again.there, changed.ws.log.size()) == ([], 3, size)


def test_the_same_command_twice_moves_once_and_is_answered_the_same(changed: World) -> None:
    order = changed.order("hoa")
    first = commands.migrate(changed.ws, "task", NEXT, [], order)
    size = changed.ws.log.size()
    again = commands.migrate(changed.ws, "task", NEXT, [], order)
    assert (moved(again), again.there, changed.ws.log.size()) == (moved(first), first.there, size)


def test_a_finished_item_stays(changed: World) -> None:
    changed.submitted()
    changed.take("nam", "approve", quality="good")
    changed.take("nam", "close")
    found = migrate(changed)
    assert (moved(found), found.finished) == ([FIRST, LAST], 1)
    assert moved(migrate(changed, TASK)) == []
    assert commands.load_item(changed.ws, TASK).workflow.version == NOW


def test_an_item_whose_state_the_version_lacks_stays_and_is_named_in_words(world: World) -> None:
    publish(world.ws, next_version(without="suspended"))
    world.take("hoa", "suspend", reason="Chờ hướng dẫn")
    found = migrate(world)
    assert moved(found) == [FIRST, LAST]
    assert [(one.item.id, one.why) for one in found.misfits] == [
        (TASK, f"đang ở «Tạm dừng», phiên bản {NEXT} không có trạng thái này")
    ]
    assert commands.load_item(world.ws, TASK).workflow.version == NOW


def test_an_item_that_would_come_back_to_a_state_that_the_version_lacks_stays(world: World) -> None:
    publish(world.ws, next_version(without="distributed"))
    world.take("hoa", "distribute", **MANY)
    world.take("hoa", "suspend", reason="Chờ hướng dẫn")
    (misfit,) = migrate(world, TASK).misfits
    assert f"sẽ trở lại «Đang thực hiện theo từng phần», phiên bản {NEXT} không có" in misfit.why


def test_the_parts_of_a_whole_move_as_well(world: World) -> None:
    world.take("hoa", "distribute", **MANY)
    publish(world.ws, next_version())
    assert {f"{TASK}:phong-kinh-te", f"{TASK}:tram-y-te", TASK} <= set(moved(migrate(world)))


def test_what_would_happen_is_told_and_nothing_is_written(changed: World) -> None:
    size = changed.ws.log.size()
    told = preview_migration(changed.ws, "task", NEXT)
    assert (moved(told), changed.ws.log.size()) == ([FIRST, TASK, LAST], size)
    assert moved(migrate(changed)) == moved(told)


@pytest.mark.parametrize("actor", ["lan", "binh", "nam", "thu", "nobody"])
def test_who_is_neither_coordinator_nor_administrator_may_not(changed: World, actor: str) -> None:
    size = changed.ws.log.size()
    with pytest.raises(NotAllowed, match="do đầu mối CCHC hoặc quản trị thực hiện"):
        migrate(changed, actor=actor)
    assert changed.ws.log.size() == size


def test_the_machine_itself_may_not_and_is_told_how(changed: World) -> None:
    with pytest.raises(NotAllowed, match=r"cần một người chịu trách nhiệm.*--as"):
        migrate(changed, actor="system:root")


def test_an_administrator_may(changed: World) -> None:
    commands.add_person(changed.ws, "quan", "Hồ Minh Quân", None, None, changed.order())
    commands.grant_role(changed.ws, "quan", "admin", changed.order())
    migrate(changed, TASK, actor="quan")
    assert changed.ws.log.stream(f"item-{TASK}")[-1].role == "admin"


@pytest.mark.parametrize(
    ("kind", "version", "named", "error", "words"),
    [
        ("task", 99, (), NotFound, "«task» phiên bản 99 chưa được công bố"),
        ("task", NEXT, (TASK, "2026-X"), NotFound, "Không có công việc «2026-X»"),
        (
            "report",
            3,
            (TASK,),
            Refusal,
            r"theo quy trình «Nhiệm vụ của kế hoạch» \(task\), không phải report",
        ),
    ],
)
def test_what_cannot_be_meant_moves_nothing(
    changed: World, kind: str, version: int, named: tuple[str, ...], error: type[Exception], words: str
) -> None:
    size = changed.ws.log.size()
    with pytest.raises(error, match=words):
        commands.migrate(changed.ws, kind, version, named, changed.order("hoa"))
    assert changed.ws.log.size() == size


def test_a_page_that_was_drawn_before_the_item_moved_is_refused(changed: World) -> None:
    seen = commands.load_item(changed.ws, TASK).item.state_version
    migrate(changed)
    with pytest.raises(ItemMoved):
        commands.take_step(changed.ws, TASK, TakeStep("assign", ASSIGN, seen), changed.order("hoa"))


def test_a_definition_is_published_once_and_never_another_under_its_version(changed: World) -> None:
    size = changed.ws.log.size()
    publish(changed.ws, next_version())
    assert changed.ws.log.size() == size
    with pytest.raises(LogBroken, match=f"phiên bản {NEXT} trong nhật ký khác"):
        publish(changed.ws, replace(next_version(), title="Khác"))


def test_a_definition_that_is_not_sound_is_not_published(world: World) -> None:
    with pytest.raises(BadInput, match="chưa hợp lệ: nothing leads to"):
        publish(world.ws, next_version(without="submitted"))


@pytest.fixture(scope="module")
def commune(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One commune for all examples, with two versions in force: each opens a task of its own."""
    folder: Path = tmp_path_factory.mktemp("migration")
    world = World(folder / "data").settle()
    publish(world.ws, next_version())
    yield world
    world.ws.close()


DATA: dict[str, Any] = ASSIGN | RESULT
DATA |= {"reason": "Lý do", "decision": "15/QĐ", "text": "Ý kiến", "defects": "1", "quality": "met"}
acts = st.lists(
    st.tuples(
        st.sampled_from(["hoa", "nam", "lan", "binh"]),
        st.sampled_from(
            [*(step.name for step in task.TRANSITIONS), "check", f"to {NOW}", f"to {NEXT}", f"to {NEXT}"]
        ),
    ),
    max_size=20,
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts)
def test_an_item_goes_on_where_it_was_whenever_its_version_changes(
    commune: World, some: list[tuple[str, str]]
) -> None:
    item = commands.open_task(commune.ws, NEW, commune.order("hoa")).item
    for person, name in some:
        order = commune.order(person)
        if name.startswith("to "):
            commands.migrate(
                commune.ws, "task", int(name.removeprefix("to ")), [item.id], Order("hoa", order.command_id)
            )
            after = commands.load_item(commune.ws, item.id).item
            assert replace(after, **_counters(item)) == item
            assert after.workflow == int(name.removeprefix("to ")) or _is_over(item.state)
        else:
            _try(commune, item.id, name, order)
        item = commands.load_item(commune.ws, item.id).item
    assert commune.ws.differences() == []


def _counters(item: Any) -> dict[str, Any]:
    """What changes with a version: the version itself, the count of events, and who made the last one."""
    names = ("workflow", "version", "state_version", "last", "moved_by", "moved_at", "before")
    return {name: getattr(item, name) for name in names}


def _is_over(state: str) -> bool:
    return state in {one.name for one in task.STATES if one.final}


def _try(world: World, item: str, name: str, order: Order) -> None:
    try:
        commands.take_step(world.ws, item, TakeStep(name, DATA), order)
    except (Refusal, NotFound):
        return
