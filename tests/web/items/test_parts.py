"""The page of a whole, of a part, and the boards of both kinds."""

import pytest
from support.world import TASK, World

from cchc_flow import commands

PART = f"{TASK}:phong-kinh-te:2026-03"


def distribute(world: World) -> None:
    world.take("hoa", "distribute", units=["phong-kinh-te", "tram-y-te"], cadence="monthly")


def test_the_page_of_a_whole_is_a_table_of_units_and_periods(world, get):
    distribute(world)
    world.wait(days=31)
    commands.do_scheduled_work(world.ws)
    text = get("hoa", f"items/{TASK}").text
    assert "Đã xong 0/4 phần việc." in text
    for words in ("Tháng 3/2026", "Tháng 4/2026", "Phòng Kinh tế", "Trạm Y tế", "Quá hạn 2 ngày"):
        assert words in text
    assert f'href="/xa-mau/items/{PART}"' in text


def test_a_whole_whose_part_is_late_reads_late_on_the_board_and_on_its_page(world, get):
    distribute(world)
    world.wait(days=31)
    commands.do_scheduled_work(world.ws)
    assert "Trễ 2 ngày" in get("hoa", "board").text
    assert f'id="i-{TASK}"' in get("hoa", "board?due=late").text
    assert f'id="i-{TASK}"' not in get("hoa", "board?due=none").text
    head = get("hoa", f"items/{TASK}").text.split("item-head")[1].split("</header>")[0]
    assert "Quá hạn 2 ngày" in head


def test_the_page_of_a_part_leads_to_its_whole(world, get):
    distribute(world)
    text = get("lan", f"items/{PART}").text
    assert "Phần việc của Phòng Kinh tế" in text and f'href="/xa-mau/items/{TASK}"' in text
    assert "Tháng 3/2026" in text


def test_an_unknown_part_is_a_page_that_says_why(world, get):
    distribute(world)
    answer = get("lan", f"items/{TASK}:phong-kinh-te:2026-09")
    assert answer.status_code == 404 and "Kỳ này của công việc chưa mở" in answer.text


def test_mine_shows_my_units_part_alone(world, get):
    distribute(world)
    everything, mine = get("lan", "board").text, get("lan", "board?mine=1").text
    assert f'id="i-{TASK}"' in everything and f'id="i-{PART}"' not in everything
    assert f'id="i-{PART}"' in mine and f'id="i-{TASK}"' not in mine


def test_an_open_request_is_told_and_its_decision_stands_first(world, get):
    distribute(world)
    world.take("lan", "ask_extension", PART, due="2026-04-15", reason="Chờ số liệu.")
    text = get("nam", f"items/{PART}").text
    assert "xin gia hạn đến <strong>15/04/2026</strong>" in text
    assert text.index("extensions/new") < text.index("assignments/new")
    form = get("nam", f"items/{PART}/extensions/new").text
    assert 'name="due" type="text" data-day value="15/04/2026"' in form


def test_a_whole_shows_the_request_for_one_of_its_parts_until_it_is_decided(world, get):
    distribute(world)
    world.take("lan", "ask_extension", PART, due="2026-04-15", reason="Chờ số liệu.")
    assert 'có phần xin gia hạn">' in get("nam", "board?due=asked").text
    assert f'id="i-{PART}"' in get("nam", "board?due=asked&unit=phong-kinh-te").text
    world.take("nam", "refuse_extension", PART, reason="Đã quá lâu.")
    assert "xin gia hạn" not in get("nam", "board").text.split('class="lanes"')[-1].split("</main>")[0]
    assert f'id="i-{TASK}"' not in get("nam", "board?due=asked").text


def test_units_reports_have_a_board_of_their_own(world, get):
    commands.do_scheduled_work(world.ws)
    text = get("hoa", "board?kind=report").text
    assert "Chưa nộp" in text and "Báo cáo cải cách hành chính quý I/2026" in text
    assert "Thêm công việc" not in text
    assert "Báo cáo cải cách hành chính" not in get("hoa", "board").text


def test_a_board_of_reports_before_any_is_due_says_what_opens_them(world, get):
    assert "tự mở khi đến kỳ" in get("hoa", "board?kind=report").text


def test_a_kind_that_there_is_not_is_refused(world, get):
    assert get("hoa", "board?kind=petition").status_code == 404


@pytest.mark.parametrize("fact", ["suspensions", "cancellations", "handovers", "reminders", "distributions"])
def test_every_new_step_has_a_form(world, get, fact):
    if fact != "distributions":
        world.take("hoa", "assign", lead="phong-kinh-te", support=[], due="2026-06-30")
    assert get("nam", f"items/{TASK}/{fact}/new").status_code == 200


def test_a_request_reads_alike_on_board_list_and_page_of_the_whole_and_its_part(world, get):
    distribute(world)
    world.take("lan", "ask_extension", PART, due="2026-04-15", reason="Chờ số liệu.")
    whole = get("nam", f"items/{TASK}").text
    head, table = whole.split("item-head")[1].split("</header>")[0], whole.split('class="matrix"')[1]
    assert "· có phần xin gia hạn</span>" in head
    assert table.split("</table>")[0].count("· xin gia hạn</span>") == 1
    part = get("nam", f"items/{PART}").text.split("item-head")[1].split("</header>")[0]
    assert "· xin gia hạn</span>" in part
    assert get("nam", "items?due=asked").text.count("· xin gia hạn") == 1
    assert 'có phần xin gia hạn">' in get("nam", "board").text
    world.take("hoa", "refuse_extension", PART, reason="Đã đủ số liệu.")
    for path in (f"items/{TASK}", f"items/{PART}", "items", "board"):
        shown = get("nam", path).text
        assert "· xin gia hạn" not in shown and "có phần xin gia hạn" not in shown


def test_a_request_that_nobody_can_decide_any_more_is_gone_when_the_task_is_divided(world, get):
    world.take("hoa", "assign", lead="phong-kinh-te", due="2026-06-30")
    world.take("lan", "ask_extension", due="2026-07-15", reason="Chờ số liệu.")
    distribute(world)
    assert "xin gia hạn đến" not in get("nam", f"items/{TASK}").text.split("h-history")[0]
