"""What was typed into a form that could not be done is on the page that says why, with a way back."""

from flask.testing import FlaskClient
from support.forms import hidden
from support.visitors import Site
from support.world import TASK, World
from werkzeug.test import TestResponse

COMMENTS = f"/xa-mau/items/{TASK}/comments"
PAGE = f"/xa-mau/items/{TASK}"
BACK = {"Referer": f"http://localhost{PAGE}?after=3"}


def fail() -> TestResponse:
    raise RuntimeError("the disk is gone")


def failing(site: Site) -> FlaskClient:
    """Return Lan's browser, on a site where comments meet a fault."""
    site.app.config["PROPAGATE_EXCEPTIONS"] = False
    site.app.view_functions = site.app.view_functions | {"steps.create": lambda **_: fail()}
    return site.visitor("lan")


def test_a_fault_keeps_what_was_typed_and_leads_back_to_the_form_or_sends_it_again_once(
    site: Site, world: World
) -> None:
    views = site.app.view_functions
    client = failing(site)
    form = hidden(client.get(PAGE).text, COMMENTS) | {"text": "Khi nào xong?"}
    answer = client.post(COMMENTS, data=form, headers=BACK)
    assert answer.status_code == 500
    assert "Khi nào xong?</textarea>" in answer.text
    assert f'href="{PAGE}?after=3">Trở lại biểu mẫu</a>' in answer.text
    again = hidden(answer.text, COMMENTS)
    assert again["command_id"] == form["command_id"]
    site.app.view_functions = views
    for _ in range(2):
        assert client.post(COMMENTS, data=form | again).status_code == 303
    assert sum("commented" in event.type for event in world.ws.log.stream(f"item-{TASK}")) == 1


def test_a_form_sent_before_with_other_words_keeps_the_new_ones(site: Site) -> None:
    client = site.visitor("hoa")
    form = hidden(client.get("/xa-mau/items/new").text, "/xa-mau/items")
    task = {"title": "Việc mới", "text": "Nội dung.", "area": "1"}
    assert client.post("/xa-mau/items", data=form | task).status_code == 303
    answer = client.post("/xa-mau/items", data=form | task | {"text": "Nội dung đã viết lại."})
    assert answer.status_code == 409
    assert "Lần gửi trước của việc này đã được ghi" in answer.text
    assert "Nội dung đã viết lại." in answer.text and "Trở lại biểu mẫu" in answer.text


def test_a_fault_repeats_nothing_that_another_site_sent(site: Site) -> None:
    client = failing(site)
    form = hidden(client.get(PAGE).text, COMMENTS) | {"text": "Chữ lạ"}
    answer = client.post(COMMENTS, data=form, headers={"Origin": "http://another.example"})
    assert answer.status_code == 403 and "Chữ lạ" not in answer.text


SCRIPT = {"Cchc-Form": "1"}
"""How js/sending.js says that it draws the page of the answer, and goes where it is told."""


def test_a_form_that_a_script_sent_hears_where_to_go_and_the_page_there_has_the_message(site: Site) -> None:
    client = site.visitor("lan")
    form = hidden(client.get(PAGE).text, COMMENTS) | {"text": "Khi nào xong?"}
    answer = client.post(COMMENTS, data=form, headers=SCRIPT)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, PAGE)
    assert "Đã ghi «Trao đổi»" in client.get(PAGE).text


def test_the_same_message_twice_is_shown_once(site: Site) -> None:
    client = site.visitor("lan")
    form = hidden(client.get(PAGE).text, COMMENTS) | {"text": "Khi nào xong?"}
    for _ in range(2):
        client.post(COMMENTS, data=form, headers=SCRIPT)
    assert client.get(PAGE).text.count("Đã ghi «Trao đổi»") == 1


def test_after_the_session_ended_the_way_in_leads_back_to_the_form(site: Site) -> None:
    client = site.visitor("lan")
    form = hidden(client.get(PAGE).text, COMMENTS) | {"text": "Khi nào xong?"}
    name, token = site.session("lan")
    client.set_cookie(name, token + "over")
    answer = client.post(COMMENTS, data=form, headers=SCRIPT | BACK)
    assert answer.status_code == 401
    assert "Đăng nhập xong, nội dung đang soạn vẫn còn." in answer.text
    way = f"/xa-mau/sign-in?next={PAGE}?after%3D3"
    assert f'<a class="button" href="{way}" data-sign-in>' in answer.text
    page = client.get(way).text
    assert "Phiên làm việc đã hết. Đăng nhập xong, nội dung đang soạn vẫn còn." in page
    sent = hidden(page, "/xa-mau/sessions") | {"login": "lan", "password": site.give_password("lan")}
    assert client.post("/xa-mau/sessions", data=sent).headers["Location"] == f"{PAGE}?after=3"


def test_who_was_never_signed_in_here_hears_of_no_session_that_ended(site: Site) -> None:
    page = site.app.test_client().get(f"/xa-mau/sign-in?next={PAGE}").text
    assert "Phiên làm việc đã hết" not in page
