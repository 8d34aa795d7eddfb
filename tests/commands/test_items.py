"""Orders about items, on a real log: decided, kept, appended, once."""

import tracemalloc
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from support.world import ASSIGN, RESULT, TASK, World

from cchc_flow import commands
from cchc_flow.commands import Order, UnitOfWork, dispatch
from cchc_flow.errors import (
    BadInput,
    CommandReused,
    Conflict,
    FourEyes,
    IllegalMove,
    ItemMoved,
    MissingData,
    NotAllowed,
    NotFound,
)
from cchc_flow.eventlog.port import Change, Meta, Receipt
from cchc_flow.projections.cards import queries
from cchc_flow.workflow.commands import TakeStep, Upload

COMMENT = TakeStep("comment", {"text": "Xin chào"})


def test_an_order_given_twice_is_carried_out_once(world: World) -> None:
    order = world.order("hoa")
    first = commands.take_step(world.ws, TASK, TakeStep("assign", dict(ASSIGN)), order)
    second = commands.take_step(world.ws, TASK, TakeStep("assign", dict(ASSIGN)), order)
    assert first.receipt and second.receipt
    assert (second.receipt.first, second.receipt.repeated) == (first.receipt.first, True)
    assert second.item == first.item


def test_a_repeated_order_is_answered_even_when_the_item_has_moved_on(world: World) -> None:
    order = world.order("hoa")
    commands.take_step(world.ws, TASK, TakeStep("assign", dict(ASSIGN)), order)
    world.take("lan", "start")
    assert (
        commands.take_step(world.ws, TASK, TakeStep("assign", dict(ASSIGN)), order).item.state
        == "in_progress"
    )


def test_an_order_carried_out_after_this_one_had_read_is_answered_with_what_it_did(world: World) -> None:
    order = world.order("hoa")
    reader = UnitOfWork(world.ws, order)
    assert reader.load(TASK).item.state == "planned"
    commands.take_step(world.ws, TASK, TakeStep("assign", dict(ASSIGN)), order)
    world.take("lan", "start")
    outcome = dispatch.handle(reader, TASK, TakeStep("assign", dict(ASSIGN)))
    assert outcome.receipt and outcome.receipt.repeated
    assert outcome.before is not None
    assert (outcome.before.item.state, outcome.item.state) == ("planned", "in_progress")


def test_an_order_with_the_same_id_and_another_content_is_refused(world: World) -> None:
    order = world.order("hoa")
    commands.take_step(world.ws, TASK, TakeStep("assign", dict(ASSIGN)), order)
    with pytest.raises(CommandReused):
        commands.take_step(world.ws, TASK, TakeStep("assign", ASSIGN | {"lead": "tram-y-te"}), order)


def test_an_order_id_of_another_person_is_refused(world: World) -> None:
    order = world.order("hoa")
    commands.take_step(world.ws, TASK, TakeStep("comment", {"text": "Xin chào"}), order)
    with pytest.raises(CommandReused):
        stolen = Order("lan", order.command_id)
        commands.take_step(world.ws, TASK, TakeStep("comment", {"text": "Xin chào"}), stolen)


def test_a_person_cannot_use_up_the_id_of_an_order_of_the_machine(world: World) -> None:
    with pytest.raises(BadInput, match="Mã của thao tác"):
        commands.take_step(world.ws, TASK, COMMENT, Order("hoa", "system:publish-task-2"))


def test_an_order_with_another_file_under_the_same_name_is_another_order(world: World) -> None:
    world.take("hoa", "assign", **ASSIGN)
    world.take("lan", "start")
    order = world.order("lan")
    for content in (b"mot", b"hai"):
        data = {"result": "Xong", "evidence": [Upload("a.pdf", content, "application/pdf")]}
        if content == b"mot":
            commands.take_step(world.ws, TASK, TakeStep("submit", data), order)
        else:
            with pytest.raises(CommandReused):
                commands.take_step(world.ws, TASK, TakeStep("submit", data), order)


def test_an_order_takes_little_memory_beside_its_files(world: World) -> None:
    evidence = [Upload("a.bin", bytes(30_000_000), "application/octet-stream")]
    tracemalloc.start()
    with pytest.raises(IllegalMove):
        world.take("hoa", "submit", result="Xong", evidence=evidence)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10_000_000


def test_words_that_no_file_can_hold_are_refused_in_words(world: World) -> None:
    with pytest.raises(BadInput, match="ký tự hỏng"):
        world.take("hoa", "comment", text="\udcff")


def test_a_refused_order_stores_neither_events_nor_contents(world: World) -> None:
    size = world.ws.log.size()
    with pytest.raises(NotAllowed):
        world.take("thu", "assign", **ASSIGN)
    with pytest.raises(MissingData):
        world.take("hoa", "assign", lead="")
    assert world.ws.log.size() == size
    kept = [path for path in (world.ws.folder / "vault").rglob("*") if path.is_file()]
    assert len(kept) == 2  # the plan's document and its name


def test_what_was_typed_lies_in_the_vault_and_not_in_the_event(world: World) -> None:
    outcome = world.submitted()
    assert outcome.receipt
    body = world.ws.log.body(outcome.receipt.first).decode()
    assert "40 thủ tục" not in body
    assert "báo cáo.pdf" not in body
    data = world.ws.log.event(outcome.receipt.first).data
    assert world.ws.vault.load(data["result"]["digest"]).decode() == RESULT["result"]
    (file,) = data["evidence"]
    assert world.ws.vault.load(file["content"]["digest"]) == b"%PDF-1.7 forty"
    assert world.ws.vault.load(file["name"]["digest"]).decode() == "báo cáo.pdf"


def test_the_event_says_who_acted_in_which_role_and_for_which_unit(world: World) -> None:
    outcome = world.submitted()
    assert outcome.receipt
    event = world.ws.log.event(outcome.receipt.first)
    assert (event.actor, event.role, event.unit) == ("lan", "officer", "phong-kinh-te")


def test_nobody_approves_his_own_submission_though_he_holds_both_roles(world: World) -> None:
    commands.grant_role(world.ws, "lan", "leader", world.order())
    world.submitted()
    with pytest.raises(FourEyes):
        world.take("lan", "approve", quality="met")


def test_a_disabled_person_can_do_nothing(world: World) -> None:
    commands.change_person(world.ws, "lan", "Trần Thị Lan", None, "phong-kinh-te", False, world.order())
    world.take("hoa", "assign", **ASSIGN)
    with pytest.raises(NotAllowed, match="chưa có vai trò"):
        world.take("lan", "start")


def test_the_machines_own_user_takes_no_step(world: World) -> None:
    with pytest.raises(NotAllowed):
        world.take("system:root", "assign", **ASSIGN)


def test_an_unknown_item_is_named(world: World) -> None:
    with pytest.raises(NotFound, match="2026-IX"):
        world.take("hoa", "assign", item="2026-IX", **ASSIGN)


def test_undo_goes_back_and_keeps_both_in_the_history(world: World) -> None:
    world.submitted()
    item = commands.undo_step(world.ws, TASK, world.order("lan")).item
    assert item.state == "in_progress"
    types = [event.type for event in commands.load_item(world.ws, TASK).events]
    assert types[-2:] == ["item.submitted/1", "item.undone/1"]


def test_undo_is_recorded_in_the_role_of_what_it_undoes(world: World) -> None:
    world.submitted()
    undone = commands.undo_step(world.ws, TASK, world.order("lan")).receipt
    assert undone
    assert world.ws.log.event(undone.first).role == "officer"


def test_who_lost_the_role_cannot_undo_what_was_done_in_it(world: World) -> None:
    commands.grant_role(world.ws, "lan", "viewer", world.order())
    world.submitted()
    commands.revoke_role(world.ws, "lan", "officer", world.order())
    with pytest.raises(NotAllowed, match="không còn vai trò"):
        commands.undo_step(world.ws, TASK, world.order("lan"))


def test_undo_from_an_old_page_does_not_take_back_what_came_after(world: World) -> None:
    world.take("hoa", "assign", **ASSIGN)
    seen = world.take("lan", "start").item.state_version
    world.take("lan", "submit", **RESULT)
    with pytest.raises(ItemMoved, match="Chờ duyệt"):
        commands.undo_step(world.ws, TASK, world.order("lan"), seen=seen)
    assert commands.load_item(world.ws, TASK).item.state == "submitted"


def test_of_many_who_start_the_same_task_at_once_one_does_and_the_rest_are_told(world: World) -> None:
    world.take("hoa", "assign", **ASSIGN)
    seen = commands.load_item(world.ws, TASK).item.state_version

    def start(number: int) -> str:
        try:
            commands.take_step(world.ws, TASK, TakeStep("start", {}, seen), world.order("lan"))
        except ItemMoved:
            return "told"
        return "started"

    with ThreadPoolExecutor(8) as pool:
        answers = sorted(pool.map(start, range(8)))
    assert answers == ["started"] + ["told"] * 7
    assert [event.type for event in commands.load_item(world.ws, TASK).events].count("item.started/1") == 1


class Late:
    """A log whose first look for an order's receipt comes before another process has carried it out."""

    def __init__(self, world: World, meanwhile: Callable[[], object]) -> None:
        self._log, self._world, self._meanwhile = world.ws.log, world, meanwhile

    def __getattr__(self, name: str) -> Any:
        return getattr(self._log, name)

    def find_receipt(self, command_id: str, command_digest: bytes) -> Receipt | None:
        self._world.ws.log = self._log
        self._meanwhile()
        return None


def test_an_order_sent_twice_at_the_same_time_gets_one_answer(world: World) -> None:
    world.take("hoa", "assign", **ASSIGN)
    order, step = world.order("lan"), TakeStep("start", {}, 2)

    world.ws.log = Late(world, lambda: commands.take_step(world.ws, TASK, step, order))
    outcome = commands.take_step(world.ws, TASK, step, order)
    assert outcome.receipt and outcome.receipt.repeated
    assert outcome.item.state == "in_progress"


class Overtaken:
    """A log in which somebody else comments on the task right before an append, a number of times."""

    def __init__(self, world: World, times: int) -> None:
        self._log, self._world, self._times = world.ws.log, world, times

    def __getattr__(self, name: str) -> Any:
        return getattr(self._log, name)

    def append(self, changes: Sequence[Change], meta: Meta) -> Receipt:
        if self._times:
            self._times -= 1
            self._world.ws.log = self._log
            self._world.take("nam", "comment", text=f"Ý kiến {self._times}")
            self._world.ws.log = self
        return self._log.append(changes, meta)


def test_a_comment_that_comes_between_does_not_stand_in_the_way(world: World) -> None:
    world.ws.log = Overtaken(world, 2)
    assert world.take("hoa", "assign", **ASSIGN).item.state == "assigned"


def test_after_three_tries_the_writer_is_told(world: World) -> None:
    world.ws.log = Overtaken(world, 3)
    with pytest.raises(Conflict):
        world.take("hoa", "assign", **ASSIGN)


def test_what_was_typed_is_kept_once_however_often_the_append_is_tried(world: World) -> None:
    world.ws.log = Overtaken(world, 2)
    world.take("hoa", "comment", text="Một lần thôi")
    kept = [path for path in (world.ws.folder / "vault").rglob("*") if path.is_file()]
    assert sum("Một lần thôi".encode() in path.read_bytes() for path in kept) == 1


def test_a_coordinator_opens_a_task_that_the_plan_does_not_have(world: World) -> None:
    data = {"title": "Họp giao ban", "text": "Họp giao ban quý.", "area": "1", "due": "2026-04-01"}
    item = commands.open_task(world.ws, data, world.order("hoa")).item
    assert (item.state, item.plan, item.ref, item.area) == ("planned", "2026", None, "1")
    assert queries.card(world.ws.read(), item.id).title == "Họp giao ban"


def test_opening_a_task_twice_by_one_order_opens_one(world: World) -> None:
    data = {"title": "Họp giao ban", "text": "Họp giao ban quý.", "area": "1"}
    order = world.order("hoa")
    first = commands.open_task(world.ws, data, order).item
    assert commands.open_task(world.ws, data, order).item == first


def test_an_officer_opens_no_task(world: World) -> None:
    with pytest.raises(NotAllowed, match="đầu mối CCHC"):
        commands.open_task(world.ws, {"title": "x", "text": "y", "area": "1"}, world.order("lan"))


def test_a_title_longer_than_a_card_is_refused(world: World) -> None:
    data = {"title": "a" * 81, "text": "y", "area": "1"}
    with pytest.raises(MissingData, match="80 ký tự"):
        commands.open_task(world.ws, data, world.order("hoa"))


def test_a_media_type_that_is_none_is_not_believed(world: World) -> None:
    world.take("hoa", "assign", **ASSIGN)
    world.take("lan", "start")
    upload = Upload("a.bin", b"x", "<script>\r\n")
    outcome = world.take("lan", "submit", result="Xong", evidence=[upload])
    assert outcome.item.evidence[0].content.media_type == "application/octet-stream"
