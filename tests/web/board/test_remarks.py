"""A URL that is misspelt, or whose unit was closed since, still opens and says what it means no more."""

import pytest
from support.world import World

from cchc_flow import commands


@pytest.mark.parametrize("page", ["board", "items", "overview"])
def test_an_unknown_parameter_is_told(get, page: str) -> None:
    assert "điều kiện lạ «unti», không được tính đến" in get("hoa", f"{page}?unti=phong-kinh-te").text
    assert "điều kiện lạ" not in get("hoa", f"{page}?unit=phong-kinh-te&figure=all&page=1").text


def test_a_closed_unit_is_told_and_stays_chosen(world: World, get) -> None:
    unit = "tram-y-te"
    commands.change_unit(world.ws, unit, "Trạm Y tế", (), False, world.order())
    page = get("hoa", f"board?unit={unit}").text
    assert "Đơn vị «Trạm Y tế» đã giải thể: chỉ còn việc từ trước." in page
    assert f'<option value="{unit}" selected>' in page


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("unit=nowhere", "Không có đơn vị «nowhere» trong danh bạ."),
        ("officer=nobody", "Không có người «nobody» trong danh bạ."),
        ("area=9", "Kế hoạch đang xem không có lĩnh vực «9»."),
    ],
)
def test_a_value_that_does_not_exist_is_told(get, query: str, words: str) -> None:
    assert words in get("hoa", f"board?{query}").text


def test_a_locked_person_is_told(world: World, get) -> None:
    commands.change_person(world.ws, "lan", "Trần Thị Lan", None, None, False, world.order())
    assert "«Trần Thị Lan» đã khóa: chỉ còn việc từ trước." in get("hoa", "items?officer=lan").text


def test_who_looks_for_work_without_a_unit_is_told_nothing(get) -> None:
    assert 'class="notice warn"' not in get("hoa", "board?unit=-&area=-&officer=-").text
