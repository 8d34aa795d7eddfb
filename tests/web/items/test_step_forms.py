"""The form of a step: with what it begins, whom it offers, and when it is not shown."""

import re

import pytest
from support.world import ASSIGN, TASK

from cchc_flow import commands

HTMX = {"HX-Request": "true", "HX-Current-URL": "http://localhost/xa-mau/board"}
ITEM = f"items/{TASK}"


def test_the_form_of_an_assignment_begins_with_what_the_plan_suggests(get):
    page = get("hoa", f"{ITEM}/assignments/new").text
    assert '<option value="phong-kinh-te" selected>Phòng Kinh tế</option>' in page
    assert re.search(r'id="due" name="due" type="text" data-day value="30/06/2026"', page)


def test_the_form_of_another_assignment_begins_with_what_is_true(world, get):
    world.take(
        "hoa", "assign", **ASSIGN | {"lead": "tram-y-te", "support": ["phong-kinh-te"], "due": "2026-07-01"}
    )
    page = get("hoa", f"{ITEM}/assignments/new").text
    assert '<option value="tram-y-te" selected>' in page
    assert 'name="support" value="phong-kinh-te" checked' in page
    assert 'value="01/07/2026"' in page


def test_the_form_of_a_request_begins_empty_and_that_of_its_answer_with_what_was_asked(world, get):
    world.take("hoa", "assign", **ASSIGN)
    assert re.search(
        r'id="due" name="due" type="text" data-day value=""',
        get("lan", f"{ITEM}/extension-requests/new").text,
    )
    world.take("lan", "ask_extension", due="2026-07-15", reason="Chờ Sở trả lời.")
    assert re.search(
        r'name="due" type="text" data-day value="15/07/2026"', get("nam", f"{ITEM}/extensions/new").text
    )


def test_people_stand_below_their_unit_in_a_form(get):
    page = get("hoa", f"{ITEM}/assignments/new").text
    group = page.split('<optgroup label="Phòng Kinh tế">')[1].split("</optgroup>")[0]
    assert "Trần Thị Lan" in group
    assert "Lê Thị Hoa" not in group


@pytest.mark.parametrize(("lead", "first"), [("phong-kinh-te", "Phòng Kinh tế"), ("tram-y-te", "Trạm Y tế")])
def test_the_people_of_the_lead_unit_are_offered_first(world, get, lead, first):
    commands.add_person(world.ws, "ly.y", "Lý Y", None, "tram-y-te", world.order())
    world.take("hoa", "assign", **ASSIGN | {"lead": lead, "support": []})
    for fact in ("assignments", "handovers"):
        groups = re.findall(r'<optgroup label="([^"]+)">', get("hoa", f"{ITEM}/{fact}/new").text)
        assert groups[0] == first and len(groups) == 3


def test_a_title_stands_beside_a_name_where_it_tells_one_colleague_from_another(world, get):
    commands.add_person(world.ws, "ly.y", "Lý Y", "Công chức", "tram-y-te", world.order())
    commands.add_person(world.ws, "nga", "Trương Nga", "Trưởng trạm", "tram-y-te", world.order())
    page = get("hoa", f"{ITEM}/assignments/new").text
    assert '<option value="ly.y">Lý Y</option>' in page
    assert '<option value="nga">Trương Nga, Trưởng trạm</option>' in page


def test_progress_begins_at_what_was_reported(world, get):
    world.take("hoa", "assign", **ASSIGN)
    world.take("lan", "start")
    page = get("lan", f"{ITEM}/progress-reports/new").text
    assert re.search(r'name="percent" type="number" value="0"', page)
    assert 'type="file"' in page
    assert "multiple" in page


def test_to_htmx_the_form_is_the_dialogs_content(get):
    page = get("hoa", f"{ITEM}/assignments/new", headers=HTMX).text
    assert "<html" not in page
    assert 'id="dialog-title"' in page
    assert 'hx-target="#dialog"' in page


@pytest.mark.parametrize(
    ("login", "fact", "status", "why"),
    [
        ("lan", "assignments", 403, "Bạn không được «Giao việc» công việc này."),
        ("hoa", "closures", 422, "Công việc đang ở «Chưa giao» nên không thể «Hoàn thành»."),
        ("hoa", "nonsense", 404, "không có bước «nonsense»"),
    ],
)
def test_a_form_that_could_not_be_sent_is_not_shown(get, login, fact, status, why):
    answer = get(login, f"{ITEM}/{fact}/new")
    assert answer.status_code == status
    assert why in answer.text


def test_a_form_of_an_item_that_is_not_there_is_not_found(get):
    answer = get("hoa", "items/nothing/assignments/new")
    assert answer.status_code == 404
    assert "Không có công việc «nothing», hoặc bạn không được xem." in answer.text
