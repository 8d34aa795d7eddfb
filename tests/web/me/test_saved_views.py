"""Views of one's own by name: saved from a page with its filters, renamed, deleted, seen by nobody else."""

import re

import pytest
from support.visitors import Site
from support.world import World

from cchc_flow import commands
from cchc_flow.accounts.opening import open_accounts
from cchc_flow.accounts.saved_views import MOST
from cchc_flow.errors import MissingData, NotFound, Refusal

LATE = "unit=phong-kinh-te&due=late"


def save(send, login: str = "hoa", **form: str):
    return send(login, "account/views", **({"of": "board", "query": LATE, "name": "Việc trễ"} | form))


def test_a_page_is_saved_with_its_filters_and_opened_by_its_name(get, send) -> None:
    page = get("hoa", f"items?{LATE}&page=2&unti=x").text
    form = re.search(r'href="/xa-mau/(account/views\?[^"]*)">Lưu cách xem này', page)[1].replace("&amp;", "&")
    assert form == f"account/views?of=items&{LATE}"
    assert f'name="query" value="{LATE.replace("&", "&amp;")}"' in get("hoa", form).text
    assert save(send, of="items").headers["Location"] == f"/xa-mau/items?{LATE}"
    menu = f'<a href="/xa-mau/items?{LATE.replace("&", "&amp;")}">Việc trễ</a>'
    assert all(menu in get("hoa", where).text for where in ("work", "board", "overview", "calendar"))


def test_nobody_else_sees_or_changes_them(get, send, site: Site) -> None:
    save(send)
    assert "Việc trễ" not in get("nam", "account/views").text
    assert send("nam", "account/views/1/names", name="Khác").status_code == 404
    send("nam", "account/views/1/deletions")
    assert "Việc trễ" in get("hoa", "account/views").text


def test_a_view_is_renamed_and_deleted(get, send) -> None:
    save(send)
    assert send("hoa", "account/views/1/names", name="  Trễ  hạn ").status_code == 303
    assert "Trễ hạn" in get("hoa", "account/views").text
    send("hoa", "account/views/1/deletions")
    assert "Bạn chưa lưu cách xem nào." in get("hoa", "account/views").text


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "Hãy đặt tên cho cách xem này."),
        ("a" * 61, "không quá 60 ký tự"),
        ("Việc trễ", "Hãy đặt tên khác."),
    ],
)
def test_a_bad_name_is_told_and_nothing_is_lost(send, name: str, words: str) -> None:
    save(send)
    answer = save(send, name=name, query="state=planned")
    assert answer.status_code == 422 and words in answer.text
    assert 'name="query" value="state=planned"' in answer.text


def test_a_view_of_the_history_keeps_its_filters_and_not_the_place_in_it(get, send) -> None:
    page = get("hoa", "events?q=thủ+tục&person=lan&before=20").text
    form = re.search(r'href="/xa-mau/(account/views\?[^"]*)">Lưu cách xem này', page)[1].replace("&amp;", "&")
    assert form == "account/views?of=events&q=th%E1%BB%A7+t%E1%BB%A5c&person=lan"
    address = save(send, of="events", query="q=gia+hạn&clock=happened&unti=x").headers["Location"]
    assert address == "/xa-mau/events?q=gia+h%E1%BA%A1n&clock=happened"


def test_what_is_no_page_is_refused(send) -> None:
    assert save(send, of="verifications").status_code == 422
    assert save(send, query="x" * 2001).status_code == 422
    assert save(send, query="next=//evil.example&unit=a").headers["Location"] == "/xa-mau/board?unit=a"


def test_a_view_whose_unit_was_closed_since_opens_and_says_so(world: World, get, send) -> None:
    address = save(send).headers["Location"].removeprefix("/xa-mau/")
    commands.change_unit(world.ws, "phong-kinh-te", "Phòng Kinh tế", (), False, world.order())
    assert "Đơn vị «Phòng Kinh tế» đã giải thể" in get("hoa", address).text


def test_there_are_fifty_at_most(world: World) -> None:
    views = open_accounts(world.ws).personal.views
    for number in range(MOST):
        views.save("hoa", f"Số {number}", "board", "", world.time)
    with pytest.raises(Refusal, match="là số nhiều nhất"):
        views.save("hoa", "Một nữa", "board", "", world.time)
    views.save("nam", "Số 1", "board", "", world.time)
    with pytest.raises(NotFound):
        views.rename("nam", 1, "Của tôi")
    with pytest.raises(MissingData):
        views.rename("hoa", 1, "Số 2")
