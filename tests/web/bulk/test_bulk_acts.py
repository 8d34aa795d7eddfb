"""Acting on what was selected in the list of items: the form over it, then what was refused and why."""

import re

import pytest
from flask.testing import FlaskClient
from support.forms import hidden
from support.visitors import Site
from support.world import ASSIGN, TASK, World
from werkzeug.test import TestResponse

from cchc_flow.commands import load_item

LIST = "/xa-mau/items"
ASSIGNMENTS = "/xa-mau/bulk/assignments"
OTHER = "2026-III.1.1"
LATE = "2026-III.2.10"


@pytest.fixture
def hoa(site: Site) -> FlaskClient:
    return site.visitor("hoa")


def select(client: FlaskClient, *items: str, act: str = "assignments", at: str = LIST, **more: str) -> str:
    """Tick items in the list, choose an act, and return the page that comes."""
    form = hidden(client.get(at).text, ASSIGNMENTS) | more
    return client.post(f"/xa-mau/bulk/{act}", data=form | {"item": list(items)}).text


def confirm(client: FlaskClient, page: str, act: str, *items: str, **typed: str) -> TestResponse:
    """Send the form over a selection; what is done wholly leads back to the list."""
    address = f"/xa-mau/bulk/{act}"
    form = hidden(page, address) | typed | {"item": list(items)}
    return client.post(address, data=form, follow_redirects=True)


def test_the_list_offers_its_acts_to_who_gives_work_out_and_to_nobody_else(site: Site) -> None:
    for login, is_offered in (("hoa", True), ("nam", True), ("lan", False), ("thu", False)):
        page = site.visitor(login).get(LIST).text
        assert ("bulk/reminders" in page) is is_offered, login
        assert ('name="item"' in page) is is_offered, login


def test_a_past_day_offers_none(hoa: FlaskClient) -> None:
    assert "bulk/" in hoa.get(LIST).text
    assert "bulk/" not in hoa.get(f"{LIST}?as_of=2026-03-02").text


def test_the_selection_is_shown_before_anything_is_done(hoa: FlaskClient, world: World) -> None:
    before = world.ws.log.size()
    page = select(hoa, TASK, OTHER)
    assert "<h1>Giao 2 việc</h1>" in page
    assert page.count('name="item"') == 2
    assert world.ws.log.size() == before


def test_what_was_done_and_what_was_refused_is_told_and_the_refused_stay_with_the_reason(
    hoa: FlaskClient, world: World
) -> None:
    answer = confirm(hoa, select(hoa, TASK, OTHER), "assignments", TASK, OTHER, lead="")
    assert answer.status_code == 200
    assert "Đã giao 1 việc." in answer.text and "1 việc không giao được" in answer.text
    assert re.findall(r'name="item" value="([^"]+)"', answer.text) == [OTHER]
    assert "Kế hoạch không gợi ý đơn vị nào" in answer.text
    again = confirm(hoa, answer.text, "assignments", OTHER, lead="tram-y-te", due="2026-05-29")
    assert "Đã giao 1 việc." in again.text and "không giao được" not in again.text
    item = load_item(world.ws, OTHER).item
    assert (item.lead, item.due) == ("tram-y-te", "2026-05-29")


def test_all_that_matches_the_filter_is_selected_on_whatever_page(hoa: FlaskClient) -> None:
    page = select(hoa, at=f"{LIST}?area=2", everything="1")
    assert set(re.findall(r'name="item" value="([^"]+)"', page)) == {TASK, LATE}
    assert 'href="/xa-mau/items?figure=total&amp;area=2"' in page


def test_nothing_selected_and_too_much_selected_are_told(
    hoa: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Chưa chọn việc nào" in select(hoa)
    monkeypatch.setattr("cchc_flow.web.bulk.selection.MOST", 1)
    assert "Mỗi lần nhiều nhất 1 việc" in select(hoa, TASK, OTHER)


def test_an_item_that_a_colleague_moved_after_the_selection_is_refused(
    hoa: FlaskClient, world: World
) -> None:
    page = select(hoa, TASK)
    world.take("nam", "assign", **ASSIGN)
    answer = confirm(hoa, page, "assignments", TASK, lead="tram-y-te")
    assert "Phạm Nam đã chuyển công việc này" in answer.text
    assert load_item(world.ws, TASK).item.lead == "phong-kinh-te"


def test_due_days_are_set_for_all_and_a_wrong_one_keeps_the_selection(hoa: FlaskClient, world: World) -> None:
    world.take("hoa", "assign", **ASSIGN)
    page = select(hoa, TASK, OTHER, act="due-days")
    assert "chưa giao cho đơn vị nào" in page
    assert len(re.findall(r"checked", page)) == 1, "what cannot be done is not ticked"
    wrong = confirm(hoa, page, "due-days", TASK, due="31/4/2026")
    assert wrong.status_code == 422 and "không phải là một ngày" in wrong.text
    silent = confirm(hoa, wrong.text, "due-days", TASK, due="30/09/2026")
    assert silent.status_code == 422 and "Lý do: cần từ 1 đến" in silent.text
    typed = {"due": "30/09/2026", "reason": "Theo chỉ đạo."}
    assert "Đã đặt hạn 1 việc." in confirm(hoa, silent.text, "due-days", TASK, **typed).text
    assert load_item(world.ws, TASK).item.due == "2026-09-30"


def test_work_that_would_go_back_is_told_and_not_ticked(hoa: FlaskClient, world: World) -> None:
    world.take("hoa", "assign", **ASSIGN)
    world.take("lan", "start")
    page = select(hoa, TASK)
    assert "Đang ở «Đang thực hiện»: bước này đưa việc về «Đã giao»." in page
    assert "checked" not in page


def test_reminders_need_words_and_reach_each_unit(hoa: FlaskClient, world: World) -> None:
    world.take("hoa", "assign", **ASSIGN)
    page = select(hoa, TASK, act="reminders")
    assert confirm(hoa, page, "reminders", TASK, text=" ").status_code == 422
    assert "Đã đôn đốc 1 việc." in confirm(hoa, page, "reminders", TASK, text="Đề nghị làm gấp.").text
    assert load_item(world.ws, TASK).events[-1].type == "item.reminded/1"


def test_the_form_sent_twice_acts_once(hoa: FlaskClient, world: World) -> None:
    page = select(hoa, TASK)
    first = confirm(hoa, page, "assignments", TASK)
    size = world.ws.log.size()
    again = confirm(hoa, page, "assignments", TASK)
    assert "Đã giao 1 việc." in first.text and "Đã giao 1 việc." in again.text
    assert world.ws.log.size() == size


def test_what_was_typed_and_shown_stays_when_nothing_is_ticked(hoa: FlaskClient) -> None:
    answer = confirm(hoa, select(hoa, TASK, OTHER, act="reminders"), "reminders", text="Đề nghị làm gấp.")
    assert answer.status_code == 422 and "Chưa chọn việc nào" in answer.text
    assert "Đề nghị làm gấp.</textarea>" in answer.text
    assert answer.text.count('name="item"') == 2 and " checked" not in answer.text


def test_what_was_refused_for_all_is_no_success(hoa: FlaskClient, world: World) -> None:
    answer = confirm(hoa, select(hoa, OTHER), "assignments", OTHER, lead="")
    assert answer.status_code == 422 and "Đã giao 0 việc." in answer.text


def test_what_was_done_for_all_leads_back_to_the_list_with_its_filters(hoa: FlaskClient) -> None:
    page = select(hoa, TASK, at=f"{LIST}?area=2")
    answer = confirm(hoa, page, "assignments", TASK)
    assert answer.request.path == LIST and answer.request.args["area"] == "2"


def test_an_act_that_there_is_none_of_is_told(hoa: FlaskClient) -> None:
    form = hidden(hoa.get(LIST).text, ASSIGNMENTS) | {"item": TASK}
    assert hoa.post("/xa-mau/bulk/cancellations", data=form).status_code == 404
