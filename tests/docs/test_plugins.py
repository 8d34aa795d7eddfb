"""docs/plugins.md: every hook is told as it is, and the plugin that its blocks make up does what they say."""

import inspect
import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from support.plugging import plugged
from support.world import RESULT, TASK, World
from support.year import simulate_year

from cchc_flow import hookspecs, plugin_kit
from cchc_flow.plugin_host import contributions
from cchc_flow.plugin_host.facts import PluginFacts
from cchc_flow.plugin_host.loading import RESULT_TYPES, plugins_from
from cchc_flow.plugin_host.reference import main, rewrite
from cchc_flow.projections.cards import items
from cchc_flow.testing import shipped_areas
from cchc_flow.workflow import periods
from cchc_flow.workflow.definition import problems
from cchc_flow.workflow.task import TASK as TASK_DEFINITION

DOCUMENT = (Path(__file__).parents[2] / "docs/plugins.md").read_text()


@pytest.fixture
def household(programs: dict[str, str], tmp_path: Path) -> Iterator[ModuleType]:
    """The plugin of the document, as a module."""
    code = "\n\n".join(programs[name] for name in sorted(programs) if name.startswith("plugin-"))
    module = ModuleType("household")
    module.__doc__ = code.split('"""')[1]
    exec(compile(code, str(tmp_path / "household.py"), "exec"), module.__dict__)  # noqa: S102  # our own document
    sys.modules["household"] = module
    yield module
    del sys.modules["household"]


@pytest.fixture
def world(tmp_path: Path, household: ModuleType) -> World:
    return World(tmp_path / "data", plugins=plugged(household=household)).settle()


@pytest.mark.parametrize("hook", sorted(RESULT_TYPES))
def test_every_hook_is_told_with_its_arguments_and_an_example(hook: str, programs: dict[str, str]) -> None:
    arguments = ", ".join(inspect.signature(getattr(hookspecs, hook)).parameters)
    assert f"### {hook}({arguments})\n" in DOCUMENT
    assert sum(f"def {hook}(" in code for name, code in programs.items() if name.startswith("plugin-")) == 1


@pytest.mark.parametrize("name", sorted(name for name in vars(hookspecs.Facts) if name[0] != "_"))
def test_everything_that_a_plugin_may_know_is_told(name: str) -> None:
    assert f"`facts.{name}" in DOCUMENT and hasattr(PluginFacts, name)


def test_signatures_and_values_are_those_of_the_hooks() -> None:
    """Where this fails: python -m cchc_flow.plugin_host.reference docs/plugins.md"""
    assert rewrite(DOCUMENT) == DOCUMENT


def test_the_page_is_checked_and_written_by_one_command(tmp_path: Path) -> None:
    page = tmp_path / "plugins.md"
    page.write_text("# Hooks\n\n### areas()\n\nBy hand.\n")
    assert main([str(page), "--check"]) == 1
    assert main([str(page)]) == 0 and main([str(page), "--check"]) == 0
    assert "> `areas() -> list[Area]`: Return the reform areas" in page.read_text()
    assert "By hand." in page.read_text()


@pytest.mark.parametrize("name", plugin_kit.__all__)
def test_every_part_of_the_kit_is_told(name: str) -> None:
    kit = DOCUMENT.partition("## The kit\n")[2]
    assert f"`{name}`" in kit or f"- `{name}(" in kit


def test_the_example_of_the_kit_is_a_sound_register(programs: dict[str, str]) -> None:
    example: dict[str, Any] = {}
    exec(programs["kit.py"], example)  # noqa: S102  # our own document
    assert problems(example["CERTIFICATES"]) == []
    item = SimpleNamespace(kind="certificate")
    step = SimpleNamespace(name="issue")
    facts = SimpleNamespace(today=date(2026, 3, 2))
    (violation,) = example["violations"](item, step, {"issued_on": "2026-03-03"}, facts)
    assert violation.why == "Ngày 03/03/2026 chưa đến."


def test_no_hook_is_told_that_there_is_not() -> None:
    told = {
        line.removeprefix("### ").partition("(")[0]
        for line in DOCUMENT.splitlines()
        if line.startswith("### ")
    }
    assert told == set(RESULT_TYPES)


@pytest.mark.parametrize("hook", sorted(RESULT_TYPES))
def test_every_hook_of_the_document_answers_what_the_core_takes(world: World, hook: str) -> None:
    facts = world.ws.facts("household")
    item = items.item(world.ws.read(), TASK)
    given = {
        "facts": facts,
        "item": item,
        "kind": "task",
        "step": "submit",
        "event": "item.returned/1",
        "period": periods.parse("2026-03"),
        "data": {"evidence": ()},
        "question": "answered-late",
        "given": {"days": 1},
    }
    if hook == "check":
        given["step"] = TASK_DEFINITION.transition("submit")
    (answer,) = world.ws.plugins.call(hook, **given)
    assert not answer.fault and answer.value is not None


def test_the_plugin_of_the_document_asks_opens_and_answers(world: World) -> None:
    world.submitted()
    world.take("hoa", "return", reason="Thiếu số liệu.", defects="0")
    (question,) = items.items_of_kind(world.ws.read(), "household_question")
    world.take("lan", "submit", records="12", **RESULT)
    world.take("hoa", "approve", quality="met")
    answered = items.item(world.ws.read(), question.id)
    assert (answered.state, answered.fields["answered_on"]) == ("answered", "2026-03-02")
    assert items.item(world.ws.read(), TASK).fields["records"] == "12"


def test_the_plugin_of_the_document_has_a_place_beside_all_areas(household: ModuleType) -> None:
    assert contributions.faults(plugins_from(household=household, **shipped_areas())) == ()


def test_the_sample_of_the_page_is_told_in_the_year(household: ModuleType, tmp_path: Path) -> None:
    found = re.search(r"```json\n(.*?)```", DOCUMENT, re.DOTALL)
    assert found
    household.__path__ = [str(tmp_path)]
    (tmp_path / "samples").mkdir()
    (tmp_path / "samples" / "year.json").write_text(found[1], encoding="utf-8")
    said: list[str] = []
    ws = simulate_year(
        tmp_path / "data", "nam", until="2026-03-13", plugins=plugged(household=household), say=said.append
    )
    entries = items.items_of_kind(ws.read(), "household_question", None, {"about": "Hộ tịch"})
    ws.close()
    assert [(one.title, one.state) for one in entries] == [("Khai sinh quá hạn", "answered")]
    assert said == []
