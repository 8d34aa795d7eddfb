"""QĐ 766 in six groups since 11/2026: unequal parts, what did not arise, and earlier periods as they were."""

from datetime import date
from decimal import Decimal

import pytest
from cchc_flow.plugins.administrative_procedures.figures import FIGURES
from cchc_flow.plugins.administrative_procedures.score import Group, Part, Total, marks, marks_of_part, total
from cchc_flow.plugins.administrative_procedures.score_groups import SIX, scope_words
from hypothesis import given
from hypothesis import strategies as st
from support import procedures
from support.procedures import AREA, Centre
from support.registers import go_to

from cchc_flow import commands
from cchc_flow.errors import MissingData
from cchc_flow.plugin_host.rule_checks import RuleBroken

COUNTS = {"settled": "900", "in_time": "855", "received": "1000", "online": "400"}
FIRST_DAY = date(2026, 11, 1)

centre = procedures.centre


@pytest.fixture
def november(centre: Centre) -> Centre:
    """The centre on the first day on which six groups hold."""
    go_to(centre, "2026-11-01")
    return centre


def part(weight: str, done: int, of: int, full: str = "100", *, recorded: bool = True) -> Part:
    return Part("Hồ sơ", Decimal(done), Decimal(of), Decimal(full), recorded, Decimal(weight))


@pytest.mark.parametrize(
    ("key", "weight", "parts"),
    [
        ("public", 18, (6, 4, 2, 6)),
        ("progress", 20, (20,)),
        ("online", 12, (2, 4, 6)),
        ("payment", 10, (2, 2, 6)),
        ("satisfaction", 18, (6, 6, 6)),
        ("digital", 22, (6, 4, 2, 2, 4, 2, 2)),
    ],
)
def test_the_six_groups_of_decision_766_have_these_weights_and_parts(
    centre: Centre, key: str, weight: int, parts: tuple[int, ...]
) -> None:
    facts = centre.facts(AREA)
    (group,) = (pairs for name, _, pairs in SIX if name == key)
    assert facts.figure(f"weight_{key}", FIRST_DAY) == weight == sum(parts)
    assert tuple(facts.figure(f"part_{pair}", FIRST_DAY) for pair, *_ in group) == parts


def test_all_weights_add_up_to_a_hundred_and_only_those_of_the_groups_are_checked() -> None:
    figures = {figure.key: figure.on(FIRST_DAY) for figure in FIGURES}
    assert sum(Decimal(figures[f"weight_{key}"].value) for key, *_ in SIX) == 100
    assert {figures[f"weight_{key}"].checked for key, *_ in SIX} == {True}
    assert {figures[f"part_{pair}"].checked for _, _, pairs in SIX for pair, *_ in pairs} == {False}


def test_parts_of_a_group_earn_by_their_weights() -> None:
    group = Group("g", "Nhóm", Decimal(10), (part("2", 4, 10, "80"), part("2", 8, 10, "80"),
                                             part("6", 5, 10)), spreads=False)  # fmt: skip
    assert [marks_of_part(group, one) for one in group.parts] == [1, 2, 3]
    assert marks(group) == 6


def test_what_did_not_arise_is_neither_no_marks_nor_all_and_is_told_apart_from_what_is_missing() -> None:
    parts = (part("6", 0, 0), part("4", 0, 10), part("2", 0, 0, recorded=False), part("6", 10, 10))
    groups = [Group("g", "Nhóm", Decimal(18), parts, spreads=False)]
    found = total(groups)
    assert found == Total(Decimal(6), Decimal(10), not_arisen=Decimal(6), not_recorded=Decimal(2))
    assert found and scope_words(groups, found) == (
        "10 điểm của các nội dung có phát sinh; không phát sinh 6 điểm; chưa có số liệu 2 điểm"
    )


@st.composite
def unequal_groups(draw: st.DrawFn) -> Group:
    """A group whose parts have unequal weights, some of them without anything to count."""
    wholes = draw(st.lists(st.integers(0, 100), min_size=1, max_size=7))
    parts = tuple(
        part(draw(st.sampled_from("1246")), draw(st.integers(0, whole)), whole, recorded=draw(st.booleans()))
        for whole in wholes
    )
    return Group("g", "Nhóm", Decimal(draw(st.sampled_from(["10", "12", "18", "22"]))), parts, spreads=False)


@given(st.lists(unequal_groups(), min_size=1, max_size=6))
def test_what_is_counted_what_did_not_arise_and_what_is_missing_make_up_all_marks(
    found: list[Group],
) -> None:
    whole, weights = total(found), sum(group.weight for group in found)
    if whole:
        assert 0 <= whole.marks <= whole.out_of + Decimal("1e-20")
        assert abs(whole.out_of + whole.not_arisen + whole.not_recorded - weights) < Decimal("1e-20")
    else:
        assert all(one.of == 0 for group in found for one in group.parts)


def test_periods_that_ended_before_november_2026_keep_their_five_groups(centre: Centre) -> None:
    go_to(centre, "2026-10-31")
    centre.entry("service_figures", period="2026-10", **COUNTS)
    before = centre.section("2026-10")
    assert centre.measure(AREA, "score_766").note == "Trên 42 điểm của các nhóm có phát sinh."
    assert ("Dịch vụ trực tuyến", "", "", "", "17,6", "22") in before.rows
    centre.wait(days=60)
    assert centre.section("2026-10") == before
    assert centre.measure(AREA, "score_766").note.startswith("Trên 26 điểm của các nội dung có phát sinh;")


def test_the_year_so_far_is_scored_by_the_groups_of_today(november: Centre) -> None:
    november.entry("service_figures", period="2026-10", **COUNTS)
    found = november.measure(AREA, "score_766")  # in time 95 % of 20, online 40 of 50 % of 6
    assert (found.value, found.note) == (
        "23.8",
        "Trên 26 điểm của các nội dung có phát sinh; chưa có số liệu 74 điểm.",
    )
    assert ("Dịch vụ công trực tuyến", "", "", "", "4,8", "12") in november.section("2026").rows


def test_a_weight_that_the_commune_set_stays_when_the_groups_change(centre: Centre) -> None:
    order = centre.order("coordinator")
    commands.set_figure(centre.ws, AREA, "weight_online", "20", "Quyết định 9", order)
    go_to(centre, "2026-11-01")
    assert centre.facts(AREA).figure("weight_online") == 20


@pytest.mark.parametrize("key", ["part_announced", "weight_payment", "full_other"])
def test_a_weight_or_a_threshold_of_nothing_is_refused(centre: Centre, key: str) -> None:
    order = centre.order("coordinator")
    with pytest.raises(MissingData, match="từ"):
        commands.set_figure(centre.ws, AREA, key, "0", "Quyết định 9", order)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"settled": "10", "complained": "11"}, "nhiều hơn Hồ sơ đã giải quyết"),
        ({"feedback": "5", "feedback_in_time": "4", "feedback_satisfied": "5"}, "nhiều hơn Xử lý đúng hạn"),
        ({"paid_online": "5"}, "chưa có số «Hồ sơ có nghĩa vụ tài chính» để so"),
        ({"services": "7", "services_used": "8"}, "nhiều hơn Dịch vụ công trực tuyến đang cung cấp"),
    ],
)
def test_a_part_beyond_its_whole_is_refused(centre: Centre, wrong: dict[str, str], said: str) -> None:
    with pytest.raises(RuleBroken, match=said):
        centre.entry("service_figures", period="2026-02", **wrong)


def test_dossiers_both_late_and_complained_of_leave_no_less_than_nothing(november: Centre) -> None:
    counts = {"settled": "10", "in_time": "2", "complained": "5"}
    november.entry("service_figures", period="2026-11", **counts)
    shares = {row[0]: row[1:3] for row in november.section("2026-11").rows}
    assert shares["Hài lòng trong giải quyết hồ sơ"] == ("0/10", "0\xa0%")
