"""Rotation: notice before a person is moved, who is left out, and the next rotation that follows."""

from datetime import date

import pytest
from cchc_flow.plugins.civil_service.rotation_rules import months_after, years_after
from support import civil_service
from support.civil_service import MOVED, NOTICE, rotate, words
from support.registers import AreaWorld

from cchc_flow import commands
from cchc_flow.commands.asking import RuleBroken, Warned
from cchc_flow.commands.reactions import catch_up
from cchc_flow.errors import MissingData
from cchc_flow.projections.cards import items
from cchc_flow.workflow import periods
from cchc_flow.workflow.item import Item

world = civil_service.world


@pytest.fixture
def rotation(world: AreaWorld) -> Item:
    return rotate(world)


def test_notice_is_given_30_days_before(world: AreaWorld, rotation: Item) -> None:
    with pytest.raises(RuleBroken, match="ít nhất 30 ngày: sớm nhất là ngày 31/03/2026"):
        world.take("lan", "notify", rotation.id, **NOTICE | {"due": "2026-03-30"})
    after = world.take("lan", "notify", rotation.id, **NOTICE).item
    assert (after.state, after.due) == ("notified", "2026-03-31")


def test_how_long_before_is_a_figure(world: AreaWorld, rotation: Item) -> None:
    commands.set_figure(world.ws, "civil_service", "notice_days", "10", "Quy chế", world.order("hoa"))
    assert world.take("lan", "notify", rotation.id, **NOTICE | {"due": "2026-03-11"}).item.state == "notified"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"notified_on": "2026-03-03"}, "chưa đến"),
        ({"notified_on": "9999-12-31", "due": "9999-12-31"}, "chưa đến"),
        ({"notice_number": "TB"}, "không có chữ số"),
    ],
)
def test_a_notice_that_cannot_be_is_refused(
    world: AreaWorld, rotation: Item, wrong: dict[str, str], said: str
) -> None:
    with pytest.raises(RuleBroken, match=said):
        world.take("lan", "notify", rotation.id, **NOTICE | wrong)


def test_nobody_is_moved_without_notice_or_before_its_days_are_over(world: AreaWorld, rotation: Item) -> None:
    world.wait(days=40)
    with pytest.raises(Exception, match="không thể «Ghi quyết định chuyển đổi»"):
        world.take("nam", "rotate", rotation.id, **MOVED)
    world.take("lan", "notify", rotation.id, **NOTICE)
    with pytest.raises(RuleBroken, match="sớm nhất là ngày 31/03/2026"):
        world.take("nam", "rotate", rotation.id, **MOVED | {"rotated_on": "2026-03-30"})
    assert world.take("nam", "rotate", rotation.id, **MOVED).item.state == "rotated"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"new_post": "công chức ĐỊA CHÍNH"}, "vẫn là vị trí cũ"),
        ({"decision_date": "2026-04-01"}, "đứng trước ngày quyết định"),
        ({"rotated_on": "2026-04-30"}, "chưa đến"),
        ({"decision_number": "QĐ"}, "không có chữ số"),
    ],
)
def test_a_rotation_that_cannot_be_is_refused(
    world: AreaWorld, rotation: Item, wrong: dict[str, str], said: str
) -> None:
    world.take("lan", "notify", rotation.id, **NOTICE)
    world.wait(days=40)
    with pytest.raises(RuleBroken, match=said):
        world.take("nam", "rotate", rotation.id, **MOVED | wrong)


def test_two_years_in_a_post_are_enough_and_a_day_less_is_warned_of(world: AreaWorld) -> None:
    enough = rotate(world, held_since="2024-03-31")
    assert world.take("lan", "notify", enough.id, **NOTICE).item.state == "notified"
    early = rotate(world, "Lê Văn Sơn", held_since="2024-04-01")
    with pytest.raises(Warned, match="Đến ngày 01/04/2026 mới giữ vị trí đủ 2 năm"):
        world.take("lan", "notify", early.id, **NOTICE)
    after = world.take("lan", "notify", early.id, **NOTICE, override="Do yêu cầu nhiệm vụ.").item
    assert after.state == "notified"


def test_more_than_five_years_in_a_post_is_marked(world: AreaWorld) -> None:
    due = {"due": "2026-06-30"}
    still = rotate(world, held_since="2021-03-02", **due)
    over = rotate(world, "Lê Văn Sơn", held_since="2021-03-01", **due)
    assert words(world.badges(still.id)) == ["Thông báo chậm nhất 31/05/2026"]
    assert words(world.badges(over.id)) == ["Giữ vị trí quá 5 năm", "Thông báo chậm nhất 31/05/2026"]


def test_too_late_for_notice_is_marked_until_notice_is_given(world: AreaWorld) -> None:
    item = rotate(world, due="2026-03-31")
    assert words(world.badges(item.id)) == ["Không còn đủ ngày để thông báo trước"]
    world.take("lan", "notify", item.id, **NOTICE)
    assert world.badges(item.id) == []


def test_who_is_left_out_has_a_ground_and_a_reason_that_can_be_erased(
    world: AreaWorld, rotation: Item
) -> None:
    with pytest.raises(MissingData):
        world.take("nam", "exclude", rotation.id, ground="law")
    world.take("nam", "exclude", rotation.id, ground="law", reason="Đang nuôi con nhỏ.")
    event = world.ws.log.stream(f"item-{rotation.id}")[-1]
    assert event.data["fields"] == {"ground": "law", "retires_on": None}
    assert "nuôi con" not in str(event.data)


@pytest.mark.parametrize(
    ("retires_on", "said"),
    [("", "Chưa ghi ngày nghỉ hưu"), ("2027-09-03", "Còn hơn 18 tháng"), ("2027-09-02", None)],
)
def test_who_retires_within_18_months_is_left_out(
    world: AreaWorld, rotation: Item, retires_on: str, said: str | None
) -> None:
    given = {"ground": "retiring", "retires_on": retires_on, "reason": "Sắp nghỉ hưu."}
    if said:
        with pytest.raises(RuleBroken, match=said):
            world.take("nam", "exclude", rotation.id, **given)
    else:
        assert world.take("nam", "exclude", rotation.id, **given).item.state == "excluded"


def test_a_person_has_one_open_rotation_from_a_post(world: AreaWorld, rotation: Item) -> None:
    with pytest.raises(RuleBroken, match="đang mở"):
        rotate(world)
    world.take("hoa", "drop", rotation.id, reason="Ghi nhầm ngày.")
    assert rotate(world).state == "planned"


def test_a_post_held_from_a_day_to_come_is_refused(world: AreaWorld) -> None:
    with pytest.raises(RuleBroken, match="chưa đến"):
        rotate(world, held_since="2026-03-03")


def test_the_next_rotation_follows_once_with_its_last_day(world: AreaWorld, rotation: Item) -> None:
    world.take("lan", "notify", rotation.id, **NOTICE)
    world.wait(days=40)
    world.take("nam", "rotate", rotation.id, **MOVED)
    catch_up(world.ws)
    found = items.items_of_kind(world.ws.read(), "rotation", None, {"post": "Công chức văn phòng"})
    (following,) = found
    assert (following.title, following.state, following.due, following.lead) == (
        "Công chức văn phòng: Trần Văn Bình", "planned", "2031-03-31", "phong-kinh-te"
    )  # fmt: skip
    assert following.fields["held_since"] == "2026-03-31"
    section = world.ask("report_section", period=periods.parse("2026-04"))
    assert section.paragraphs[1] == "Chuyển đổi vị trí công tác 1 lượt."


def test_the_page_lists_the_rotations_of_the_year_and_counts_those_of_later_years(
    world: AreaWorld, rotation: Item
) -> None:
    rotate(world, person="Y Bình Niê", held_since="2025-09-01")
    shown = world.ask("panel").values
    assert ([one.id for one, _ in shown["rotations"]], shown["later"]) == ([], 2)
    world.take("lan", "notify", rotation.id, **NOTICE)
    shown = world.ask("panel").values
    assert ([one.id for one, _ in shown["rotations"]], shown["later"]) == ([rotation.id], 1)


@pytest.mark.parametrize(
    ("day", "years", "expected"),
    [("2024-02-29", 2, "2026-02-28"), ("2024-02-29", 4, "2028-02-29"), ("2021-03-01", 5, "2026-03-01")],
)
def test_years_after_a_day(day: str, years: int, expected: str) -> None:
    assert years_after(date.fromisoformat(day), years).isoformat() == expected


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [("2026-03-02", 18, "2027-09-02"), ("2025-08-31", 18, "2027-02-28"), ("2026-06-15", 6, "2026-12-15")],
)
def test_months_after_a_day(day: str, months: int, expected: str) -> None:
    assert months_after(date.fromisoformat(day), months).isoformat() == expected
