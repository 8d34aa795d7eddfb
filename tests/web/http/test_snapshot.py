"""A request reads the workspace at one position of the log, and what it writes itself it sees."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import request
from support.visitors import Site
from support.world import ASSIGN, TASK, World

HTMX = {"HX-Request": "true", "HX-Current-URL": "http://localhost/xa-mau/board"}
OTHER = "2026-III.1.1"
Meanwhile = Callable[[str, Callable[[], Any]], None]


@pytest.fixture
def meanwhile(site: Site) -> Meanwhile:
    """Let somebody act once, when the next request of a method has begun and its view has not."""

    def schedule(method: str, act: Callable[[], Any]) -> None:
        waiting = [act]

        def act_once() -> None:
            if waiting and request.method == method:
                waiting.pop()()

        site.app.before_request_funcs.setdefault(None, []).append(act_once)

    return schedule


def content(site: Site, page: str) -> str:
    """Return a page as the coordinator sees it, without what is new on each page."""
    text = site.visitor("hoa").get(f"/xa-mau/{page}").text
    assert "Rà soát thủ tục" in text
    return re.sub(r'(name="csrf-token" content|name="c\w+" value|"command_id":)\s*=?"[^"]*"', "", text)


@pytest.mark.parametrize("page", [f"items/{TASK}", f"items/{TASK}/steps", "board"])
def test_what_another_writes_after_a_page_was_asked_for_is_on_the_next_page_alone(
    world: World, site: Site, meanwhile: Meanwhile, page: str
) -> None:
    before = content(site, page)
    assert content(site, page) == before
    meanwhile("GET", lambda: world.take("hoa", "assign", **ASSIGN))
    assert content(site, page) == before
    assert content(site, page) != before


def test_the_answer_to_a_command_shows_what_it_wrote_and_what_others_wrote_before(
    world: World, send: Any, meanwhile: Meanwhile
) -> None:
    world.take("hoa", "assign", **ASSIGN)
    meanwhile("POST", lambda: world.take("hoa", "assign", OTHER, **ASSIGN))
    answer = send("lan", f"items/{TASK}/moves", to="in_progress", seen="2", headers=HTMX)
    assert 'data-in="in_progress"' in answer.text
    assert re.findall(r'id="n-(\w+)"[^>]*>(\d+)<', answer.text) == [("assigned", "1"), ("in_progress", "1")]


def test_a_command_on_an_item_that_another_moved_after_it_was_sent_is_told_so(
    world: World, send: Any, meanwhile: Meanwhile
) -> None:
    world.take("hoa", "assign", **ASSIGN)
    meanwhile("POST", lambda: world.take("binh", "start"))
    answer = send("lan", f"items/{TASK}/moves", to="in_progress", seen="2", headers=HTMX)
    assert answer.status_code == 409
    assert "Vũ Bình đã chuyển công việc này sang «Đang thực hiện»" in answer.text
    assert 'data-in="in_progress"' in answer.text
