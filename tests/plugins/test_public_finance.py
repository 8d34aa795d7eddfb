"""Public finance: money within its plan and its year, revenue counted once, recommendations with proof."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cchc_flow.plugins.public_finance.money import total
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from support.forms import send
from support.registers import AreaWorld, refuse_unsound, schemas
from support.visitors import Site
from support.world import TASK

from cchc_flow import handling, plugins
from cchc_flow.errors import NotAllowed
from cchc_flow.handling.asking import RuleBroken, Warned
from cchc_flow.hookspecs import Section
from cchc_flow.web import create_app
from cchc_flow.workflow import periods
from cchc_flow.workflow.commands import Upload
from cchc_flow.workflow.item import Item, Last

MODULE = plugins.manager().get_plugin("public_finance")
PROOF = [Upload("uy nhiem chi.pdf", b"%PDF-1.7 paid", "application/pdf")]
RECOMMENDATION = {
    "number": "2.b",
    "source": "state_audit",
    "document": "12/TB-KTNN",
    "issued_on": "2026-02-10",
    "amount": "125.500.000",
}


@pytest.fixture
def world(tmp_path: Path) -> AreaWorld:
    return AreaWorld(tmp_path / "data", "public_finance", "Cải cách tài chính công")


@pytest.fixture
def road(world: AreaWorld) -> Item:
    """A project with a plan of ten thousand million đồng."""
    return allotted(world, "Đường thôn 3", "10.000.000.000", code="7891234")


@pytest.fixture
def advice(world: AreaWorld) -> Item:
    return world.write("audit_recommendation", "Thu hồi chi sai định mức", **RECOMMENDATION)


def allotted(world: AreaWorld, title: str, planned: str, year: str = "2026", **more: Any) -> Item:
    project = world.write("investment_project", title, **{"code": title, "budget_year": year} | more)
    given = {"planned": planned, "decision": "45/QĐ-UBND", "decided_on": "2026-01-20"}
    return world.take("lan", "allot", project.id, **given).item


def pay(world: AreaWorld, project: Item, amount: str, total: str, on: str = "2026-03-02") -> Item:
    given = {"amount": amount, "paid_total": total, "paid_on": on, "voucher": "112/KB"}
    return world.take("lan", "pay", project.id, **given).item


def collect(world: AreaWorld, period: str, this: str, last: str, **more: Any) -> Item:
    given = {"period": period, "this_year": this, "last_year": last} | more
    return world.write("revenue", f"Thu {period}", **given)


def go_to(world: AreaWorld, day: str) -> None:
    world.wait(days=(date.fromisoformat(day) - world.time.date()).days)


def test_its_definitions_are_sound_and_its_schemas_are_those_of_their_fields() -> None:
    refuse_unsound("public_finance", MODULE.workflows())


def test_every_figure_has_a_source_and_every_rule_its_words() -> None:
    assert {one.key: one.value for one in MODULE.figures()} == {
        "disbursement": "95",
        "revenue_growth": "10",
        "recommendations": "100",
        "payment_days": "31",
    }
    assert all(one.source for one in MODULE.figures())
    assert len({one.key for one in MODULE.rules()}) == len(MODULE.rules()) == 15


# Projects: the plan


@pytest.mark.parametrize("code", ["7891234", " 7891234 "])
def test_a_project_is_listed_once_a_year(world: AreaWorld, road: Item, code: str) -> None:
    with pytest.raises(RuleBroken, match="Dự án mã 7891234 đã có trong sổ năm 2026"):
        world.write("investment_project", "Đường thôn 3", code=code, budget_year="2026")
    world.write("investment_project", "Đường thôn 3", code=code, budget_year="2027")


def test_the_year_of_a_plan_is_a_whole_year(world: AreaWorld) -> None:
    with pytest.raises(RuleBroken, match="«2026-Q1» không phải một năm"):
        world.write("investment_project", "Đường thôn 3", code="1", budget_year="2026-Q1")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"planned": "0"}, "phải lớn hơn 0"),
        ({"planned": "1000,5"}, "có số lẻ"),
        ({"decided_on": "2026-03-03"}, "Ngày 03/03/2026 chưa đến"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(world: AreaWorld, change: dict[str, str], sentence: str) -> None:
    project = world.write("investment_project", "Đường thôn 3", code="1", budget_year="2026")
    given = {"planned": "1000", "decision": "45/QĐ-UBND", "decided_on": "2026-01-20"}
    with pytest.raises(RuleBroken, match=sentence):
        world.take("lan", "allot", project.id, **given | change)
    assert world.entry(project.id).state == "waiting"


def test_a_plan_is_adjusted_but_never_below_what_is_paid(world: AreaWorld, road: Item) -> None:
    pay(world, road, "6.000.000.000", "6.000.000.000")
    given = {"decision": "80/QĐ-UBND", "decided_on": "2026-03-01"}
    with pytest.raises(RuleBroken, match=r"5\.000\.000\.000 đồng thấp hơn số đã giải ngân 6\.000\.000\.000"):
        world.take("lan", "adjust", road.id, planned="5.000.000.000", **given)
    after = world.take("lan", "adjust", road.id, planned="6.000.000.000", **given).item
    assert (after.state, after.fields["planned"], after.fields["decision"]) == (
        "paying", "6000000000", "80/QĐ-UBND"
    )  # fmt: skip


# Projects: payments


def test_payments_run_on_exactly_to_the_last_dong(world: AreaWorld, road: Item) -> None:
    pay(world, road, "1", "1")
    pay(world, road, "3.333.333.333", "3.333.333.334")
    paid = pay(world, road, "6.666.666.666", "10.000.000.000")
    assert (paid.state, paid.fields["paid_total"]) == ("paying", "10000000000")


@pytest.mark.parametrize(
    ("amount", "total", "on", "sentence"),
    [
        ("0", "0", "2026-03-02", "phải lớn hơn 0"),
        ("1.000", "1.001", "2026-03-02", r"Lũy kế 1\.001 đồng không khớp: trước đó là 0 đồng, cộng 1\.000"),
        ("10,5", "10,5", "2026-03-02", "có số lẻ"),
        ("10.000.000.001", "10.000.000.001", "2026-03-02", "vượt kế hoạch vốn"),
        ("1.000", "1.000", "2026-03-03", "chưa đến"),
        ("1.000", "1.000", "2025-12-31", "chỉ được thanh toán từ 01/01/2026 đến hết 31/01/2027"),
    ],
)
def test_a_payment_that_cannot_be_is_refused(
    world: AreaWorld, road: Item, amount: str, total: str, on: str, sentence: str
) -> None:
    size = world.ws.log.size()
    with pytest.raises(RuleBroken, match=sentence):
        pay(world, road, amount, total, on)
    assert world.ws.log.size() == size


def test_money_taken_back_lowers_the_running_total(world: AreaWorld, road: Item) -> None:
    pay(world, road, "5.000", "5.000")
    given = {"voucher": "9/KB", "paid_on": "2026-03-02", "reason": "Thanh toán thừa khối lượng."}
    with pytest.raises(RuleBroken, match=r"trước đó là 5\.000 đồng, trừ 1\.000 đồng"):
        world.take("lan", "recover", road.id, amount="1.000", paid_total="6.000", **given)
    back = world.take("lan", "recover", road.id, amount="1.000", paid_total="4.000", **given).item
    assert back.fields["paid_total"] == "4000"


def test_the_first_payment_can_be_undone_and_nothing_is_paid_again(world: AreaWorld, road: Item) -> None:
    pay(world, road, "5.000", "5.000")
    handling.undo_step(world.ws, road.id, world.order("lan"))
    undone = world.entry(road.id)
    assert (undone.state, undone.fields.get("paid_total")) == ("allotted", None)


def test_money_of_a_year_is_paid_until_31_january_and_no_day_longer(world: AreaWorld, road: Item) -> None:
    go_to(world, "2027-02-05")
    with pytest.raises(RuleBroken, match="đến hết 31/01/2027, không phải ngày 01/02/2027"):
        pay(world, road, "1.000", "1.000", "2027-02-01")
    pay(world, road, "9.600.000.000", "9.600.000.000", "2027-01-31")
    reading = world.measure("disbursement_2026")
    assert (reading.value, reading.items) == ("96", (road.id,))
    assert world.measure("disbursement_2027").value is None


def test_the_last_day_of_payment_follows_the_figure(world: AreaWorld, road: Item) -> None:
    handling.set_figure(world.ws, "public_finance", "payment_days", "0", "QĐ 9/QĐ-UBND", world.order("hoa"))
    go_to(world, "2027-01-10")
    with pytest.raises(RuleBroken, match="đến hết 31/12/2026"):
        pay(world, road, "1.000", "1.000", "2027-01-01")
    assert pay(world, road, "1.000", "1.000", "2026-12-31").state == "paying"


def test_paying_ends_with_a_reason_where_money_is_left(world: AreaWorld, road: Item) -> None:
    pay(world, road, "9.000.000.000", "9.000.000.000")
    with pytest.raises(Warned, match=r"Còn 1\.000\.000\.000 đồng chưa giải ngân"):
        world.take("hoa", "finish", road.id)
    ended = world.take("hoa", "finish", road.id, override="Giảm giá gói thầu.").item
    assert ended.state == "finished"
    assert world.take("hoa", "resume", road.id, reason="Còn khối lượng.").item.state == "paying"


def test_paying_ends_without_more_where_all_is_paid(world: AreaWorld, road: Item) -> None:
    pay(world, road, "10.000.000.000", "10.000.000.000")
    assert world.take("hoa", "finish", road.id).item.state == "finished"


def test_only_the_coordinator_ends_the_paying(world: AreaWorld, road: Item) -> None:
    with pytest.raises(NotAllowed):
        world.take("lan", "finish", road.id)


def test_an_entry_written_by_mistake_is_struck_out_and_counts_nowhere(world: AreaWorld, road: Item) -> None:
    world.take("hoa", "void", road.id, reason="Ghi trùng dự án.")
    assert world.measure("disbursement_2026").items == ()
    allotted(world, "Đường thôn 3", "1.000", code="7891234")


# Disbursement


def test_disbursement_is_paid_by_plan_over_all_projects(world: AreaWorld, road: Item) -> None:
    """6.25 of 10 and 3.8 of 4 thousand millions: 10.05 of 14 is 71.79 %."""
    pay(world, road, "6.250.000.000", "6.250.000.000")
    school = allotted(world, "Trường mầm non", "4.000.000.000")
    pay(world, school, "3.800.000.000", "3.800.000.000")
    world.write("investment_project", "Chờ vốn", code="3", budget_year="2026")
    reading = world.measure("disbursement_2026")
    assert (reading.value, len(reading.items)) == ("71.79", 3)
    assert reading.note == (
        "Đã giải ngân 10.050.000.000/14.000.000.000 đồng; chưa đạt mức 95 %; thanh toán đến hết 31/01/2027."
    )


@pytest.mark.parametrize(
    ("paid", "value", "said"),
    [
        ("950.000.000.000.000", "95", "; đạt mức 95 %"),
        ("949.999.999.999.999", "95", "; chưa đạt mức 95 %"),
        ("1.000.000.000.000.000", "100", "; đạt mức 95 %"),
    ],
)
def test_whether_the_aim_is_met_is_asked_of_the_exact_sum(
    world: AreaWorld, paid: str, value: str, said: str
) -> None:
    project = allotted(world, "Cầu lớn", "1.000.000.000.000.000")
    pay(world, project, paid, paid)
    reading = world.measure("disbursement_2026")
    assert reading.value == value and said in reading.note


def test_without_a_plan_there_is_nothing_to_count(world: AreaWorld) -> None:
    assert [one.value for one in world.ask("measures")] == [None, None, None]
    assert [one.note for one in world.ask("measures")] == ["", "", ""]


@given(st.lists(st.integers(1, 10**12), max_size=30))
def test_amounts_add_up_as_whole_numbers_do(amounts: list[int]) -> None:
    assert total([paid(amount) for amount in amounts], "paid_total") == sum(amounts)


def paid(amount: int) -> Item:
    return Item(
        id="x", kind="investment_project", workflow=1, state="paying", version=1, state_version=1,
        last=Last("", "", "", "", True), moved_by="", moved_at="", fields={"paid_total": str(amount)},
    )  # fmt: skip


# Revenue


def test_revenue_is_held_against_the_same_periods_of_the_year_before(world: AreaWorld) -> None:
    """1 125 for 1 000 and 300 for 400 millions: 25 more than 1 400 is 1.79 %."""
    go_to(world, "2026-04-20")
    collect(world, "2026-Q1", "1.125.000.000", "1.000.000.000")
    assert world.measure("revenue_2026").value == "12.5"
    assert "; đạt mức 10 %; 1 kỳ còn là số ước" in world.measure("revenue_2026").note
    collect(world, "2026-04", "300.000.000", "400.000.000")
    reading = world.measure("revenue_2026")
    assert (reading.value, len(reading.items)) == ("1.79", 2)
    assert "chưa đạt mức 10 %" in reading.note


def test_less_revenue_than_before_is_a_fall(world: AreaWorld) -> None:
    collect(world, "2026-01", "90", "100")
    assert world.measure("revenue_2026").value == "-10"


def test_revenue_where_there_was_none_before_is_no_growth(world: AreaWorld) -> None:
    entry = collect(world, "2026-01", "90", "0")
    assert world.measure("revenue_2026").value is None
    assert [one.words for one in world.badges(entry.id)] == ["Số ước"]


@pytest.mark.parametrize("period", ["2026-02", "2026-Q1", "2026-H1", "2026"])
def test_no_time_is_counted_twice(world: AreaWorld, period: str) -> None:
    collect(world, "2026-02", "110", "100")
    with pytest.raises(RuleBroken, match=r"Số thu của tháng 2/2026 đã được ghi"):
        collect(world, period, "110", "100")
    collect(world, "2026-01", "110", "100")


def test_a_period_to_come_has_no_revenue(world: AreaWorld) -> None:
    with pytest.raises(RuleBroken, match="Chưa đến tháng 4/2026"):
        collect(world, "2026-04", "110", "100")


def test_an_estimate_is_corrected_and_confirmed_once_the_period_is_over(world: AreaWorld) -> None:
    entry = collect(world, "2026-03", "110", "100")
    world.take("lan", "correct", entry.id, this_year="112", last_year="100")
    given = {"this_year": "115", "last_year": "100", "document": "18/KB-KT"}
    go_to(world, "2026-04-02")
    with pytest.raises(RuleBroken, match="Đến ngày 31/03/2026 thì tháng 3/2026 chưa hết"):
        world.take("lan", "confirm", entry.id, confirmed_on="2026-03-31", **given)
    with pytest.raises(RuleBroken, match="Ngày 03/04/2026 chưa đến"):
        world.take("lan", "confirm", entry.id, confirmed_on="2026-04-03", **given)
    assert (
        world.take("lan", "confirm", entry.id, confirmed_on="2026-04-01", **given).item.state == "confirmed"
    )
    assert world.measure("revenue_2026").value == "15"
    assert [one.words for one in world.badges(entry.id)] == ["+15 % so với cùng kỳ"]
    again = world.take("hoa", "reconsider", entry.id, reason="Kho bạc điều chỉnh.").item
    assert again.state == "estimated"


def test_revenue_has_no_fractions_of_a_dong(world: AreaWorld) -> None:
    with pytest.raises(RuleBroken, match="có số lẻ"):
        collect(world, "2026-01", "110,5", "100")


# Recommendations


def record(world: AreaWorld, advice: Item, done: str, on: str = "2026-03-02", **more: Any) -> Item:
    return world.take("lan", "record", advice.id, done_amount=done, done_on=on, **more).item


def test_a_recommendation_is_closed_only_with_all_its_money_and_proof(world: AreaWorld, advice: Item) -> None:
    record(world, advice, "125.499.999")
    with pytest.raises(
        RuleBroken, match=r"Mới thực hiện 125\.499\.999 đồng trên 125\.500\.000 đồng.*minh chứng"
    ):
        world.take("hoa", "close", advice.id, closed_on="2026-03-02")
    record(world, advice, "125.500.000")
    with pytest.raises(RuleBroken, match="Chưa có tệp minh chứng nào"):
        world.take("hoa", "close", advice.id, closed_on="2026-03-02")
    closed = world.take("hoa", "close", advice.id, closed_on="2026-03-02", evidence=PROOF).item
    assert closed.state == "closed"
    assert world.take("nam", "reopen", advice.id, reason="Thu thiếu lãi.").item.state == "doing"


def test_evidence_given_with_a_result_proves_it(world: AreaWorld, advice: Item) -> None:
    record(world, advice, "125.500.000", evidence=PROOF)
    assert world.take("nam", "close", advice.id, closed_on="2026-03-02").item.state == "closed"


def test_a_recommendation_without_money_needs_its_proof_all_the_same(world: AreaWorld) -> None:
    given = RECOMMENDATION | {"number": "3", "amount": "0"}
    advice = world.write("audit_recommendation", "Rút kinh nghiệm", **given)
    record(world, advice, "0")
    with pytest.raises(RuleBroken, match="Chưa có tệp minh chứng nào"):
        world.take("hoa", "close", advice.id, closed_on="2026-03-02")


def test_the_unit_does_not_close_its_own_recommendation(world: AreaWorld, advice: Item) -> None:
    record(world, advice, "125.500.000", evidence=PROOF)
    with pytest.raises(NotAllowed):
        world.take("lan", "close", advice.id, closed_on="2026-03-02")


@pytest.mark.parametrize(
    ("done", "on", "sentence"),
    [
        ("125.500.001", "2026-03-02", "nhiều hơn số kiến nghị"),
        ("1.000", "2026-03-03", "chưa đến"),
        ("1.000", "2026-02-09", "trước ngày văn bản kết luận 10/02/2026"),
        ("0,5", "2026-03-02", "có số lẻ"),
    ],
)
def test_a_result_that_cannot_be_is_refused(
    world: AreaWorld, advice: Item, done: str, on: str, sentence: str
) -> None:
    with pytest.raises(RuleBroken, match=sentence):
        record(world, advice, done, on)


def test_a_recommendation_is_listed_once_by_number_and_document(world: AreaWorld, advice: Item) -> None:
    with pytest.raises(RuleBroken, match=r"Kiến nghị 2\.B của 12/TB-KTNN đã có trong sổ"):
        world.write("audit_recommendation", "Lại", **RECOMMENDATION | {"number": "2.B"})
    world.write("audit_recommendation", "Khác", **RECOMMENDATION | {"document": "13/TB-KTNN"})


def test_a_recommendation_of_a_day_to_come_is_refused(world: AreaWorld) -> None:
    with pytest.raises(RuleBroken, match="chưa đến"):
        world.write("audit_recommendation", "Sai ngày", **RECOMMENDATION | {"issued_on": "2026-03-03"})


def test_recommendations_count_one_by_one_and_come_over_into_the_next_year(
    world: AreaWorld, advice: Item
) -> None:
    """One of two is done in 2026: 50 %. The other comes over to 2027, where it is one of one."""
    other = world.write(
        "audit_recommendation", "Khác", **RECOMMENDATION | {"number": "5", "amount": "500.000"}
    )
    record(world, advice, "125.500.000", evidence=PROOF)
    world.take("hoa", "close", advice.id, closed_on="2026-03-02")
    reading = world.measure("recommendations_2026")
    assert (reading.value, reading.count, reading.of) == ("50", 1, 2)
    assert reading.note == "Đã thực hiện 125.500.000/126.000.000 đồng; chưa đạt mức 100 %."
    go_to(world, "2027-01-15")
    record(world, other, "500.000", "2027-01-10", evidence=PROOF)
    world.take("hoa", "close", other.id, closed_on="2027-01-10")
    assert world.measure("recommendations_2026").value == "50"
    this = world.measure("recommendations_2027")
    assert (this.value, this.items) == ("100", (other.id,))


# The plan's tasks


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("investment_project", {"code": "1", "budget_year": "2026"}),
        ("revenue", {"period": "2026-01", "this_year": "1", "last_year": "1"}),
        ("audit_recommendation", RECOMMENDATION),
    ],
)
def test_a_task_is_not_closed_before_what_is_written_for_it(
    world: AreaWorld, kind: str, fields: dict[str, str]
) -> None:
    entry = world.write(kind, "Việc phải xong trước", task=TASK, **fields)
    assert [one.words for one in world.badges(TASK)] == ["1 mục tài chính chưa xong"]
    world.submitted()
    world.take("hoa", "approve", quality="met")
    with pytest.raises(RuleBroken, match="1 mục ghi cho nhiệm vụ này chưa xong: «Việc phải xong trước»"):
        world.take("nam", "close")
    world.take("hoa", "void", entry.id, reason="Ghi nhầm nhiệm vụ.")
    world.take("nam", "close")
    assert world.entry(TASK).state == "closed" and world.badges(TASK) == []


@pytest.mark.parametrize("kind", ["investment_project", "audit_recommendation"])
def test_an_entry_names_only_tasks_of_the_area(world: AreaWorld, kind: str) -> None:
    fields = RECOMMENDATION if kind == "audit_recommendation" else {"code": "1", "budget_year": "2026"}
    with pytest.raises(RuleBroken, match="không thuộc tài chính công"):
        world.write(kind, "Nhầm", task="2026-III.1.1", **fields)


def test_a_task_without_entries_is_done_as_ever(world: AreaWorld) -> None:
    world.submitted()
    world.take("hoa", "approve", quality="met")
    world.take("nam", "close")
    assert world.entry(TASK).state == "closed"


# What is shown


def test_a_project_shows_what_is_paid_and_is_late_only_after_its_last_day(
    world: AreaWorld, road: Item
) -> None:
    pay(world, road, "9.400.000.000", "9.400.000.000")
    assert [(one.kind, one.words) for one in world.badges(road.id)] == [("in_time", "Giải ngân 94 %")]
    go_to(world, "2027-01-31")
    assert [one.kind for one in world.badges(road.id)] == ["in_time"]
    go_to(world, "2027-02-01")
    assert [one.kind for one in world.badges(road.id)] == ["late"]
    pay(world, road, "100.000.000", "9.500.000.000", "2027-01-31")
    assert [one.kind for one in world.badges(road.id)] == ["done_in_time"]


def test_a_recommendation_shows_what_is_left(world: AreaWorld, advice: Item) -> None:
    record(world, advice, "25.500.000")
    assert [one.words for one in world.badges(advice.id)] == ["Còn 100.000.000 đồng"]


def section(world: AreaWorld, period: str) -> Section:
    found: Section = world.ask("report_section", period=periods.parse(period))
    return found


def test_the_report_tells_what_was_paid_collected_and_carried_out(
    world: AreaWorld, road: Item, advice: Item
) -> None:
    pay(world, road, "6.250.000.000", "6.250.000.000")
    collect(world, "2026-01", "1.100", "1.000")
    collect(world, "2026-02", "1.300", "1.000")
    told = section(world, "2026-02")
    assert told.rows == (
        ("Đường thôn 3 (vốn năm 2026)", "10.000.000.000", "6.250.000.000", "62,5 %"),
        ("Thu ngân sách tháng 2/2026", "1.000", "1.300", "+30 %"),
    )
    words = " ".join(told.paragraphs)
    assert "Số liệu ghi đến ngày 02/03/2026." in words
    assert "Tỷ lệ giải ngân vốn đầu tư công năm 2026: 62,5 %." in words
    assert "Mức tăng thu ngân sách năm 2026 so với cùng kỳ năm 2025: +20 %." in words
    assert "năm 2026: 0 % (0/1 kiến nghị)." in words
    assert section(world, "2026-01").rows[-1] == ("Thu ngân sách tháng 1/2026", "1.000", "1.100", "+10 %")


def test_the_report_of_january_still_tells_of_last_years_money(world: AreaWorld, road: Item) -> None:
    go_to(world, "2027-01-20")
    told = section(world, "2027-01")
    assert [row[0] for row in told.rows] == ["Đường thôn 3 (vốn năm 2026)"]
    assert any("năm 2027: không phát sinh" in words for words in told.paragraphs)
    go_to(world, "2027-02-20")
    assert section(world, "2027-02").rows == ()


def test_the_page_of_the_area_draws_whole(world: AreaWorld, road: Item, advice: Item) -> None:
    pay(world, road, "6.250.000.000", "6.250.000.000")
    site = Site(world.ws)
    site.app = create_app(world.data, world.ws.now, plugins=world.ws.plugins)
    text = site.visitor("lan").get("/xa-mau/areas/public_finance").text
    for words in (
        "Đường thôn 3 (vốn năm 2026)",
        "62,5 %",
        "Thu hồi chi sai định mức",
        "125.500.000",
        "năm 2026: đến hết 31/01/2027",
        "Thời gian còn được thanh toán vốn",
        "Tỷ lệ kiến nghị thanh tra, kiểm toán đã thực hiện xong năm 2026",
    ):
        assert words in text, words
    assert "Không vẽ được" not in text and "Không lấy được" not in text


def test_a_payment_is_written_by_the_form_and_a_wrong_one_says_why(world: AreaWorld, road: Item) -> None:
    site = Site(world.ws)
    site.app = create_app(world.data, world.ws.now, plugins=world.ws.plugins)
    page = f"/xa-mau/items/{road.id}/payments"
    filled = {"amount": "1.000.000", "paid_on": "2026-03-02", "voucher": "112/KB"}
    wrong = send(site.visitor("lan"), f"{page}/new", page, paid_total="2.000.000", **filled)
    assert wrong.status_code == 422 and "Lũy kế 2.000.000 đồng không khớp" in wrong.text
    assert send(site.visitor("lan"), f"{page}/new", page, paid_total="1.000.000", **filled).status_code == 303
    assert "<dt>Lũy kế sau lần này</dt><dd>1.000.000</dd>" in site.visitor("lan").get(
        f"/xa-mau/items/{road.id}"
    ).text  # fmt: skip


def test_every_event_of_the_registers_fits_its_schema(world: AreaWorld, road: Item, advice: Item) -> None:
    pay(world, road, "5.000", "5.000")
    back = {"amount": "1.000", "paid_total": "4.000", "paid_on": "2026-03-02", "voucher": "9/KB"}
    world.take("lan", "recover", road.id, reason="Thanh toán thừa.", **back)
    world.take("hoa", "finish", road.id, override="Hết khối lượng.")
    world.take("hoa", "resume", road.id, reason="Còn khối lượng.")
    entry = collect(world, "2026-01", "110", "100", task=TASK)
    given = {"this_year": "115", "last_year": "100", "document": "18/KB", "confirmed_on": "2026-02-02"}
    world.take("lan", "confirm", entry.id, **given)
    record(world, advice, "125.500.000", evidence=PROOF, note="Đã nộp ngân sách.")
    world.take("hoa", "close", advice.id, closed_on="2026-03-02")
    known = schemas("public_finance")
    told = [pair for pair in world.told() if not pair[0].startswith("task/")]
    assert len(told) == 11
    for name, fields in told:
        Draft202012Validator(known[name]).validate(fields)
        assert all(value is None or isinstance(value, str) for value in fields.values())
