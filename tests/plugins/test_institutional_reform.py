"""Cải cách thể chế: the register of legal documents, what blocks and warns, and what is counted from it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from support.forms import send
from support.plugging import plugged
from support.visitors import Site
from support.world import RESULT, TASK, World

from cchc_flow import handling, resources
from cchc_flow.errors import IllegalMove, MissingData, NotAllowed
from cchc_flow.handling.asking import AskedFacts, RuleBroken, Warned
from cchc_flow.hookspecs import Measure
from cchc_flow.plugins import Plugins, institutional_reform
from cchc_flow.projections import items
from cchc_flow.web import create_app
from cchc_flow.workflow import periods
from cchc_flow.workflow.definition import Field, Workflow, problems
from cchc_flow.workflow.item import Item

AREA = "institutional_reform"
REGISTERS = {one.kind: one for one in institutional_reform.workflows()}
DRAFTED = {"form": "committee_decision", "lead": "phong-kinh-te"}
PUBLISHED = {"number": "05/2026/QĐ-UBND", "published_on": "2026-03-07", "address": "xamau.vn/van-ban/5"}
WAY: tuple[tuple[str, dict[str, str]], ...] = (
    ("post", {"posted_on": "2026-02-02", "draft_address": "xamau.vn/du-thao/5"}),
    ("close_opinions", {"opinions_closed_on": "2026-02-22", "opinions": "14"}),
    ("appraise", {"appraised_on": "2026-02-26", "appraisal": "fit"}),
    ("sign", {"signed_on": "2026-03-04", "effective_on": "2026-03-11"}),
    ("publish", PUBLISHED),
    ("self_check", {"checked_on": "2026-03-20", "outcome": "lawful"}),
    ("handle", {"handled_on": "2026-03-25", "handled_by": "06/2026/QĐ-UBND"}),
)
LATE = {"published_on": "2026-03-09", "override": "Lỗi mạng."}
STATES = {
    "post": "posted",
    "close_opinions": "opinions_closed",
    "appraise": "appraised",
    "sign": "signed",
    "publish": "published",
    "self_check": "self_checked",
    "handle": "self_checked",
}


@pytest.fixture
def plugins() -> Plugins:
    return plugged(institutional_reform=institutional_reform)


@pytest.fixture
def world(tmp_path: Path, plugins: Plugins) -> World:
    """The commune on 1 April 2026."""
    world = World(tmp_path / "data", plugins=plugins).settle()
    world.wait(days=30)
    return world


def document(world: World, title: str = "Quyết định về quản lý chợ", **more: str) -> str:
    given = DRAFTED | {"title": title} | more
    return handling.open_entry(world.ws, "legal_document", given, world.order("lan")).item.id


def walk(world: World, entry: str, until: str = "self_check", /, **changed: str) -> str:
    """Take the steps of the way up to one, each day and word as in `WAY` or as changed."""
    for step, data in WAY:
        if item(world, entry).state == "drafting" or step not in taken(world, entry):
            world.take("lan", step, entry, **{name: changed.get(name, value) for name, value in data.items()},
                       **{name: changed[name] for name in ("override",) if name in changed})  # fmt: skip
        if step == until:
            return entry
    raise AssertionError(until)


def taken(world: World, entry: str) -> set[str]:
    return {str(event.data.get("step")) for event in world.ws.log.stream(f"item-{entry}")}


def item(world: World, entry: str) -> Item:
    return items.item(world.ws.read(), entry)


def facts(world: World) -> AskedFacts:
    return AskedFacts(world.ws, AREA)


def measured(world: World) -> dict[str, Measure]:
    return {one.key: one for one in institutional_reform.measures(facts(world))}


def monitoring(world: World, title: str = "Khảo sát về đất đai", **more: str) -> str:
    given = {"title": title, "lead": "phong-kinh-te", "activity": "survey", "plan_number": "12/KH-UBND"}
    order = world.order("lan")
    return handling.open_entry(world.ws, "enforcement_monitoring", given | more, order).item.id


CONCLUDED = {"done_on": "2026-03-20", "report_number": "44/BC-UBND", "proposals": "2"}


# The register


@pytest.mark.parametrize("workflow", REGISTERS.values(), ids=lambda one: one.kind)
def test_the_registers_are_sound(workflow: Workflow) -> None:
    assert problems(workflow) == []


def test_a_document_goes_from_draft_to_self_check_and_keeps_its_days(world: World) -> None:
    entry = document(world, task=TASK)
    for step, data in WAY[:6]:
        world.take("lan", step, entry, **data)
        assert item(world, entry).state == STATES[step]
    kept = item(world, entry).fields
    expected = {name: value for _, data in WAY[:6] for name, value in data.items()}
    assert {name: kept[name] for name in expected} == expected
    assert (kept["form"], kept["task"]) == ("committee_decision", TASK)


@pytest.mark.parametrize("missing", ["number", "published_on", "address"])
def test_a_document_is_published_only_with_number_day_and_address(world: World, missing: str) -> None:
    entry = walk(world, document(world), "sign")
    with pytest.raises(MissingData, match="chưa có"):
        world.take("lan", "publish", entry, **(PUBLISHED | {missing: ""}))
    assert item(world, entry).state == "signed"


@pytest.mark.parametrize(("step", "data"), [one for one in WAY[1:] if one[0] != "appraise"])
def test_no_step_but_the_posting_is_skipped(world: World, step: str, data: dict[str, str]) -> None:
    with pytest.raises(IllegalMove):
        world.take("lan", step, document(world), **data)


def test_another_unit_takes_no_step(world: World) -> None:
    entry = document(world, lead="phong-kinh-te")
    with pytest.raises(NotAllowed):
        world.take("thu", "post", entry, **WAY[0][1])


def test_a_draft_goes_back_and_its_second_round_has_days_of_its_own(world: World) -> None:
    entry = walk(world, document(world), "appraise")
    world.take("lan", "revise", entry, reason="Thiếu đánh giá tác động.")
    assert item(world, entry).state == "drafting"
    world.take("lan", "post", entry, posted_on="2026-03-01", draft_address="xamau.vn/du-thao/6")
    world.take("lan", "close_opinions", entry, opinions_closed_on="2026-03-21", opinions="0")
    world.take("lan", "appraise", entry, appraised_on="2026-03-22", appraisal="fit")
    assert item(world, entry).fields["appraised_on"] == "2026-03-22"


def test_giving_up_a_document_is_decided_by_coordinator_or_leader(world: World) -> None:
    entry = document(world)
    given = {"decision": "15/TB-UBND", "reason": "Đã có quyết định của tỉnh."}
    with pytest.raises(NotAllowed):
        world.take("lan", "drop", entry, **given)
    world.take("hoa", "drop", entry, **given)
    assert item(world, entry).state == "dropped"


# The order of the days


@pytest.mark.parametrize(
    ("step", "wrong", "sentence"),
    [
        ("close_opinions", {"opinions_closed_on": "2026-02-01"},
         r"Ngày kết thúc lấy ý kiến 01/02/2026 sớm hơn ngày đăng dự thảo 02/02/2026"),
        ("appraise", {"appraised_on": "2026-02-21"}, "Ngày thẩm định 21/02/2026 sớm hơn ngày kết thúc"),
        ("sign", {"signed_on": "2026-02-25"}, "Ngày ký 25/02/2026 sớm hơn ngày thẩm định 26/02/2026"),
        ("publish", {"published_on": "2026-03-03"}, "Ngày công bố 03/03/2026 sớm hơn ngày ký 04/03/2026"),
        ("self_check", {"checked_on": "2026-03-06"}, "Ngày tự kiểm tra 06/03/2026 sớm hơn ngày công bố"),
        ("handle", {"handled_on": "2026-03-19", "outcome": "unlawful"}, "sớm hơn ngày tự kiểm tra"),
    ],
)  # fmt: skip
def test_a_day_before_that_of_the_step_before_is_refused(
    world: World, step: str, wrong: dict[str, str], sentence: str
) -> None:
    with pytest.raises(RuleBroken, match=sentence):
        walk(world, document(world), step, **wrong)


@pytest.mark.parametrize(("step", "data"), WAY)
def test_what_has_not_happened_yet_has_no_day(world: World, step: str, data: dict[str, str]) -> None:
    name = next(one for one in data if one.endswith("_on") and one != "effective_on")
    with pytest.raises(RuleBroken, match=r"02/04/2026 chưa đến"):
        walk(world, document(world), step, **{name: "2026-04-02", "outcome": "unlawful"})


def test_two_steps_may_fall_on_one_day(world: World) -> None:
    same = dict.fromkeys(("appraised_on", "signed_on", "published_on"), "2026-02-26")
    entry = walk(world, document(world), "publish", effective_on="2026-03-05", **same)
    assert item(world, entry).state == "published"


# What warns


def test_publication_three_days_after_signing_is_in_time_and_on_the_fourth_late(world: World) -> None:
    walk(world, document(world), "publish", published_on="2026-03-07")
    entry = walk(world, document(world), "sign")
    late = PUBLISHED | {"number": "06/2026/QĐ-UBND", "published_on": "2026-03-08"}
    with pytest.raises(Warned, match=r"sau 4 ngày, quá thời hạn 3 ngày\. Nếu đúng như vậy, hãy nêu lý do"):
        world.take("lan", "publish", entry, **late)
    world.take("lan", "publish", entry, override="Trang thông tin bị lỗi.", **late)
    overruled = world.ws.log.stream(f"item-{entry}")[-2]
    assert (overruled.type, overruled.data["rules"]) == (
        "item.overruled/1", ["institutional_reform.publication"]
    )  # fmt: skip


def test_the_days_for_publication_are_a_figure_with_its_source(world: World) -> None:
    entry = walk(world, document(world), "sign")
    handling.set_figure(world.ws, AREA, "publication_days", "5", "QĐ 9/QĐ-UBND", world.order("hoa"))
    world.take("lan", "publish", entry, **(PUBLISHED | {"published_on": "2026-03-09"}))
    assert item(world, entry).state == "published"


def test_effect_seven_days_after_signing_is_fit_and_after_six_it_warns(world: World) -> None:
    walk(world, document(world), "sign", effective_on="2026-03-11")
    with pytest.raises(Warned, match="10/03/2026 sớm hơn 7 ngày kể từ ngày ký 04/03/2026"):
        walk(world, document(world), "sign", effective_on="2026-03-10")


def test_appraising_a_draft_that_was_not_posted_wants_a_reason(world: World) -> None:
    entry = document(world)
    with pytest.raises(Warned, match="chưa được đăng lấy ý kiến"):
        world.take("lan", "appraise", entry, **WAY[2][1])
    world.take("lan", "appraise", entry, override="Trình tự rút gọn.", **WAY[2][1])
    assert item(world, entry).state == "appraised"


# What blocks


def test_a_document_that_the_appraisal_found_unfit_is_not_signed_until_it_is_appraised_again(
    world: World,
) -> None:
    entry = walk(world, document(world), "appraise", appraisal="unfit")
    with pytest.raises(RuleBroken, match="chưa đủ điều kiện trình"):
        world.take("lan", "sign", entry, **WAY[3][1])
    world.take("lan", "revise", entry, reason="Theo báo cáo thẩm định.")
    world.take("lan", "appraise", entry, appraised_on="2026-03-02", appraisal="fit")
    world.take("lan", "sign", entry, **WAY[3][1])
    assert item(world, entry).state == "signed"


def test_two_documents_of_one_form_never_share_a_number(world: World) -> None:
    walk(world, document(world, "Quyết định về chợ"), "publish")
    with pytest.raises(RuleBroken, match=r"Số 05/2026/QĐ-UBND đã ghi cho văn bản «Quyết định về chợ»"):
        walk(world, document(world), "publish")
    walk(world, document(world, form="council_resolution"), "publish")


def test_only_what_the_self_check_found_is_handled(world: World) -> None:
    with pytest.raises(RuleBroken, match="không thấy nội dung phải xử lý"):
        walk(world, document(world), "handle")
    entry = walk(world, document(world), "handle", outcome="unlawful", number="07/2026/QĐ-UBND")
    assert (item(world, entry).state, item(world, entry).fields["handled_by"]) == (
        "self_checked", "06/2026/QĐ-UBND"
    )  # fmt: skip


def test_a_correction_is_held_to_the_same_rules(world: World) -> None:
    entry = walk(world, document(world))
    given = PUBLISHED | {"effective_on": "2026-03-11", "reason": "Ghi nhầm số."}
    world.take("lan", "correct", entry, **(given | {"number": "08/2026/QĐ-UBND"}))
    assert item(world, entry).fields["number"] == "08/2026/QĐ-UBND"
    assert item(world, entry).state == "self_checked"
    with pytest.raises(RuleBroken, match="Ngày tự kiểm tra 20/03/2026 sớm hơn ngày công bố 21/03/2026"):
        world.take("lan", "correct", entry, **(given | {"published_on": "2026-03-21"}))
    with pytest.raises(Warned, match="sau 4 ngày"):
        world.take("lan", "correct", entry, **(given | {"published_on": "2026-03-08"}))
    with pytest.raises(Warned, match="sớm hơn 7 ngày"):
        world.take("lan", "correct", entry, **(given | {"effective_on": "2026-03-10"}))


# The task that produces a document


def test_a_task_is_neither_approved_nor_closed_before_its_document_is_published(world: World) -> None:
    world.submitted()
    entry = walk(world, document(world, task=TASK), "sign")
    with pytest.raises(RuleBroken, match="«Quyết định về quản lý chợ» của nhiệm vụ này chưa được công bố"):
        world.take("hoa", "approve", quality="met")
    assert item(world, TASK).state == "submitted"
    world.take("lan", "publish", entry, **PUBLISHED)
    world.take("hoa", "approve", quality="met")
    second = document(world, "Quyết định thứ hai", task=TASK)
    with pytest.raises(RuleBroken, match="«Quyết định thứ hai»"):
        world.take("nam", "close")
    walk(world, second, "publish", number="09/2026/QĐ-UBND")
    world.take("nam", "close")
    assert item(world, TASK).state == "closed"


def test_a_document_that_was_given_up_holds_no_task_up(world: World) -> None:
    world.submitted()
    entry = document(world, task=TASK)
    world.take("hoa", "drop", entry, decision="15/TB-UBND", reason="Không còn cần.")
    world.take("hoa", "approve", quality="met")
    assert item(world, TASK).state == "approved"


def test_a_task_that_no_document_names_is_finished_as_ever(world: World) -> None:
    document(world)
    document(world, task="2026-III.1.1")
    world.submitted()
    world.take("hoa", "approve", quality="met")
    world.take("nam", "close")
    assert item(world, TASK).state == "closed"


def finished_parts(world: World) -> Iterator[str]:
    """Yield the parts of the task, one for each of two units, each ready to be closed."""
    world.take("hoa", "distribute", units=["phong-kinh-te", "phong-van-hoa-xa-hoi"], cadence="once")
    for unit, login in (("phong-kinh-te", "lan"), ("phong-van-hoa-xa-hoi", "mai")):
        part = f"{TASK}:{unit}"
        world.take(login, "start", part)
        world.take(login, "submit", part, **RESULT)
        yield part


def test_the_last_part_of_a_whole_waits_for_the_documents_of_the_whole(world: World) -> None:
    handling.add_person(world.ws, "mai", "Đỗ Mai", None, "phong-van-hoa-xa-hoi", world.order())
    handling.grant_role(world.ws, "mai", "officer", world.order())
    entry = document(world, task=TASK)
    first, last = finished_parts(world)
    for step, login, data in (("approve", "hoa", {"quality": "met"}), ("close", "nam", {})):
        world.take(login, step, first, **data)
    with pytest.raises(RuleBroken, match="chưa được công bố"):
        world.take("hoa", "approve", last, quality="met")
    walk(world, entry, "publish")
    world.take("hoa", "approve", last, quality="met")
    world.take("nam", "close", last)
    assert item(world, TASK).state == "closed"


def test_a_part_of_a_month_does_not_wait_for_the_document_of_the_year(world: World) -> None:
    document(world, task=TASK)
    world.take("hoa", "distribute", units=["phong-kinh-te"], cadence="monthly", since="2026-04-01")
    part = f"{TASK}:phong-kinh-te:2026-04"
    world.take("lan", "start", part)
    world.take("lan", "submit", part, **RESULT)
    world.take("hoa", "approve", part, quality="met")
    world.take("nam", "close", part)
    assert item(world, part).state == "closed"


def test_finishing_a_task_while_enforcement_is_followed_for_it_wants_a_reason(world: World) -> None:
    world.submitted()
    entry = monitoring(world, task=TASK)
    with pytest.raises(Warned, match="Còn 1 việc theo dõi thi hành pháp luật chưa có kết quả"):
        world.take("hoa", "approve", quality="met")
    world.take("lan", "conclude", entry, **CONCLUDED)
    world.take("hoa", "approve", quality="met")
    assert item(world, TASK).state == "approved"


def test_monitoring_is_not_concluded_on_a_day_to_come(world: World) -> None:
    with pytest.raises(RuleBroken, match="Ngày hoàn thành 02/04/2026 chưa đến"):
        world.take("lan", "conclude", monitoring(world), **(CONCLUDED | {"done_on": "2026-04-02"}))


# What is counted


def test_without_documents_nothing_arises(world: World) -> None:
    found = measured(world)
    assert list(found) == ["lawful", "communicated", "self_checked", "handled", "monitored"]
    assert {(one.value, one.of, one.items) for one in found.values()} == {(None, 0, ())}


def test_the_shares_of_a_year_as_counted_by_hand(world: World) -> None:
    """Eight documents: see beside each what it adds."""
    good = walk(world, document(world, "A", due="2026-04-30"), "self_check", number="1")
    late = walk(world, document(world, "B"), "publish", number="2", **LATE)
    waits = walk(world, document(world, "C"), "sign", signed_on="2026-03-31", effective_on="2026-04-30")
    overdue = walk(world, document(world, "D"), "sign")
    document(world, "E")
    unlawful = walk(world, document(world, "F"), "self_check", number="3", outcome="unlawful")
    world.take("hoa", "drop", document(world, "G"), decision="1/TB", reason="Thôi.")
    unposted = document(world, "H")
    world.take("lan", "appraise", unposted, override="Rút gọn.", **WAY[2][1])
    found = {key: (one.value, one.count, one.of) for key, one in measured(world).items()}
    assert found["lawful"] == ("25", 1, 4)  # A of A B D F: C may still be published in time
    assert found["communicated"] == ("83.33", 5, 6)  # A B C D F of these and H: E is still being drafted
    assert found["self_checked"] == ("66.67", 2, 3)  # A F of A B F
    assert found["handled"] == ("0", 0, 1)  # F
    assert set(measured(world)["lawful"].items) == {good, late, overdue, unlawful}
    assert set(measured(world)["communicated"].items) == {good, late, waits, overdue, unlawful, unposted}
    world.take("lan", "handle", unlawful, handled_on="2026-03-30", handled_by="6/2026/QĐ-UBND")
    assert measured(world)["handled"].value == "100"


def test_a_document_signed_after_its_due_day_is_not_in_time(world: World) -> None:
    entry = document(world, due="2026-04-02")
    world.wait(days=5)
    walk(
        world, entry, "publish", signed_on="2026-04-03", effective_on="2026-04-20", published_on="2026-04-04"
    )
    assert (measured(world)["lawful"].value, measured(world)["lawful"].of) == ("0", 1)


def test_a_document_counts_in_the_year_of_its_signing(world: World) -> None:
    walk(world, document(world), "publish")
    waiting = document(world, "Còn đang soạn thảo")
    world.take("lan", "post", waiting, **WAY[0][1])
    world.wait(days=300)
    assert measured(world)["lawful"].value is None
    assert measured(world)["communicated"].items == (waiting,)


def test_monitoring_is_counted_without_what_was_given_up(world: World) -> None:
    first, _, _, dropped = (monitoring(world, title) for title in "ABCD")
    world.take("lan", "conclude", first, **CONCLUDED)
    world.take("nam", "drop", dropped, decision="2/TB", reason="Gộp vào đợt khác.")
    found = measured(world)["monitored"]
    assert (found.value, found.count, found.of) == ("33.33", 1, 3)


# What is told


def words(world: World, entry: str) -> list[tuple[str, str]]:
    return [(one.kind, one.words) for one in institutional_reform.badges(item(world, entry), facts(world))]


def test_a_signed_document_shows_how_long_it_may_still_wait(world: World) -> None:
    entry = walk(world, document(world, task=TASK), "sign", signed_on="2026-03-30", effective_on="2026-05-01")
    assert words(world, entry) == [("soon", "Còn 1 ngày để công bố")]
    assert words(world, TASK) == [("soon", "Chờ công bố 1 văn bản")]
    world.wait(days=1)
    assert words(world, entry) == [("soon", "Phải công bố hôm nay")]
    world.wait(days=2)
    assert words(world, entry) == [("late", "Chậm công bố 2 ngày")]
    late = PUBLISHED | {"published_on": "2026-04-04", "override": "Lỗi mạng."}
    world.take("lan", "publish", entry, **late)
    assert words(world, entry) == [("done_late", "Công bố chậm")]
    assert words(world, TASK) == []


def test_a_document_with_findings_shows_them_until_they_are_handled(world: World) -> None:
    entry = walk(world, document(world), "self_check", outcome="unlawful")
    assert words(world, entry) == [("late", "Có nội dung phải xử lý")]
    walk(world, entry, "handle")
    assert words(world, entry) == []


def test_the_section_of_a_report_tells_what_fell_into_its_days(world: World) -> None:
    """March 2026 is 15 February to 14 March: posting lies before, the self-check after."""
    walk(world, document(world, "A"))
    walk(world, document(world, "B", form="council_resolution"), "publish", number="02/2026/NQ-HĐND", **LATE)
    world.take("lan", "conclude", monitoring(world), **(CONCLUDED | {"done_on": "2026-03-14"}))
    monitoring(world, "Kiểm tra")
    section = institutional_reform.report_section(periods.parse("2026-03"), facts(world))
    assert section.paragraphs == (
        "Số liệu tháng 3/2026 tính từ ngày 15/02/2026 đến ngày 14/03/2026.",
        "Văn bản quy phạm pháp luật: đăng lấy ý kiến 0 dự thảo; ký ban hành 2 văn bản "
        "(1 nghị quyết của HĐND, 1 quyết định của UBND); công bố 2; tự kiểm tra 0.",
        "Công bố chậm so với thời hạn 3 ngày: 1 văn bản.",
        "Theo dõi thi hành pháp luật: thực hiện 1 nhiệm vụ trong kỳ, lũy kế 1/2 nhiệm vụ.",
    )
    assert section.rows[1] == (
        "05/2026/QĐ-UBND", "A", "04/03/2026", "07/03/2026", "11/03/2026", "xamau.vn/van-ban/5"
    )  # fmt: skip
    assert [row[1] for row in section.rows] == ["B", "A"]


def test_a_period_in_which_nothing_was_signed_does_not_tell_by_form(world: World) -> None:
    walk(world, document(world), "close_opinions")
    section = institutional_reform.report_section(periods.parse("2026-02"), facts(world))
    assert section.paragraphs[1] == (
        "Văn bản quy phạm pháp luật: đăng lấy ý kiến 1 dự thảo; "
        "ký ban hành 0 văn bản; công bố 0; tự kiểm tra 0."
    )


def test_a_period_without_documents_says_so(world: World) -> None:
    section = institutional_reform.report_section(periods.parse("2026-03"), facts(world))
    assert section.paragraphs[1:] == (
        "Văn bản quy phạm pháp luật: không phát sinh.",
        "Theo dõi thi hành pháp luật: không phát sinh.",
    )
    assert section.rows == ()


def test_the_panel_tells_where_documents_stand_and_what_waits(world: World) -> None:
    walk(world, document(world, "A"), "sign")
    walk(world, document(world, "B"), "publish")
    walk(world, document(world, "C"), "self_check", number="3", outcome="unlawful")
    document(world, "D")
    values = institutional_reform.panel(facts(world)).values
    stages: Any = values["stages"]
    assert dict(stages)["Đang soạn thảo"] == dict(stages)["Đã công bố"] == 1
    waiting: Any = values["waiting"]
    assert {(title, words) for _, title, words, _ in waiting} == {
        ("A", "Chậm công bố 25 ngày"), ("B", "Chờ tự kiểm tra"), ("C", "Chờ xử lý")
    }  # fmt: skip


def test_the_page_of_the_area_draws_its_panel_measures_and_rules(world: World, plugins: Plugins) -> None:
    walk(world, document(world, "Quyết định về chợ"), "publish")
    site = Site(world.ws)
    site.app = create_app(world.data, world.ws.now, plugins=plugins)
    text = site.visitor("lan").get(f"/xa-mau/areas/{AREA}").text
    for told in ("Chờ tự kiểm tra", "100 %", "Không phát sinh", "Văn bản trong năm", "do xã quyết định"):
        assert told in text
    assert "Không vẽ được" not in text and "Không lấy được" not in text


def test_an_officer_writes_a_document_and_publishes_it_by_forms(world: World, plugins: Plugins) -> None:
    site = Site(world.ws)
    site.app = create_app(world.data, world.ws.now, plugins=plugins)
    lan, register = site.visitor("lan"), "/xa-mau/areas/registers/legal_document"
    wrong = send(lan, f"{register}/new", register, title="A", lead="phong-kinh-te")
    assert wrong.status_code == 422 and "Loại văn bản: chưa có." in wrong.text
    assert send(lan, f"{register}/new", register, title="A", task=TASK, **DRAFTED).status_code == 303
    (entry,) = items.of_kind(world.ws.read(), "legal_document", None, {"task": TASK})
    walk(world, entry.id, "sign")
    page = f"/xa-mau/items/{entry.id}/publications"
    warned = send(lan, f"{page}/new", page, **(PUBLISHED | {"published_on": "2026-03-20"}))
    assert warned.status_code == 422 and "quá thời hạn 3 ngày" in warned.text
    assert send(lan, f"{page}/new", page, **PUBLISHED).status_code == 303
    assert "<dd>05/2026/QĐ-UBND</dd>" in lan.get(f"/xa-mau/items/{entry.id}").text


# The contract of what is stored


def schemas(kind: str) -> dict[str, Any]:
    path = resources.folder("plugins") / AREA / "events" / f"{kind}.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["$defs"]
    return found


def asked(workflow: Workflow) -> Iterator[tuple[str, Any]]:
    yield "open", workflow.asks
    yield from ((step.name, step.fields) for step in workflow.transitions)


@pytest.mark.parametrize("workflow", REGISTERS.values(), ids=lambda one: one.kind)
def test_the_schemas_have_the_fields_of_the_definitions(workflow: Workflow) -> None:
    known = schemas(workflow.kind)
    assert set(known) == {f"{workflow.kind}/{workflow.version}/{step}" for step, _ in asked(workflow)}
    for step, fields in asked(workflow):
        schema = known[f"{workflow.kind}/{workflow.version}/{step}"]
        in_the_vault = [one.name for one in fields if one.kind in ("text", "files")]
        assert list(schema["properties"]) == [one.name for one in fields]
        assert schema["required"] == [one.name for one in fields if one.name not in in_the_vault]
        assert schema["additionalProperties"] is False
        for one in fields:
            refuse_unfit(schema["properties"][one.name], one)


def refuse_unfit(told: dict[str, Any], field: Field) -> None:
    assert told["description"]
    if field.kind in ("text", "files"):
        assert told["type"] == "null"
    elif field.choices:
        assert told["enum"] == [value for value, _ in field.choices]
    else:
        assert told["type"] == ("string" if field.required else ["string", "null"])
    assert (told.get("format") == "date") == (field.kind == "day")


@pytest.mark.parametrize("kind", REGISTERS)
def test_the_examples_of_the_schemas_are_valid(kind: str) -> None:
    for schema in schemas(kind).values():
        jsonschema.Draft202012Validator.check_schema(schema)
        assert schema["examples"]
        for example in schema["examples"]:
            jsonschema.validate(example, schema)


def test_what_is_stored_is_as_the_schemas_say(world: World) -> None:
    entries = [walk(world, document(world, task=TASK), "handle", outcome="unlawful"), monitoring(world)]
    world.take("lan", "correct", entries[0], effective_on="2026-03-11", reason="Ghi nhầm.", **PUBLISHED)
    world.take("lan", "conclude", entries[1], **CONCLUDED)
    dropped = walk(world, document(world), "post")
    world.take("lan", "revise", dropped, reason="Sai.")
    world.take("hoa", "drop", dropped, decision="1/TB", reason="Thôi.")
    for entry in (*entries, dropped):
        kind = item(world, entry).kind
        for event in world.ws.log.stream(f"item-{entry}"):
            schema = schemas(kind)[f"{kind}/1/{event.data.get('step', 'open')}"]
            jsonschema.validate(event.data["fields"], schema)


def test_no_figure_is_without_a_source_and_every_rule_has_words() -> None:
    assert all(one.source for one in institutional_reform.figures())
    told = {one.key for one in institutional_reform.rules()}
    assert told == {
        *("order", "future", "communicated", "unfit", "effect", "publication", "number", "handling"),
        *("published", "monitored"),
    }
