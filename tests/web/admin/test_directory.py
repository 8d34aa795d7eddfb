"""The directory's pages: units, people, roles, temporary passwords."""

import re

import pytest
from flask.testing import FlaskClient
from support.forms import hidden, send
from support.visitors import Site
from support.world import World
from werkzeug.test import TestResponse

from cchc_flow import commands
from cchc_flow.projections import directory
from cchc_flow.projections.directory import Person, Unit

D = "/xa-mau/directory"


def unit_of(world: World, unit: str) -> Unit:
    return next(one for one in directory.units(world.ws.read()) if one.id == unit)


def person_of(world: World, person: str) -> Person:
    found = directory.person(world.ws.read(), person)
    assert found is not None
    return found


def add_person(admin: FlaskClient, **changed: object) -> TestResponse:
    form = {
        "name": "Y Thắng Niê",
        "person": "thang.nie",
        "title": "Phó Chủ tịch",
        "roles": ["leader", "viewer"],
    }
    return send(admin, f"{D}/people/new", f"{D}/people", **(form | changed))


def test_everybody_in_the_commune_reads_the_directory(site: Site) -> None:
    page = site.visitor("lan").get(D).text
    assert "Phòng Kinh tế" in page
    assert "Lê Thị Hoa" in page


def test_who_may_not_change_it_sees_no_buttons_that_would(site: Site) -> None:
    assert "Thêm người" not in site.visitor("lan").get(D).text


def test_a_unit_is_added_with_its_other_spellings(admin: FlaskClient, world: World) -> None:
    send(admin, f"{D}/units/new", f"{D}/units", name="Ban Quản lý dự án", aliases="BQL dự án\nBan QLDA\n")
    assert unit_of(world, "ban-quan-ly-du-an").aliases == ("BQL dự án", "Ban QLDA")


def test_a_form_sent_twice_adds_one_unit(admin: FlaskClient, world: World) -> None:
    form = hidden(admin.get(f"{D}/units/new").text, f"{D}/units") | {"name": "Ban Quản lý dự án"}
    assert [admin.post(f"{D}/units", data=form).status_code for _ in range(2)] == [303, 303]
    assert sum(one.name == "Ban Quản lý dự án" for one in directory.units(world.ws.read())) == 1


def test_a_unit_of_a_known_name_is_refused_with_what_was_typed(admin: FlaskClient) -> None:
    answer = send(admin, f"{D}/units/new", f"{D}/units", name="phong kinh te", aliases="PKT")
    assert answer.status_code == 422
    assert "đã có đơn vị" in answer.text
    assert "PKT" in answer.text


def test_a_unit_is_renamed_and_taken_out_of_use(admin: FlaskClient, world: World) -> None:
    page = f"{D}/units/tram-y-te"
    send(admin, page, f"{page}/changes", name="Trạm Y tế xã", aliases="")
    assert unit_of(world, "tram-y-te") == Unit("tram-y-te", "Trạm Y tế xã", (), False, "2026-03-02")


def test_a_person_is_added_with_roles_and_a_password_shown_once(admin: FlaskClient, world: World) -> None:
    shown = re.search(r'id="temporary-password">([^<]+)<', add_person(admin).text)
    assert shown is not None
    assert person_of(world, "thang.nie").roles == {"leader", "viewer"}
    assert shown[1] not in admin.get(f"{D}/people/thang.nie").text


def test_a_temporary_password_opens_the_door(admin: FlaskClient, nobody: FlaskClient) -> None:
    shown = re.search(r'id="temporary-password">([^<]+)<', add_person(admin).text)
    assert shown is not None
    signed = send(nobody, "/xa-mau/sign-in", "/xa-mau/sessions", login="thang.nie", password=shown[1])
    assert signed.status_code == 303


@pytest.mark.parametrize(
    ("login", "said"), [("lan", "đã có người dùng"), ("Y Thắng", "không dấu"), ("", "không dấu")]
)
def test_a_login_that_will_not_do_is_told_and_the_rest_is_kept(
    admin: FlaskClient, login: str, said: str
) -> None:
    answer = add_person(admin, person=login)
    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="Y Thắng Niê"' in answer.text
    assert re.search(r'value="leader" checked', answer.text)


def test_a_person_without_a_role_is_not_added(admin: FlaskClient, world: World) -> None:
    page = "/xa-mau/directory/people"
    answer = send(admin, f"{page}/new", page, name="Y Thắng Niê", person="thang.nie")
    assert answer.status_code == 422
    assert "Hãy chọn ít nhất một vai trò." in answer.text
    assert directory.person(world.ws.read(), "thang.nie") is None


def test_who_is_added_to_a_unit_is_an_officer_unless_told_otherwise(admin: FlaskClient) -> None:
    ticked = 'value="officer" checked'
    assert ticked in admin.get("/xa-mau/directory/people/new?unit=tram-y-te").text
    assert ticked not in admin.get("/xa-mau/directory/people/new").text


def test_roles_are_granted_and_revoked_by_ticking(admin: FlaskClient, world: World) -> None:
    page = f"{D}/people/lan"
    form = {
        "name": "Trần Thị Lan",
        "unit": "phong-kinh-te",
        "active": "yes",
        "roles": ["unit_head", "viewer"],
    }
    send(admin, page, f"{page}/changes", **form)
    assert person_of(world, "lan").roles == {"unit_head", "viewer"}


def test_what_is_said_of_an_account_stands_apart_from_the_post(admin: FlaskClient, world: World) -> None:
    commands.add_person(world.ws, "mai", "Đỗ Mai", "Công chức", None, world.order())
    assert '· Công chức</span> <span class="chip warn">chưa có mật khẩu' in admin.get(D).text


def test_a_disabled_person_loses_all_sessions(admin: FlaskClient, site: Site, world: World) -> None:
    visitor = site.visitor("lan")
    page = f"{D}/people/lan"
    send(admin, page, f"{page}/changes", name="Trần Thị Lan", roles=["officer"])
    send(admin, page, f"{page}/changes", name="Trần Thị Lan", roles=["officer"], active="yes")
    assert person_of(world, "lan").active
    assert visitor.get("/xa-mau/account").status_code == 303


def test_the_last_administrator_stays(admin: FlaskClient, world: World) -> None:
    page = f"{D}/people/quan"
    answer = send(admin, page, f"{page}/changes", name="Hồ Minh Quân", active="yes", roles=["viewer"])
    assert answer.status_code == 422
    assert "quản trị duy nhất" in answer.text
    assert "admin" in person_of(world, "quan").roles


@pytest.mark.parametrize("path", ["units/new", "units/tram-y-te", "people/new", "people/lan"])
def test_only_the_administrator_opens_the_forms(site: Site, path: str) -> None:
    assert site.visitor("hoa").get(f"{D}/{path}").status_code == 403


@pytest.mark.parametrize(
    "path", ["units", "units/tram-y-te/changes", "people", "people/lan/changes", "people/lan/passwords"]
)
def test_only_the_administrator_sends_them(site: Site, path: str) -> None:
    answer = send_any(site.visitor("hoa"), f"{D}/{path}")
    assert answer.status_code == 403


def send_any(client: FlaskClient, action: str) -> TestResponse:
    tokens = hidden(client.get("/xa-mau/account").text, "/xa-mau/sessions/end")
    return client.post(action, data=tokens | {"name": "Đơn vị lạ", "person": "la", "command_id": "1"})


def test_a_name_is_never_read_as_markup(admin: FlaskClient) -> None:
    send(admin, f"{D}/units/new", f"{D}/units", name="<script>alert(1)</script>")
    assert "<script>alert" not in admin.get(D).text
