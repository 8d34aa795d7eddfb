"""The inbox: what a person finds in it, and what stays unread."""

import re

import pytest
from support.visitors import Site
from support.world import TASK, World
from web.conftest import Send

from cchc_flow import commands
from cchc_flow.accounts.port import Row
from cchc_flow.accounts.store import FolderAccounts
from cchc_flow.notifications.reminders import run_reminders

GIVEN = {"lead": "phong-kinh-te", "officer": "lan", "due": "2026-06-30"}


@pytest.fixture
def world_with_notices(world: World) -> World:
    """Lan was given a task, which the clock reminds of too."""
    world.take("hoa", "assign", **GIVEN)
    world.wait(days=117)
    run_reminders(world.ws)
    return world


def unread(page: str) -> str:
    """Return the count in the header, empty where there is none."""
    found = re.search(r'id="unread">([^<]+)<', page)
    return found[1] if found else ""


def marks(page: str) -> list[bool]:
    """Return for each notice, in the order of the page, whether it is marked as new, in words."""
    return ["Mới</span>" in row for row in page.split('class="notice-about')[1:]]


def test_each_line_is_a_sentence_that_leads_to_the_item(world_with_notices: World, get: Send) -> None:
    page = get("lan", "inbox").text
    reminder, assignment = page.split('class="notice-about')[1:]
    assert "Nhắc hạn, đôn đốc" in reminder
    assert "Hệ thống (nhắc hạn) đã nhắc Trần Thị Lan về hạn 30/06/2026, khi đó còn 3 ngày." in reminder
    assert "Lê Thị Hoa (Phòng Văn hóa - Xã hội) đã giao cho Phòng Kinh tế chủ trì" in assignment
    assert f'href="/xa-mau/items/{TASK}"' in reminder
    assert "và 1 thông báo trước về công việc này" in page


def test_the_header_of_every_page_counts_what_is_unread_for_everybody(
    world_with_notices: World, get: Send
) -> None:
    assert [unread(get("lan", page).text) for page in ("board", "account", "inbox")] == ["2"] * 3
    assert unread(get("thu", "board").text) == ""
    assert 'href="/xa-mau/inbox"' in get("thu", "board").text


def test_what_is_marked_as_read_stays_so_and_what_comes_later_is_new(
    world_with_notices: World, site: Site, get: Send, send: Send
) -> None:
    page = get("lan", "inbox").text
    position = re.search(r'name="position" value="(\d+)"', page)
    assert position and marks(page) == [True, True]
    assert send("lan", "inbox/read-marks", position=position[1]).status_code == 303
    assert (unread(get("lan", "board").text), marks(get("lan", "inbox").text)) == ("", [False, False])
    world_with_notices.wait(days=2)
    run_reminders(world_with_notices.ws)
    assert marks(get("lan", "inbox").text) == [True, False]  # the older reminder said the same
    send("lan", "inbox/read-marks", position="1")
    assert unread(get("lan", "board").text) == "1"
    commands.open_workspace(
        world_with_notices.data, world_with_notices.ws.name, world_with_notices.ws.now
    ).models.rebuild()
    assert marks(get("lan", "inbox").text) == [True, False]
    assert marks(get("lan", "inbox?all=1").text) == [True, False, False]


def test_a_mark_beyond_the_end_of_the_log_hides_nothing_to_come(
    world_with_notices: World, get: Send, send: Send
) -> None:
    send("lan", "inbox/read-marks", position="99999999")
    world_with_notices.take("hoa", "remind", text="Đề nghị làm ngay.")
    assert unread(get("lan", "board").text) == "1"


@pytest.mark.parametrize("position", ["", "x", "1.5"])
def test_a_mark_without_a_position_is_refused(world_with_notices: World, send: Send, position: str) -> None:
    assert send("lan", "inbox/read-marks", position=position).status_code == 422


def test_each_person_has_an_inbox_of_ones_own(world_with_notices: World, get: Send) -> None:
    assert "Không có thông báo nào còn chờ bạn." in get("thu", "inbox").text
    assert "Chưa có thông báo nào" in get("thu", "inbox?all=1").text


def test_without_a_session_there_is_no_inbox(site: Site) -> None:
    assert site.app.test_client().get("/xa-mau/inbox").status_code == 303


def test_a_long_inbox_has_pages(world: World, get: Send) -> None:
    for number in range(26):
        world.take("hoa", "assign", **(GIVEN | {"due": f"2026-06-{number + 1:02}"}))
        world.take("hoa", "remind", text="Đề nghị làm ngay.")
    first = get("lan", "inbox?all=1").text
    older = re.search(r'rel="next" href="/xa-mau/(inbox\?before=\d+)&amp;all=1"', first)
    assert older and (len(marks(first)), unread(first)) == (50, "2")
    assert len(marks(get("lan", f"{older[1]}&all=1").text)) == 2


def test_who_opens_an_item_has_read_its_notices_and_no_others(world: World, get: Send) -> None:
    for item in (TASK, "2026-III.1.1"):
        world.take("hoa", "assign", item, **GIVEN)
    assert unread(get("lan", "board").text) == "2"
    assert unread(get("lan", f"items/{TASK}").text) == "1"
    assert marks(get("lan", "inbox").text) == [True, False]
    world.take("hoa", "remind", TASK, text="Đề nghị làm ngay.")
    assert unread(get("lan", "board").text) == "2"
    assert unread(get("binh", "board").text) == "1"  # another person's mark is another


def test_a_notice_whose_matter_is_settled_leaves_the_inbox_and_stays_among_all(
    world: World, get: Send
) -> None:
    world.submitted()
    assert unread(get("hoa", "board").text) == "1"
    world.take("nam", "approve", quality="met")
    assert (unread(get("hoa", "board").text), marks(get("hoa", "inbox").text)) == ("", [])
    page = get("hoa", "inbox?all=1").text
    assert marks(page) == [False] and "Đã xong</span>" in page


def test_the_inbox_is_shown_though_its_marks_cannot_be_written(
    world: World, get: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.take("hoa", "assign", **GIVEN)

    def full(*_: object) -> None:
        raise OSError("đĩa đầy")

    monkeypatch.setattr("cchc_flow.accounts.personal.PersonalStore.mark_item_read", full)
    assert "Rà soát thủ tục" in get("lan", f"items/{TASK}").text


def test_a_page_asks_the_accounts_once_and_an_item_counts_what_opening_it_has_read(
    world_with_notices: World, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    lan = site.visitor("lan")
    assert unread(lan.get("/xa-mau/board").text) == "2"
    asked: list[str] = []
    fetch_all = FolderAccounts.fetch_all

    def ask(self: FolderAccounts, sql: str, *values: object) -> list[Row]:
        asked.append(sql)
        return fetch_all(self, sql, *values)

    monkeypatch.setattr(FolderAccounts, "fetch_all", ask)
    lan.get("/xa-mau/board")
    assert len(asked) == 1
    assert unread(lan.get(f"/xa-mau/items/{TASK}").text) == ""
