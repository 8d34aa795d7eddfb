"""The form of a step that lay open while others worked on the item: it does not undo what they did."""

import io
import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from support.forms import hidden
from support.visitors import Site
from support.world import ASSIGN, TASK, World

from cchc_flow import commands

ITEM = f"/xa-mau/items/{TASK}"
ASSIGNMENT = {"lead": "phong-kinh-te", "support": ["tram-y-te"], "due": "2026-06-30"}


@pytest.fixture
def hoa(site: Site, world: World) -> FlaskClient:
    """The browser of the coordinator, after the task was begun by its lead unit."""
    world.take("hoa", "assign", **ASSIGN)
    world.take("lan", "start")
    return site.visitor("hoa")


def opened(client: FlaskClient, fact: str) -> dict[str, Any]:
    return dict(hidden(client.get(f"{ITEM}/{fact}/new").text, f"{ITEM}/{fact}"))


def extend(world: World, due: str = "2026-07-31") -> None:
    world.take("lan", "ask_extension", due=due, reason="Chờ Sở trả lời.")
    world.take("nam", "grant_extension", due=due)


def due(world: World) -> str | None:
    return commands.load_item(world.ws, TASK).item.due


def test_a_due_day_that_was_extended_is_not_set_back_by_an_older_form(hoa: FlaskClient, world: World) -> None:
    form = opened(hoa, "assignments")
    extend(world)
    answer = hoa.post(f"{ITEM}/assignments", data=form | ASSIGNMENT | {"support": []})
    assert (answer.status_code, due(world)) == (409, "2026-07-31")
    assert (
        "Phạm Nam đã sửa công việc này lúc 8 giờ 00 ngày 02/03/2026, sau khi bạn mở biểu mẫu." in answer.text
    )
    assert "Hiện nay «Hạn hoàn thành» là 31/07/2026." in answer.text


def test_what_was_typed_is_kept_and_sent_once_more_it_is_done(hoa: FlaskClient, world: World) -> None:
    form, typed = opened(hoa, "assignments"), ASSIGNMENT | {"support": [], "due": "2026-05-15"}
    extend(world)
    refused = hoa.post(f"{ITEM}/assignments", data=form | typed)
    assert 'value="15/05/2026"' in refused.text
    assert "Vẫn giao việc" in refused.text
    again = hidden(refused.text, f"{ITEM}/assignments")
    assert hoa.post(f"{ITEM}/assignments", data=again | typed).status_code == 303
    assert due(world) == "2026-05-15"


def test_what_changes_no_value_of_the_form_does_not_stand_in_its_way(hoa: FlaskClient, world: World) -> None:
    form = opened(hoa, "assignments")
    world.take("lan", "comment", text="Đang làm.")
    world.take("lan", "report_progress", percent="40", note="Đã xong phần đầu.")
    answer = hoa.post(f"{ITEM}/assignments", data=form | ASSIGNMENT | {"due": "2026-05-15"})
    assert (answer.status_code, due(world)) == (303, "2026-05-15")


def test_a_lead_that_was_handed_over_is_not_taken_back_by_an_older_form(
    hoa: FlaskClient, world: World
) -> None:
    form = opened(hoa, "assignments")
    world.take("nam", "hand_over", lead="tram-y-te", reason="Đúng chức năng.")
    answer = hoa.post(f"{ITEM}/assignments", data=form | ASSIGNMENT | {"due": "2026-05-15"})
    assert answer.status_code == 409
    assert "«Đơn vị chủ trì» là Trạm Y tế" in answer.text
    assert commands.load_item(world.ws, TASK).item.lead == "tram-y-te"


def test_a_request_that_was_made_anew_is_not_granted_as_it_was_before(
    site: Site, hoa: FlaskClient, world: World
) -> None:
    world.take("lan", "ask_extension", due="2026-07-31", reason="Chờ Sở trả lời.")
    nam = site.visitor("nam")
    form = opened(nam, "extensions")
    world.take("hoa", "refuse_extension", reason="Quá lâu.")
    world.take("lan", "ask_extension", due="2026-07-10", reason="Rút ngắn.")
    answer = nam.post(f"{ITEM}/extensions", data=form | {"due": "2026-07-31"})
    assert (answer.status_code, due(world)) == (409, "2026-06-30")
    assert "Trần Thị Lan đã sửa công việc này" in answer.text


def test_a_form_that_only_has_to_be_corrected_keeps_its_versions(hoa: FlaskClient, world: World) -> None:
    form = opened(hoa, "assignments")
    wrong = hoa.post(f"{ITEM}/assignments", data=form | ASSIGNMENT | {"due": "mai"})
    extend(world)
    again = hidden(wrong.text, f"{ITEM}/assignments")
    answer = hoa.post(f"{ITEM}/assignments", data=again | ASSIGNMENT)
    assert (wrong.status_code, answer.status_code, due(world)) == (422, 409, "2026-07-31")


def test_a_file_that_is_too_large_does_not_hide_a_colleagues_move(
    site: Site, hoa: FlaskClient, world: World, send: Any
) -> None:
    form = opened(site.visitor("lan"), "submissions")
    versions = {name: form[name] for name in ("seen", "shown")}
    world.take("hoa", "assign", **ASSIGN | {"due": "2026-05-15"})
    world.take("lan", "start")
    large = (io.BytesIO(b"x" * (25 * 1024 * 1024 + 1)), "lớn.pdf")
    refused = send("lan", f"items/{TASK}/submissions", result="Đã xong.", evidence=large, **versions)
    assert refused.status_code == 422
    again = hidden(refused.text, f"{ITEM}/submissions")
    assert {name: again[name] for name in versions} == versions
    assert send("lan", f"items/{TASK}/submissions", result="Đã xong.", **versions).status_code == 409


def test_an_order_without_a_form_sets_what_it_says(hoa: FlaskClient, world: World) -> None:
    extend(world)
    world.take("hoa", "assign", **ASSIGN | {"due": "2026-05-15"})
    assert due(world) == "2026-05-15"


def test_every_form_of_a_step_carries_both_versions(hoa: FlaskClient) -> None:
    page = hoa.get(ITEM).text
    forms = [form for form in re.findall(r"<form.*?</form>", page, re.DOTALL) if f"{ITEM}/" in form]
    assert forms
    assert all('name="seen"' in form and 'name="shown"' in form for form in forms)
