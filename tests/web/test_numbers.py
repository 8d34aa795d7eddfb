"""What a number on a page says, and what is found behind it, are equal: every number is opened."""

import os
import re

import pytest
from support.dividing import distribute
from support.numbers import OF_ONE_ENDPOINT, SeenPage, Unlinked, Walk
from support.visitors import Site
from support.world import ASSIGN, RESULT, TASKS, World
from support.year import Year

from cchc_flow.commands import NewTask
from cchc_flow.commands.scheduled_openings import open_scheduled_work

IS_LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
STARTS = (
    "work",
    "board",
    "board?lanes=unit",
    "board?lanes=area",
    "board?lanes=person",
    "overview",
    "directory",
)
HERE = {
    ("work.show", "count number"): ("../..", ".//li"),
    ("work.show", "summary"): ("..", ".//li"),
    ("board.show", "count"): ("../..", ".//li[@data-v]"),
    ("board.show", "count cell"): ("../following-sibling::ol[1]", ".//li[@data-v]"),
    ("board.show", "found"): ("//*[@id='board']", ".//li[@data-v]"),
    ("listing.index", "count-line"): ("//main", ".//table[contains(@class, 'item-table')]/tbody/tr"),
    ("handovers.show", "count-line"): ("//main", ".//table[contains(@class, 'item-table')]/tbody/tr"),
    ("grading.show", "h2"): ("..", ".//tbody/tr"),
    ("inbox.show", "muted number"): ("//main", ".//*[contains(@class, 'chip bad')]"),
    ("inbox.show", "small"): ("..", ".//*[@class='notice-older']"),
    ("items.show", "p"): ("..", ".//td[.//a]"),
}
"""The rows on the same page that a number without a link counts: in what part of it, by its class or tag."""
REASONS = {
    "board.column": "the column's total: the page begins behind a card; the board's own page is counted",
    "directory.show": "units and people of the page itself; the work is counted where it is handed over",
    "directory.edit_unit": "in a hint beside a box; the directory has the same number as a link",
    "directory.edit_person": "the same",
    "progress.show": "the words of bars: the table beside them has each number as a link",
    "plans.show": "the words of the plan document",
    "plans.reading": "the words of a plan document that is being read",
    "events.index": "sentences of events: facts of their day",
    "events.show": "the same",
    "settings.show": "the words of a setting",
    "settings.index": "the same",
    "reform_areas.show": "words and measures of an area; what they count lies beside them",
    "reform_areas.index": "rules and registers that the area's own page lists",
    "targets.index": "figures of targets: the page of each has what lies behind them",
    "targets.show": "the same, and the readings themselves",
    "commune_reports.show": "the words of a report; its preview has each number as a link",
    "report_previews.show": "the words of units, tables of registers",
    "report_previews.figures": "figures of a report: the page of each has the events behind it",
    "report_previews.figure": "what the events below it add up to",
    "issued_documents.index": "the words of documents",
    "account.show": "the words of a choice",
    "verification.show": "events of the whole log",
    "verification.checkpoint": "the same",
}
"""Why a number without a link has nothing to compare with, by endpoint."""


def faults(walk: Walk, page: SeenPage) -> list[str]:
    """Return a sentence for each number of a page behind which something else is found."""
    found = []
    for number in walk.numbers(page):
        rows = walk.rows_behind(number.address)
        if rows != number.number:
            found.append(f"{page.address}: «{number.words}» opens {number.address}, which has {rows}")
    is_later_page = re.search(r"[?&](page|before)=", page.address) is not None  # counted from its first page
    for lonely in page.unlinked():
        is_for_itself = lonely.endpoint in REASONS or "điều kiện" in lonely.words or is_later_page
        if not is_for_itself and (words := _fault_here(walk, page, lonely)):
            found.append(words)
    return found


def _fault_here(walk: Walk, page: SeenPage, lonely: Unlinked) -> str:
    """Return what is wrong with a number without a link, "" if its rows are on the page and those behind."""
    sort = (lonely.element.get("class") or lonely.element.tag).removesuffix(" after")
    part, path = HERE.get((lonely.endpoint, sort), ("", ""))
    if not part:
        return f"{page.address}: «{lonely.words}» has no link, no rows in HERE and no reason ({sort})"
    claimed = int(re.search(r"\d[\d.]*", re.sub(r"năm \d+", "", lonely.words))[0].replace(".", ""))
    rows = walk.rows_from(page, lonely.element.xpath(part)[0], path)
    return "" if rows == claimed else f"{page.address}: «{lonely.words}» stands over {rows}"


def walk_of(site: Site, login: str, each: int, of_one: int = OF_ONE_ENDPOINT) -> tuple[int, list[str]]:
    """Return how many pages a person's walk has seen, and what is wrong on them as they are opened."""
    walk = Walk(site.app, site.visitor(login), each, of_one)
    found = [faults(walk, page) for page in walk.pages(*(f"/{site.ws.name}/{start}" for start in STARTS))]
    return len(found), sorted({words for page in found for words in page})


def test_each_number_of_a_year_opens_as_many_rows(year: Year) -> None:
    seen, wrong = walk_of(Site(year.ws), "dau.moi", 1, OF_ONE_ENDPOINT if IS_LONG else 2)
    assert "\n".join(wrong) == ""
    assert seen > 40


MORE = tuple(NewTask(ref=f"III.1.{n}", title=f"Việc số {n}", text="Việc.", area="1") for n in range(2, 66))


@pytest.fixture
def dense(new_world: World) -> World:
    """A commune with work in every state, in parts, given back, without a unit, and of a closed unit."""
    world = new_world.settle((*TASKS, *MORE))
    distribute(world, ["phong-kinh-te", "tram-y-te"], cadence="monthly", due_day="20")
    for number in range(2, 9):
        item = f"2026-III.1.{number}"
        world.take("hoa", "assign", item, **ASSIGN | {"due": f"2026-03-{4 + 3 * number:02}"})
        world.take("lan", "start", item)
    world.wait(days=12)
    for number in range(2, 6):
        world.take("lan", "submit", f"2026-III.1.{number}", **RESULT)
    world.take("hoa", "approve", "2026-III.1.2", quality="met")
    world.take("hoa", "return", "2026-III.1.4", reason="Thiếu.", defects="1")
    world.take("lan", "ask_extension", "2026-III.1.7", due="2026-05-04", reason="Chờ hướng dẫn.")
    world.take("nam", "cancel", "2026-III.1.9", decision="1/QĐ", reason="Thôi.")
    world.wait(days=20)
    open_scheduled_work(world.ws)
    return world


@pytest.mark.parametrize(("login", "each"), [("hoa", 2), ("binh", 1), ("thu", 1)])
def test_each_number_of_a_dense_board_opens_as_many_rows(dense: World, login: str, each: int) -> None:
    _, wrong = walk_of(Site(dense.ws), login, each)
    assert "\n".join(wrong) == ""


def test_the_walk_finds_a_number_that_lies(world: World) -> None:
    site = Site(world.ws)
    walk = Walk(site.app, site.visitor("hoa"))
    page = site.visitor("hoa").get("/xa-mau/overview").text
    honest = SeenPage("/xa-mau/overview", "overview.show", page)
    lying = SeenPage("/xa-mau/overview", "overview.show", page.replace(">3</strong>", ">5</strong>"))
    assert faults(walk, honest) == []
    assert any("has 3" in words for words in faults(walk, lying))
