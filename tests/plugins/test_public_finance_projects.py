"""Projects: money within its plan and its year, and how much of it is disbursed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import finance
from support.finance import AREA, allotted, pay, payment
from support.forms import send
from support.registers import AreaCommune, go_to
from support.visitors import Site

from cchc_flow import commands
from cchc_flow.plugin_host.rule_checks import RuleBroken
from cchc_flow.plugin_kit import total_amount
from cchc_flow.workflow.item import Item, Last

commune, road = finance.commune, finance.road


# The plan


@pytest.mark.parametrize("code", ["7891234", " 7891234 "])
def test_a_project_is_listed_once_a_year(commune: AreaCommune, road: str, code: str) -> None:
    with pytest.raises(RuleBroken, match="Dự án mã 7891234 đã có trong sổ năm 2026"):
        commune.entry("investment_project", title="Đường thôn 3", code=code, budget_year="2026")
    commune.entry("investment_project", title="Đường thôn 3", code=code, budget_year="2027")


def test_the_year_of_a_plan_is_a_whole_year(commune: AreaCommune) -> None:
    with pytest.raises(RuleBroken, match="«quý I/2026» không phải một năm"):
        commune.entry("investment_project", title="Đường thôn 3", code="1", budget_year="2026-Q1")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"planned": "0"}, "phải lớn hơn 0"),
        ({"planned": "1000,5"}, "có số lẻ"),
        ({"decided_on": "2026-03-03"}, "Ngày 03/03/2026 chưa đến"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(
    commune: AreaCommune, change: dict[str, str], sentence: str
) -> None:
    project = commune.entry("investment_project", title="Đường thôn 3", code="1", budget_year="2026")
    given = {"planned": "1000", "decision": "45/QĐ-UBND", "decided_on": "2026-01-20"}
    assert sentence in commune.when(project, "allot", "officer", **given | change).refusal
    assert commune.then(project).state == "waiting"


def test_a_plan_is_adjusted_but_never_below_what_is_paid(commune: AreaCommune, road: str) -> None:
    pay(commune, road, "6.000.000.000", "6.000.000.000")
    given = {"decision": "80/QĐ-UBND", "decided_on": "2026-03-01"}
    refusal = commune.when(road, "adjust", "officer", planned="5.000.000.000", **given).refusal
    assert "5.000.000.000 đồng thấp hơn số đã giải ngân 6.000.000.000" in refusal
    after = commune.take("officer", "adjust", road, planned="6.000.000.000", **given)
    assert (after.state, after.fields["planned"], after.fields["decision"]) == (
        "paying", "6000000000", "80/QĐ-UBND"
    )  # fmt: skip


# Payments


def test_payments_run_on_exactly_to_the_last_dong(commune: AreaCommune, road: str) -> None:
    pay(commune, road, "1", "1")
    pay(commune, road, "3.333.333.333", "3.333.333.334")
    paid = pay(commune, road, "6.666.666.666", "10.000.000.000")
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
    commune: AreaCommune, road: str, amount: str, total: str, on: str, sentence: str
) -> None:
    size = commune.ws.log.size()
    assert re.search(sentence, commune.when(road, "pay", "officer", **payment(amount, total, on)).refusal)
    assert commune.ws.log.size() == size


def test_money_taken_back_lowers_the_running_total(commune: AreaCommune, road: str) -> None:
    pay(commune, road, "5.000", "5.000")
    given = {"voucher": "9/KB", "paid_on": "2026-03-02", "reason": "Thanh toán thừa khối lượng."}
    refusal = commune.when(road, "recover", "officer", amount="1.000", paid_total="6.000", **given).refusal
    assert "trước đó là 5.000 đồng, trừ 1.000 đồng" in refusal
    back = commune.take("officer", "recover", road, amount="1.000", paid_total="4.000", **given)
    assert back.fields["paid_total"] == "4000"


def test_the_first_payment_can_be_undone_and_nothing_is_paid_again(commune: AreaCommune, road: str) -> None:
    pay(commune, road, "5.000", "5.000")
    commands.undo_step(commune.ws, road, commune.order("officer"))
    undone = commune.then(road)
    assert (undone.state, undone.fields.get("paid_total")) == ("allotted", None)


def test_money_of_a_year_is_paid_until_31_january_and_no_day_longer(commune: AreaCommune, road: str) -> None:
    go_to(commune, "2027-02-05")
    refusal = commune.when(road, "pay", "officer", **payment("1.000", "1.000", "2027-02-01")).refusal
    assert "đến hết 31/01/2027, không phải ngày 01/02/2027" in refusal and "nêu lý do" in refusal
    pay(commune, road, "9.600.000.000", "9.600.000.000", "2027-01-31")
    reading = commune.measure(AREA, "disbursement_2026")
    assert (reading.value, reading.items) == ("96", (road,))
    assert commune.measure(AREA, "disbursement_2027").value is None


def test_the_last_day_of_payment_follows_the_figure(commune: AreaCommune, road: str) -> None:
    commands.set_figure(commune.ws, AREA, "payment_days", "0", "QĐ 9/QĐ-UBND", commune.order("coordinator"))
    go_to(commune, "2027-01-10")
    refusal = commune.when(road, "pay", "officer", **payment("1.000", "1.000", "2027-01-01")).refusal
    assert "đến hết 31/12/2026" in refusal
    assert pay(commune, road, "1.000", "1.000", "2026-12-31").state == "paying"


def test_paying_ends_with_a_reason_where_money_is_left(commune: AreaCommune, road: str) -> None:
    pay(commune, road, "9.000.000.000", "9.000.000.000")
    assert "Còn 1.000.000.000 đồng chưa giải ngân" in commune.when(road, "finish", "coordinator").refusal
    ended = commune.take("coordinator", "finish", road, override="Giảm giá gói thầu.")
    assert ended.state == "finished"
    assert commune.take("coordinator", "resume", road, reason="Còn khối lượng.").state == "paying"


def test_paying_ends_without_more_where_all_is_paid(commune: AreaCommune, road: str) -> None:
    pay(commune, road, "10.000.000.000", "10.000.000.000")
    assert commune.take("coordinator", "finish", road).state == "finished"


def test_only_the_coordinator_ends_the_paying(commune: AreaCommune, road: str) -> None:
    refusal = commune.when(road, "finish", "officer").refusal
    assert "Việc này do đầu mối CCHC thực hiện." in refusal


def test_an_entry_written_by_mistake_is_struck_out_and_counts_nowhere(
    commune: AreaCommune, road: str
) -> None:
    commune.take("coordinator", "void", road, reason="Ghi trùng dự án.")
    assert commune.measure(AREA, "disbursement_2026").items == ()
    allotted(commune, "Đường thôn 3", "1.000", code="7891234")


def test_a_payment_is_written_by_the_form_and_a_wrong_one_says_why(commune: AreaCommune, road: str) -> None:
    site = Site(commune.ws)
    page = f"/xa-mau/items/{road}/payments"
    filled = {"amount": "1.000.000", "paid_on": "2026-03-02", "voucher": "112/KB"}
    wrong = send(site.visitor("officer"), f"{page}/new", page, paid_total="2.000.000", **filled)
    assert wrong.status_code == 422 and "Lũy kế 2.000.000 đồng không khớp" in wrong.text
    assert (
        send(site.visitor("officer"), f"{page}/new", page, paid_total="1.000.000", **filled).status_code
        == 303
    )
    assert "<dt>Lũy kế sau lần này</dt><dd>1.000.000</dd>" in site.visitor("officer").get(
        f"/xa-mau/items/{road}"
    ).text  # fmt: skip


# Disbursement


def test_disbursement_is_paid_by_plan_over_all_projects(commune: AreaCommune, road: str) -> None:
    """6.25 of 10 and 3.8 of 4 thousand millions: 10.05 of 14 is 71.79 %."""
    pay(commune, road, "6.250.000.000", "6.250.000.000")
    school = allotted(commune, "Trường mầm non", "4.000.000.000")
    pay(commune, school, "3.800.000.000", "3.800.000.000")
    commune.entry("investment_project", title="Chờ vốn", code="3", budget_year="2026")
    reading = commune.measure(AREA, "disbursement_2026")
    assert (reading.value, len(reading.items)) == ("71.79", 3)
    assert reading.note == (
        "Đã giải ngân 10.050.000.000/14.000.000.000 đồng; chưa đạt mức 95\xa0%;"
        " thanh toán đến hết 31/01/2027."
    )


@pytest.mark.parametrize(
    ("paid", "value", "said"),
    [
        ("950.000.000.000.000", "95", "; đạt mức 95\xa0%"),
        ("949.999.999.999.999", "95", "; chưa đạt mức 95\xa0%"),
        ("1.000.000.000.000.000", "100", "; đạt mức 95\xa0%"),
    ],
)
def test_whether_the_aim_is_met_is_asked_of_the_exact_sum(
    commune: AreaCommune, paid: str, value: str, said: str
) -> None:
    project = allotted(commune, "Cầu lớn", "1.000.000.000.000.000")
    pay(commune, project, paid, paid)
    reading = commune.measure(AREA, "disbursement_2026")
    assert reading.value == value and said in reading.note


@given(st.lists(st.integers(1, 10**12), max_size=30))
def test_amounts_add_up_as_whole_numbers_do(amounts: list[int]) -> None:
    assert total_amount([paid(amount) for amount in amounts], "paid_total") == sum(amounts)


def paid(amount: int) -> Item:
    return Item(
        id="x", kind="investment_project", workflow=1, state="paying", version=1, state_version=1,
        last=Last("", "", "", "", True), moved_by="", moved_at="", fields={"paid_total": str(amount)},
    )  # fmt: skip


def test_a_project_shows_what_is_paid_and_is_late_only_after_its_last_day(
    commune: AreaCommune, road: str
) -> None:
    pay(commune, road, "9.400.000.000", "9.400.000.000")
    assert commune.badges_with_kinds(road) == [("in_time", "Giải ngân 94\xa0%")]
    go_to(commune, "2027-01-31")
    assert [kind for kind, _ in commune.badges_with_kinds(road)] == ["in_time"]
    go_to(commune, "2027-02-01")
    assert [kind for kind, _ in commune.badges_with_kinds(road)] == ["late"]
    pay(commune, road, "100.000.000", "9.500.000.000", "2027-01-31")
    assert [kind for kind, _ in commune.badges_with_kinds(road)] == ["done_in_time"]
