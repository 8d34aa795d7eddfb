"""First start: from an empty data folder to an administrator, once."""

import re
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from support.forms import hidden, send
from support.visitors import app_for
from support.world import World
from werkzeug.test import TestResponse

from cchc_flow.accounts.web_key import setup_code
from cchc_flow.commands import add_first_administrator, create_workspace
from cchc_flow.projections import directory
from cchc_flow.web import create_app
from cchc_flow.web.admin import communes
from cchc_flow.workspace import name_from_title, names

FORM = {
    "name": "Nguyễn Văn An",
    "login": "an.nguyen",
    "password": "mưa về trên núi",
    "password_again": "mưa về trên núi",
    "coordinator": "yes",
}


@pytest.fixture
def workspace_without_people(new_world: World) -> FlaskClient:
    """A browser on a workspace that has nobody yet."""
    return app_for(new_world.data, new_world.ws.now).test_client()


def send_first_setup(client: FlaskClient, **changed: Any) -> TestResponse:
    return send(client, "/setup", "/setup", **({"commune": "xã Krông Bình"} | FORM | changed))


def test_an_empty_data_folder_leads_to_the_sign_up(empty: FlaskClient) -> None:
    assert empty.get("/").headers["Location"] == "/setup"


def test_the_first_sign_up_makes_the_workspace_and_signs_in(empty: FlaskClient) -> None:
    assert send_first_setup(empty).headers["Location"] == "/krong-binh/"
    assert "Chào Nguyễn Văn An" in empty.get("/krong-binh/").text


def test_the_only_workspace_is_where_the_root_leads(empty: FlaskClient) -> None:
    send_first_setup(empty)
    assert empty.get("/").headers["Location"] == "/krong-binh/"


def test_the_root_lists_several_workspaces(empty: FlaskClient, tmp_path: Path, new_world: World) -> None:
    send_first_setup(empty)
    create_workspace(tmp_path / "empty", "ea-thu", title="xã Ea Thử", clock=new_world.ws.now)
    links = re.findall(r'<a href="(/[^"]+)">(xã [^<]+)</a>', empty.get("/").text)
    assert links == [("/ea-thu/", "xã Ea Thử"), ("/krong-binh/", "xã Krông Bình")]


def test_the_first_person_is_administrator_and_coordinator(
    workspace_without_people: FlaskClient, new_world: World
) -> None:
    send(workspace_without_people, "/xa-mau/setup", "/xa-mau/setup", **FORM)
    person = directory.person(new_world.ws.read(), "an.nguyen")
    assert person is not None and person.roles == {"admin", "coordinator"}


def test_the_first_person_may_be_administrator_alone(
    workspace_without_people: FlaskClient, new_world: World
) -> None:
    form = {name: value for name, value in FORM.items() if name != "coordinator"}
    send(workspace_without_people, "/xa-mau/setup", "/xa-mau/setup", **form)
    person = directory.person(new_world.ws.read(), "an.nguyen")
    assert person is not None and person.roles == {"admin"}


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("commune", " ", "Hãy ghi tên xã"),
        ("name", "", "Hãy ghi họ và tên"),
        ("login", "Nguyễn An", "chữ thường không dấu"),
        ("password", "ngắn", "ít nhất 10 ký tự"),
        ("password_again", "khác", "không giống nhau"),
    ],
)
def test_a_wrong_field_is_named_and_the_others_are_kept(
    empty: FlaskClient, field: str, value: str, said: str
) -> None:
    answer = send_first_setup(empty, **{field: value})
    assert answer.status_code == 422
    assert said in answer.text
    assert field == "name" or "Nguyễn Văn An" in answer.text
    assert empty.get("/").headers["Location"] == "/setup"


def test_a_workspace_without_anybody_leads_to_the_sign_up(workspace_without_people: FlaskClient) -> None:
    assert workspace_without_people.get("/xa-mau/").headers["Location"] == "/xa-mau/setup"


def test_the_sign_up_closes_once_a_person_exists(
    workspace_without_people: FlaskClient, new_world: World
) -> None:
    late = app_for(new_world.data, new_world.ws.now).test_client()
    late.get("/xa-mau/setup")
    opened = late.get("/xa-mau/setup").text
    send(workspace_without_people, "/xa-mau/setup", "/xa-mau/setup", **FORM)
    answer = late.post("/xa-mau/setup", data=hidden(opened, "") | FORM | {"login": "intruder"})
    assert answer.status_code in {409, 422}
    assert [person.id for person in directory.people(new_world.ws.read())] == ["an.nguyen"]
    assert late.get("/xa-mau/setup").status_code == 303


def test_the_password_of_the_first_is_not_replaced_by_a_second(
    workspace_without_people: FlaskClient, new_world: World
) -> None:
    late = app_for(new_world.data, new_world.ws.now).test_client()
    opened = late.get("/xa-mau/setup").text
    send(workspace_without_people, "/xa-mau/setup", "/xa-mau/setup", **FORM)
    stolen = {"password": "của kẻ lạ mặt", "password_again": "của kẻ lạ mặt"}
    late.post("/xa-mau/setup", data=hidden(opened, "") | FORM | stolen)
    signed = send(late, "/xa-mau/sign-in", "/xa-mau/sessions", login="an.nguyen", password="của kẻ lạ mặt")
    assert signed.status_code == 422


@pytest.fixture
def open_to_others(tmp_path: Path, new_world: World) -> FlaskClient:
    """A browser on an application that others can reach: it asks for a code."""
    return create_app(tmp_path / "empty", new_world.ws.now, open_to_others=True).test_client()


@pytest.fixture
def code(tmp_path: Path) -> str:
    """The code of the first workspace of the data folder that `open_to_others` serves."""
    return setup_code(tmp_path / "empty")


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**8:08}"


def test_where_others_can_reach_it_the_sign_up_asks_for_the_code(
    open_to_others: FlaskClient, code: str
) -> None:
    assert 'name="code"' in open_to_others.get("/setup").text
    assert send_first_setup(open_to_others).status_code == 403
    assert send_first_setup(open_to_others, code=wrong(code)).status_code == 403
    assert send_first_setup(open_to_others, code=f" {code} ").status_code == 303


def test_after_ten_wrong_codes_the_right_one_opens_nothing(open_to_others: FlaskClient, code: str) -> None:
    for _ in range(10):
        send_first_setup(open_to_others, code=wrong(code))
    assert send_first_setup(open_to_others, code=code).status_code == 403


def test_a_commune_that_init_adds_to_a_served_folder_asks_for_a_code_of_its_own(
    open_to_others: FlaskClient, code: str, tmp_path: Path, new_world: World
) -> None:
    send_first_setup(open_to_others, code=code)
    create_workspace(tmp_path / "empty", "ea-thu", title="xã Ea Thử", clock=new_world.ws.now)
    page = "/ea-thu/setup"
    assert 'name="code"' in open_to_others.get(page).text
    for given in ({}, {"code": code}):
        assert send(open_to_others, page, page, **(FORM | given)).status_code == 403
    own = setup_code(tmp_path / "empty", "ea-thu")
    assert send(open_to_others, page, page, **(FORM | {"code": own})).status_code == 303


FORWARDED: tuple[dict[str, Any], ...] = (
    {"headers": {"X-Forwarded-For": "203.0.113.7"}},
    {"headers": {"X-Forwarded-Proto": "https"}},
    {"headers": {"Forwarded": "for=203.0.113.7"}},
    {"headers": {"X-Real-IP": "203.0.113.7"}},
    {"headers": {"Via": "1.1 proxy"}},
    {"headers": {"Origin": "https://cchc.xa-mau.gov.vn"}},
    {"environ_overrides": {"SERVER_PROTOCOL": "HTTP/1.0"}},
    {"environ_overrides": {"REMOTE_ADDR": "203.0.113.7"}},
)


@pytest.mark.parametrize("sign", FORWARDED)
@pytest.mark.parametrize("page", ["/setup", "/xa-mau/setup"])
def test_who_comes_by_a_proxy_to_a_loopback_address_is_asked_for_the_code(
    empty: FlaskClient, workspace_without_people: FlaskClient, page: str, sign: dict[str, Any]
) -> None:
    client = empty if page == "/setup" else workspace_without_people
    opened = client.get(page)
    assert 'name="code"' not in opened.text
    assert 'name="code"' in client.get(page, **sign).text
    form = hidden(opened.text, page) | {"commune": "xã Krông Bình"} | FORM
    assert client.post(page, data=form, **sign).status_code == 403
    assert client.post(page, data=form).status_code == 303


def test_who_comes_under_a_name_of_another_machine_is_asked_for_the_code(empty: FlaskClient) -> None:
    assert 'name="code"' in empty.get("/setup", headers={"Host": "cchc.xa-mau.gov.vn"}).text


def test_the_code_of_a_loopback_server_is_told_to_its_operator_once(
    empty: FlaskClient, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(3):
        empty.get("/setup", headers={"X-Forwarded-For": "203.0.113.7"})
    told = [record.getMessage() for record in caplog.records]
    assert told == [f"Trang thiết lập đang mở cho máy khác; mã thiết lập: {setup_code(tmp_path / 'empty')}"]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("xã Krông Bình", "krong-binh"),
        ("Phường Đông Hòa", "dong-hoa"),
        ("ĐẶC KHU Phú Quốc", "phu-quoc"),
        ("xã", "default"),
        ("Xã Setup", "default"),
        ("!!!", "default"),
    ],
)
def test_a_commune_gives_its_workspace_a_plain_name(title: str, name: str) -> None:
    assert name_from_title(title) == name


def test_a_sign_up_that_was_cut_short_is_finished_by_sending_it_again(
    workspace_without_people: FlaskClient, new_world: World
) -> None:
    add_first_administrator(new_world.ws, "an.nguyen", "Nguyễn Văn An", ["admin", "coordinator"])
    assert send(workspace_without_people, "/xa-mau/setup", "/xa-mau/setup", **FORM).status_code == 303
    assert "Chào Nguyễn Văn An" in workspace_without_people.get("/xa-mau/").text


def test_of_two_who_found_a_commune_at_once_one_does(tmp_path: Path, new_world: World) -> None:
    app = create_app(tmp_path / "empty", new_world.ws.now)
    together = threading.Barrier(2)

    def create_commune(commune: str) -> int:
        client = app.test_client()
        form = hidden(client.get("/setup").text, "/setup") | {"commune": commune} | FORM
        together.wait()
        return client.post("/setup", data=form).status_code

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(create_commune, ["xã Krông Bình", "xã Ea Thử"])) == [303, 303]
    assert len(names(tmp_path / "empty")) == 1


def test_the_set_up_offers_the_provinces_and_the_communes_of_the_chosen_one(empty: FlaskClient) -> None:
    page = empty.get("/setup").text
    names_offered = re.findall(r"<option>([^<]+)</option>", page)
    assert len(names_offered) == 34
    lak = next(name for name in names_offered if "Đắk Lắk" in name)
    communes = empty.get("/setup/communes", query_string={"province": lak}).json
    assert len(communes) == 102 and {"Xã Ea Drông", "Phường Buôn Ma Thuột"} <= set(communes)
    assert empty.get("/setup/communes?province=Nowhere").json == []


def test_without_scripts_a_button_offers_the_communes_and_keeps_what_was_typed(empty: FlaskClient) -> None:
    page = empty.get("/setup").text
    lak = next(name for name in re.findall(r"<option>([^<]+)</option>", page) if "Đắk Lắk" in name)
    answer = send(empty, "/setup", "/setup", province=lak, offer="yes", name="Nguyễn Văn An")
    assert answer.status_code == 200
    assert '<option value="Xã Ea Drông">' in answer.text and 'value="Nguyễn Văn An"' in answer.text
    assert "chỗ được đánh dấu" not in answer.text


def test_a_name_that_no_list_has_can_be_typed(empty: FlaskClient) -> None:
    assert send_first_setup(empty, province="", commune="xã Mới Lập").headers["Location"] == "/moi-lap/"


def test_without_the_library_all_names_are_typed(empty: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(communes, "LIBRARY", "no_such_library_of_communes")
    communes.provinces.cache_clear()
    assert "Tỉnh, thành phố" not in empty.get("/setup").text
    communes.provinces.cache_clear()


def test_a_name_has_single_blanks_and_each_province_its_communes() -> None:
    listed = communes.provinces()
    assert len(listed) == 34 and sum(len(province.communes) for province in listed) == 3321
    for province in listed:
        assert province.communes and not any("  " in name for name in province.communes)


def test_the_code_of_the_library_is_not_imported() -> None:
    script = "import sys; from cchc_flow.web.admin.communes import provinces; provinces();"
    script += "sys.exit('vietnam_provinces' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
