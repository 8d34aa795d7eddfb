"""Two administrators with the same page open: the second does not undo what the first has done."""

import re
from typing import Any

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
LAN = f"{D}/people/lan"
STATION = f"{D}/units/tram-y-te"
PERSON = {"name": "Trần Thị Lan", "unit": "phong-kinh-te", "roles": ["officer"], "active": "yes"}
UNIT = {"name": "Trạm Y tế", "aliases": "", "active": "yes"}


@pytest.fixture
def second(site: Site, world: World) -> FlaskClient:
    """The browser of another administrator, `ba`."""
    commands.add_person(world.ws, "ba", "Lê Ba", None, None, world.order(), roles=["admin"])
    return site.visitor("ba")


def open_form(client: FlaskClient, page: str, action: str) -> dict[str, Any]:
    """Open a page and return the hidden fields of its form, to be sent later."""
    return dict(hidden(client.get(page).text, action))


def send_opened(client: FlaskClient, action: str, opened: dict[str, Any], **filled: Any) -> TestResponse:
    return client.post(action, data=opened | filled)


def lan(world: World) -> Person:
    person = directory.person(world.ws.read(), "lan")
    assert person is not None
    return person


def station(world: World) -> Unit:
    return next(unit for unit in directory.units(world.ws.read()) if unit.id == "tram-y-te")


def disable(admin: FlaskClient) -> None:
    typed = {name: value for name, value in PERSON.items() if name != "active"}
    assert send(admin, LAN, f"{LAN}/changes", **typed).status_code == 303


def test_a_disabled_account_does_not_come_back_to_life_by_an_older_form(
    admin: FlaskClient, second: FlaskClient, world: World
) -> None:
    opened = open_form(second, LAN, f"{LAN}/changes")
    disable(admin)
    answer = send_opened(second, f"{LAN}/changes", opened, **PERSON | {"title": "Chuyên viên"})
    assert answer.status_code == 409
    assert not lan(world).active
    assert lan(world).title is None


def test_the_refusal_tells_who_changed_what_when_and_what_to_do(
    admin: FlaskClient, second: FlaskClient
) -> None:
    opened = open_form(second, LAN, f"{LAN}/changes")
    disable(admin)
    text = send_opened(second, f"{LAN}/changes", opened, **PERSON).text
    assert "Hồ Minh Quân đã sửa người này lúc 8 giờ 00 ngày 02/03/2026, sau khi bạn mở trang" in text
    assert "Hãy đối chiếu với thay đổi đó, rồi gửi lại nếu vẫn cần." in text
    assert "Hồ Minh Quân đã ngừng quyền sử dụng của Trần Thị Lan (tài khoản lan)." in text


def test_what_was_typed_is_kept_and_a_second_deliberate_sending_works(
    admin: FlaskClient, second: FlaskClient, world: World
) -> None:
    opened = open_form(second, LAN, f"{LAN}/changes")
    disable(admin)
    typed = PERSON | {"title": "Chuyên viên <1>", "roles": ["officer", "viewer"]}
    refused = send_opened(second, f"{LAN}/changes", opened, **typed)
    assert 'value="Chuyên viên &lt;1&gt;"' in refused.text
    assert len(re.findall(r'name="roles" value="(?:officer|viewer)" checked', refused.text)) == 2
    assert "Hiện người này không được đăng nhập." in refused.text
    again = hidden(refused.text, f"{LAN}/changes")
    assert send_opened(second, f"{LAN}/changes", again, **typed).status_code == 303
    assert lan(world).active
    assert lan(world).title == "Chuyên viên <1>"


def test_a_role_that_was_revoked_is_not_given_back_by_an_older_form(
    admin: FlaskClient, second: FlaskClient, world: World
) -> None:
    commands.grant_role(world.ws, "lan", "leader", world.order())
    opened = open_form(second, LAN, f"{LAN}/changes")
    send(admin, LAN, f"{LAN}/changes", **PERSON)
    answer = send_opened(second, f"{LAN}/changes", opened, **PERSON | {"roles": ["officer", "leader"]})
    assert answer.status_code == 409
    assert lan(world).roles == {"officer"}
    assert "đã thôi giao vai trò lãnh đạo UBND cho Trần Thị Lan" in answer.text


def test_a_change_at_the_terminal_stands_as_well(second: FlaskClient, world: World) -> None:
    opened = open_form(second, LAN, f"{LAN}/changes")
    commands.revoke_role(world.ws, "lan", "officer", world.order())
    answer = send_opened(second, f"{LAN}/changes", opened, **PERSON)
    assert "Quản trị máy chủ đã sửa người này" in answer.text
    assert lan(world).roles == frozenset()


def test_a_wrong_field_does_not_make_an_old_form_new(
    admin: FlaskClient, second: FlaskClient, world: World
) -> None:
    opened = open_form(second, LAN, f"{LAN}/changes")
    wrong = send_opened(second, f"{LAN}/changes", opened, **PERSON | {"name": ""})
    disable(admin)
    answer = send_opened(second, f"{LAN}/changes", hidden(wrong.text, f"{LAN}/changes"), **PERSON)
    assert (wrong.status_code, answer.status_code) == (422, 409)
    assert not lan(world).active


def test_a_form_of_one_person_does_not_age_by_changes_of_another(
    admin: FlaskClient, second: FlaskClient, world: World
) -> None:
    opened = open_form(second, LAN, f"{LAN}/changes")
    send(admin, f"{D}/people/nam", f"{D}/people/nam/changes", name="Phạm Văn Nam", roles=["leader"], active=1)
    assert send_opened(second, f"{LAN}/changes", opened, **PERSON | {"name": "Trần Lan"}).status_code == 303
    assert lan(world).name == "Trần Lan"


def test_a_password_is_not_given_from_a_page_opened_before_the_account_was_disabled(
    admin: FlaskClient, second: FlaskClient
) -> None:
    opened = open_form(second, LAN, f"{LAN}/passwords")
    disable(admin)
    answer = send_opened(second, f"{LAN}/passwords", opened)
    assert answer.status_code == 409
    assert "temporary-password" not in answer.text
    assert "đã ngừng quyền sử dụng của Trần Thị Lan" in answer.text


def test_a_unit_taken_out_of_use_stays_so(admin: FlaskClient, second: FlaskClient, world: World) -> None:
    opened = open_form(second, STATION, f"{STATION}/changes")
    send(admin, STATION, f"{STATION}/changes", name="Trạm Y tế", aliases="")
    answer = send_opened(second, f"{STATION}/changes", opened, **UNIT | {"aliases": "TYT xã\nTrạm xá"})
    assert answer.status_code == 409
    assert not station(world).active
    assert "Hồ Minh Quân đã sửa đơn vị này lúc 8 giờ 00" in answer.text
    assert "đã cho đơn vị «Trạm Y tế» ngừng hoạt động" in answer.text
    assert "TYT xã\nTrạm xá" in answer.text
    assert "Hiện đơn vị này đã ngừng hoạt động." in answer.text
    again = hidden(answer.text, f"{STATION}/changes")
    assert send_opened(second, f"{STATION}/changes", again, **UNIT).status_code == 303
    assert station(world).active


@pytest.mark.parametrize("action", [f"{LAN}/changes", f"{LAN}/passwords", f"{STATION}/changes"])
def test_a_form_without_the_version_it_showed_is_refused(admin: FlaskClient, action: str) -> None:
    opened = open_form(admin, action.rpartition("/")[0], action) | {"seen": "mới"}
    answer = send_opened(admin, action, opened, **PERSON)
    assert answer.status_code == 422
    assert "Biểu mẫu thiếu phiên bản" in answer.text


def test_name_and_roles_of_one_form_are_saved_in_one_commit_or_not_at_all(
    admin: FlaskClient, world: World
) -> None:
    page, size = f"{D}/people/quan", world.ws.log.size()
    send(admin, page, f"{page}/changes", name="Tên Mới", active="yes", roles=["viewer"])
    assert world.ws.log.size() == size  # the last administrator stays, and keeps the name too
    send(admin, page, f"{page}/changes", name="Tên Mới", active="yes", roles=["admin", "viewer"])
    newest = world.ws.log.size()
    events = [world.ws.log.event(position) for position in range(size + 1, newest + 1)]
    assert [event.type for event in events] == ["directory.person_changed/1", "directory.role_granted/1"]
    assert len({event.command_id for event in events}) == 1
