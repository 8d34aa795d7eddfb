"""The list of items sorts by its column headings, at the server and in the address."""

import re

import pytest
from flask.testing import FlaskClient
from support.visitors import Site
from support.world import ASSIGN, TASK, World


@pytest.fixture
def hoa(site: Site) -> FlaskClient:
    return site.visitor("hoa")


def order(client: FlaskClient, sort: str) -> list[str]:
    """Return the references of the list in their order."""
    page = client.get(f"/xa-mau/items?sort={sort}").text
    return re.findall(r'<td class="number plain">([^<]+)</td>', page)


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("", ["III.2.10", "III.2.3.1", "III.1.1"]),
        ("ref", ["III.1.1", "III.2.3.1", "III.2.10"]),
        ("-ref", ["III.2.10", "III.2.3.1", "III.1.1"]),
        ("title", ["III.1.1", "III.2.10", "III.2.3.1"]),
        ("due", ["III.2.10", "III.2.3.1", "III.1.1"]),
        ("-due", ["III.2.3.1", "III.2.10", "III.1.1"]),
        ("unit", ["III.2.3.1", "III.2.10", "III.1.1"]),
        ("-state", ["III.2.3.1", "III.2.10", "III.1.1"]),
    ],
)
def test_each_heading_sorts_up_and_down_and_what_is_empty_comes_last(
    hoa: FlaskClient, world: World, sort: str, expected: list[str]
) -> None:
    world.take("hoa", "assign", TASK, **ASSIGN)
    assert order(hoa, sort) == expected


def test_the_sorted_heading_says_so_and_leads_to_the_other_direction(hoa: FlaskClient) -> None:
    page = hoa.get("/xa-mau/items?sort=due&area=2").text
    assert re.findall(r'<th scope="col" aria-sort="(\w+)"><a href="([^"]+)">([^<]+)</a>', page) == [
        ("ascending", "/xa-mau/items?area=2&amp;sort=-due&amp;figure=total", "Hạn")
    ]
    assert 'aria-sort="descending"' in hoa.get("/xa-mau/items?sort=-due").text


def test_a_column_that_there_is_none_of_is_told(hoa: FlaskClient) -> None:
    answer = hoa.get("/xa-mau/items?sort=weight")
    assert answer.status_code == 422 or answer.status_code == 400
    assert "Không sắp xếp được theo «weight»" in answer.text


def test_a_task_that_is_not_given_out_shows_the_unit_that_the_plan_suggests(
    hoa: FlaskClient, world: World
) -> None:
    assert "gợi ý: Phòng Kinh tế" in hoa.get("/xa-mau/items").text
    assert "Gợi ý: " in hoa.get("/xa-mau/board").text
    world.take("hoa", "assign", TASK, **ASSIGN)
    assert "gợi ý: Phòng Kinh tế" not in hoa.get("/xa-mau/items").text
