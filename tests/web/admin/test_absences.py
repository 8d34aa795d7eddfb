"""The page of an absence, and where it is told: the item, «Việc của tôi», the directory, the own account."""

import re

import pytest
from support.visitors import Site
from support.world import ASSIGN, TASK, World

from cchc_flow import commands

WEEK = {"since": "02/03/2026", "until": "08/03/2026", "stand_in": "mai"}


def form_values(page: str, action: str) -> dict[str, str]:
    """Return the hidden values of the form with this action."""
    form = re.search(rf'<form method="post" action="/xa-mau{action}".*?</form>', page, re.DOTALL)
    assert form is not None
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[0]))


@pytest.fixture
def office(world: World) -> World:
    commands.add_person(
        world.ws, "mai", "Đỗ Thị Mai", None, "phong-kinh-te", world.order(), roles=["officer"]
    )
    world.take("hoa", "assign", **ASSIGN)
    world.take("binh", "delegate", officer="lan")
    return world


def test_an_absence_is_set_on_the_own_page_and_told_to_all_whom_it_concerns(
    site: Site, office: World
) -> None:
    visitor = site.visitor("lan")
    page = visitor.get("/xa-mau/absences/lan")
    assert "Đỗ Thị Mai" in page.text and "Lê Thị Hoa" not in page.text.partition("<main")[2]
    sent = visitor.post("/xa-mau/absences/lan", data=form_values(page.text, "/absences/lan") | WEEK)
    assert sent.status_code == 303
    told = "vắng mặt từ 02/03/2026 đến hết 08/03/2026, Đỗ Thị Mai làm thay"
    assert told in visitor.get("/xa-mau/account").text
    assert told in visitor.get("/xa-mau/work").text
    assert f"V{told[1:]}" in site.visitor("thu").get("/xa-mau/directory").text
    assert "Bạn làm thay Trần Thị Lan đến hết 08/03/2026." in site.visitor("mai").get("/xa-mau/work").text
    assert "làm thay Trần Thị Lan" in site.visitor("mai").get("/xa-mau/work").text
    item = site.visitor("hoa").get(f"/xa-mau/items/{TASK}").text
    assert "Trần Thị Lan, vắng mặt đến hết 08/03/2026: việc do Đỗ Thị Mai làm" in item
    form = site.visitor("binh").get(f"/xa-mau/items/{TASK}/delegations/new").text
    assert "Trần Thị Lan (vắng mặt đến hết 08/03/2026)</option>" in form
    again = visitor.get("/xa-mau/absences/lan").text
    done = visitor.post("/xa-mau/absences/lan/end", data=form_values(again, "/absences/lan/end"))
    assert done.status_code == 303
    assert "ắng mặt từ" not in site.visitor("hoa").get("/xa-mau/directory").text


def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(site: Site, office: World) -> None:
    visitor = site.visitor("hoa")
    form = form_values(visitor.get("/xa-mau/absences/lan").text, "/absences/lan")
    answer = visitor.post("/xa-mau/absences/lan", data=form | WEEK | {"until": "01/01/2026"})
    assert answer.status_code == 422
    assert "phải từ ngày bắt đầu" in answer.text and 'value="mai" selected' in answer.text


def test_others_are_not_let_in(site: Site, office: World) -> None:
    assert site.visitor("mai").get("/xa-mau/absences/lan").status_code == 403
    assert site.visitor("hoa").get("/xa-mau/absences/khong.co").status_code == 404
