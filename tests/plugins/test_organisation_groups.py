"""Service units: groups only by decision, shares that fit them, tasks that wait for a group."""

import pytest
from support.organisation import AREA, GROUP_4, grouped, unit
from support.registers import AreaCommune, communes_of

from cchc_flow import commands
from cchc_flow.errors import MissingData, NotAllowed
from cchc_flow.plugin_host.rule_checks import RuleBroken, Warned
from cchc_flow.workflow.item import Item

commune = communes_of(AREA)


@pytest.fixture
def school(commune: AreaCommune) -> Item:
    """A unit that has no group yet."""
    return unit(commune, "Trường Tiểu học Cư Bao")


def test_a_group_is_set_by_a_decision_with_number_and_date(commune: AreaCommune, school: Item) -> None:
    after = grouped(commune, school)
    assert (after.state, after.fields["group"], after.fields["share"]) == ("grouped", "4", "6")
    assert after.fields["decision_number"] == "12/QĐ-UBND"


@pytest.mark.parametrize("missing", ["group", "share", "decision_number", "decision_date", "group_before"])
def test_without_its_decision_no_group_is_set(commune: AreaCommune, school: Item, missing: str) -> None:
    with pytest.raises(MissingData):
        grouped(commune, school, **{missing: ""})
    assert commune.then(school.id).state == "ungrouped"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"decision_number": "QĐ-UBND"}, "không có chữ số"),
        ({"decision_date": "2026-03-03"}, "03/03/2026 chưa đến"),
    ],
)
def test_a_decision_that_cannot_be_sets_no_group(
    commune: AreaCommune, school: Item, wrong: dict[str, str], words: str
) -> None:
    with pytest.raises(RuleBroken, match=words):
        grouped(commune, school, **wrong)


def test_an_officer_of_the_unit_sets_no_group(commune: AreaCommune, school: Item) -> None:
    with pytest.raises(NotAllowed):
        commune.take("officer", "set_group", school.id, **GROUP_4)


@pytest.mark.parametrize(
    ("group", "share"),
    [
        ("1", "100"), ("2", "100"), ("2", "120.5"), ("3a", "99.99"), ("3a", "70"), ("3b", "69.99"),
        ("3b", "30"), ("3c", "29.99"), ("3c", "10"), ("4", "9.99"), ("4", "0"),
    ],
)  # fmt: skip
def test_a_share_at_either_end_of_a_band_fits_its_group(
    commune: AreaCommune, school: Item, group: str, share: str
) -> None:
    assert grouped(commune, school, group=group, share=share).fields["group"] == group


@pytest.mark.parametrize(
    ("group", "share", "fits"),
    [
        ("1", "99.99", "70 đến dưới 100"),
        ("3a", "100", "Nhóm 1 hoặc Nhóm 2"),
        ("3b", "70", "70 đến dưới 100"),
        ("3c", "30", "30 đến dưới 70"),
        ("4", "10", "10 đến dưới 30"),
        ("3c", "9.99", "Nhóm 4"),
    ],
)
def test_a_share_outside_its_band_is_warned_of(
    commune: AreaCommune, school: Item, group: str, share: str, fits: str
) -> None:
    with pytest.raises(Warned, match=fits):
        grouped(commune, school, group=group, share=share)
    after = grouped(commune, school, group=group, share=share, override="Theo quyết định của tỉnh.")
    assert after.fields["group"] == group
    assert commune.badges(school.id) == ["Mức tự bảo đảm không khớp nhóm"]


def test_the_bands_are_figures_that_may_be_set_anew(commune: AreaCommune, school: Item) -> None:
    commands.set_figure(commune.ws, "organisation", "low", "5", "Quyết định 7", commune.order("coordinator"))
    assert grouped(commune, school, group="3c", share="6").state == "grouped"


def test_a_share_that_is_counted_later_is_warned_of_when_it_leaves_the_band(
    commune: AreaCommune, school: Item
) -> None:
    grouped(commune, school)
    with pytest.raises(Warned, match="Mức tự bảo đảm 15,5\xa0% ứng với Nhóm 3"):
        commune.take("officer", "record_share", school.id, share="15,5", share_on="2026-03-01")
    with pytest.raises(RuleBroken, match="chưa đến"):
        commune.take("officer", "record_share", school.id, share="7", share_on="2026-03-31")
    after = commune.take("officer", "record_share", school.id, share="7", share_on="2026-03-01")
    assert (after.state, after.fields["share"], after.fields["group"]) == ("grouped", "7", "4")


def test_decisions_are_written_in_the_order_of_their_days(commune: AreaCommune, school: Item) -> None:
    grouped(commune, school)
    with pytest.raises(RuleBroken, match="Đã ghi quyết định ngày 10/02/2026"):
        grouped(commune, school, decision_date="2026-02-09")


def test_the_group_of_the_year_before_is_that_of_the_decisions_already_written(
    commune: AreaCommune, school: Item
) -> None:
    grouped(commune, school, decision_date="2025-05-05")
    new = {"group": "3c", "share": "12", "decision_date": "2026-02-20"}
    with pytest.raises(RuleBroken, match="cuối năm trước đơn vị ở: Nhóm 4"):
        grouped(commune, school, **new, group_before="none")
    assert grouped(commune, school, **new, group_before="4").fields["group"] == "3c"
    with pytest.raises(RuleBroken, match="Nhóm 4"):  # twice in one year: the year before stays what it was
        grouped(commune, school, group_before="3c", decision_date="2026-02-25")


def test_one_unit_is_written_once(commune: AreaCommune, school: Item) -> None:
    with pytest.raises(RuleBroken, match="đã có trong sổ"):
        unit(commune, "trường tiểu học cư bao")
    commune.take("coordinator", "drop", school.id, reason="Ghi nhầm tên.")
    assert unit(commune, "Trường Tiểu học Cư Bao").state == "ungrouped"


@pytest.mark.parametrize("step", ["merge", "dissolve"])
def test_a_unit_ends_by_a_decision(commune: AreaCommune, school: Item, step: str) -> None:
    into = {"merged_into": "Trường Tiểu học Ea Drông"} if step == "merge" else {}
    with pytest.raises(RuleBroken, match="chưa đến"):
        commune.take("leader", step, school.id, closing_number="3/QĐ", closing_date="2026-12-01", **into)
    with pytest.raises(RuleBroken, match="không có chữ số"):
        commune.take("leader", step, school.id, closing_number="QĐ", closing_date="2026-03-01", **into)
    after = commune.take("leader", step, school.id, closing_number="3/QĐ", closing_date="2026-03-01", **into)
    assert after.state == {"merge": "merged", "dissolve": "dissolved"}[step]


def test_a_unit_without_a_group_is_marked(commune: AreaCommune, school: Item) -> None:
    assert commune.badges(school.id) == ["Chưa có quyết định xếp nhóm"]
    grouped(commune, school)
    assert commune.badges(school.id) == []


# The plan's tasks


def test_a_task_is_not_approved_while_a_unit_written_for_it_has_no_group(commune: AreaCommune) -> None:
    task = commune.submitted_task(AREA)
    school = unit(commune, "Trường Mẫu giáo Hoa Mai", task=task)
    assert commune.badges(task) == ["1 đơn vị chưa xếp nhóm"]
    with pytest.raises(RuleBroken, match="chưa có quyết định xếp nhóm: Trường Mẫu giáo Hoa Mai"):
        commune.take("coordinator", "approve", task, quality="met")
    grouped(commune, school)
    assert commune.take("coordinator", "approve", task, quality="met").state == "approved"
    late = unit(commune, "Trạm Khuyến nông", task=task)
    with pytest.raises(RuleBroken, match="Trạm Khuyến nông"):
        commune.take("leader", "close", task)
    commune.take("coordinator", "drop", late.id, reason="Ghi nhầm.")
    assert commune.take("leader", "close", task).state == "closed"


def test_tasks_of_other_areas_are_not_kept_out(commune: AreaCommune) -> None:
    task = commune.submitted_task()
    unit(commune, "Trường Mẫu giáo Hoa Mai", task=task)
    assert commune.take("coordinator", "approve", task, quality="met").state == "approved"
