"""A plugin that raises, answers something else or does not draw: a sentence names it, the rest goes on."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.misbehaving import CLOSED, DRAWN, bad, commune, commune_with_panel, goes_on, read
from support.world import ASSIGN, TASK

from cchc_flow import commands
from cchc_flow.hookspecs import Parameter, Question, Violation, hookimpl
from cchc_flow.plugin_host import calling
from cchc_flow.plugin_host.loading import RESULT_TYPES
from cchc_flow.plugin_host.rule_checks import RuleNotAsked
from cchc_flow.projections.cards import items

BROUGHT = ("areas", "figures", "rules", "workflows", "questions")


def broken() -> Any:
    raise RuntimeError("hỏng rồi")


def test_every_hook_is_tried_here() -> None:
    assert {*CLOSED, *DRAWN, *BROUGHT, "react", "answer"} == set(RESULT_TYPES)


@pytest.mark.parametrize(
    "does", [broken, lambda: "không phải", lambda: exit(1)], ids=["raises", "type", "exits"]
)
@pytest.mark.parametrize("hook", CLOSED)
def test_a_step_is_not_taken_without_the_answer_that_it_needs(
    tmp_path: Path, hook: str, does: Callable[[], Any]
) -> None:
    world, site = commune(tmp_path, bad=bad(hook, does))
    with pytest.raises(RuleNotAsked, match="«Lĩnh vực hỏng»"):
        world.take("hoa", "assign", **ASSIGN)
    goes_on(site)


@pytest.mark.parametrize("does", [broken, lambda: 7, lambda: exit(1)], ids=["raises", "type", "exits"])
@pytest.mark.parametrize("hook", DRAWN)
def test_a_page_tells_what_cannot_be_drawn(tmp_path: Path, hook: str, does: Callable[[], Any]) -> None:
    _, site = commune(tmp_path, bad=bad(hook, does))
    assert "«Lĩnh vực hỏng»" in read(site, DRAWN[hook])
    goes_on(site)


@pytest.mark.parametrize("does", [broken, lambda: [7], lambda: exit(1)], ids=["raises", "type", "exits"])
@pytest.mark.parametrize("hook", BROUGHT)
def test_what_a_plugin_cannot_bring_is_told_at_the_start_and_on_its_page(
    tmp_path: Path, hook: str, does: Callable[[], Any]
) -> None:
    world, site = commune(tmp_path, bad=bad(hook, does))
    (fault,) = commands.faults(world.ws)
    assert fault.words.startswith("Trình cắm «bad» không cho biết")
    assert "Trình cắm «bad» không cho biết" in read(site, "areas/bad")
    world.take("hoa", "assign", **ASSIGN)
    goes_on(site)


@pytest.mark.parametrize("does", [broken, lambda: 7, lambda: exit(1)], ids=["raises", "type", "exits"])
def test_a_consequence_that_cannot_be_told_is_logged_and_the_step_is_taken(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, does: Callable[[], Any]
) -> None:
    world, site = commune(tmp_path, bad=bad("react", does))
    with caplog.at_level(logging.ERROR):
        world.take("hoa", "assign", **ASSIGN)
    assert "plugin bad: react to item.assigned/1" in caplog.text
    assert items.item(world.ws.read(), TASK).state == "assigned"
    goes_on(site)


def test_a_wrong_type_deep_in_an_answer_is_found_before_anybody_uses_it(tmp_path: Path) -> None:
    wrong = Violation("key", None)  # type: ignore[arg-type]
    world, _ = commune(tmp_path, bad=bad("check", lambda: [wrong]))
    with pytest.raises(RuleNotAsked, match="ValidationError"):
        world.take("hoa", "assign", **ASSIGN)


def test_not_even_what_ends_a_thread_leaves_a_step_without_an_answer(tmp_path: Path) -> None:
    def interrupted() -> Any:
        raise KeyboardInterrupt

    world, _ = commune(tmp_path, bad=bad("check", interrupted))
    for _ in range(calling.WORKERS + 1):
        with pytest.raises(RuleNotAsked, match="KeyboardInterrupt"):
            world.take("hoa", "assign", **ASSIGN)


@pytest.mark.parametrize(
    "template", ["{{ 1 / 0 }}", "{% if %}", "{{ {}.none.such }}", "{% include 'khong-co' %}"]
)
def test_a_template_that_does_not_render_is_told_and_the_rest_is_drawn(tmp_path: Path, template: str) -> None:
    site = commune_with_panel(tmp_path, template)
    assert "Không vẽ được phần riêng của lĩnh vực «Lĩnh vực hỏng»" in read(site, "areas/bad")
    goes_on(site)


@pytest.mark.parametrize("does", [broken, lambda: 7, lambda: exit(1)], ids=["raises", "type", "exits"])
def test_a_question_that_a_plugin_cannot_answer_says_so_and_the_others_are_answered(
    tmp_path: Path, does: Callable[[], Any]
) -> None:
    plugin = bad("answer", does)
    plugin.questions = hookimpl(lambda: [Question(key="late", title="Có muộn không", rule="Muộn.")])  # type: ignore[attr-defined]
    _, site = commune(tmp_path, bad=plugin)
    assert "Lĩnh vực «Lĩnh vực hỏng» không trả lời được câu hỏi này" in read(site, "questions/bad.late")
    assert "Không có trường hợp nào" in read(site, "questions/returned-often")
    goes_on(site)


def test_a_question_that_cannot_be_asked_is_left_out_and_told(tmp_path: Path) -> None:
    days = Parameter(key="from", title="Từ", default=1)
    wrong = [Question(key="late", title="Có muộn không", rule="Muộn.", parameters=(days,))]
    world, site = commune(tmp_path, bad=bad("questions", lambda: wrong))
    (fault,) = commands.faults(world.ws)
    assert fault.words == "Câu hỏi «late» của trình cắm «bad»: tham số «from» không dùng được tên này."
    assert "Có muộn không" not in read(site, "questions")
