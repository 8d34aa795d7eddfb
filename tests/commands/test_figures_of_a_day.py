"""Figures and rules with days: which value holds, what the commune may decide, and what may block."""

from datetime import date
from pathlib import Path

import pytest
from support.lawful import Documents
from support.plugging import plugged
from support.world import ASSIGN, RESULT, World

from cchc_flow import commands
from cchc_flow.audit import naming
from cchc_flow.audit.sentences import event_sentence
from cchc_flow.errors import MissingData
from cchc_flow.hookspecs import Edition, Figure, Rule, hookimpl
from cchc_flow.plugin_host.rule_checks import RuleBroken, Warned
from cchc_flow.projections import rules


@pytest.fixture
def world(tmp_path: Path) -> World:
    return world_with(tmp_path, Documents())


def world_with(tmp_path: Path, plugin: Documents) -> World:
    world = World(tmp_path / "data", plugins=plugged(documents=plugin)).settle()
    world.take("hoa", "assign", **ASSIGN)
    return world


def set_figure(
    world: World, value: str, since: str = "", key: str = "effect", *, replaces: bool = False
) -> None:
    commands.set_figure(
        world.ws, "documents", key, value, "QĐ 9", world.order("hoa"), since=since, replaces=replaces
    )


def value_on(world: World, *day: int, key: str = "effect") -> str:
    return str(world.ws.facts("documents").figure(key, date(*day) if day else None))


def test_a_figure_has_on_each_day_the_value_of_that_day(world: World) -> None:
    days = [(2026, 1, 31), (2026, 2, 1), (2026, 12, 31), (2027, 1, 1)]
    assert [value_on(world, *day) for day in days] == ["7", "10", "10", "12"]
    assert value_on(world) == "10"
    assert value_on(world, 2020, 1, 1, key="plain") == "5"


def test_a_value_of_the_commune_holds_from_its_day_on_and_changes_no_day_before(world: World) -> None:
    set_figure(world, "15", "15/02/2026")
    set_figure(world, "20", "2026-06-01")
    days = [(2026, 2, 14), (2026, 2, 15), (2026, 5, 31), (2026, 6, 1), (2027, 1, 1)]
    assert [value_on(world, *day) for day in days] == ["10", "15", "15", "20", "20"]
    assert value_on(world) == "15"  # it is the 2nd of March


def test_without_a_day_a_value_holds_from_today_as_it_always_did(world: World) -> None:
    set_figure(world, "15")
    set_figure(world, "16")
    assert (value_on(world, 2026, 3, 1), value_on(world)) == ("10", "16")
    assert {change.since for change in rules.figure_changes(world.ws.read(), "documents")} == {"2026-03-02"}


@pytest.mark.parametrize(
    ("since", "sentence"),
    [
        ("31/12/2025", "không trước ngày 01/01/2026, ngày đầu của kế hoạch"),
        ("01/01/1900", "không trước ngày 01/01/2026"),
        ("01/01/2032", "không sau ngày 31/12/2031"),
        ("mai", "phải là một ngày, như 25/01/2026"),
        ("30/02/2026", "phải là một ngày"),
    ],
)
def test_a_day_from_which_nothing_can_hold_is_refused(world: World, since: str, sentence: str) -> None:
    with pytest.raises(MissingData, match=f"Áp dụng từ ngày: {sentence}"):
        set_figure(world, "15", since)
    assert not rules.figure_changes(world.ws.read(), "documents")


def test_two_values_for_one_day_are_refused_unless_the_second_corrects_the_first(world: World) -> None:
    set_figure(world, "15", "01/06/2026")
    with pytest.raises(MissingData, match="Từ ngày 01/06/2026 đã có mức 15 ngày"):
        set_figure(world, "16", "01/06/2026")
    set_figure(world, "16", "01/06/2026", replaces=True)
    assert value_on(world, 2026, 6, 1) == "16"


def test_the_same_value_is_recorded_when_the_commune_vouches_for_what_nobody_had_checked(
    world: World,
) -> None:
    set_figure(world, "10")
    set_figure(world, "3", key="post")
    assert [change.figure for change in rules.figure_changes(world.ws.read(), "documents")] == ["post"]


def test_the_history_says_from_which_day_a_value_holds(world: World) -> None:
    set_figure(world, "15", "01/06/2026")
    db, event = world.ws.read(), world.ws.log.event(world.ws.log.size())
    names = naming.names_for_event(db, event, naming.all_names(world.ws, db))
    assert "là 15 ngày từ ngày 01/06/2026, căn cứ: QĐ 9" in event_sentence(event, names)


@pytest.mark.parametrize(
    "rule",
    [
        Rule("late", "Quy tắc của xã."),
        Rule("late", "Theo luật.", "Luật 64/2025/QH15, Điều 53", date(2025, 4, 1), checked=True),
        Rule("late", "Theo luật.", checked=True, figures=("effect", "plain")),
        Rule("other", "Quy tắc khác.", checked=False),
    ],
)
def test_a_rule_of_the_house_and_one_that_was_checked_block(tmp_path: Path, rule: Rule) -> None:
    with pytest.raises(RuleBroken, match="Quá muộn"):
        world_with(tmp_path, Documents(rule)).take("lan", "start")


@pytest.mark.parametrize(
    "rule",
    [
        Rule("late", "Theo luật.", "Luật 64/2025/QH15", checked=False),
        Rule("late", "Theo luật.", "Luật 64/2025/QH15", checked=True, figures=("post",)),
        Rule("late", "Theo luật.", figures=("effect", "post")),
    ],
)
def test_a_rule_that_nobody_checked_warns_at_most(tmp_path: Path, rule: Rule) -> None:
    world = world_with(tmp_path, Documents(rule))
    with pytest.raises(Warned, match="Quá muộn"):
        world.take("lan", "start")
    world.take("lan", "start", override="Đã hỏi Sở Tư pháp.")


def test_a_rule_blocks_once_the_commune_vouches_for_its_figure(tmp_path: Path) -> None:
    world = world_with(tmp_path, Documents(Rule("late", "Theo luật.", figures=("post",))))
    set_figure(world, "3", key="post")
    with pytest.raises(RuleBroken):
        world.take("lan", "start")


@pytest.mark.parametrize(
    ("rule", "on"),
    [
        (Rule("late", "Sắp có.", since=date(2026, 3, 3)), None),
        (Rule("late", "Đã hết.", until=date(2026, 3, 1)), None),
        (Rule("late", "Theo luật.", since=date(2026, 1, 1)), date(2025, 12, 31)),
    ],
)
def test_a_rule_does_not_judge_what_lies_before_its_first_or_after_its_last_day(
    tmp_path: Path, rule: Rule, on: date | None
) -> None:
    world = world_with(tmp_path, Documents(rule, on=on))
    world.take("lan", "start")
    world.take("lan", "submit", **RESULT)


def test_the_law_of_the_day_that_is_judged_says_whether_a_rule_blocks(tmp_path: Path) -> None:
    rule = Rule("late", "Theo luật.", figures=("effect",))
    with pytest.raises(RuleBroken):
        world_with(tmp_path / "now", Documents(rule, on=date(2026, 12, 31))).take("lan", "start")
    with pytest.raises(Warned):  # what comes in 2027 nobody has checked yet
        world_with(tmp_path / "then", Documents(rule, on=date(2027, 1, 1))).take("lan", "start")


def test_a_figure_with_two_values_for_one_day_keeps_its_present_one_and_a_sentence_says_so(
    tmp_path: Path,
) -> None:
    class Twice:
        """Hai mức"""

        @hookimpl
        def figures(self) -> list[Figure]:
            return [Figure("days", "Số ngày", "5", "ngày", "Luật A", editions=(Edition("6", "Luật B"),))]

    world = World(tmp_path / "data", plugins=plugged(documents=Twice()))
    (fault,) = commands.faults(world.ws)
    assert "«Số ngày» của trình cắm «documents» có hai mức cho cùng một ngày áp dụng" in fault.words
    assert value_on(world, key="days") == "5"


def test_the_loading_of_a_plugin_keeps_its_figures_with_their_days(world: World) -> None:
    loaded = rules.loaded_plugins(world.ws.read())["documents"].loaded
    effect = next(figure for figure in loaded.figures or () if figure.key == "effect")
    assert [(one.value, one.since, one.checked) for one in effect.editions] == [
        ("7", None, True), ("10", "2026-02-01", True), ("12", "2027-01-01", False)
    ]  # fmt: skip
