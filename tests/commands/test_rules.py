"""Plugins' rules around a step: what blocks, what warns, what is asked besides, and who misbehaves."""

import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database
from support.plugging import plugged
from support.world import ASSIGN, RESULT, TASK, World

from cchc_flow import commands
from cchc_flow.errors import MissingData, NotAllowed, NotFound
from cchc_flow.hookspecs import Area, Facts, Figure, Violation, hookimpl
from cchc_flow.plugin_host.facts import PluginFacts
from cchc_flow.plugin_host.loading import TIMEOUT_SECONDS
from cchc_flow.plugin_host.rule_checks import RuleBroken, RuleNotAsked, Warned
from cchc_flow.projections import rules
from cchc_flow.projections.cards import items
from cchc_flow.testing import PATIENCE_SECONDS
from cchc_flow.workflow import periods
from cchc_flow.workflow.definition import Field, Transition
from cchc_flow.workflow.events import JsonObject
from cchc_flow.workflow.item import Item


class Procedures:
    """Thủ tục hành chính"""

    @hookimpl
    def areas(self) -> list[Area]:
        return [Area("procedures", "Thủ tục hành chính", "TT", "#123456", ("thu tuc",))]

    @hookimpl
    def figures(self) -> list[Figure]:
        return [
            Figure("days", "Số ngày", "5", "ngày", "Nghị định 61", low="1", high="30", whole=True),
            Figure("share", "Tỷ lệ", "95", "%", "Nghị định 61", low="0.5", high="100"),
        ]

    @hookimpl
    def fields(self, kind: str, step: str, item: Item | None) -> list[Field]:
        return [Field("number", "line", "Số văn bản")] if (kind, step) == ("task", "submit") else []

    @hookimpl
    def check(self, item: Item, step: Transition, data: JsonObject, facts: Facts) -> list[Violation]:
        if step.name == "submit" and not data["evidence"]:
            return [Violation("evidence", "Chưa có tệp nào.", "Hãy gắn tệp.")]
        if step.name == "submit" and not data["number"]:
            return [Violation("number", "Chưa ghi số văn bản.", blocks=False)]
        if step.name == "start" and facts.area_of(item) != "procedures":
            return [Violation("area", "Sai lĩnh vực.")]
        return []


class Answering:
    """A plugin whose check does what the test says."""

    def __init__(self, does: Callable[[], Any]) -> None:
        self.does = does

    @hookimpl
    def check(self, item: Item) -> Any:
        return self.does()


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = World(tmp_path / "data", plugins=plugged(procedures=Procedures())).settle()
    world.take("hoa", "assign", **ASSIGN)
    world.take("lan", "start")
    return world


def misbehaving(tmp_path: Path, does: Callable[[], Any]) -> World:
    return World(tmp_path / "data", plugins=plugged(bad=Answering(does), good=Procedures())).settle()


def types(world: World, count: int) -> list[str]:
    return [event.type for event in world.ws.log.read_events(world.ws.log.size() - count)]


# What was loaded


def test_what_was_loaded_is_in_the_log_once_for_each_version(world: World) -> None:
    known = rules.loaded_plugins(world.ws.read())["procedures"]
    assert (known.title, known.origin, known.enabled) == ("Thủ tục hành chính", "built-in", True)
    size = world.ws.log.size()
    commands.open_workspace(world.data, "xa-mau", world.ws.now, world.ws.plugins)
    assert world.ws.log.size() == size


def test_every_event_names_the_rules_that_were_in_force(world: World) -> None:
    loaded = next(event for event in world.ws.log.read_events() if event.type == "plugin.loaded/3")
    assert world.ws.log.event(world.ws.log.size()).rules == loaded.id
    commands.switch_plugin(world.ws, "procedures", False, world.order("hoa"), reason="Thử")
    switched = world.ws.log.event(world.ws.log.size())
    world.take("lan", "report_progress", percent="10")
    assert world.ws.log.event(world.ws.log.size()).rules == switched.id


# What a rule does to a step


def test_a_rule_that_blocks_keeps_the_step_out_and_says_why_and_what_to_do(world: World) -> None:
    size = world.ws.log.size()
    with pytest.raises(RuleBroken, match=r"Chưa có tệp nào\. Hãy gắn tệp\."):
        world.take("lan", "submit", result="Xong.", number="12/BC")
    assert world.ws.log.size() == size


def test_a_warning_is_overridden_only_with_a_reason_which_is_stored(world: World) -> None:
    with pytest.raises(Warned, match="Chưa ghi số văn bản"):
        world.take("lan", "submit", **RESULT)
    world.take("lan", "submit", override="Văn bản chưa vào số.", **RESULT)
    assert types(world, 2) == ["item.overruled/1", "item.submitted/1"]
    overruled = world.ws.log.event(world.ws.log.size() - 1)
    assert overruled.data["rules"] == ["procedures.number"]


def test_what_a_plugin_asks_besides_is_kept_with_the_item(world: World) -> None:
    world.take("lan", "submit", number="12/BC-UBND", **RESULT)
    assert types(world, 2) == ["item.advanced/1", "item.submitted/1"]
    db = world.ws.read()
    assert items.item(db, TASK).fields["number"] == "12/BC-UBND"
    assert [one.id for one in items.items_of_kind(db, "task", None, {"number": "12/BC-UBND"})] == [TASK]


def test_a_step_under_rules_can_still_be_undone(world: World) -> None:
    world.take("lan", "submit", number="12/BC-UBND", **RESULT)
    commands.undo_step(world.ws, TASK, world.order("lan"))
    assert items.item(world.ws.read(), TASK).state == "in_progress"


def test_a_plugin_that_is_switched_off_is_not_asked(world: World) -> None:
    commands.switch_plugin(world.ws, "procedures", False, world.order("hoa"), reason="Thử")
    commands.switch_plugin(world.ws, "procedures", False, world.order("hoa"), reason="Thử")
    world.take("lan", "submit", result="Xong.")
    assert items.item(world.ws.read(), TASK).state == "submitted"


def test_only_coordinators_and_administrators_switch_a_plugin(world: World) -> None:
    with pytest.raises(NotAllowed):
        commands.switch_plugin(world.ws, "procedures", False, world.order("lan"), reason="Thử")
    with pytest.raises(NotFound):
        commands.switch_plugin(world.ws, "khong-co", False, world.order("hoa"), reason="Thử")


def test_facts_tell_the_days_whose_figures_the_report_of_a_period_gives(world: World) -> None:
    facts = world.ws.facts("procedures")
    assert facts.window(periods.parse("2026-03")) == (date(2026, 2, 15), date(2026, 3, 14))
    assert facts.window(periods.parse("2026-Q1")) == (date(2025, 12, 15), date(2026, 3, 14))


# Figures


def test_a_figure_is_changed_by_an_event_with_its_source(world: World) -> None:
    commands.set_figure(world.ws, "procedures", "days", "7", "QĐ 9/QĐ-UBND", world.order("hoa"))
    size = world.ws.log.size()
    commands.set_figure(world.ws, "procedures", "days", "7,0", "QĐ 9/QĐ-UBND", world.order("hoa"))
    assert world.ws.log.size() == size
    change = rules.figure_changes(world.ws.read(), "procedures")[0]
    assert (change.value, change.source, change.actor) == ("7", "QĐ 9/QĐ-UBND", "hoa")


@pytest.mark.parametrize(
    ("value", "source", "sentence"),
    [
        ("nhiều", "QĐ 9", "phải là một số"),
        ("31", "QĐ 9", "phải từ 1 đến 30"),
        ("NaN", "QĐ 9", "phải từ 1 đến 30"),
        ("3,5", "QĐ 9", "Số ngày: phải là số nguyên từ 1 đến 30, không có phần lẻ"),
        ("0", "QĐ 9", "phải từ 1 đến 30"),
        ("7", "", "Căn cứ"),
    ],
)
def test_a_figure_that_cannot_be_is_refused(world: World, value: str, source: str, sentence: str) -> None:
    with pytest.raises(MissingData, match=sentence):
        commands.set_figure(world.ws, "procedures", "days", value, source, world.order("hoa"))


def test_a_figure_that_is_no_count_takes_a_fraction_and_a_whole_one_is_kept_as_such(world: World) -> None:
    for key, value in (("share", "97,5\u200b"), ("days", "٧,0")):  # as it was pasted; 7 in Arabic digits
        commands.set_figure(world.ws, "procedures", key, value, "QĐ 9", world.order("hoa"))
    kept = [one.value for one in rules.figure_changes(world.ws.read(), "procedures")]
    assert kept == ["7", "97.5"]
    with pytest.raises(MissingData, match="phải từ 0,5 đến 100"):
        commands.set_figure(world.ws, "procedures", "share", "0", "QĐ 9", world.order("hoa"))


# Misbehaviour


def broken() -> Any:
    raise RuntimeError("hỏng")


@pytest.mark.parametrize(
    ("does", "what"),
    [
        (broken, "RuntimeError: hỏng"),
        (lambda: None, "ValidationError"),
        (lambda: ["không phải vi phạm"], "ValidationError"),
    ],
)
def test_a_plugin_that_fails_is_named_and_its_step_is_not_taken(
    tmp_path: Path, does: Callable[[], Any], what: str
) -> None:
    world = misbehaving(tmp_path, does)
    with pytest.raises(RuleNotAsked, match=f"(?s)A plugin whose check.*{what}.*chưa được thực hiện"):
        world.take("hoa", "assign", **ASSIGN)
    commands.switch_plugin(world.ws, "bad", False, world.order("hoa"), reason="Thử")
    world.take("hoa", "assign", **ASSIGN)


def test_a_plugin_that_hangs_is_given_up_after_two_seconds_and_the_next_step_is_asked_again(
    tmp_path: Path,
) -> None:
    released = threading.Event()
    waits = [True]

    def hang() -> list[Violation]:
        if waits.pop() if waits else False:
            released.wait(10)
        return []

    world = misbehaving(tmp_path, hang)
    world.ws.plugins.timeout = TIMEOUT_SECONDS
    begun = time.monotonic()
    with pytest.raises(RuleNotAsked, match="không trả lời trong 2 giây"):
        world.take("hoa", "assign", **ASSIGN)
    assert time.monotonic() - begun < 8
    released.set()
    world.take("hoa", "assign", **ASSIGN)


def test_a_plugin_that_was_given_up_reads_on_where_nobody_else_reads(tmp_path: Path) -> None:
    released, connections = threading.Event(), list[Database]()

    class Slow:
        """Chậm"""

        @hookimpl
        def check(self, item: Item, facts: PluginFacts) -> list[Violation]:
            connections.append(facts._db)
            if len(connections) == 1:
                released.wait(10)
            return []

    world = World(tmp_path / "data", plugins=plugged(slow=Slow())).settle()
    world.ws.plugins.timeout = 0.2
    with pytest.raises(RuleNotAsked):
        world.take("hoa", "assign", **ASSIGN)
    world.ws.plugins.timeout = PATIENCE_SECONDS
    world.take("hoa", "assign", **ASSIGN)
    abandoned, used = connections
    assert used is world.ws.read() is not abandoned
    assert items.item(abandoned, TASK).state == "planned"
    released.set()
