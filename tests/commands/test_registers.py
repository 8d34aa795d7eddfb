"""Registers that plugins bring: kinds with a life of their own, and what follows from events by a rule."""

from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from support.plugging import plugged
from support.world import ASSIGN, RESULT, TASK, World

from cchc_flow import commands
from cchc_flow.audit.search_choices import titles_of
from cchc_flow.commands import registers
from cchc_flow.commands.dispatch import catch_up_reactions
from cchc_flow.errors import Conflict, MissingData, NotAllowed, NotFound
from cchc_flow.hookspecs import Facts, JsonObject, Opening, Taking, Violation, hookimpl
from cchc_flow.plugin_host.rule_checks import RuleBroken, Warned
from cchc_flow.projections import workflows
from cchc_flow.projections.cards import items, queries
from cchc_flow.projections.cards.filters import Filters
from cchc_flow.workflow.definition import Field, State, Transition, Workflow
from cchc_flow.workflow.events import NAMES, ItemOpened
from cchc_flow.workflow.item import Item

APOLOGY = Workflow(
    "apology",
    1,
    "Phiếu xin lỗi",
    "drafted",
    (State("drafted", "Chưa gửi"), State("sent", "Đã gửi", final=True)),
    (
        Transition(
            name="send",
            title="Gửi phiếu",
            fact="sendings",
            event="item.advanced/1",
            from_=("drafted",),
            to="sent",
            by=("lead_unit", "plugin"),
            fields=(Field("sent_on", "day", "Ngày gửi", required=True), Field("note", "text", "Ghi chú")),
        ),
        Transition(
            name="put_off",
            title="Lùi hạn",
            fact="delays",
            event="item.advanced/1",
            from_=("drafted",),
            to=None,
            by=("lead_unit",),
            fields=(Field("due", "day", "Hạn mới"),),
        ),
    ),
    "Xin lỗi",
    (Field("task", "line", "Công việc"),),
    ("coordinator", "officer"),
)


class Apologies:
    """Xin lỗi"""

    def __init__(self, *answers: Any) -> None:
        self.answers = answers

    @hookimpl
    def workflows(self) -> list[Workflow]:
        return [APOLOGY]

    @hookimpl
    def check(self, item: Item, step: Transition, data: JsonObject) -> list[Violation]:
        if item.kind != "apology" or step.name != "open":
            return []
        found = [] if data["task"] else [Violation("task", "Chưa rõ xin lỗi về việc nào.", blocks=False)]
        if item.fields["task"] == "III.9":
            found.append(Violation("task", "Không có việc III.9.", "Hãy xem lại kế hoạch."))
        return found

    @hookimpl
    def react(self, event: str, item: Item, facts: Facts) -> list[Opening | Taking]:
        if event == "item.returned/1":
            given = {"task": item.id}
            return [Opening(key="apology", kind="apology", title="Xin lỗi", data=given, lead=item.lead)]
        if event == "item.approved/1":
            waiting = facts.items("apology", task=item.id)
            return [
                Taking(key=one.id, item=one.id, step="send", data={"sent_on": "2026-03-05"})
                for one in waiting
            ]
        return list(self.answers)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path / "data", plugins=plugged(apologies=Apologies())).settle()


def apologies(world: World) -> list[Item]:
    return items.items_of_kind(world.ws.read(), "apology", None, {})


def returned(world: World) -> World:
    world.submitted()
    world.take("hoa", "return", reason="Thiếu phụ lục.", defects="1")
    return world


def test_a_person_opens_an_entry_of_a_register_and_takes_its_steps(world: World) -> None:
    given = {"title": "Xin lỗi ông A", "lead": "phong-kinh-te", "due": "2026-03-20", "task": "III.1"}
    entry = commands.open_entry(world.ws, "apology", given, world.order("lan")).item
    assert (entry.kind, entry.state, entry.lead, entry.fields["task"]) == (
        "apology", "drafted", "phong-kinh-te", "III.1"
    )  # fmt: skip
    world.take("lan", "send", entry.id, sent_on="2026-03-04", note="Đã gọi điện.")
    sent = items.item(world.ws.read(), entry.id)
    assert (sent.state, sent.fields["sent_on"]) == ("sent", "2026-03-04")
    columns = queries.columns(
        world.ws.read(), ["drafted", "sent"], Filters(kind="apology"), world.time.date()
    )
    assert [column.total for column in columns] == [0, 1]


def test_a_rule_keeps_an_entry_out(world: World) -> None:
    size = world.ws.log.size()
    given = {"title": "Xin lỗi", "lead": "phong-kinh-te", "task": "III.9"}
    with pytest.raises(RuleBroken, match=r"Không có việc III.9. Hãy xem lại kế hoạch."):
        commands.open_entry(world.ws, "apology", given, world.order("lan"))
    assert world.ws.log.size() == size


def test_an_entry_that_a_rule_warns_of_is_written_with_a_reason_that_is_kept(world: World) -> None:
    given = {"title": "Xin lỗi", "lead": "phong-kinh-te"}
    with pytest.raises(Warned, match="Chưa rõ xin lỗi về việc nào"):
        commands.open_entry(world.ws, "apology", given, world.order("lan"))
    reasoned = given | {"override": "Việc ngoài kế hoạch."}
    entry = commands.open_entry(world.ws, "apology", reasoned, world.order("lan")).item
    opened, overruled = world.ws.log.stream(f"item-{entry.id}")
    assert (opened.type, overruled.type) == (NAMES[ItemOpened], "item.overruled/1")
    assert overruled.data["rules"] == ["apologies.task"] and overruled.data["step"] == "open"


def test_a_step_moves_the_due_day_and_others_leave_it(world: World) -> None:
    given = {"title": "Xin lỗi", "lead": "phong-kinh-te", "due": "2026-03-20", "task": "III.1"}
    entry = commands.open_entry(world.ws, "apology", given, world.order("lan")).item
    assert world.take("lan", "put_off", entry.id, due="2026-03-25").item.due == "2026-03-25"
    assert entry.id not in items.items_due_by(world.ws.read(), date(2026, 3, 24))
    assert entry.id in items.items_due_by(world.ws.read(), date(2026, 3, 25))
    assert world.take("lan", "send", entry.id, sent_on="2026-03-04").item.due == "2026-03-25"


@pytest.mark.parametrize(
    ("login", "data", "error"),
    [
        ("thu", {"title": "A", "lead": "phong-kinh-te"}, NotAllowed),
        ("lan", {"title": "A", "lead": "tram-y-te"}, MissingData),
        ("lan", {"title": "", "lead": "phong-kinh-te"}, MissingData),
        ("hoa", {"title": "A", "lead": "phong-kinh-te", "due": "2026-03-01"}, MissingData),
        ("hoa", {"title": "A" * 301, "lead": "phong-kinh-te"}, MissingData),
    ],
)
def test_an_entry_that_cannot_be_is_refused(
    world: World, login: str, data: dict[str, str], error: type[Exception]
) -> None:
    size = world.ws.log.size()
    with pytest.raises(error):
        commands.open_entry(world.ws, "apology", data, world.order(login))
    assert world.ws.log.size() == size


@pytest.mark.parametrize("kind", ["task", "report", "petition"])
def test_only_a_register_is_opened_so(world: World, kind: str) -> None:
    with pytest.raises(NotFound):
        commands.open_entry(world.ws, kind, {"title": "A"}, world.order("hoa"))


def test_what_an_undone_step_told_is_not_found_any_more(world: World) -> None:
    given = {"title": "Xin lỗi ông A", "lead": "phong-kinh-te", "task": TASK}
    entry = commands.open_entry(world.ws, "apology", given, world.order("lan")).item
    world.take("lan", "send", entry.id, sent_on="2026-03-02")
    commands.undo_step(world.ws, entry.id, world.order("lan"))
    assert items.items_of_kind(world.ws.read(), "apology", None, {"sent_on": "2026-03-02"}) == []


def test_what_follows_from_an_event_is_done_once_and_names_its_cause(world: World) -> None:
    returned(world)
    (apology,) = apologies(world)
    opened = world.ws.log.stream(f"item-{apology.id}")[0]
    cause = world.ws.log.stream(f"item-{TASK}")[-1]
    assert (opened.causation_id, opened.actor) == (cause.id, "system:plugin:apologies")
    catch_up_reactions(world.ws)
    (world.ws.private / "reacted").unlink()
    catch_up_reactions(world.ws)
    assert len(apologies(world)) == 1


def test_whoever_searches_the_history_for_what_followed_by_a_rule_chooses_the_area_by_its_name(
    world: World,
) -> None:
    returned(world)
    people = titles_of(world.ws, "person")
    assert people["system:plugin:apologies"] == "Hệ thống (theo quy tắc của lĩnh vực «Xin lỗi»)"


def test_a_consequence_that_was_cut_off_is_made_up_for(tmp_path: Path) -> None:
    world = World(tmp_path / "data").settle()
    returned(world)
    again = commands.open_workspace(world.data, "xa-mau", world.ws.now, plugged(apologies=Apologies()))
    assert items.items_of_kind(again.read(), "apology", None, {}) == []
    commands.do_scheduled_work(again)
    assert len(items.items_of_kind(again.read(), "apology", None, {})) == 1


@pytest.mark.parametrize("left", [b"", b"12\n34", b"\xff", "²".encode()], ids=repr)
def test_a_spoilt_mark_of_what_was_followed_has_all_events_gone_through(world: World, left: bytes) -> None:
    returned(world)
    mark = world.ws.private / "reacted"
    mark.write_bytes(left)
    catch_up_reactions(world.ws)
    assert (len(apologies(world)), int(mark.read_text())) == (1, world.ws.log.size())


def test_a_rule_takes_steps_that_its_register_gives_to_plugins(world: World) -> None:
    returned(world)
    world.take("lan", "submit", **RESULT)
    world.take("hoa", "approve", quality="met")
    assert [one.state for one in apologies(world)] == ["sent"]


def test_a_step_that_is_not_a_plugins_is_refused_and_the_rest_goes_on(tmp_path: Path) -> None:
    grabbing = Apologies(Taking(key="x", item=TASK, step="start"))
    world = World(tmp_path / "data", plugins=plugged(apologies=grabbing)).settle()
    world.take("hoa", "assign", **ASSIGN)
    assert items.item(world.ws.read(), TASK).state == "assigned"


@pytest.mark.parametrize("due", ["2026-02-01", "2027-01-15"])
def test_what_a_rule_opens_may_be_due_before_today_and_after_the_plan(tmp_path: Path, due: str) -> None:
    rule = Apologies(
        Opening(
            key="one", kind="apology", title="Xin lỗi", lead="phong-kinh-te", due=due, data={"task": TASK}
        )
    )
    world = World(tmp_path / "data", plugins=plugged(apologies=rule)).settle()
    world.take("hoa", "assign", **ASSIGN)
    assert {one.due for one in apologies(world)} == {due}


def test_a_rule_that_answers_itself_for_ever_is_stopped(tmp_path: Path) -> None:
    endless = Apologies(Opening(key="again", kind="apology", title="Lại nữa", lead="phong-kinh-te"))
    world = World(tmp_path / "data", plugins=plugged(apologies=endless)).settle()
    world.take("hoa", "assign", **ASSIGN)
    assert len(apologies(world)) == 5


def test_what_could_not_follow_is_asked_about_again(world: World) -> None:
    asked = [True]
    plugin = world.ws.plugins

    class Faltering(Apologies):
        """Xin lỗi"""

        @hookimpl
        def react(self, event: str, item: Item, facts: Facts) -> list[Opening | Taking]:
            if event == "item.returned/1" and asked:
                asked.pop()
                raise RuntimeError("một lần")
            return super().react(event, item, facts)

    world.ws.plugins = plugged(apologies=Faltering())
    assert plugin is not world.ws.plugins
    returned(world)
    assert apologies(world) == []
    catch_up_reactions(world.ws)
    assert len(apologies(world)) == 1


def test_what_others_kept_from_following_is_tried_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> None:
        raise Conflict("item-x", 1, 2)

    with monkeypatch.context() as patched:
        patched.setattr(registers, "open_by_rule", busy)
        returned(world)
        catch_up_reactions(world.ws)
    assert apologies(world) == []
    catch_up_reactions(world.ws)
    assert len(apologies(world)) == 1


WEEK = Field("week", "period", "Tuần", choices=(("week", "Tuần"),))


@pytest.mark.parametrize(
    ("definition", "sentence"),
    [
        (Workflow("task", 1, "Trùng", "a", (State("a", "A"),), ()), "tên loại là của phần lõi"),
        (Workflow("x", 1, "Hỏng", "b", (State("a", "A"),), ()), "initial state b is not defined"),
        (Workflow("x", 1, "Lạ", "a", (State("a", "A"),), (), openers=("vua",)), "không có vai trò «vua»"),
        (Workflow("x", 1, "Lạ", "a", (State("a", "A"),), (), readers=("vua",)), "không có người đọc «vua»"),
        (Workflow("x", 1, "Lạ", "a", (State("a", "A"),), (), asks=(WEEK,)), "không có loại kỳ «week»"),
        (Workflow("apology", 1, "Trùng", "a", (State("a", "A"),), ()), "tên loại đã có của «apologies»"),
        (Workflow("finding", 1, "Trùng", "a", (State("a", "A"),), ()), "tên loại là của phần lõi"),
        (Workflow("Sổ A", 1, "Tên", "a", (State("a", "A"),), ()), "chữ thường không dấu"),
    ],
)
def test_a_register_that_cannot_be_is_left_out_and_told_with_its_plugin(
    tmp_path: Path, definition: Workflow, sentence: str
) -> None:
    class Bad:
        @hookimpl
        def workflows(self) -> list[Workflow]:
            return [definition]

    known = plugged(apologies=Apologies(), bad=Bad())
    world = World(tmp_path / "data", plugins=known).settle()
    (fault,) = commands.faults(world.ws)
    assert fault.plugin == "bad" and "«bad»" in fault.words and sentence in fault.words
    assert set(workflows.kind_titles(world.ws.read())) == {"task", "report", "audit", "finding", "apology"}


def test_a_register_that_was_changed_without_a_new_version_is_told_and_the_log_goes_on_ruling(
    tmp_path: Path,
) -> None:
    world = World(tmp_path / "data", plugins=plugged(apologies=Apologies())).settle()

    class Changed(Apologies):
        @hookimpl
        def workflows(self) -> list[Workflow]:
            return [msgspec.structs.replace(APOLOGY, title="Tên khác")]

    ws = commands.open_workspace(world.data, "xa-mau", world.ws.now, plugged(apologies=Changed()))
    assert [fault.plugin for fault in commands.faults(ws)] == ["apologies"]
    assert "«apology» phiên bản 1" in commands.faults(ws)[0].words
    assert workflows.newest_workflow(ws.read(), "apology").title == "Phiếu xin lỗi"


def test_items_of_a_plugin_that_is_gone_still_read_move_and_verify(tmp_path: Path) -> None:
    world = World(tmp_path / "data", plugins=plugged(apologies=Apologies())).settle()
    given = {"title": "Xin lỗi ông A", "lead": "phong-kinh-te", "task": "III.1"}
    entry = commands.open_entry(world.ws, "apology", given, world.order("lan")).item
    without = commands.open_workspace(world.data, "xa-mau", world.ws.now)
    from cchc_flow.eventlog.verification.verify import verify_log
    from cchc_flow.workflow.commands import TakeStep

    commands.take_step(without, entry.id, TakeStep("send", {"sent_on": "2026-03-04"}), world.order("lan"))
    assert items.item(without.read(), entry.id).state == "sent"
    assert verify_log(without.folder, all_checkpoints=True).ok
