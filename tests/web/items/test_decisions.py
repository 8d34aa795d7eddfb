"""A decision is made knowing what the rules say of it, and leads on to the next one that waits."""

from pathlib import Path

import pytest
from support.forms import hidden
from support.misbehaving import commune
from support.visitors import Site
from support.world import ASSIGN, TASK, World

from cchc_flow.hookspecs import Violation, hookimpl

OTHER = "2026-III.1.1"
HTMX = {"HX-Request": "true"}


class Rule:
    """Quy tắc thử"""

    def __init__(self, step: str, *, blocks: bool) -> None:
        self.step, self.blocks = step, blocks

    @hookimpl
    def check(self, step, data):
        if step.name != self.step:
            return []
        return [Violation("records", "Chưa có biên bản nghiệm thu.", "Hãy lập biên bản.", blocks=self.blocks)]


def submitted(folder: Path, rule: Rule) -> tuple[World, Site]:
    world, site = commune(folder, ruled=rule)
    world.submitted()
    return world, site


def form(site: Site, fact: str) -> str:
    return site.visitor("hoa").get(f"/xa-mau/items/{TASK}/{fact}/new").text


def test_what_a_rule_warns_of_stands_in_the_form_of_the_decision_with_the_field_for_the_reason(tmp_path):
    _, site = submitted(tmp_path, Rule("approve", blocks=False))
    page = form(site, "approvals")
    assert "Chưa có biên bản nghiệm thu. Hãy lập biên bản." in page
    assert 'name="override"' in page and "Vẫn duyệt" in page
    assert "biên bản nghiệm thu" not in form(site, "returns")


def test_what_a_rule_blocks_is_said_before_anything_is_typed(tmp_path):
    _, site = submitted(tmp_path, Rule("approve", blocks=True))
    page = form(site, "approvals")
    assert "Không thể duyệt: Chưa có biên bản nghiệm thu." in page


def test_a_decision_that_lacks_only_its_reason_is_foreseen_too(tmp_path):
    _, site = submitted(tmp_path, Rule("return", blocks=False))
    assert "Chưa có biên bản nghiệm thu." in form(site, "returns")


def test_the_form_of_ones_own_work_asks_no_rule_yet(tmp_path):
    world, site = commune(tmp_path, ruled=Rule("submit", blocks=True))
    world.take("hoa", "assign", **ASSIGN)
    world.take("lan", "start")
    page = site.visitor("lan").get(f"/xa-mau/items/{TASK}/submissions/new").text
    assert "biên bản nghiệm thu" not in page


@pytest.fixture
def two(world):
    for item in (TASK, OTHER):
        world.submitted(item)
        world.wait(minutes=1)
    return world


def decide(site: Site, item: str = TASK) -> str:
    """Approve by the form of a page; return the page that follows."""
    visitor, action = site.visitor("hoa"), f"/xa-mau/items/{item}/approvals"
    form = hidden(visitor.get(f"{action}/new").text, action) | {"quality": "met"}
    return visitor.post(action, data=form, follow_redirects=True).text


def test_a_decision_leads_on_to_the_one_that_waits_longest(two, site):
    page = decide(site)
    assert "Tiếp theo chờ bạn quyết định:" in page
    assert f'href="/xa-mau/items/{OTHER}/approvals/new"' in page


def test_on_the_board_the_message_leads_on_too(two, send):
    answer = send("hoa", f"items/{TASK}/approvals", headers=HTMX, seen="4", quality="met")
    assert f'href="/xa-mau/items/{OTHER}/approvals/new"' in answer.text


def test_after_the_last_decision_nothing_is_said_of_a_next_one(world, site):
    world.submitted()
    page = decide(site)
    assert "Đã duyệt" in page and "Tiếp theo" not in page
