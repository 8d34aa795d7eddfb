"""The pages of a province: its communes, the search over them, the questions; and a commune's membership."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from support.province import INSIDE, OTHER, OUTSIDE, ProvinceWorld
from support.visitors import Site, csrf
from werkzeug.test import TestResponse

from cchc_flow import commands
from cchc_flow.audit import reads
from cchc_flow.commands import provinces

HOME = "/tinh-dak-lak"


class Scene:
    def __init__(self, data: Path) -> None:
        self.world = ProvinceWorld(data)
        self.site = Site(self.world.ws)
        commune = self.world.open(INSIDE)
        self.world.add_person(commune, "hoa", "admin", "coordinator")
        commands.add_unit(commune, "Phòng Cà phê", (), self.world.order(commune))
        commune.close()

    def get(self, login: str, path: str) -> TestResponse:
        return self.site.visitor(login).get(f"{HOME}/{path}")

    def browser_of(self, name: str, login: str) -> FlaskClient:
        client = self.site.app.test_client()
        client.set_cookie(*Site(self.world.open(name)).session(login))
        return client


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


def post(client: FlaskClient, page: str, path: str, **form: str) -> TestResponse:
    token = csrf(client.get(page).text)
    return client.post(path, data={"csrf_token": token, "command_id": "test", **form})


def test_the_list_leads_into_the_communes_that_joined(scene: Scene) -> None:
    page = scene.get("minh", "province/members").text
    assert f'href="/{INSIDE}/"' in page
    assert "2 xã, phường, đặc khu trong danh sách của tỉnh; 2 đã tham gia" in page


def test_a_commune_is_invited_joins_by_its_administrator_and_leaves(scene: Scene) -> None:
    coordinator = scene.site.visitor("lan.tran")
    page = f"{HOME}/province/members"
    assert post(coordinator, page, page, commune=OUTSIDE, code="?").status_code == 422
    assert post(coordinator, page, page, commune=OUTSIDE, code="9").status_code == 303
    assert "Chưa tham gia hoặc đã rời" in coordinator.get(page).text
    scene.world.add_person(scene.world.outside, "quan.tri", "admin")
    admin, own = scene.browser_of(OUTSIDE, "quan.tri"), f"/{OUTSIDE}/membership"
    assert "Tham gia tỉnh Đắk Lắk" in admin.get(own).text
    assert post(admin, own, own, province="tinh-dak-lak").status_code == 303
    assert "3 đã tham gia" in coordinator.get(page).text
    token = csrf(admin.get(own).text)
    left = admin.post(f"{own}/departures", data={"csrf_token": token, "command_id": "leave"})
    assert left.status_code == 303
    assert "2 đã tham gia" in coordinator.get(page).text


def test_an_inspector_finds_words_in_the_logs_of_all_communes_and_each_sees_it(scene: Scene) -> None:
    page = scene.get("thu", "province/search?q=ca+phe").text
    assert "Đã tìm ở 2 xã; 1 xã có kết quả." in page
    assert f'href="/{INSIDE}/events/' in page
    for name in (INSIDE, OTHER):
        found = [(read.person, read.thing) for read in reads.reads_of(scene.world.open(name))]
        assert found == [("thu@tinh-dak-lak", "events?q")]


def test_a_leader_of_the_province_finds_nothing_that_stands_in_the_log_only(scene: Scene) -> None:
    assert "Đã tìm ở 2 xã; 0 xã có kết quả." in scene.get("minh", "province/search?q=ca+phe").text


def test_a_commune_that_left_is_not_searched_and_one_in_trouble_is_named(scene: Scene) -> None:
    commune = scene.world.open(INSIDE)
    provinces.leave_province(commune, scene.world.order(commune, "hoa"))
    (scene.world.data / OTHER / "events.db").write_bytes(b"no log")
    page = scene.get("thu", "province/search?q=xa").text
    assert "Không tìm ở 1 xã chưa tham gia hoặc đã rời: xã Krông Bình." in page
    assert "1 xã không trả lời được" in page
    assert "Phường Buôn Hồ:" in page


def test_all_communes_are_asked_a_ready_question(scene: Scene) -> None:
    listing = scene.get("thu", "province/questions").text
    assert "/province/questions/" in listing
    name = listing.split("/province/questions/")[1].split('"')[0]
    page = scene.get("thu", f"province/questions/{name}").text
    assert "Đã hỏi 2 xã; 0 xã có trường hợp cần xem lại." in page
    assert scene.get("minh", f"province/questions/{name}").status_code == 403
    assert "Chưa hỏi: hãy sửa" in scene.get("thu", f"province/questions/{name}?nonsense=1").text


def test_who_only_keeps_accounts_of_the_province_searches_no_commune(scene: Scene) -> None:
    assert scene.get("quan.tri", "province/search?q=xa").status_code == 403


def test_pages_of_a_province_are_nowhere_else(scene: Scene) -> None:
    client = scene.browser_of(INSIDE, "hoa")
    assert client.get(f"/{INSIDE}/province/search").status_code == 404
    assert scene.get("lan.tran", "membership").status_code == 404
