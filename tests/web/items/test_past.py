"""The page of an item as it was at the end of a day, or right after an event."""

import re
from datetime import timedelta
from html import unescape

import pytest
from support.visitors import Site
from support.world import ASSIGN, TASK, World


@pytest.fixture
def moved(world: World) -> World:
    """A commune in which a task was assigned one day, begun the next, and handed in on a third."""
    world.wait(days=1)
    world.take("hoa", "assign", TASK, **ASSIGN | {"due": "2026-05-31"})
    world.wait(days=1)
    world.take("lan", "start", TASK)
    world.wait(days=1)
    world.take("lan", "submit", TASK, result="Đã rà soát.", evidence=[])
    return world


def page(world: World, as_of: str = "", login: str = "lan", status: int = 200) -> str:
    query = f"?as_of={as_of}" if as_of else ""
    answer = Site(world.ws).visitor(login).get(f"/xa-mau/items/{TASK}{query}")
    assert answer.status_code == status
    return unescape(answer.text)


def day(world: World, days_ago: int) -> str:
    return f"{world.time - timedelta(days=days_ago):%d/%m/%Y}"


def chip(text: str) -> str:
    found = re.search(r'<span class="chip info">([^<]+)<', text)
    assert found is not None
    return found[1]


def test_an_item_is_shown_as_it_was_at_the_end_of_each_day(moved):
    states = [chip(page(moved, day(moved, ago))) for ago in (3, 2, 1, 0)]
    assert states == ["Chưa giao", "Đã giao", "Đang thực hiện", "Chờ duyệt"]
    before, after = page(moved, day(moved, 3)), page(moved, day(moved, 2))
    assert "30/06/2026" in before and "31/05/2026" not in before
    assert "Chưa giao. Kế hoạch gợi ý: Phòng Kinh tế" in before
    assert "31/05/2026" in after


def test_its_history_ends_where_the_day_ends(moved):
    text = page(moved, day(moved, 1))
    assert "đã nhận việc" in text and "đã nộp kết quả, không kèm" not in text
    assert "đã nộp kết quả, không kèm" in page(moved)


def test_a_banner_says_what_is_shown_and_leads_back(moved):
    text = page(moved, day(moved, 1))
    assert f"Công việc như lúc hết ngày {day(moved, 1)}." in text
    assert "Chỉ để xem" in text
    assert f'<a href="/xa-mau/items/{TASK}">Về hiện tại</a>' in text
    assert "Chỉ để xem" not in page(moved)


@pytest.mark.parametrize("login", ["lan", "hoa", "nam"])
def test_nothing_can_be_done_in_the_past(moved, login):
    text = page(moved, day(moved, 1), login)
    main = text[text.index('<main id="main"') : text.index("</main>")]
    assert 'method="post"' not in main
    assert "/new" not in main and "Việc làm được bây giờ" not in main and "Gửi trao đổi" not in main


def test_a_position_is_a_moment_too(moved):
    size = moved.ws.log.size()
    text = page(moved, str(size - 1))
    assert chip(text) == "Đang thực hiện"
    assert f"Công việc như ngay sau sự kiện số {size - 1}." in text


def test_before_it_was_opened_there_is_no_item_and_the_page_says_since_when(moved):
    text = page(moved, "01/02/2026", status=404)
    assert "Công việc này chưa có lúc hết ngày 01/02/2026: công việc được lập ngày 02/03/2026." in text


@pytest.mark.parametrize("words", ["31/02/2026", "01/01/2030", "99999", "0"])
def test_what_is_no_moment_is_refused_in_words(moved, words):
    assert "Hãy" in page(moved, words, status=422)


def test_looking_at_the_past_is_not_reading_the_news(moved):
    moved.take("hoa", "return", TASK, reason="Còn thiếu.", defects=0)
    client = Site(moved.ws).visitor("lan")
    for query, unread in ((f"?as_of={day(moved, 1)}", True), ("", False)):
        client.get(f"/xa-mau/items/{TASK}{query}")
        assert ("Không còn thông báo chưa đọc" in client.get("/xa-mau/inbox").text) != unread


def test_an_auditor_compares_the_day_with_now(moved):
    text = page(moved, day(moved, 1), "thu")
    as_of = f"{moved.time - timedelta(days=1):%Y-%m-%d}"
    assert f'href="/xa-mau/comparisons?item={TASK}&from={as_of}"' in text
    assert "So với hiện tại" not in page(moved, day(moved, 1), "lan")


def test_the_page_of_now_offers_a_day_and_follows_the_log_and_that_of_the_past_does_not(moved):
    assert '<label for="as_of">Xem như ngày</label>' in page(moved)
    assert f'data-item="{TASK}"' in page(moved)
    assert f'data-item="{TASK}"' not in page(moved, day(moved, 1))
