"""Projects: money within its plan and its year, and how much of it is disbursed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import finance
from support.finance import allotted, pay
from support.forms import send
from support.registers import AreaWorld, go_to
from support.visitors import Site

from cchc_flow import commands
from cchc_flow.commands.asking import RuleBroken, Warned
from cchc_flow.errors import NotAllowed
from cchc_flow.plugin_kit import total_amount
from cchc_flow.web import create_app
from cchc_flow.workflow.item import Item, Last

world, road = finance.world, finance.road


# The plan


@pytest.mark.parametrize("code", ["7891234", " 7891234 "])
def test_a_project_is_listed_once_a_year(world: AreaWorld, road: Item, code: str) -> None:
    with pytest.raises(RuleBroken, match="Dự án mã 7891234 đã có trong sổ năm 2026"):
        world.write("investment_project", "Đường thôn 3", code=code, budget_year="2026")
    world.write("investment_project", "Đường thôn 3", code=code, budget_year="2027")


def test_the_year_of_a_plan_is_a_whole_year(world: AreaWorld) -> None:
    with pytest.raises(RuleBroken, match="«quý I/2026» không phải một năm"):
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


# Payments


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
    commands.undo_step(world.ws, road.id, world.order("lan"))
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
    commands.set_figure(world.ws, "public_finance", "payment_days", "0", "QĐ 9/QĐ-UBND", world.order("hoa"))
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
    world: AreaWorld, paid: str, value: str, said: str
) -> None:
    project = allotted(world, "Cầu lớn", "1.000.000.000.000.000")
    pay(world, project, paid, paid)
    reading = world.measure("disbursement_2026")
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
    world: AreaWorld, road: Item
) -> None:
    pay(world, road, "9.400.000.000", "9.400.000.000")
    assert [(one.kind, one.words) for one in world.badges(road.id)] == [("in_time", "Giải ngân 94\xa0%")]
    go_to(world, "2027-01-31")
    assert [one.kind for one in world.badges(road.id)] == ["in_time"]
    go_to(world, "2027-02-01")
    assert [one.kind for one in world.badges(road.id)] == ["late"]
    pay(world, road, "100.000.000", "9.500.000.000", "2027-01-31")
    assert [one.kind for one in world.badges(road.id)] == ["done_in_time"]
