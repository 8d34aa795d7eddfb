"""What an open page is answered when it asks what came after the position that it shows."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from support.world import ASSIGN, RESULT, TASK, TASKS, adopt
from werkzeug.test import TestResponse

from cchc_flow.projections.cards import items

HTMX = {"HX-Request": "true"}
OTHER = "2026-III.2.10"


class OpenPage:
    """A page in the browser of somebody who is signed in."""

    def __init__(self, visitor: FlaskClient, path: str) -> None:
        self.visitor, self.filters = visitor, path.partition("?")[2]
        text = visitor.get(f"/xa-mau/{path}").text
        self.token = re.findall(r'name="csrf-token" content="([^"]+)"', text)[0]
        told = re.search(r'name="live" content="([^"]+)"(.*?)>', text)
        assert told
        self.url, values = told[1], dict(re.findall(r'data-(\w+)="([^"]*)"', told[2]))
        self.values = values | {"drawn": values["since"]}

    def ask(self, **values: str) -> TestResponse:
        """Ask what came since; an answer's position is the next one to ask from."""
        query = "&".join(f"{name}={value}" for name, value in (self.values | values).items())
        headers = HTMX | {"X-CSRFToken": self.token}
        answer = self.visitor.get(f"{self.url}?{self.filters}&{query}", headers=headers)
        self.values["since"] = answer.headers.get("Cchc-Position", self.values["since"])
        return answer


@pytest.fixture
def open_page(site):
    return lambda login, path="board": OpenPage(site.visitor(login), path)


def cards(answer: TestResponse) -> list[str]:
    return re.findall(r'<li id="i-([^"]+)"', answer.text)


def told(answer: TestResponse) -> list[str]:
    return re.findall(r'<p class="told">(.*?)</p>', answer.text)


def test_without_news_the_answer_is_empty(open_page, world):
    page = open_page("hoa")
    answer = page.ask()
    assert (answer.status_code, answer.data) == (204, b"")
    world.take("hoa", "assign", **ASSIGN)
    assert page.ask().status_code == 200
    assert page.ask().status_code == 204


def test_only_the_cards_that_changed_come_in_their_columns_with_every_count(open_page, world):
    page = open_page("hoa")
    world.take("nam", "assign", **ASSIGN)
    answer = page.ask()
    assert cards(answer) == [TASK]
    assert f'<ol id="c-assigned" class="cards"><li id="i-{TASK}"' in answer.text
    assert re.findall(r'id="n-(?:planned|assigned)" class="count">(\d+)<', answer.text) == ["2", "1"]
    assert told(answer) == ["P. Nam vừa chuyển III.2.3.1 sang «Đã giao»."]


def test_the_own_moves_are_not_told_and_many_of_others_in_one_sentence(open_page, world):
    page = open_page("hoa")
    world.take("hoa", "assign", **ASSIGN)
    assert told(page.ask()) == []
    for task in TASKS:
        world.take("nam", "assign", f"2026-{task.ref}", **ASSIGN | {"due": "2026-05-29"})
    assert told(page.ask()) == ["P. Nam vừa cập nhật 3 việc trên bảng."]


def test_a_comment_changes_no_card(open_page, world):
    page = open_page("hoa")
    world.take("nam", "comment", text="Xong chưa?")
    answer = page.ask()
    assert (cards(answer), "board-changes" in answer.text) == ([], False)


def test_what_a_filter_hides_leaves_and_what_was_not_there_is_not_named(open_page, world):
    undated, late = open_page("hoa", "board?due=none"), open_page("hoa", "board?due=late")
    world.take("nam", "assign", "2026-III.1.1", **ASSIGN)
    answer = undated.ask()
    assert re.findall(r'data-gone="([^"]+)"', answer.text) == ["2026-III.1.1"]
    assert told(answer)[0].endswith("Công việc không còn khớp bộ lọc nên đã rời khỏi bảng này.")
    assert "III.1.1" not in late.ask().text


def test_the_card_of_a_whole_follows_its_parts(open_page, world):
    world.take("hoa", "distribute", units=["phong-kinh-te", "tram-y-te"], cadence="once", due="2026-06-30")
    page = open_page("hoa")
    part = next(part.id for part in items.parts_of(world.ws.read(), TASK) if part.unit == "phong-kinh-te")
    world.take("lan", "start", part)
    world.take("lan", "submit", part, **RESULT)
    answer = page.ask()
    assert cards(answer) == [TASK]
    assert "1 chờ duyệt" in answer.text


def test_a_new_plan_or_a_new_day_draws_the_whole_board(open_page, world):
    page = open_page("hoa")
    adopt(world, 2027)
    assert 'id="board-changes" data-whole' in page.ask().text
    for _ in range(2):
        world.wait(hours=10)
        page.visitor.get("/xa-mau/board")
    answer = page.ask()
    assert (answer.status_code, len(cards(answer))) == (200, 3)
    assert page.ask(day=answer.headers["Cchc-Day"]).status_code == 204


def test_a_page_of_a_log_that_was_restored_since_is_drawn_anew(open_page):
    assert "data-whole" in open_page("hoa").ask(since="999999").text


def test_signing_in_is_no_news(open_page, site, world):
    page = open_page("hoa")
    form = {"login": "lan", "password": site.give_password("lan")}
    guest = site.app.test_client()
    text = guest.get("/xa-mau/sign-in").text
    form["csrf_token"] = re.findall(r'name="csrf_token" value="([^"]+)"', text)[0]
    before = world.ws.log.size()
    assert guest.post("/xa-mau/sessions", data=form).status_code == 303
    assert world.ws.log.size() > before
    assert page.ask().status_code == 204


def test_my_work_comes_as_a_whole_and_every_page_gets_its_numbers(open_page, world):
    work, account = open_page("hoa", "work"), open_page("hoa", "account")
    world.submitted()
    answer = work.ask()
    assert 'id="work"' in answer.text and f'id="w-{TASK}"' in answer.text
    answer = account.ask()
    assert 'id="work"' not in answer.text
    assert re.search(r'id="unread">(\d+)<', answer.text)[1] == "1"
    assert re.search(r'id="work-count"[^>]*>(\d+)<', answer.text)[1] == "1"


def test_an_item_says_all_that_others_did_since_its_page_was_drawn(open_page, world):
    world.take("hoa", "assign", **ASSIGN)
    page = open_page("hoa", f"items/{TASK}")
    world.take("hoa", "comment", text="Của tôi.")
    assert "item-changed" not in page.ask().text
    world.take("lan", "start")
    assert "Trần Thị Lan (Phòng Kinh tế)" in page.ask().text
    world.take("lan", "comment", text="Đang làm.")
    assert "Trước đó còn 1 thay đổi khác." in page.ask().text


def test_a_page_that_asks_by_itself_keeps_nobody_signed_in(open_page, world):
    page = open_page("hoa")
    for _ in range(11):
        world.wait(hours=1)
        assert page.ask().status_code in (200, 204)
    world.wait(hours=1, minutes=1)
    answer = page.ask()
    assert answer.headers["HX-Redirect"].startswith("/xa-mau/sign-in?next=")
    assert page.visitor.get("/xa-mau/board").status_code == 303


def test_the_page_of_another_person_is_told_so(open_page, site):
    page, other = open_page("hoa"), open_page("lan")
    page.visitor = other.visitor
    answer = page.ask()
    assert answer.status_code == 409
    assert "Trang này mở cho Lê Thị Hoa" in answer.text


def test_a_past_board_and_whoever_has_no_page_to_follow_do_not_ask(site, open_page, world):
    day = (world.time - timedelta(days=0)).date().isoformat()
    assert open_page("hoa", f"board?as_of={day}").values["page"] == ""
    assert 'name="live"' not in site.app.test_client().get("/xa-mau/sign-in").text


@pytest.mark.parametrize("since", ["", "x", "-1", "9" * 30])
def test_a_position_that_is_none_is_refused_in_words(open_page, since):
    answer = open_page("hoa").ask(since=since)
    assert answer.status_code == 422
    assert "Hãy tải lại trang." in answer.text
