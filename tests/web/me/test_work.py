"""«Việc của tôi»: what waits for each person, the same number in the menu, and what a step leaves there."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from support.inspecting import found
from support.plugging import plugged
from support.visitors import Site, csrf
from support.world import ASSIGN, RESULT, TASK, TASKS, World
from web.conftest import HTMX, Send

from cchc_flow import commands
from cchc_flow.plugin_host.manager import load_manager
from cchc_flow.projections import reading
from cchc_flow.reporting.my_work import MyWork, Urgency, work_of
from cchc_flow.web.me.work import since_words
from cchc_flow.workflow.calendar import local_day

OTHER = "2026-III.1.1"
LATE = "2026-III.2.10"


def work(world: World, login: str) -> MyWork:
    db = world.ws.read()
    return work_of(world.ws, db, reading.reader_of(db, login))


def ids(lines: tuple) -> list[str]:
    return [line.card.id for line in lines]


def section(page: str, name: str) -> str:
    """Return the lines of a group of the page, "" when the page has no such group."""
    found = re.search(rf'<section[^>]*aria-labelledby="h-{name}".*?</section>', page, re.DOTALL)
    return found[0] if found else ""


def menu_count(page: str) -> str:
    found = re.search(r'id="work-count"[^>]*>([^<]*)<', page)
    return found[1] if found else ""


def test_a_person_s_own_work_stands_in_the_order_of_its_urgency(world: World) -> None:
    for item, due in ((TASK, "2026-03-06"), (OTHER, "2026-03-30"), (LATE, "2026-03-03")):
        world.take("hoa", "assign", item, lead="phong-kinh-te", officer="lan", due=due)
    world.wait(days=2)
    for item in (TASK, LATE):
        world.take("lan", "start", item)
    own = work(world, "lan")
    assert [(line.card.id, line.urgency) for line in own.do] == [
        (LATE, Urgency.LATE),
        (TASK, Urgency.SOON),
        (OTHER, Urgency.BEGIN),
    ]
    world.take("lan", "submit", TASK, **RESULT)
    world.take("hoa", "return", TASK, reason="Thiếu phụ lục.", defects="1")
    assert [line.urgency for line in work(world, "lan").do] == ["returned", "late", "begin"]
    world.take("lan", "start", OTHER)
    assert (ids(work(world, "lan").later), work(world, "lan").calling) == ([OTHER], 2)


def test_a_finding_that_came_within_a_week_stands_with_the_new_work_of_its_unit(world: World) -> None:
    item = found(world)
    assert [(line.card.id, line.urgency) for line in work(world, "binh").do] == [(item, Urgency.BEGIN)]
    shown = section(Site(world.ws).visitor("binh").get("/xa-mau/work").text, "do")
    assert "Mới đến" in shown and "Thu chuyển đến" in shown and "đang làm từ" not in shown
    world.wait(days=8)
    assert (ids(work(world, "binh").do), ids(work(world, "binh").later)) == ([], [item])


def test_what_waits_for_a_decision_is_found_with_who_sent_it_and_since_when(world: World) -> None:
    world.submitted()
    world.wait(days=1)
    world.take("hoa", "assign", OTHER, lead="phong-kinh-te", officer="lan", due="2026-03-30")
    world.take("lan", "ask_extension", OTHER, due="2026-04-10", reason="Chờ số liệu.")
    world.take("hoa", "comment", TASK, text="Đang xem.")
    lines = work(world, "hoa").decide
    assert [(line.card.id, line.who, line.call.request) for line in lines] == [
        (TASK, "lan", False),
        (OTHER, "lan", True),
    ]
    assert [since_words(line.since, local_day(world.time)) for line in lines] == ["hôm qua", "hôm nay"]
    assert work(world, "nam").calling == 2
    assert ids(work(world, "lan").wait) == [TASK]


def test_a_part_that_waits_is_found_though_its_whole_does_not(world: World) -> None:
    world.take("hoa", "distribute", units=["phong-kinh-te", "tram-y-te"], due="2026-06-30")
    (part,) = [id_ for id_ in ids(work(world, "binh").do) if id_.startswith(TASK)]
    world.take("binh", "start", part)
    world.take("binh", "submit", part, **RESULT)
    assert ids(work(world, "hoa").decide) == [part]


def test_work_that_nobody_has_taken_up_is_the_heads_and_news_for_a_week_or_until_it_is_taken(
    world: World,
) -> None:
    world.take("hoa", "assign", TASK, **ASSIGN)
    assert (ids(work(world, "binh").do), ids(work(world, "lan").unit)) == ([TASK], [TASK])
    world.take("binh", "start", TASK)
    assert ids(work(world, "lan").unit) == [TASK]
    world.wait(days=8)
    assert ids(work(world, "lan").unit) == []


def test_who_gives_work_out_sees_how_much_nobody_has(world: World, get: Send) -> None:
    assert (work(world, "hoa").to_give, work(world, "lan").to_give) == (3, 0)
    assert "3 công việc chưa giao cho đơn vị nào" in get("hoa", "work").text
    assert "chưa giao cho đơn vị nào" not in get("lan", "work").text


def test_who_gives_work_out_is_led_to_the_table_of_the_plan_while_it_has_tasks_to_give(
    world: World, get: Send
) -> None:
    way = 'href="/xa-mau/plans/2026/assignments"'
    assert way in get("hoa", "work").text and way not in get("lan", "work").text
    for task in TASKS:
        world.take("hoa", "assign", f"2026-{task.ref}", lead="phong-kinh-te")
    assert way not in get("hoa", "work").text


def test_who_gives_work_out_is_told_what_is_late_and_led_to_the_list(world: World, get: Send) -> None:
    assert "quá hạn chưa hoàn thành" not in get("hoa", "work").text
    world.wait(days=3)
    page = get("nam", "work").text
    assert "figure=open_late" in page and "1 công việc quá hạn chưa hoàn thành" in page
    assert "quá hạn chưa hoàn thành" not in get("lan", "work").text


def test_the_answer_is_as_new_as_the_log_and_the_day(world: World) -> None:
    world.take("hoa", "assign", TASK, lead="phong-kinh-te", officer="lan", due="2026-03-30")
    world.take("lan", "start", TASK)
    assert ids(work(world, "lan").later) == [TASK]
    world.wait(days=25)
    assert ids(work(world, "lan").do) == [TASK]
    commands.revoke_role(world.ws, "lan", "officer", world.order())
    assert work(world, "lan") == MyWork()


def test_the_menu_counts_what_the_page_lists(world: World, get: Send) -> None:
    world.submitted()
    for login, path in (("hoa", "board"), ("hoa", "work"), ("nam", f"items/{TASK}")):
        assert menu_count(get(login, path).text) == "1"
    assert len(re.findall(r'<li class="duty', section(get("hoa", "work").text, "decide"))) == 1
    assert menu_count(get("lan", "board").text) == "0"
    add_viewer(world)
    assert "work-count" not in get("tam", "board").text


def add_viewer(world: World) -> None:
    commands.add_person(world.ws, "tam", "Đặng Văn Tám", None, None, world.order(), roles=["viewer"])


def test_the_count_can_be_asked_for_alone(world: World, get: Send) -> None:
    world.submitted()
    answer = get("hoa", "work/count").text
    assert answer.strip().startswith("<span") and menu_count(answer) == "1"


@pytest.mark.parametrize(("login", "start"), [("hoa", "work"), ("lan", "work"), ("thu", "board")])
def test_work_is_the_first_page_of_staff_and_the_board_that_of_the_others(
    world: World, get: Send, login: str, start: str
) -> None:
    assert get(login, "").location == f"/xa-mau/{start}"


def test_who_holds_no_role_to_which_work_comes_has_no_such_page_in_the_menu(world: World, get: Send) -> None:
    add_viewer(world)
    assert 'href="/xa-mau/work"' not in get("tam", "board").text
    assert "Hiện không có việc nào chờ bạn." in get("tam", "work").text


def test_a_line_says_what_who_since_when_and_offers_what_comes_next(world: World, get: Send) -> None:
    world.submitted()
    lines = section(get("hoa", "work").text, "decide")
    for words in ("Rà soát thủ tục", "Trần Thị Lan", "hôm nay", "Chờ duyệt", "Duyệt…", "Trả lại kết quả…"):
        assert words in lines
    assert f'hx-get="/xa-mau/items/{TASK}/approvals/new"' in lines
    assert f'href="/xa-mau/items/{TASK}/approvals/new"' in lines  # the same without scripts


def test_work_that_nobody_has_can_be_taken_up_by_anybody_of_the_unit_from_the_page(
    world: World, get: Send
) -> None:
    world.take("hoa", "assign", **ASSIGN)
    assert "/starts" in section(get("lan", "work").text, "unit")
    world.take("binh", "start")
    assert "/starts" not in get("lan", "work").text


def test_a_step_taken_from_the_page_brings_its_lines_and_the_count_up_to_date(
    world: World, site: Site
) -> None:
    world.submitted()
    visitor = site.visitor("hoa")
    page = visitor.get("/xa-mau/work")
    form = {
        "csrf_token": csrf(page.text),
        "command_id": world.ws.new_id(),
        "seen": "4",
        "quality": "good",
    }
    headers = HTMX | {"HX-Current-URL": "http://localhost/xa-mau/work"}
    answer = visitor.post(f"/xa-mau/items/{TASK}/approvals", data=form, headers=headers)
    assert answer.status_code == 200, answer.text
    assert "Đã chuyển «Rà soát thủ tục» sang «Đã duyệt»." in answer.text
    assert 'id="work"' in answer.text and f'id="w-{TASK}"' not in answer.text
    assert menu_count(answer.text) == "0" and 'id="board"' not in answer.text


def test_a_refused_step_leaves_the_page_as_it_is_now(world: World, site: Site) -> None:
    world.submitted()
    visitor = site.visitor("hoa")
    page = visitor.get("/xa-mau/work")
    world.take("nam", "approve", quality="met")
    form = {"csrf_token": csrf(page.text), "command_id": world.ws.new_id(), "seen": "4", "quality": "good"}
    headers = HTMX | {"HX-Current-URL": "http://localhost/xa-mau/work"}
    answer = visitor.post(f"/xa-mau/items/{TASK}/approvals", data=form, headers=headers)
    assert answer.status_code == 409
    assert "Phạm Nam đã chuyển công việc này sang «Đã duyệt»" in answer.text
    assert 'id="work"' in answer.text and f'id="w-{TASK}"' not in answer.text


def test_without_scripts_a_step_that_asks_for_nothing_is_a_form(world: World, get: Send) -> None:
    world.take("hoa", "assign", TASK, lead="phong-kinh-te", officer="lan", due="2026-03-30")
    assert f'<form method="post" action="/xa-mau/items/{TASK}/starts"' in section(
        get("lan", "work").text, "do"
    )


@pytest.mark.parametrize(
    ("days", "words"), [(0, "hôm nay"), (1, "hôm qua"), (2, "2 ngày trước"), (319, "319 ngày trước")]
)
def test_since_when_is_told_in_days(world: World, days: int, words: str) -> None:
    instant = (world.time - timedelta(days=days)).isoformat()
    assert since_words(instant, local_day(world.time)) == words


def test_who_gives_work_out_is_told_which_yearly_grades_have_no_entry_yet(tmp_path: Path) -> None:
    known = plugged(civil_service=load_manager().get_plugin("civil_service"))
    world = World(tmp_path / "data", plugins=known).settle()
    site = Site(world.ws)

    def page_of(login: str) -> str:
        return site.visitor(login).get("/xa-mau/work").text

    world.wait(days=257)  # 14 November
    assert "chưa có mục" not in page_of("hoa")
    world.wait(days=1)
    for login in ("hoa", "nam"):
        page = page_of(login)
        assert re.search(r'href="[^"]*/registers/evaluation/new">\d+ người chưa có mục đánh giá', page)
        assert re.search(r'href="[^"]*/registers/unit_evaluation/new">\d+ đơn vị chưa có mục xếp loại', page)
    assert "chưa có mục" not in page_of("lan")
