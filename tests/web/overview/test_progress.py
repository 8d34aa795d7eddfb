"""How long work has been in its state, and what was done by its day: each number opens as many items."""

import re

import pytest
from support.world import ASSIGN, RESULT, TASKS, World

from cchc_flow.commands import NewTask

MORE = tuple(NewTask(ref=f"III.1.{n}", title=f"Việc số {n}", text="Việc.", area="1") for n in range(2, 8))


@pytest.fixture
def world(new_world: World) -> World:
    """Tasks of one unit: one done in time, one late, one late and open, one not due yet; after 40 days."""
    world = new_world.settle((*TASKS, *MORE))
    for number, due in ((2, "2026-03-20"), (3, "2026-03-05"), (4, "2026-03-06"), (5, "2026-06-30")):
        world.take("hoa", "assign", f"2026-III.1.{number}", **ASSIGN | {"due": due})
        world.take("lan", "start", f"2026-III.1.{number}")
    world.wait(days=10)
    for number in (2, 3):
        world.take("lan", "submit", f"2026-III.1.{number}", **RESULT)
        world.take("hoa", "approve", f"2026-III.1.{number}", quality="met")
        world.take("nam", "close", f"2026-III.1.{number}")
    world.wait(days=30)
    world.take("hoa", "assign", "2026-III.1.6", **ASSIGN | {"due": "2026-06-30"})
    return world


def row(page: str, heading: str, title: str) -> dict[str, str]:
    """Return the cells of a row by their titles, in the section with a heading."""
    section = page.split(f'id="{heading}"')[1].split("</section>")[0]
    line = section.split(f'<th scope="row">{title}</th>')[1].split("</tr>")[0]
    cells = re.findall(r'<td data-title="([^"]*)">(.*?)</td>', line, re.DOTALL)
    return {name: re.sub(r"<[^>]*>", "", words).strip() for name, words in cells}


def test_ages_are_counted_from_the_day_on_which_an_item_came_into_its_state(world: World, get) -> None:
    page = get("hoa", "progress").text
    under_way, given = row(page, "ages-title", "Đang thực hiện"), row(page, "ages-title", "Đã giao")
    assert (under_way["Tất cả"], under_way["Trên 30 ngày"]) == ("2", "2")
    assert (under_way["Trung vị (ngày)"], under_way["Lâu nhất (ngày)"]) == ("40", "40")
    assert (given["Tất cả"], given["Đến 7 ngày"], given["Lâu nhất (ngày)"]) == ("1", "1", "0")
    assert "Hoàn thành</th>" not in page


def test_a_comment_does_not_make_work_young_again(world: World, get) -> None:
    world.take("lan", "comment", "2026-III.1.4", text="Đang chờ.")
    world.take("lan", "report_progress", "2026-III.1.5", percent="30")
    assert row(get("hoa", "progress").text, "ages-title", "Đang thực hiện")["Trên 30 ngày"] == "2"


def test_a_past_day_has_the_ages_of_that_day(world: World, get) -> None:
    ages = row(get("hoa", "progress?as_of=2026-03-10").text, "ages-title", "Đang thực hiện")
    assert (ages["Tất cả"], ages["8 đến 14 ngày"], ages["Lâu nhất (ngày)"]) == ("4", "4", "8")


def test_the_share_is_of_what_is_done_or_over(world: World, get) -> None:
    page = get("hoa", "progress?due_from=2026-03-01&due_to=2026-12-31").text
    unit = row(page, "time-unit", "Phòng Kinh tế")
    figures = ("Xong đúng hạn", "Xong trễ hạn", "Quá hạn, chưa xong", "Tỷ lệ đúng hạn")
    assert [unit[name] for name in figures] == ["1", "1", "1", "33,3\N{NO-BREAK SPACE}%"]
    assert unit["Đến hạn trong kỳ"] == str(3 + int(unit["Chưa đến hạn"]))
    assert row(page, "time-area", "1. Cải cách thể chế")["Xong đúng hạn"] == "1"
    assert 'role="img" aria-label="Biểu đồ tỷ lệ đúng hạn theo đơn vị' in page


def test_a_period_has_only_what_was_due_in_it(world: World, get) -> None:
    page = get("hoa", "progress?due_from=05/03/2026&due_to=06/03/2026").text
    assert row(page, "time-unit", "Phòng Kinh tế")["Đến hạn trong kỳ"] == "2"
    assert (
        "Không có nhiệm vụ nào đến hạn trong những ngày này."
        in get("hoa", "progress?due_from=2025-01-01&due_to=2025-01-02").text
    )


def test_each_number_opens_as_many_items(world: World, get) -> None:
    page = get("hoa", "progress?due_from=2026-03-01&due_to=2026-12-31").text
    links = re.findall(r'href="/xa-mau/(items\?[^"]*)"[^>]*>(\d+)</a>', page)
    assert len(links) > 20
    for address, number in links:
        assert f"<strong>{number}</strong>" in get("hoa", address.replace("&amp;", "&")).text, address


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("due_from=2026-05-01&due_to=2026-04-01", "Ngày bắt đầu 01/05/2026 sau ngày kết thúc 01/04/2026."),
        ("due_from=hôm qua", "«hôm qua» không phải là một ngày."),
        ("waited=3", "Không có khoảng ngày «3»."),
    ],
)
def test_what_is_no_period_is_told(get, query: str, words: str) -> None:
    answer = get("hoa", f"progress?{query}")
    assert answer.status_code == 422 and words in answer.text
