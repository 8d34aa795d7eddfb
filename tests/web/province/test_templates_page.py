"""A province's template plan on the pages: read, issued, given; read, adopted or put aside in the commune."""

import html
import io
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from support.doubtful_plan import PLAN_TEXT, SELECT
from support.forms import hidden, send
from support.province import INSIDE, OTHER, PEOPLE, ProvinceWorld
from support.visitors import Site
from werkzeug.test import TestResponse

from cchc_flow.projections import plan_templates, plans

PAGE = "/tinh-dak-lak/province/templates"
PLANS = f"/{INSIDE}/plans"


class Scene:
    """The province, its coordinator, and a commune with a coordinator and an officer."""

    def __init__(self, data: Path) -> None:
        self.world = ProvinceWorld(data)
        self.commune = self.world.open(INSIDE)
        for login, role in (("hoa", "coordinator"), ("lan", "officer")):
            self.world.add_person(self.commune, login, role)
        self.site = Site(self.world.ws)
        self.lan = self.site.visitor("lan.tran")
        self.hoa = Site(self.commune).visitor("hoa")

    def upload(self, text: str = PLAN_TEXT, name: str = "mau.txt") -> TestResponse:
        """Upload a document as the province's coordinator."""
        document = (io.BytesIO(text.encode()), name)
        return send(self.lan, PAGE, f"{PAGE}/readings", document=document)

    def issue(self, text: str = PLAN_TEXT, **typed: str) -> str:
        """Issue a template and return the address of its page."""
        address = self.upload(text).headers["Location"]
        fields = form_of(self.lan, address) | typed
        answer = self.lan.post(PAGE, data=fields)
        assert answer.status_code == 303, answer.text
        return answer.headers["Location"]

    def give(self, address: str, **fields: object) -> str:
        """Give a template, bring it to the communes, and return the page then."""
        answer = send(self.lan, address, f"{address}/givings", **fields)
        assert answer.status_code == 303, answer.text
        for _ in range(10):
            if "hx-post" not in (page := self.lan.get(address).text):
                return page
            token = {"csrf_token": csrf_of(page)}
            self.lan.post(f"{address}/deliveries", data=token, headers={"HX-Request": "true"})
        raise AssertionError("the giving does not end")

    def template(self) -> str:
        """Return the id of the newest template that the commune received."""
        return plan_templates.received_templates(self.commune.read())[0].id


def csrf_of(page: str) -> str:
    found = re.search(r'name="csrf-token" content="([^"]+)"', page)
    assert found is not None
    return found[1]


def form_of(client: FlaskClient, address: str) -> dict[str, str]:
    """Return what the form of a reading would send, untouched."""
    page = client.get(address).text
    texts = re.findall(r'<textarea id="(title-[^"]+)"[^>]*>\n([^<]*)</textarea>', page)
    days = re.findall(r'name="(due-[^"]+)" type="text" data-day value="([^"]*)"', page)
    own = re.findall(r'<input id="(number|issuer)"[^>]*value="([^"]*)"', page)
    leads = [
        (name, found[1] if (found := re.search(r"<option selected>([^<]*)", options)) else "")
        for name, options in SELECT.findall(page)
    ]
    replaced = re.search(r'<select id="replaces".*?value="([^"]+)" selected', page, re.DOTALL)
    fields = {name: html.unescape(value) for name, value in [*texts, *days, *own, *leads]}
    action = re.search(r'<form id="adopt" method="post" action="([^"]+)"', page)
    assert action is not None
    return fields | hidden(page, action[1]) | ({"replaces": replaced[1]} if replaced else {})


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


def test_the_province_sees_how_it_is_read_and_nothing_is_written_before_it_is_issued(scene: Scene) -> None:
    size = scene.world.ws.log.size()
    page = scene.lan.get(scene.upload().headers["Location"]).text
    assert "Xem lại kế hoạch mẫu trước khi ban hành" in page
    assert "Ban hành kế hoạch mẫu" in page and "Đưa vào bảng" not in page
    assert f'action="{PAGE}"' in page
    assert scene.world.ws.log.size() == size
    assert "Đang nhập dở: «mau.txt»" in scene.lan.get(PAGE).text


def test_it_is_issued_given_to_all_and_waits_in_the_commune_as_a_draft(scene: Scene) -> None:
    address = scene.issue()
    page = scene.give(address, to="all")
    assert '<strong class="number">2</strong> đã nhận, chưa xử lý' in page
    waiting = scene.hoa.get(PLANS).text
    assert "Kế hoạch mẫu của tỉnh Đắk Lắk, nhận ngày 02/03/2026" in waiting
    assert "Xem lại và đưa vào bảng" in waiting
    for page in ("", "work"):
        answer = scene.hoa.get(f"/{INSIDE}/{page}", follow_redirects=True)
        assert "Kế hoạch mẫu của tỉnh Đắk Lắk, nhận ngày 02/03/2026" in answer.text, page
    officer = Site(scene.commune).visitor("lan").get(PLANS).text
    assert "Kế hoạch mẫu của tỉnh Đắk Lắk" in officer and "Để riêng…" not in officer


def test_the_commune_fills_its_number_and_adopts_it_as_its_own_plan(scene: Scene) -> None:
    page = scene.give(scene.issue(), to="all")
    link = re.search(r'href="([^"]+)">Xem lại và đưa vào bảng', scene.hoa.get(PLANS).text)
    assert link is not None
    address = link[1].replace("&amp;", "&")
    reading = scene.hoa.get(address).text
    assert 'value="UBND xã Krông Bình"' in reading
    fields = form_of(scene.hoa, address) | {"number": "12/KH-UBND"}
    answer = scene.hoa.post(PLANS, data=fields)
    assert answer.status_code == 303, answer.text
    (plan,) = plans.plans(scene.commune.read())
    assert (plan.number, plan.issuer) == ("12/KH-UBND", "UBND xã Krông Bình")
    page = refreshed(scene)
    assert "Đã đưa vào bảng ngày 02/03/2026" in page
    assert f'href="/{INSIDE}/plans/2026"' in page
    assert "đã đưa vào bảng làm" in scene.hoa.get(PLANS).text


def refreshed(scene: Scene) -> str:
    """Return how the communes stand when all were read."""
    address = f"{PAGE}/{scene.template()}"
    for _ in range(10):
        page = scene.lan.get(f"{address}/standings", headers={"HX-Request": "true"}).text
        if "hx-get" not in page:
            return page
    raise AssertionError("the communes are not read")


def test_what_the_province_typed_and_decided_comes_with_it(scene: Scene) -> None:
    scene.give(scene.issue(**{"title-III.1.1": "Tên tỉnh đặt"}), to="all")
    link = re.search(r'href="([^"]+)">Xem lại và đưa vào bảng', scene.hoa.get(PLANS).text)
    assert link is not None
    assert "Tên tỉnh đặt</textarea>" in scene.hoa.get(link[1].replace("&amp;", "&")).text


def test_the_commune_puts_it_aside_and_the_province_reads_why(scene: Scene) -> None:
    scene.give(scene.issue(), to="all")
    form = f"/{INSIDE}/plan-templates/{scene.template()}/put-asides"
    assert "Để riêng kế hoạch mẫu?" in scene.hoa.get(f"{form}/new").text
    refused = send(scene.hoa, f"{form}/new", form, reason=" ")
    assert refused.status_code == 422 and "Lý do: cần từ 1 đến" in refused.text
    assert send(scene.hoa, f"{form}/new", form, reason="Xã đã có kế hoạch riêng").status_code == 303
    assert "Lý do: Xã đã có kế hoạch riêng" in scene.hoa.get(PLANS).text
    assert "Để riêng ngày 02/03/2026: Xã đã có kế hoạch riêng." in refreshed(scene)


def test_only_chosen_communes_receive_it(scene: Scene) -> None:
    address = scene.issue()
    assert send(scene.lan, address, f"{address}/givings", to="chosen").status_code == 422
    page = scene.give(address, to="chosen", commune=OTHER)
    assert "1</strong> đã nhận, chưa xử lý" in page and "1</strong> chưa giao" in page
    assert plan_templates.received_templates(scene.commune.read()) == []


def test_a_second_edition_takes_the_place_of_the_first(scene: Scene) -> None:
    first = scene.issue()
    scene.give(first, to="all")
    second = scene.issue(PLAN_TEXT + "2. Công an xã: bảo đảm an ninh.\n")
    assert "lần 2" in scene.lan.get(second).text
    assert "bản lần 2" in scene.lan.get(first).text and "Giao cho xã" not in scene.lan.get(first).text
    scene.give(second, to="all")
    page = scene.hoa.get(PLANS).text
    assert page.count("Xem lại và đưa vào bảng") == 1 and "tỉnh đã có bản sau thay thế" in page


def test_a_commune_in_trouble_is_named_and_the_giving_goes_on_later(scene: Scene) -> None:
    log = scene.world.data / OTHER / "events.db"
    whole = log.read_bytes()
    for part in log.parent.glob("events.db*"):
        part.rename(part.with_name(f"away-{part.name}"))
    log.write_bytes(b"no log" * 500)
    address = scene.issue()
    page = scene.give(address, to="all")
    assert "1</strong> đã nhận" in page and "Giao tiếp cho 1 xã chưa nhận" in page
    log.unlink()
    for part in log.parent.glob("away-*"):
        part.rename(part.with_name(part.name.removeprefix("away-")))
    assert log.read_bytes() == whole
    scene.world.wait(seconds=61)
    send(scene.lan, address, f"{address}/deliveries", again="yes")


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"%PDF-1.4 khong co chu", "mau.pdf", "Chưa đọc được văn bản"),
        (b"x", "anh.jpg", "Chưa đọc được tệp .jpg"),
        ("CÔNG VĂN\nKính gửi các xã".encode(), "cong-van.txt", "Chưa đọc được văn bản"),
    ],
)
def test_what_is_no_plan_is_refused_as_in_a_commune(
    scene: Scene, content: bytes, name: str, words: str
) -> None:
    answer = send(scene.lan, PAGE, f"{PAGE}/readings", document=(io.BytesIO(content), name))
    assert answer.status_code == 422
    assert words in answer.text


@pytest.mark.parametrize("login", PEOPLE)
def test_who_reads_communes_sees_templates_and_only_the_coordinator_gives(scene: Scene, login: str) -> None:
    address = scene.issue()
    client = scene.site.visitor(login)
    assert client.get(PAGE).status_code == (403 if login == "quan.tri" else 200)
    if login in ("minh", "thu"):
        assert "Giao cho xã" not in client.get(address).text
        token = {"csrf_token": csrf_of(client.get(address).text), "command_id": "x", "to": "all"}
        assert client.post(f"{address}/givings", data=token).status_code == 403
        assert client.post(f"{address}/deliveries", data=token).status_code == 403


def test_somebody_of_the_province_neither_adopts_nor_puts_aside_in_the_commune(scene: Scene) -> None:
    scene.give(scene.issue(), to="all")
    page = scene.lan.get(PLANS).text
    assert "Kế hoạch mẫu của tỉnh Đắk Lắk" in page and "Xem lại và đưa vào bảng" not in page
    token = {"csrf_token": csrf_of(page), "command_id": "x", "reason": "y"}
    template = f"/{INSIDE}/plan-templates/{scene.template()}"
    assert scene.lan.post(f"{template}/put-asides", data=token).status_code == 403
    assert scene.lan.post(PLANS, data=token).status_code == 403


def test_a_province_adopts_no_plan_itself(scene: Scene) -> None:
    address = scene.upload().headers["Location"]
    answer = scene.lan.post("/tinh-dak-lak/plans", data=form_of(scene.lan, address))
    assert answer.status_code == 409 or answer.status_code == 422
    assert "Tỉnh không đưa kế hoạch vào bảng." in answer.text


def test_the_document_is_downloaded_by_the_province_and_by_the_commune(scene: Scene) -> None:
    address = scene.issue()
    scene.give(address, to="all")
    assert scene.lan.get(f"{address}/document").data == PLAN_TEXT.encode()
    got = scene.hoa.get(f"/{INSIDE}/plan-templates/{scene.template()}/document")
    assert got.data == PLAN_TEXT.encode()
    assert scene.hoa.get(f"/{INSIDE}/plan-templates/none/document").status_code == 404


def test_the_pages_are_in_a_province_only(scene: Scene) -> None:
    assert scene.hoa.get(f"/{INSIDE}/province/templates").status_code == 404
