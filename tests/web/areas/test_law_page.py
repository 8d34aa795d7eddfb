"""The page of an area says of each figure what it is, was and will be, and whether anybody checked it."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from support.forms import send
from support.lawful import Documents
from support.plugging import plugged
from support.visitors import Site
from support.world import World

from cchc_flow import commands
from cchc_flow.hookspecs import Rule

PAGE = "/xa-mau/areas/documents"
ACTION = f"{PAGE}/figures/effect"
RULES = (
    Rule("order", "Ngày ghi theo thứ tự."),
    Rule("late", "Không có hiệu lực sớm hơn.", "Luật 64/2025/QH15, Điều 53", date(2026, 2, 1), checked=True),
    Rule("post", "Công bố trong 3 ngày.", "chưa rõ", until=date(2026, 6, 30), checked=False),
)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path / "data", plugins=plugged(documents=Documents(*RULES))).settle()


@pytest.fixture
def site(world: World) -> Site:
    return Site(world.ws)


@pytest.fixture
def text(site: Site) -> Callable[..., str]:
    """The words of a page without its tags."""

    def read(login: str = "lan", page: str = PAGE) -> str:
        html = site.visitor(login).get(page).text
        return " ".join(re.sub(r"<[^>]+>", " ", html).split())

    return read


def test_each_figure_says_its_source_its_day_and_whether_it_was_checked(text: Callable[..., str]) -> None:
    page = text()
    assert "10 ngày Đã đối chiếu Luật 64/2025/QH15, Điều 53, từ ngày 01/02/2026" in page
    assert "3 ngày Chưa đối chiếu chưa rõ" in page
    assert "5 ngày Nghị định 61" in page
    assert "Sắp áp dụng: 12 ngày Chưa đối chiếu Luật sửa đổi, từ ngày 01/01/2027" in page
    assert "Mức trước đó của Hiệu lực sớm nhất 7 ngày Đã đối chiếu Luật Ban hành văn bản 2015" in page


def test_a_rule_of_law_says_its_source_and_days_and_one_of_the_house_only_its_words(
    text: Callable[..., str],
) -> None:
    page = text()
    assert "Không có hiệu lực sớm hơn. Đã đối chiếu Luật 64/2025/QH15, Điều 53, từ ngày 01/02/2026" in page
    assert "Công bố trong 3 ngày. Chưa đối chiếu chưa rõ, đến hết ngày 30/06/2026" in page
    assert "Ngày ghi theo thứ tự. Không có hiệu lực" in page


@pytest.mark.parametrize("page", [PAGE, "/xa-mau/areas"])
def test_what_changed_since_the_beginning_of_the_plan_and_what_is_coming_is_listed(
    text: Callable[..., str], page: str
) -> None:
    listed = text("lan", page).partition("Thay đổi và sắp áp dụng")[2]
    now, _, coming = listed.partition("Sắp áp dụng")
    assert "Từ ngày 01/02/2026: Hiệu lực sớm nhất: 10 ngày (trước đó 7 ngày) Đã đối chiếu" in now
    assert "Từ ngày 01/01/2027: Hiệu lực sớm nhất: 12 ngày (trước đó 10 ngày) Chưa đối chiếu" in coming
    assert "Hết ngày 30/06/2026: Công bố trong 3 ngày. (không còn áp dụng)" in coming


def test_the_commune_s_own_value_stands_before_the_general_one_which_is_shown_too(
    site: Site, text: Callable[..., str]
) -> None:
    answer = send(site.visitor("hoa"), PAGE, ACTION, value="15", source="QĐ 9/QĐ-UBND", since="02/03/2026")
    assert answer.status_code == 303
    page = text()
    assert "15 ngày Đã đối chiếu Mức của xã: QĐ 9/QĐ-UBND, từ ngày 02/03/2026" in page
    assert "Quy định chung: 10 ngày Đã đối chiếu Luật 64/2025/QH15, Điều 53, từ ngày 01/02/2026" in page
    assert "Từ ngày 02/03/2026: Hiệu lực sớm nhất: 15 ngày (trước đó 10 ngày) Đã đối chiếu Mức của xã" in page
    coming = "Từ ngày 01/01/2027: Hiệu lực sớm nhất: 12 ngày (trước đó 10 ngày); xã giữ mức riêng 15 ngày"
    assert coming in page
    assert "đặt «Hiệu lực sớm nhất» là 15 ngày từ ngày 02/03/2026, căn cứ: QĐ 9/QĐ-UBND" in page


def test_a_second_value_for_a_day_is_refused_with_a_way_to_correct_the_first(
    site: Site, text: Callable[..., str]
) -> None:
    hoa = site.visitor("hoa")
    assert 'name="replaces"' not in hoa.get(PAGE).text
    send(hoa, PAGE, ACTION, value="15", source="QĐ 9", since="01/06/2026")
    answer = send(hoa, PAGE, ACTION, value="16", source="QĐ 9", since="01/06/2026")
    assert answer.status_code == 422 and 'name="replaces"' in answer.text
    assert "Từ ngày 01/06/2026 đã có mức 15 ngày (căn cứ: QĐ 9); mỗi ngày chỉ có một mức" in answer.text
    assert 'value="01/06/2026"' in answer.text
    send(hoa, PAGE, ACTION, value="16", source="QĐ 9", since="01/06/2026", replaces="1")
    assert "Sắp áp dụng: 16 ngày" in text()


def test_the_form_of_a_figure_begins_with_today(site: Site, world: World) -> None:
    assert re.search(r'id="d-effect" name="since"[^>]*value="02/03/2026"', site.visitor("hoa").get(PAGE).text)


def test_an_event_shows_the_figures_of_its_day_and_not_those_of_later_days(site: Site, world: World) -> None:
    commands.set_figure(world.ws, "documents", "effect", "20", "QĐ 9", world.order("hoa"), since="2026-03-03")
    world.take("hoa", "assign", lead="phong-kinh-te", support=[], due="2026-06-30")
    page = site.visitor("thu").get(f"/xa-mau/events/{world.ws.log.size()}").text
    assert "20 ngày" not in page
