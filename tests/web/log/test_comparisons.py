"""The page of two moments: every view is a URL, and nothing in the URL is passed over in silence."""

import re
from datetime import timedelta
from html import unescape

import pytest
from support.civil_service import AREA, case
from support.registers import AreaCommune
from support.visitors import Site
from support.world import ASSIGN, TASK, World


@pytest.fixture
def told(world: World) -> World:
    """A commune in which a task was assigned on the day after everything else, and begun two days later."""
    world.wait(days=1)
    world.take("hoa", "assign", TASK, **ASSIGN | {"due": "2026-05-31"})
    world.wait(days=2)
    world.take("lan", "start", TASK)
    return world


def page(world: World, query: str, login: str = "thu", status: int = 200) -> str:
    answer = Site(world.ws).visitor(login).get(f"/xa-mau/comparisons{query}")
    assert answer.status_code == status
    return unescape(answer.text)


def numbers(text: str) -> dict[str, int]:
    found = re.findall(r'<b class="number">(\d+)</b> ([^<]+)<', text)
    return {words.strip(): int(number) for number, words in found if int(number)}


def day(world: World, days_ago: int) -> str:
    return f"{world.time - timedelta(days=days_ago):%d/%m/%Y}"


@pytest.mark.parametrize("login", ["thu", "hoa", "nam"])
def test_auditors_see_what_became_another_between_two_days(told, login):
    text = page(told, f"?from={day(told, 3)}&to={day(told, 1)}", login)
    assert numbers(text) == {"chuyển bước": 1, "đổi hạn": 1, "thay đổi khác": 1}
    assert "30/06/2026" in text and "31/05/2026" in text
    assert "Đã giao" in text and "Đang thực hiện" not in text


def test_without_a_later_moment_it_is_compared_with_now(told):
    text = page(told, f"?from={day(told, 3)}")
    assert f"Từ lúc hết ngày {day(told, 3)} đến lúc này" in text
    assert "Đang thực hiện" in text


def test_positions_are_moments_too(told):
    size = told.ws.log.size()
    text = page(told, f"?from={size - 1}&to={size}")
    assert numbers(text) == {"chuyển bước": 1, "thay đổi khác": 1}
    assert f'href="/xa-mau/events/{size}"' in text


def test_each_line_leads_to_its_events_and_to_the_item_then(told):
    size = told.ws.log.size()
    text = page(told, f"?from={size - 2}&to={size - 1}")
    assert f'href="/xa-mau/events/{size - 1}"' in text
    assert f'href="/xa-mau/items/{TASK}?as_of={size - 2}"' in text
    assert f'href="/xa-mau/items/{TASK}?as_of={size - 1}"' in text


def test_others_are_told_who_may_compare(told):
    assert "kiểm tra" in page(told, "", "lan", status=403)


def test_without_moments_there_is_the_form_and_what_is_compared_most_often(told):
    text = page(told, "")
    assert "7 ngày qua" in text and "Từ đầu năm" in text
    assert "Sự kiện số" not in text


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?from=31/02/2026", "«31/02/2026» không phải là một ngày."),
        ("?from=01/01/2030", "Ngày 01/01/2030 chưa đến"),
        ("?from=999999", "Nhật ký chưa có sự kiện số 999.999."),
        ("?from=0", "Nhật ký chưa có sự kiện số 0."),
        ("?from=5&to=3", "Thời điểm sau đến trước thời điểm đầu."),
        ("?from=1&plan=1999", "Không có kế hoạch «1999»."),
        ("?from=1&area=9", "Không có lĩnh vực «9»."),
        ("?from=1&unit=nowhere", "Không có đơn vị «nowhere»."),
        ("?from=1&item=IX.9", "Không có công việc nào có mục hoặc mã «IX.9»."),
        ("?from=1&sort=removed", "Không có loại thay đổi «removed»."),
    ],
)
def test_a_wrong_value_is_told_and_nothing_is_compared(told, query, sentence):
    text = page(told, query)
    assert sentence in text
    assert 'class="sorts"' not in text


def test_a_misspelt_parameter_is_told_with_the_one_that_was_meant(told):
    text = page(told, "?from=1&utni=phong-kinh-te")
    assert "Địa chỉ có điều kiện lạ «utni», không được tính đến. Có phải ý bạn là «unit»?" in text


def test_a_parameter_that_stands_there_twice_is_told(told):
    text = page(told, "?from=1&unit=phong-kinh-te&unit=van-phong")
    assert "Địa chỉ có điều kiện «unit» nhiều lần: chỉ giá trị đầu được tính đến." in text


def test_one_item_is_found_by_its_place_in_the_plan(told):
    text = page(told, "?from=1&item=iii.2.3.1")
    assert numbers(text) == {"mới có": 1}
    assert "Rà soát thủ tục" in text and "Công khai thủ tục" not in text


def test_a_sort_is_shown_alone_and_leads_back_to_all(told):
    text = page(told, f"?from={day(told, 3)}&sort=due")
    assert 'id="h-due"' in text and 'id="h-moved"' not in text
    assert "Xem mọi loại thay đổi" in text


def test_what_a_register_withholds_from_a_reader_is_seen_to_be_withheld(tmp_path):
    commune = AreaCommune(tmp_path, AREA)
    since = commune.ws.log.size()
    entry = case(commune)
    site = Site(commune.ws)
    for login, sees in (("leader", True), ("admin", False)):
        text = unescape(site.visitor(login).get(f"/xa-mau/comparisons?from={since}").text)
        assert (entry.title in text) == sees
        assert ("mà bạn không được xem" in text) != sees
        assert (entry.id in text) == sees
    commune.ws.close()
