"""The page of grades: what it shows, to whom, and the events behind its figures."""

import html
import re

import pytest
from support.world import ASSIGN, RESULT, TASK, World

from cchc_flow import commands
from cchc_flow.commands.settings import change_setting

FORMER = {"quantity": 40, "quality": 30, "progress": 30, "by_decree": "no"}
OTHER = "2026-III.2.10"


@pytest.fixture
def world(new_world: World) -> World:
    """Phòng Kinh tế did one task late with one defect, Trạm Y tế has one late and open; it is April."""
    world = new_world.settle()
    commands.add_person(world.ws, "mai", "Đỗ Thị Mai", None, "tram-y-te", world.order())
    commands.grant_role(world.ws, "mai", "officer", world.order())
    commands.add_person(world.ws, "khach", "Người Xem", None, None, world.order())
    commands.grant_role(world.ws, "khach", "viewer", world.order())
    world.take("hoa", "assign", **ASSIGN | {"due": "2026-03-10", "officer": "lan"})
    world.take("lan", "start")
    world.take("hoa", "assign", OTHER, lead="tram-y-te", officer="mai", due="2026-03-20")
    world.wait(days=10)
    world.take("lan", "submit", **RESULT)
    world.take("hoa", "return", reason="Sai.", defects="1")
    world.take("lan", "submit", **RESULT)
    world.take("hoa", "approve", quality="met")
    world.wait(days=30)
    return world


def lines(page: str) -> dict[str, list[str]]:
    """Return the cells of each line of the table of grades."""
    table = page.split('id="grades-title"')[1].split("</table>")[0]
    found = {}
    for row in re.findall(r"<tr[^>]*>(.*?)</tr>", table.split("<tbody>")[1], re.DOTALL):
        cells = [
            re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)
        ]
        found[cells[0]] = cells[1:]
    return found


def test_the_page_shows_each_unit_with_its_results_and_no_grade_before_the_decree_on_units(get):
    page = get("hoa", "grading?period=2026-Q1&by=unit").text
    assert lines(page) == {
        "Phòng Kinh tế": ["1", "1", "100", "75", "75", "58,3/70", "–"],
        "Trạm Y tế": ["1", "0", "0", "0", "0", "0/70", "–"],
    }
    assert "tham khảo, không thay cho quyết định xếp loại" in page


def test_a_person_without_general_points_has_results_out_of_70_and_no_grade(get):
    missing = ["chưa có", "–", "Chưa đủ điểm tiêu chí chung"]
    assert lines(get("hoa", "grading?period=2026-Q1&by=person").text) == {
        "Trần Thị Lan": ["1", "1", "100", "75", "75", "58,3/70", *missing],
        "Đỗ Thị Mai": ["1", "0", "0", "0", "0", "0/70", *missing],
    }


def test_by_the_former_formula_a_period_shows_what_it_showed(world, get):
    change_setting(world.ws, "grading", FORMER, "Cách tính trước đây", world.order("hoa"))
    assert "Số lượng 40&nbsp;%" in get("hoa", "grading?period=2026-Q2").text


@pytest.mark.parametrize(("period", "is_told"), [("2026", True), ("2026-Q1", False)])
def test_a_year_says_that_it_is_no_mean_of_its_months(get, period: str, is_told: bool) -> None:
    assert ("không lấy bình quân các tháng, quý" in get("hoa", f"grading?period={period}").text) is is_told


def test_the_shares_and_their_source_are_shown(world, get):
    page = get("hoa", "grading?period=2026-Q1").text
    assert "theo tỷ trọng 1 : 1 : 1" in page
    assert "Nghị định 335/2025/NĐ-CP (hiệu lực từ 01/01/2026)" in page
    other = {"quantity": 2, "quality": 1, "progress": 1, "by_decree": "yes"}
    change_setting(world.ws, "grading", other, "QĐ 7/QĐ-UBND", world.order("hoa"))
    assert "theo tỷ trọng 1 : 1 : 1" in get("hoa", "grading?period=2026-Q1").text
    later = get("hoa", "grading?period=2026-Q2").text
    assert "theo tỷ trọng 2 : 1 : 1" in later
    assert "QĐ 7/QĐ-UBND" in later


def test_each_figure_opens_the_products_and_each_product_its_events(world, get):
    page = get("hoa", "grading?period=2026-Q1").text
    address = html.unescape(re.search(r'href="/xa-mau/(grading\?[^"]*who=phong-kinh-te[^"]*)"', page)[1])
    opened = get("hoa", address.split("#")[0]).text
    places = [int(one) for one in re.findall(r"/xa-mau/events/(\d+)", opened)]
    types = [world.ws.log.event(one).type for one in places]
    assert types == ["item.submitted/1", "item.returned/1", "item.assigned/1"]
    assert f'href="/xa-mau/items/{TASK}"' in opened


@pytest.mark.parametrize(
    ("login", "by", "shown"),
    [
        ("hoa", "unit", {"Phòng Kinh tế", "Trạm Y tế"}),
        ("nam", "person", {"Trần Thị Lan", "Đỗ Thị Mai"}),
        ("thu", "unit", {"Phòng Kinh tế", "Trạm Y tế"}),
        ("binh", "unit", {"Phòng Kinh tế"}),
        ("binh", "person", {"Trần Thị Lan"}),
        ("lan", "person", {"Trần Thị Lan"}),
        ("lan", "unit", {"Trần Thị Lan"}),
        ("mai", "person", {"Đỗ Thị Mai"}),
    ],
)
def test_the_commune_sees_all_a_head_the_own_unit_an_officer_the_own_figures(get, login, by, shown):
    assert set(lines(get(login, f"grading?period=2026-Q1&by={by}").text)) == shown


def test_nobody_opens_the_products_of_another_by_the_url(get):
    page = get("lan", "grading?period=2026-Q1&by=person&who=mai").text
    assert 'id="products"' not in page
    assert "Công khai thủ tục" not in page


def test_who_has_no_work_here_is_refused_in_words_and_finds_no_way_to_it(get):
    answer = get("khach", "grading?period=2026-Q1")
    assert answer.status_code == 403
    assert "thủ trưởng xem đơn vị mình" in answer.text
    assert "/xa-mau/grading" not in get("khach", "overview").text
    assert "/xa-mau/grading" in get("lan", "overview").text


def test_without_a_period_the_quarter_that_runs_is_graded(get):
    page = get("hoa", "grading").text
    assert "Chấm điểm quý II/2026" in page
    assert "Kỳ này chưa hết" in page


def test_a_past_day_shows_what_was_known_then(get):
    page = get("hoa", "grading?period=2026-Q1&as_of=2026-03-11").text
    assert lines(page) == {"Phòng Kinh tế": ["1", "0", "0", "0", "0", "0/70", "–"]}
    people = get("hoa", "grading?period=2026-Q1&as_of=2026-03-11&by=person").text
    assert "Xem lại một ngày đã qua chỉ có điểm kết quả" in people


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("period=2026-Q5", "không phải một kỳ"),
        ("by=team", "Không có cách xem «team»."),
        ("as_of=2031-01-01", "chưa đến"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(get, query, why):
    answer = get("hoa", f"grading?{query}")
    assert answer.status_code == 422
    assert why in answer.text


def test_a_period_in_which_nothing_was_due_says_so(get):
    assert "chưa có việc nào đến hạn" in get("hoa", "grading?period=2026-01").text


def test_a_weight_stands_on_the_page_of_its_item_and_in_the_table_of_the_grade(world, get):
    world.take("hoa", "weigh", weight="2,5")
    assert "2,5 sản phẩm khi chấm điểm" in get("hoa", f"items/{TASK}").text
    page = get("hoa", "grading?period=2026-Q1&by=unit&who=phong-kinh-te").text
    behind = f'<a class="event-link" href="/xa-mau/events/{world.ws.log.size()}"'
    assert f'data-title="Hệ số quy đổi">2,5 ({behind}' in page
