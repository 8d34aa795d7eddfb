"""A person says what a line of a plan is: the document is read again, and nothing that was typed is lost."""

import html
import re

import pytest
from flask.testing import FlaskClient
from support.doubtful_plan import PLAN_TEXT, PLANS, Form
from support.forms import send
from support.visitors import Site
from support.world import World

from cchc_flow import commands
from cchc_flow.commands import load_item
from cchc_flow.plan_import.corrections import fingerprint_of
from cchc_flow.plan_import.learned import ask_for_learning, is_asked_for, learn, learned_weights
from cchc_flow.plugin_host import contributions
from cchc_flow.web.daily import DailyRound


@pytest.fixture
def site(new_world: World) -> Site:
    for login, name, role in (("hoa", "Lê Thị Hoa", "coordinator"), ("lan", "Trần Thị Lan", "officer")):
        commands.add_person(new_world.ws, login, name, None, None, new_world.order())
        commands.grant_role(new_world.ws, login, role, new_world.order())
    return Site(new_world.ws)


@pytest.fixture
def hoa(site: Site) -> FlaskClient:
    return site.visitor("hoa")


@pytest.fixture
def form(hoa: FlaskClient) -> Form:
    return Form(hoa)


def test_each_task_says_where_it_came_from_and_can_be_said_to_be_something_else(form: Form) -> None:
    for ref in ("III.1.1", "III.1.2", "III.2.1"):
        place = form.place_of(ref)
        assert f'data-place="{place}">Đoạn {place}' in form.page
        assert re.search(rf'name="choose" value="{place}" form="adopt"', form.page)


def test_a_task_that_is_none_leaves_and_what_was_typed_stays_with_its_task(form: Form) -> None:
    form.correct(form.place_of("III.1.1"), "other", **{"title-III.1.2": "Kiểm tra (đã sửa)"})
    assert form.titles() == [
        "Kiểm tra (đã sửa)",
        "Rà soát văn bản hết hiệu lực",
        "Công khai thủ tục tại trụ sở",
        "Rà soát thủ tục hành chính",
    ]


def test_taking_a_correction_back_brings_the_task_with_what_was_typed_into_it(form: Form) -> None:
    place = form.place_of("III.1.2")
    form.correct(place, "other", **{"title-III.1.2": "Gõ trước khi bỏ", "title-III.1.3": "Gõ ở việc sau"})
    assert "Gõ trước khi bỏ" not in form.titles()
    form.undo(place)
    assert form.titles()[:3] == ["Ban hành văn bản đúng hạn", "Gõ trước khi bỏ", "Gõ ở việc sau"]


def test_a_day_and_a_lead_go_with_their_task_as_well(form: Form) -> None:
    typed = {"due-III.1.3": "30/6/2026", "lead-III.1.3": "Văn phòng HĐND và UBND xã"}
    form.correct(form.place_of("III.1.1"), "other", **typed)
    fields = form.fields()
    ref, other = form.ref_of("Rà soát văn bản hết hiệu lực"), form.ref_of("Kiểm tra văn bản đã ban hành")
    assert (fields[f"due-{ref}"], fields[f"lead-{ref}"]) == ("30/06/2026", "Văn phòng HĐND và UBND xã")
    assert fields[f"due-{other}"] == ""


def test_a_title_that_nobody_changed_follows_what_is_read(form: Form) -> None:
    form.correct(form.place_of("III.1.2"), "target")
    assert "Kiểm tra văn bản đã ban hành" not in form.titles()
    assert "Kiểm tra văn bản đã ban hành." in re.sub(r'(?s)^.*id="targets"', "", form.page)


def test_what_was_corrected_is_there_when_the_form_is_opened_again(site: Site, form: Form) -> None:
    place = form.place_of("III.1.1")
    form.correct(place, "other")
    form.page = site.visitor("hoa").get(form.address).text
    assert len(form.titles()) == 4
    assert re.search(rf'name="undo" value="{place}"', form.page)
    assert "Bạn chọn: <strong>không dùng</strong>" in form.page


def test_keeping_what_is_typed_does_not_undo_a_correction_made_meanwhile(form: Form) -> None:
    old_page = form.page
    form.correct(form.place_of("III.1.1"), "other")
    form.page = old_page
    form.send("edits", **{"title-III.1.2": "Gõ ở trang cũ"})
    form.page = form.client.get(form.address).text
    assert form.titles()[:2] == ["Gõ ở trang cũ", "Rà soát văn bản hết hiệu lực"]


def test_a_value_put_back_to_what_was_read_is_kept_no_more(form: Form) -> None:
    form.send("edits", **{"title-III.1.1": "Khác"})
    form.send("edits", **{"title-III.1.1": "Ban hành văn bản đúng hạn"})
    form.page = form.client.get(form.address).text
    assert form.titles()[0] == "Ban hành văn bản đúng hạn"


def test_the_adoption_records_what_was_corrected_and_confirmed(form: Form, new_world: World) -> None:
    wrong, right = form.place_of("III.1.1"), form.place_of("III.2.1")
    form.correct(wrong, "other")
    form.correct(right, "task", **{"title-III.1.2": "Tên cuối cùng"})
    ref = form.ref_of("Tên cuối cùng")
    assert form.adopt().headers["Location"] == f"{PLANS}/2026/assignments"
    (event,) = [one for one in new_world.ws.log.stream("plan-2026") if one.type == "plan.reading_corrected/1"]
    assert event.data["corrections"] == [
        {"place": int(wrong), "fingerprint": fingerprint_of("Ban hành văn bản đúng hạn."), "role": "other"},
        {"place": int(right), "fingerprint": fingerprint_of("Công khai thủ tục tại trụ sở."), "role": "task"},
    ]
    assert load_item(new_world.ws, f"2026-{ref}").item.title == "Tên cuối cùng"
    assert load_item(new_world.ws, f"2026-{ref}").item.text == "Kiểm tra văn bản đã ban hành."


def test_a_form_made_before_the_document_was_read_otherwise_is_shown_again(form: Form) -> None:
    place = form.place_of("III.1.1")
    old = form.fields() | {"title-III.1.2": "Gõ ở trang cũ"}
    form.correct(place, "other")
    corrections = {name: words for name, words in form.fields().items() if name.startswith("read@")}
    answer = form.client.post(PLANS, data=old | corrections)
    assert answer.status_code == 422
    assert "Văn bản nay được đọc khác" in answer.text
    form.page = answer.text
    assert form.titles()[0] == "Gõ ở trang cũ"


def test_a_script_gets_only_what_changes_and_what_to_say(form: Form) -> None:
    place = form.place_of("III.1.1")
    answer = form.send("corrections", {"HX-Request": "true"}, correct=f"{place} target")
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert f"Đoạn {place} được đọc là chỉ tiêu." in answer.text
    assert re.search(rf'class="link" name="undo" value="{place}"', answer.text)


def test_without_scripts_the_page_opens_at_the_line_and_says_what_was_done(form: Form) -> None:
    place = form.place_of("III.1.1")
    answer = form.correct(place, "target")
    assert answer.headers["Location"].endswith(f"#p{place}")
    assert f'id="p{place}"' in form.page
    assert f"Đoạn {place} được đọc là chỉ tiêu." in form.page


def test_without_scripts_the_menu_is_opened_by_the_server_and_what_was_typed_stays(
    form: Form,
) -> None:
    place = form.place_of("III.1.1")
    answer = form.reopen(form.send("corrections", choose=place, **{"title-III.1.2": "Đang gõ"}))
    assert answer.headers["Location"].endswith(f"#p{place}-menu")
    assert form.page.count(f'id="p{place}-menu"') == 1
    menu = form.page.partition(f'id="p{place}-menu"')[2].partition("</div>")[0]
    assert menu.count("<button") == 16
    assert f'value="{place} unit"' in menu
    assert "Đang gõ" in form.titles()


def test_a_line_of_the_document_is_never_read_as_markup(hoa: FlaskClient) -> None:
    form = Form(hoa, PLAN_TEXT.replace("Ban hành văn bản", "Ban <b onclick=x>hành</b> văn bản"))
    form.correct(form.place_of("III.1.1"), "other")
    assert "&lt;b onclick=x&gt;" in form.page
    assert "<b onclick" not in form.page


@pytest.mark.parametrize("correct", ["999 task", "0 task", "-1 task", "x", "7 none", "", "9" * 40 + " task"])
def test_what_names_no_line_or_no_role_changes_nothing_and_is_told(form: Form, correct: str) -> None:
    before = form.titles()
    form.reopen(form.send("corrections", correct=correct))
    assert form.titles() == before
    assert "Hãy tải lại trang" in html.unescape(form.page)


def test_a_document_that_is_gone_is_told(form: Form) -> None:
    form.digest = "0" * 64
    assert form.send("corrections", correct="7 task").status_code == 404


def test_an_adoption_with_corrections_asks_the_server_to_learn_and_the_page_says_so(
    form: Form, new_world: World
) -> None:
    ws = new_world.ws
    form.correct(form.place_of("III.1.1"), "other")
    form.adopt()
    assert is_asked_for(ws.private)
    learn(ws, contributions.areas(ws.plugins), seconds=0.0)
    page = form.client.get(PLANS).text
    assert "những gì học được từ 1 đoạn" in page
    send(form.client, PLANS, "/xa-mau/plan-learning/discards")
    assert "Bỏ những gì đã học" not in form.client.get(PLANS).text
    assert learned_weights(ws) is None


def test_an_adoption_without_corrections_asks_for_nothing(form: Form, new_world: World) -> None:
    form.adopt()
    assert not is_asked_for(new_world.ws.private)
    assert "học được" not in form.client.get(PLANS).text


def test_the_daily_round_learns_what_it_was_asked_for(form: Form, new_world: World) -> None:
    rounds = DailyRound(new_world.data, new_world.ws.now)
    rounds.run_due_rounds()
    form.adopt()
    ask_for_learning(new_world.ws.private)
    rounds.run_due_rounds()
    assert not is_asked_for(new_world.ws.private)
