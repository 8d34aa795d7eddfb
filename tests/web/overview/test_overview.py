"""The overview, the list behind each figure and the board's line of counts: they never disagree."""

import html
import re

import pytest
from support.visitors import Site
from support.world import ASSIGN, PLAN, RESULT, TASKS, World

from cchc_flow import commands
from cchc_flow.commands import NewTask
from cchc_flow.commands.scheduled_openings import open_scheduled_work
from cchc_flow.projections.cards.counts import FIGURES
from cchc_flow.web.board.count_labels import percent
from cchc_flow.workflow.commands import Upload

OTHER = Upload("ke-hoach-2027.docx", b"2027", "application/octet-stream")
LINK = re.compile(r'<a[^>]* href="(/xa-mau/items\?[^"]*figure=[^"]*)"[^>]*>(.*?)</a>', re.DOTALL)


def links(page: str) -> list[tuple[str, int]]:
    """Return the address and the figure of every link to a list."""
    found = []
    for address, words in LINK.findall(page):
        text = re.sub(r"\([^)]*\)", "", re.sub(r"<[^>]+>", " ", words))
        found.append((html.unescape(address), int(re.findall(r"\d+", text)[-1])))
    return found


def count_of(page: str) -> int:
    return int(re.search(r'<p class="count-line" role="status"><strong>(\d+)</strong>', page)[1])


def figure_of(page: str, side: str) -> int:
    return int(re.search(rf'<li class="side {side}">.*?<strong>(\d+)</strong>', page, re.DOTALL)[1])


MORE = tuple(NewTask(ref=f"III.1.{n}", title=f"Việc số {n}", text="Việc.", area="1") for n in range(2, 10))


@pytest.fixture
def world(new_world: World) -> World:
    """A commune with work of all sorts: done in time and late, given back, cancelled, in parts."""
    world = new_world.settle((*TASKS, *MORE))
    world.take("hoa", "distribute", units=["phong-kinh-te", "tram-y-te"], cadence="monthly", due_day="20")
    for number in range(2, 7):
        item = f"2026-III.1.{number}"
        world.take("hoa", "assign", item, **ASSIGN | {"due": f"2026-03-{4 + 4 * number:02}"})
        world.take("lan", "start", item)
    world.wait(days=12)
    for number in range(2, 5):
        world.take("lan", "submit", f"2026-III.1.{number}", **RESULT)
    for number in range(2, 4):
        world.take("hoa", "approve", f"2026-III.1.{number}", quality="met")
    world.take("hoa", "return", "2026-III.1.4", reason="Thiếu.", defects="1")
    world.take("nam", "cancel", "2026-III.1.9", decision="1/QĐ", reason="Thôi.")
    world.wait(days=20)
    open_scheduled_work(world.ws)
    return world


@pytest.mark.parametrize(
    "page",
    [
        "overview",
        "overview?kind=report",
        "overview?as_of=2026-03-14",
        "overview?as_of=2026-03-01",
        "overview?plan=all",
        "board",
        "board?unit=tram-y-te",
        "board?area=1&words=viec",
        "board?due=late",
        "board?mine=1&as_of=2026-03-20",
    ],
)
def test_every_figure_leads_to_a_list_of_exactly_as_many_items(world, get, page):
    shown = get("lan", page)
    assert shown.status_code == 200
    found = links(shown.text)
    assert len(found) >= 4
    visitor = Site(world.ws).visitor("lan")
    for address, figure in set(found):
        assert count_of(visitor.get(address).text) == figure, address


@pytest.mark.parametrize("figure", FIGURES)
def test_every_figure_can_be_listed_by_its_name(world, get, figure):
    assert get("hoa", f"items?figure={figure}").status_code == 200


def test_the_overview_says_the_sentence_of_a_report(world, get):
    text = re.sub(r"<[^>]+>", "", get("hoa", "overview").text)
    assert (
        "Đã hoàn thành 2/13 nhiệm vụ (15,4\xa0%), trong đó thường xuyên 0/7, có thời hạn 2/6; "
        "chưa đến hạn 5; quá hạn chưa hoàn thành 6; đã thực hiện nhưng chưa đạt 1; đã hủy hoặc được miễn 1."
    ) in text


def test_the_four_figures_are_there_and_add_up(world, get):
    page = get("hoa", "overview").text
    sides = [figure_of(page, side) for side in ("done_in_time", "done_late", "open_in_time", "open_late")]
    assert sides == [1, 1, 5, 6]


def test_a_past_day_shows_what_was_known_when_it_ended(world, get):
    page = get("hoa", "overview?as_of=2026-03-13").text
    assert re.search(r'Tính đến hết ngày 13/03/2026\.\s+<a href="/xa-mau/overview">Về hiện tại</a>', page)
    assert figure_of(page, "done_in_time") == 0


def test_a_day_to_come_is_refused_in_words(world, get):
    answer = get("hoa", "overview?as_of=2030-01-01")
    assert answer.status_code == 422
    assert "chỉ xem được hôm nay và những ngày đã qua." in answer.text
    assert "chưa có bảng công việc" not in answer.text
    assert 'href="/xa-mau/overview">Về Tổng quan</a>' in answer.text


def test_reports_are_counted_by_themselves(world, get):
    page = get("hoa", "overview?kind=report").text
    assert "báo cáo" in page
    assert figure_of(page, "open_in_time") + figure_of(page, "open_late") > 0
    assert "Theo lĩnh vực" not in page


def test_a_commune_without_a_plan_has_an_empty_overview(new_world):
    commands.add_person(new_world.ws, "hoa", "Lê Thị Hoa", None, None, new_world.order())
    commands.grant_role(new_world.ws, "hoa", "coordinator", new_world.order())
    page = Site(new_world.ws).visitor("hoa").get("/xa-mau/overview")
    assert page.status_code == 200
    assert "Chưa có nhiệm vụ nào" in page.text


def test_a_bar_has_no_style_of_its_own(world, get):
    page = get("hoa", "overview").text
    assert "<rect" in page
    assert "style=" not in page


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("figure=x", "Không có số liệu «x»."),
        ("page=0", "Không có trang «0»."),
        ("page=-1", "Không có trang"),
        ("plan=1999", "Không có kế hoạch «1999»."),
        ("period=2026-Q9", "không phải một kỳ"),
    ],
)
def test_a_list_that_cannot_be_is_refused_in_words(world, get, query, why):
    answer = get("hoa", f"items?{query}")
    assert answer.status_code == 422
    assert why in answer.text


def test_a_list_of_a_kind_that_there_is_not_is_not_found(world, get):
    answer = get("hoa", "items?kind=x")
    assert answer.status_code == 404
    assert "Không có loại công việc «x», hoặc bạn không được xem." in answer.text


def test_the_list_says_which_figure_of_which_scope_it_shows(world, get):
    query = "figure=open_late&area=2&unit=tram-y-te&period=2026-03&as_of=2026-04-01"
    page = get("hoa", f"items?{query}").text
    for words in (
        "<h1>Chưa hoàn thành quá hạn</h1>",
        "Kế hoạch năm 2026",
        "Lĩnh vực: 2. Cải cách thủ tục hành chính",
        "Đơn vị: Trạm Y tế",
        "Kỳ: tháng 3/2026",
        "tính đến hết ngày 01/04/2026",
    ):
        assert words in page
    assert count_of(page) == 1


def test_what_no_unit_has_can_be_listed(world, get):
    page = get("hoa", "items?unit=-").text
    assert count_of(page) == 4
    assert "Đơn vị: chưa giao" in page


def test_the_list_stands_by_due_day(world, get):
    page = get("hoa", "items?figure=open_late").text
    days = re.findall(r'data-title="Hạn" class="number">(\d\d)/(\d\d)/', page)
    assert len(days) == 6
    assert days == sorted(days, key=lambda day: day[::-1])


def test_a_long_list_is_shown_a_hundred_at_a_time(new_world):
    tasks = tuple(
        NewTask(ref=f"III.1.{n}", title=f"Việc số {n}", text="Việc", area="1") for n in range(1, 251)
    )
    visitor = Site(new_world.settle(tasks).ws).visitor("hoa")
    seen = []
    for page in (1, 2, 3):
        shown = visitor.get(f"/xa-mau/items?page={page}").text
        assert f"<strong>250</strong> nhiệm vụ; trang {page} trong 3" in shown
        seen += re.findall(r'href="/xa-mau/items/(2026-[^"]+)"', shown)
    assert seen == [f"2026-III.1.{n}" for n in range(1, 251)]
    assert "chỉ có 3 trang" in visitor.get("/xa-mau/items?page=4").text


def test_the_next_page_keeps_the_figure_and_the_filters(new_world):
    tasks = tuple(
        NewTask(ref=f"III.1.{n}", title=f"Việc số {n}", text="Việc", area="1") for n in range(1, 251)
    )
    visitor = Site(new_world.settle(tasks).ws).visitor("hoa")
    page = visitor.get("/xa-mau/items?figure=open_in_time&area=1&page=2").text
    forward = html.unescape(re.search(r'rel="next" href="([^"]+)"', page)[1])
    assert {"figure=open_in_time", "area=1", "page=3"} <= set(forward.split("?")[1].split("&"))


def test_the_board_shows_its_counts_in_its_fragment_too(world, get):
    page = get("hoa", "board?area=1", headers={"HX-Request": "true"}).text
    assert 'class="standings"' in page
    assert len(links(page)) == 4


def test_of_several_plans_the_one_of_the_year_is_shown(world, get):
    next_year = commands.Adoption(
        2027,
        dict(PLAN) | {"closing_day": "2027-12-31"},
        OTHER,
        (NewTask(ref="III.1.1", title="Mới", text="Mới", area="1"),),
        (),
    )
    commands.adopt_plan(world.ws, next_year, world.order())
    assert count_of(get("hoa", "items").text) == 13
    assert count_of(get("hoa", "items?plan=2027").text) == 1
    assert count_of(get("hoa", "items?plan=all").text) == 14
    assert '<option value="2026" selected>2026</option>' in get("hoa", "board").text
    world.wait(days=300)
    assert count_of(get("hoa", "items").text) == 1


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        (0, 0, ""),
        (0, 3, "0\xa0%"),
        (2, 3, "66,7\xa0%"),
        (1, 2, "50\xa0%"),
        (1, 1, "100\xa0%"),
        (1, 16, "6,3\xa0%"),
    ],
)
def test_a_share_is_written_with_a_comma(part, whole, words):
    assert percent(part, whole) == words
