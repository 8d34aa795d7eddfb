"""What seven jobs of a day cost in clicks, each done from sign-in in a real browser at 1280×800.

The table stands in `docs/clicks.md`; a new job gets a line there first. After a change that is meant:
CCHC_FLOW_WRITE_CLICKS=1 python -m pytest tests/browser/test_clicks.py
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from support.browsing import served
from support.clicking import Cost, Hand, hand_of, row
from support.visitors import Site
from support.world import RESULT, World

from cchc_flow.commands import NewTask

pytestmark = pytest.mark.browser
DOCUMENT = Path(__file__).parents[2] / "docs/clicks.md"
TASKS = {
    "III.2.1": "Rà soát thủ tục",
    "III.2.2": "Công khai thủ tục",
    "III.2.3": "Đo thời gian giải quyết",
    "III.2.4": "Khảo sát người dân",
}
"""The tasks of the plan: their titles by reference."""
REFS = tuple(TASKS)
ITEMS = tuple(f"2026-{ref}" for ref in REFS)
Sign = Callable[[str], AbstractContextManager[Hand]]
Job = Callable[[World, Sign], None]


@pytest.fixture(scope="module")
def commune(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a commune whose plan suggests a unit for each of its tasks, to be copied."""
    tasks = tuple(
        NewTask(ref=ref, title=title, text=title, area="2", lead="Phòng Kinh tế", due="2026-06-30")
        for ref, title in TASKS.items()
    )
    world = World(tmp_path_factory.mktemp("clicks") / "data").settle(tasks)
    world.ws.close()
    return world.data


@pytest.fixture
def world(commune: Path, tmp_path: Path) -> Iterator[World]:
    world = World(Path(shutil.copytree(commune, tmp_path / "data")), is_there=True)
    yield world
    world.ws.close()


def assign(world: World, *items: str) -> None:
    """Give tasks to the officer of Phòng Kinh tế, who takes them up."""
    for item in items:
        world.take("hoa", "assign", item, lead="phong-kinh-te", officer="lan", due="2026-06-30")
        world.take("lan", "start", item)
        world.wait(minutes=1)


def submit(world: World, *items: str) -> None:
    """Have the officer hand in the results of tasks."""
    assign(world, *items)
    for item in items:
        world.take("lan", "submit", item, **RESULT)


def decide_all(world: World, sign: Sign) -> None:
    """The results of two tasks and of a part, and a request for more time wait."""
    submit(world, *ITEMS[:2])
    once = {"cadence": "", "due": "2026-06-30", "due_day": "", "since": ""}
    world.take("hoa", "distribute", ITEMS[2], units=["phong-kinh-te", "tram-y-te"], **once)
    world.take("lan", "start", part := f"{ITEMS[2]}:phong-kinh-te")
    world.take("lan", "submit", part, **RESULT)
    assign(world, ITEMS[3])
    world.take("lan", "ask_extension", ITEMS[3], due="2026-07-15", reason="Chờ ý kiến của huyện.")
    with sign("hoa") as hand:
        waiting = hand.page.get_by_role("region", name="Chờ tôi quyết định").locator(".duty")
        for left in range(4, 0, -1):
            expect(waiting).to_have_count(left)
            with hand.item():
                decision = waiting.first.locator("[data-act=d]")
                name = decision.inner_text().partition("…")[0]
                hand.click(decision)
                hand.answer(name)
        expect(waiting).to_have_count(0)


def give_out_the_plan(world: World, sign: Sign) -> None:
    """A plan of four tasks was adopted; each has the unit that the plan suggests."""
    with sign("hoa") as hand:
        hand.press("Giao theo gợi ý…")
        hand.press("Giao theo gợi ý")
        expect(hand.page).to_have_url(re.compile("/board"))
        expect(hand.page.get_by_text("Đã giao 4 việc")).to_be_visible()


def send_back(world: World, sign: Sign) -> None:
    """Three results wait, each of them is sent back."""
    submit(world, *ITEMS[:3])
    with sign("hoa") as hand:
        waiting = hand.page.get_by_role("region", name="Chờ tôi quyết định").locator(".duty")
        for left in range(3, 0, -1):
            expect(waiting).to_have_count(left)
            with hand.item():
                hand.click(waiting.first.get_by_role("link", name="Trả lại kết quả"))
                hand.answer("Trả lại kết quả", reason="Thiếu danh mục.", defects="1")
        expect(waiting).to_have_count(0)


def hand_to_officers(world: World, sign: Sign) -> None:
    """The unit's head gives three new tasks to her officer."""
    for item in ITEMS[:3]:
        world.take("hoa", "assign", item, lead="phong-kinh-te", due="2026-06-30")
    with sign("binh") as hand:
        own = hand.page.get_by_role("region", name="Cần tôi làm").locator(".duty")
        for left in range(3, 0, -1):
            expect(own).to_have_count(left)
            with hand.item():
                hand.click(own.first.get_by_role("link", name="Giao cho công chức"))
                hand.answer("Giao cho công chức", officer="Trần Thị Lan")
        expect(own).to_have_count(0)


def ask_for_more_time(world: World, sign: Sign) -> None:
    """The officer asks for more time, and the coordinator grants it."""
    assign(world, ITEMS[0])
    world.wait(days=1)
    with sign("lan") as hand:
        hand.press(TASKS[REFS[0]])
        hand.press("Xin gia hạn…")
        hand.fill(hand.page.get_by_label("Hạn mới đề nghị"), "15/07/2026")
        hand.fill(hand.page.get_by_label("Lý do"), "Chờ ý kiến của huyện.")
        hand.press("Xin gia hạn")
        expect(hand.page.get_by_role("heading", level=1)).to_have_text(TASKS[REFS[0]])
        expect(hand.page.get_by_text("xin gia hạn đến").first).to_be_visible()
    with sign("hoa") as hand:
        hand.press("Đồng ý gia hạn…")
        hand.answer("Đồng ý gia hạn")
        expect(hand.page.get_by_role("region", name="Chờ tôi quyết định")).to_have_count(0)


def remind_the_late(world: World, sign: Sign) -> None:
    """Three tasks of an officer are late, and one that nobody has."""
    assign(world, *ITEMS[:3])
    world.wait(days=140)
    with sign("hoa") as hand:
        hand.press("4 công việc quá hạn")
        hand.click(hand.page.get_by_label("Chọn tất cả các dòng"))
        hand.press("Đôn đốc…")
        hand.fill(hand.page.get_by_label("Nội dung đôn đốc"), "Báo cáo trước thứ Sáu.")
        hand.press("Đôn đốc")
        expect(hand.page.get_by_role("heading", level=1)).to_have_text("Chưa hoàn thành quá hạn")
        expect(hand.page.get_by_text("Đã đôn đốc 3 việc.")).to_be_visible()


def read_why(world: World, sign: Sign) -> None:
    """A result came back, and the officer reads the reason."""
    submit(world, ITEMS[0])
    world.take("hoa", "return", ITEMS[0], reason="Thiếu danh mục.", defects=1)
    with sign("lan") as hand:
        hand.press(TASKS[REFS[0]])
        expect(hand.page.get_by_text("Thiếu danh mục.").first).to_be_visible()


JOBS: Mapping[str, Job] = {
    "find and decide all that waits: four items, one of them a part, one a request": decide_all,
    "give out all of a new plan: four tasks": give_out_the_plan,
    "send back with a reason: three results": send_back,
    "hand to an officer: three tasks": hand_to_officers,
    "ask for more time, and grant it: one task, two people": ask_for_more_time,
    "find who is late, and remind them: three tasks": remind_the_late,
    "read why a result came back": read_why,
}


@pytest.mark.parametrize("name", JOBS)
def test_a_job_costs_what_the_table_says(name: str, world: World, browser: Browser) -> None:
    site, cost = Site(world.ws), Cost()
    for login in ("hoa", "lan", "binh"):
        site.give_password(login)
    with served(site) as address:
        JOBS[name](world, lambda login: hand_of(browser, address, login, cost))
    if os.environ.get("CCHC_FLOW_WRITE_CLICKS"):
        text = DOCUMENT.read_text(encoding="utf-8")
        DOCUMENT.write_text(
            re.sub(rf"^\| {re.escape(name)} \|.*$", row(name, cost), text, flags=re.MULTILINE),
            encoding="utf-8",
        )
    assert row(name, cost) in table()


def test_the_table_has_these_jobs_and_no_others() -> None:
    assert [line.split("|")[1].strip() for line in table()] == list(JOBS)


def table() -> list[str]:
    """Return the lines of the table, without its head."""
    lines = DOCUMENT.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.startswith("| ")][1:]
