"""First start: from an empty data folder to an administrator, once."""

import re
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

from cchc_flow.commands import add_first_administrator, create_workspace
from cchc_flow.projections import directory
from cchc_flow.web import create_app
from cchc_flow.web.admin.setup import workspace_name
from cchc_flow.workspace import names

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
def code_protected(tmp_path: Path, new_world: World) -> FlaskClient:
    """A browser on an application that others can reach: it asks for a code."""
    return create_app(tmp_path / "empty", new_world.ws.now, setup_code="20260302").test_client()


def test_where_others_can_reach_it_the_sign_up_asks_for_the_code(code_protected: FlaskClient) -> None:
    assert send_first_setup(code_protected, code="00000000").status_code == 403
    assert send_first_setup(code_protected, code=" 20260302 ").status_code == 303


def test_ten_wrong_codes_spend_the_code(code_protected: FlaskClient) -> None:
    for _ in range(10):
        send_first_setup(code_protected, code="00000000")
    assert send_first_setup(code_protected, code="20260302").status_code == 403


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
    assert workspace_name(title) == name


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
