"""People of a province read the pages of its communes, and nothing can be changed by them there."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from support.province import INSIDE, NAME, OUTSIDE, ProvinceWorld
from support.visitors import Site, csrf

from cchc_flow import commands
from cchc_flow.accounts.opening import open_accounts
from cchc_flow.audit import reads
from cchc_flow.commands import provinces
from cchc_flow.commands.unit_of_work import Commit, NewEvents, write
from cchc_flow.errors import NotAllowed
from cchc_flow.projections import province
from cchc_flow.projections.province import ListedCommune
from cchc_flow.workflow.events import ProvinceJoined

SIGN_IN, REFUSED, BOARD = "/sign-in", "không sửa được gì ở xã Krông Bình", f"/{INSIDE}/board"


class Scene:
    """The province, and browsers of its people at one application for all workspaces."""

    def __init__(self, data: Path) -> None:
        self.world = ProvinceWorld(data)
        self.commune = self.world.open(INSIDE)
        self.world.add_person(self.commune, "hoa", "admin", "coordinator")
        self.of_province = Site(self.world.ws)
        self.app = self.of_province.app

    def browser(self, login: str = "thu") -> FlaskClient:
        return self.of_province.visitor(login)

    def reads(self) -> list[tuple[str, str]]:
        return [(read.person, read.thing) for read in reads.reads_of(self.commune)]

    def shuts_out(self, client: FlaskClient, path: str = BOARD) -> bool:
        answer = client.get(path)
        return answer.status_code == 303 and (SIGN_IN in answer.location or "/setup" in answer.location)


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


def test_who_is_signed_in_at_the_province_reads_its_commune_without_signing_in_again(scene: Scene) -> None:
    for login in ("lan.tran", "minh", "thu"):
        page = scene.browser(login).get(BOARD)
        assert page.status_code == 200
        assert "với tư cách người của tỉnh Đắk Lắk: chỉ xem, không sửa" in page.text


def test_a_role_that_only_keeps_accounts_reads_no_commune(scene: Scene) -> None:
    assert scene.shuts_out(scene.browser("quan.tri"))


def test_every_change_is_refused_with_one_sentence(scene: Scene) -> None:
    client = scene.browser()
    token = csrf(client.get(BOARD).text)
    size = scene.commune.log.size()
    for path in (
        "items",
        "directory/people",
        "clock/confirmations",
        "exports",
        "account/views",
        "no-such-page",
    ):
        answer = client.post(f"/{INSIDE}/{path}", data={"csrf_token": token, "command_id": "x"})
        assert answer.status_code == 403, path
        assert REFUSED in answer.text, path
    assert scene.commune.log.size() == size


def test_an_order_under_the_name_of_a_visitor_is_refused_by_the_commands_too(scene: Scene) -> None:
    order = scene.world.order(scene.commune, "thu@tinh-dak-lak")
    with pytest.raises(NotAllowed):
        commands.add_unit(scene.commune, "Phòng Mới", (), order)


def test_what_is_read_stands_in_the_ledger_of_the_commune_under_the_name_with_the_province(
    scene: Scene,
) -> None:
    scene.browser().get(f"/{INSIDE}/events")
    assert ("thu@tinh-dak-lak", "events") in scene.reads()
    assert province.visitors(scene.commune.read())["thu@tinh-dak-lak"].words == "Người thu (tỉnh Đắk Lắk)"
    own = Site(scene.commune).visitor("hoa").get(f"/{INSIDE}/reads").text
    assert "Người thu (tỉnh Đắk Lắk)" in own


def test_the_log_names_a_visitor_once_and_again_when_the_name_changes(scene: Scene) -> None:
    client = scene.browser()
    client.get(BOARD)
    client.get(f"/{INSIDE}/events")
    assert len(scene.commune.log.stream("province-visitor-thu-tinh-dak-lak")) == 1
    order = scene.world.order(scene.world.ws)
    commands.change_person(scene.world.ws, "thu", "Nguyễn Thị Thu", None, None, True, order)
    client.get(BOARD)
    assert len(scene.commune.log.stream("province-visitor-thu-tinh-dak-lak")) == 2


def test_a_person_of_the_commune_with_the_same_login_is_somebody_else(scene: Scene) -> None:
    scene.world.add_person(scene.commune, "thu", "officer")
    Site(scene.commune).visitor("thu").get(f"/{INSIDE}/board")
    scene.browser("thu").get(f"/{INSIDE}/events")
    assert {person for person, _ in scene.reads()} == {"thu@tinh-dak-lak"}
    own = scene.app.test_client()
    own.set_cookie(*Site(scene.commune).session("thu"))
    assert own.get(f"/{INSIDE}/events").status_code == 403


def test_a_session_of_the_province_is_none_in_the_commune_under_its_cookie(scene: Scene) -> None:
    _, token = scene.of_province.session("thu")
    client = scene.app.test_client()
    client.set_cookie(f"cchc-{INSIDE}", token)
    assert scene.shuts_out(client)


def test_a_commune_that_has_not_joined_shows_nothing(scene: Scene) -> None:
    assert scene.shuts_out(scene.browser(), f"/{OUTSIDE}/board")


def test_a_commune_that_is_listed_and_never_joined_shows_nothing(scene: Scene) -> None:
    listed = ListedCommune(OUTSIDE, "9", "xã Ngoài", "commune", founding=False)
    provinces.list_commune(scene.world.ws, listed, scene.world.order(scene.world.ws, "lan.tran"))
    assert scene.shuts_out(scene.browser(), f"/{OUTSIDE}/board")


def test_a_commune_that_left_or_was_taken_from_the_list_shows_nothing_at_once(scene: Scene) -> None:
    client = scene.browser()
    assert client.get(BOARD).status_code == 200
    provinces.leave_province(scene.commune, scene.world.order(scene.commune, "hoa"))
    assert scene.shuts_out(client)
    provinces.join_province(scene.commune, scene.world.ws, scene.world.order(scene.commune, "hoa"))
    assert client.get(BOARD).status_code == 200
    provinces.unlist_commune(scene.world.ws, INSIDE, scene.world.order(scene.world.ws, "lan.tran"))
    assert scene.shuts_out(client)


def test_another_province_of_the_same_name_is_not_the_one_that_was_joined(scene: Scene) -> None:
    other = scene.world.open(OUTSIDE)
    provinces.leave_province(scene.commune, scene.world.order(scene.commune, "hoa"))
    key = provinces.opening_key(other)
    event = ProvinceJoined(province=NAME, name="tỉnh Đắk Lắk", key=key, code=None)
    commit = Commit([NewEvents(provinces.MEMBERSHIP, 2, (event,))])
    write(scene.commune, scene.world.order(scene.commune), "forged", lambda uow: commit)
    assert scene.shuts_out(scene.browser())


@pytest.mark.parametrize("end", ["session", "role", "account"])
def test_access_ends_at_once_with_the_session_the_role_or_the_account(scene: Scene, end: str) -> None:
    client, ws = scene.browser(), scene.world.ws
    assert client.get(BOARD).status_code == 200
    if end == "session":
        open_accounts(ws).end_all_sessions("thu", ws.now())
    elif end == "role":
        commands.revoke_role(ws, "thu", "inspector", scene.world.order(ws))
    else:
        commands.change_person(ws, "thu", "Người thu", None, None, False, scene.world.order(ws))
    assert scene.shuts_out(client)


def test_a_temporary_password_opens_no_commune_until_it_is_changed(scene: Scene) -> None:
    name, token = scene.of_province.session("thu")
    open_accounts(scene.world.ws).issue_temporary_password("thu", scene.world.now())
    client = scene.app.test_client()
    client.set_cookie(name, token)
    assert scene.shuts_out(client)


def test_a_province_that_is_gone_lets_nobody_in(scene: Scene) -> None:
    client = scene.browser()
    (scene.world.data / NAME).rename(scene.world.data / "private" / "away")
    assert scene.shuts_out(client)
