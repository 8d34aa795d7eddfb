"""Rotation: notice before a person is moved, who is left out, and the next rotation that follows."""

from datetime import date

import pytest
from cchc_flow.plugins.civil_service.rotation_rules import (
    longest_years,
    months_after,
    shortest_years,
    years_after,
)
from support.civil_service import AREA, MOVED, NOTICE, rotate
from support.registers import AreaCommune, communes_of

from cchc_flow import commands
from cchc_flow.commands.dispatch import catch_up_reactions
from cchc_flow.errors import MissingData
from cchc_flow.plugin_host.rule_checks import RuleBroken, Warned
from cchc_flow.workflow.item import Item

commune = communes_of(AREA)


@pytest.fixture
def rotation(commune: AreaCommune) -> Item:
    return rotate(commune)


def decide_notice_of_30_days(commune: AreaCommune) -> None:
    """The commune decides for itself, from New Year on, how long before a rotation notice is given."""
    order = commune.order("coordinator")
    commands.set_figure(commune.ws, AREA, "notice_days", "30", "Quy chế", order, since="01/01/2026")


def test_no_law_asks_for_notice_so_nothing_is_said_until_the_commune_decides_its_days(
    commune: AreaCommune, rotation: Item
) -> None:
    assert commune.facts(AREA).figure("notice_days") == 0
    early = NOTICE | {"due": "2026-03-02"}
    assert commune.take("officer", "notify", rotation.id, **early).state == "notified"


def test_the_days_of_notice_that_the_commune_decided_are_warned_of_and_never_block(
    commune: AreaCommune, rotation: Item
) -> None:
    decide_notice_of_30_days(commune)
    early = NOTICE | {"due": "2026-03-30"}
    with pytest.raises(Warned, match="ít nhất 30 ngày: sớm nhất là ngày 31/03/2026"):
        commune.take("officer", "notify", rotation.id, **early)
    after = commune.take("officer", "notify", rotation.id, **early, override="Do yêu cầu nhiệm vụ.")
    assert (after.state, after.due) == ("notified", "2026-03-30")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"notified_on": "2026-03-03"}, "chưa đến"),
        ({"notified_on": "9999-12-31", "due": "9999-12-31"}, "chưa đến"),
        ({"notice_number": "TB"}, "không có chữ số"),
    ],
)
def test_a_notice_that_cannot_be_is_refused(
    commune: AreaCommune, rotation: Item, wrong: dict[str, str], said: str
) -> None:
    with pytest.raises(RuleBroken, match=said):
        commune.take("officer", "notify", rotation.id, **NOTICE | wrong)


def test_nobody_is_moved_without_a_notice(commune: AreaCommune, rotation: Item) -> None:
    decide_notice_of_30_days(commune)
    commune.wait(days=40)
    with pytest.raises(Exception, match="không thể «Ghi quyết định chuyển đổi»"):
        commune.take("leader", "rotate", rotation.id, **MOVED)
    commune.take("officer", "notify", rotation.id, **NOTICE)
    with pytest.raises(Warned, match="sớm nhất là ngày 31/03/2026"):
        commune.take("leader", "rotate", rotation.id, **MOVED | {"rotated_on": "2026-03-30"})
    assert commune.take("leader", "rotate", rotation.id, **MOVED).state == "rotated"


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
    commune: AreaCommune, rotation: Item, wrong: dict[str, str], said: str
) -> None:
    commune.take("officer", "notify", rotation.id, **NOTICE)
    commune.wait(days=40)
    with pytest.raises(RuleBroken, match=said):
        commune.take("leader", "rotate", rotation.id, **MOVED | wrong)


def test_two_years_in_a_post_are_enough_and_a_day_less_is_warned_of(commune: AreaCommune) -> None:
    enough = rotate(commune, held_since="2024-03-31")
    assert commune.take("officer", "notify", enough.id, **NOTICE).state == "notified"
    early = rotate(commune, "Lê Văn Sơn", held_since="2024-04-01")
    with pytest.raises(Warned, match="Đến ngày 01/04/2026 mới giữ vị trí đủ 2 năm"):
        commune.take("officer", "notify", early.id, **NOTICE)
    after = commune.take("officer", "notify", early.id, **NOTICE, override="Do yêu cầu nhiệm vụ.")
    assert after.state == "notified"


def test_more_than_five_years_in_a_post_is_marked(commune: AreaCommune) -> None:
    decide_notice_of_30_days(commune)
    due = {"due": "2026-06-30"}
    still = rotate(commune, held_since="2021-03-02", **due)
    over = rotate(commune, "Lê Văn Sơn", held_since="2021-03-01", **due)
    assert commune.badges(still.id) == ["Thông báo chậm nhất 31/05/2026"]
    assert commune.badges(over.id) == ["Giữ vị trí quá 5 năm", "Thông báo chậm nhất 31/05/2026"]


def test_too_late_for_notice_is_marked_until_notice_is_given(commune: AreaCommune) -> None:
    item = rotate(commune, due="2026-03-31")
    assert commune.badges(item.id) == []
    decide_notice_of_30_days(commune)
    assert commune.badges(item.id) == ["Không còn đủ ngày để thông báo trước"]
    commune.take("officer", "notify", item.id, **NOTICE)
    assert commune.badges(item.id) == []


def test_who_is_left_out_has_a_ground_and_a_reason_that_can_be_erased(
    commune: AreaCommune, rotation: Item
) -> None:
    with pytest.raises(MissingData):
        commune.take("leader", "exclude", rotation.id, ground="law")
    commune.take("leader", "exclude", rotation.id, ground="law", reason="Đang nuôi con nhỏ.")
    event = commune.ws.log.stream(f"item-{rotation.id}")[-1]
    assert event.data["fields"] == {"ground": "law", "retires_on": None}
    assert "nuôi con" not in str(event.data)


@pytest.mark.parametrize(
    ("retires_on", "said"),
    [("", "Chưa ghi ngày nghỉ hưu"), ("2027-09-02", "Còn từ 18 tháng trở lên"), ("2027-09-01", None)],
)
def test_who_retires_in_less_than_18_months_is_left_out_by_decree_59_of_2019(
    commune: AreaCommune, rotation: Item, retires_on: str, said: str | None
) -> None:
    given = {"ground": "retiring", "retires_on": retires_on, "reason": "Sắp nghỉ hưu."}
    if said:
        with pytest.raises(RuleBroken, match=said):
            commune.take("leader", "exclude", rotation.id, **given)
    else:
        assert commune.take("leader", "exclude", rotation.id, **given).state == "excluded"


@pytest.mark.parametrize(
    ("sector", "shortest", "longest"),
    [
        ("finance", 2, 5), ("investment", 3, 5), ("information", 3, 5), ("inspection", 3, 5),
        ("justice", 5, 5), ("other", 2, 5), ("", 2, 5),
    ],
)  # fmt: skip
def test_each_sector_has_its_years_by_decree_59_of_2019(
    commune: AreaCommune, sector: str, shortest: int, longest: int
) -> None:
    facts, day = commune.facts(AREA), date(2026, 3, 31)
    assert (shortest_years(sector, facts, day), longest_years(sector, facts, day)) == (shortest, longest)
    enough = rotate(commune, sector=sector, held_since=f"{2026 - shortest}-03-31")
    assert commune.take("officer", "notify", enough.id, **NOTICE).state == "notified"
    early = rotate(commune, "Lê Văn Sơn", sector=sector, held_since=f"{2026 - shortest}-04-01")
    with pytest.raises(Warned, match=f"Đến ngày 01/04/2026 mới giữ vị trí đủ {shortest} năm"):
        commune.take("officer", "notify", early.id, **NOTICE)


def test_the_next_rotation_is_due_by_the_years_of_the_new_sector(
    commune: AreaCommune, rotation: Item
) -> None:
    source = "12/QĐ-UBND"
    commands.set_figure(commune.ws, AREA, "finance_longest", "3", source, commune.order("coordinator"))
    commune.take("officer", "notify", rotation.id, **NOTICE)
    commune.wait(days=40)
    commune.take("leader", "rotate", rotation.id, **MOVED, new_sector="finance")
    catch_up_reactions(commune.ws)
    (following,) = commune.entries("rotation", post="Công chức văn phòng")
    assert (following.fields["sector"], following.due) == ("finance", "2029-03-31")


def test_a_person_has_one_open_rotation_from_a_post(commune: AreaCommune, rotation: Item) -> None:
    with pytest.raises(RuleBroken, match="đang mở"):
        rotate(commune)
    commune.take("coordinator", "drop", rotation.id, reason="Ghi nhầm ngày.")
    assert rotate(commune).state == "planned"


def test_a_post_held_from_a_day_to_come_is_refused(commune: AreaCommune) -> None:
    with pytest.raises(RuleBroken, match="chưa đến"):
        rotate(commune, held_since="2026-03-03")


def test_the_next_rotation_follows_once_with_its_last_day(commune: AreaCommune, rotation: Item) -> None:
    commune.take("officer", "notify", rotation.id, **NOTICE)
    commune.wait(days=40)
    commune.take("leader", "rotate", rotation.id, **MOVED)
    catch_up_reactions(commune.ws)
    (following,) = commune.entries("rotation", post="Công chức văn phòng")
    assert (following.title, following.state, following.due, following.lead) == (
        "Công chức văn phòng: Trần Văn Bình", "planned", "2031-03-31", "phong-kinh-te"
    )  # fmt: skip
    assert following.fields["held_since"] == "2026-03-31"
    section = commune.section("2026-04")
    assert section.paragraphs[1] == "Chuyển đổi vị trí công tác 1 lượt."


def test_the_page_lists_the_rotations_of_the_year_and_counts_those_of_later_years(
    commune: AreaCommune, rotation: Item
) -> None:
    rotate(commune, person="Y Bình Niê", held_since="2025-09-01")
    shown = commune.ask("panel").values
    assert ([one.id for one, _ in shown["rotations"]], shown["later"]) == ([], 2)
    commune.take("officer", "notify", rotation.id, **NOTICE)
    shown = commune.ask("panel").values
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
