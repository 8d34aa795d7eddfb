"""The overview of a province: figures of the communes that joined, each the same as in the commune."""

import io
import re
from pathlib import Path

import openpyxl
import pytest
from flask.testing import FlaskClient
from support.province import INSIDE, OTHER, OUTSIDE, PEOPLE, ProvinceWorld
from support.visitors import Site
from support.world import adoption

from cchc_flow import commands

PAGE = "/tinh-dak-lak/province/overview"
LINK = re.compile(r'<a href="([^"]+)" aria-label="[^"]*?(\d+)">(\d+)</a>')


class Scene:
    """A province with two communes, one of them with late work; `client` is signed in as its leader."""

    def __init__(self, data: Path) -> None:
        self.world = ProvinceWorld(data)
        for name in (INSIDE, OTHER):
            ws = self.world.open(name)
            commands.adopt_plan(ws, adoption(), self.world.order(ws))
            ws.close()
        self.world.wait(days=60)
        self.site = Site(self.world.ws)
        self.client = self.site.visitor("minh")

    def read(self, **query: str) -> str:
        """Return the figures when all communes were read."""
        for _ in range(20):
            page = self.client.get(f"{PAGE}/figures", query_string=query).text
            if "đang đọc tiếp" not in page:
                return page
        raise AssertionError("the communes are not read")


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


def figure_of(client: FlaskClient, url: str) -> int:
    """Return how many items a page of a commune lists."""
    page = client.get(url.replace("&amp;", "&"))
    assert page.status_code == 200, url
    found = re.search(r'class="count-line" role="status"><strong>(\d+)</strong>', page.text)
    assert found is not None, url
    return int(found[1])


def test_the_page_comes_at_once_and_fetches_what_was_not_read(scene: Scene) -> None:
    page = scene.client.get(PAGE).text
    assert f'hx-get="{PAGE}/figures"' in page and "Đã đọc 0 trong 2 xã" in page
    assert "Đã đọc 2 trong 2 xã." in scene.read()
    assert "hx-get" not in re.search(r'<div id="figures"[^>]*>', scene.client.get(PAGE).text)[0]  # type: ignore[index]


def test_each_figure_is_that_of_the_page_it_leads_to(scene: Scene) -> None:
    links = [match.groups() for match in LINK.finditer(scene.read())]
    assert len(links) > 10 and any(int(shown) for _, _, shown in links)
    for url, told, shown in links:
        assert told == shown
        if "/items?" in url:
            assert figure_of(scene.client, url) == int(shown), url


def test_a_past_day_shows_what_was_then(scene: Scene) -> None:
    page = scene.read(as_of="2026-03-02")
    assert "as_of=2026-03-02" in page
    now = scene.read()
    assert re.findall(r'open_late[^"]*" aria-label="[^"]*: (\d+)"', page) != re.findall(
        r'open_late[^"]*" aria-label="[^"]*: (\d+)"', now
    )


def test_figures_of_an_earlier_state_are_marked_as_old_until_they_are_read_again(scene: Scene) -> None:
    scene.read()
    ws = scene.world.open(INSIDE)
    scene.world.add_person(ws, "hoa", "coordinator")
    ws.close()
    row = scene.client.get(PAGE).text.split('id="by-commune"')[1].split("<tr>")
    assert ["số liệu cũ, đọc lúc" in each for each in row[2:4]] == ["Krông Bình" in each for each in row[2:4]]
    assert "số liệu cũ" not in scene.read()


def test_a_day_to_come_is_refused_in_a_sentence(scene: Scene) -> None:
    answer = scene.client.get(f"{PAGE}/figures?as_of=2030-01-01")
    assert answer.status_code in (400, 422)


def test_communes_are_sorted_by_a_figure_and_found_by_name(scene: Scene) -> None:
    ws = scene.world.open(OTHER)
    scene.world.add_person(ws, "hoa", "coordinator")
    ws.close()
    assert (
        "Krông Bình" in scene.read(q="krong") and "Buôn Hồ" not in scene.read(q="krong").split("<tbody>")[1]
    )
    for order in ("open_late", "targets", "reports", "waits", "vô nghĩa"):
        assert scene.client.get(f"{PAGE}?order={order}").status_code == 200


def test_a_commune_in_trouble_is_named_and_the_others_stay(scene: Scene) -> None:
    (scene.world.data / OTHER / "events.db").write_bytes(b"no database at all" * 100)
    page = scene.read()
    assert "1 xã chưa đọc được" in page and "Đã đọc 1 trong 2 xã." in page
    assert f'href="/{INSIDE}/overview"' in page


def test_a_commune_that_did_not_join_shows_nothing(scene: Scene) -> None:
    assert OUTSIDE not in scene.read()


def test_the_table_tells_the_position_of_each_row(scene: Scene) -> None:
    scene.read()
    answer = scene.client.get(f"{PAGE}/table.xlsx")
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.data)).active.iter_rows(values_only=True))  # type: ignore[union-attr]
    assert rows[2][0] == "Xã, phường, đặc khu" and len(rows) == 5
    ws = scene.world.open(INSIDE)
    assert ws.log.size() in {row[9] for row in rows[3:]}
    ws.close()


@pytest.mark.parametrize("login", PEOPLE)
def test_only_who_may_read_communes_sees_it(scene: Scene, login: str) -> None:
    status = scene.site.visitor(login).get(PAGE).status_code
    assert status == (200 if PEOPLE[login] != "admin" else 403)
