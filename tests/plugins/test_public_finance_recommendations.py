"""Recommendations of audits: carried out to the last đồng, with proof, one by one."""

import pytest
from support import finance
from support.finance import PROOF, RECOMMENDATION, record
from support.registers import AreaWorld, go_to

from cchc_flow.commands.asking import RuleBroken
from cchc_flow.errors import NotAllowed
from cchc_flow.workflow.item import Item

world, advice = finance.world, finance.advice


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
    assert reading.note == "Đã thực hiện 125.500.000/126.000.000 đồng; chưa đạt mức 100\xa0%."
    go_to(world, "2027-01-15")
    record(world, other, "500.000", "2027-01-10", evidence=PROOF)
    world.take("hoa", "close", other.id, closed_on="2027-01-10")
    assert world.measure("recommendations_2026").value == "50"
    this = world.measure("recommendations_2027")
    assert (this.value, this.items) == ("100", (other.id,))


def test_a_recommendation_shows_what_is_left(world: AreaWorld, advice: Item) -> None:
    record(world, advice, "25.500.000")
    assert [one.words for one in world.badges(advice.id)] == ["Còn 100.000.000 đồng"]
