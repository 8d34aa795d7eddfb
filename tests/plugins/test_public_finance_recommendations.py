"""Recommendations of audits: carried out to the last đồng, with proof, one by one."""

import pytest
from support import finance
from support.finance import AREA, PROOF, RECOMMENDATION, record
from support.registers import AreaCommune, go_to

from cchc_flow.plugin_host.rule_checks import RuleBroken

commune, advice = finance.commune, finance.advice


def test_a_recommendation_is_closed_only_with_all_its_money_and_proof(
    commune: AreaCommune, advice: str
) -> None:
    record(commune, advice, "125.499.999")
    refusal = commune.when(advice, "close", closed_on="2026-03-02").refusal
    assert "Mới thực hiện 125.499.999 đồng trên 125.500.000 đồng" in refusal
    assert "minh chứng" in refusal
    record(commune, advice, "125.500.000")
    refusal = commune.when(advice, "close", closed_on="2026-03-02").refusal
    assert refusal.startswith("Chưa có tệp minh chứng nào")
    assert (
        commune.take("coordinator", "close", advice, closed_on="2026-03-02", evidence=PROOF).state == "closed"
    )
    assert commune.take("leader", "reopen", advice, reason="Thu thiếu lãi.").state == "doing"


def test_evidence_given_with_a_result_proves_it(commune: AreaCommune, advice: str) -> None:
    record(commune, advice, "125.500.000", evidence=PROOF)
    assert commune.take("leader", "close", advice, closed_on="2026-03-02").state == "closed"


def test_a_recommendation_without_money_needs_its_proof_all_the_same(commune: AreaCommune) -> None:
    given = RECOMMENDATION | {"number": "3", "amount": "0"}
    advice = commune.entry("audit_recommendation", title="Rút kinh nghiệm", **given)
    record(commune, advice, "0")
    refusal = commune.when(advice, "close", "coordinator", closed_on="2026-03-02").refusal
    assert "Chưa có tệp minh chứng nào" in refusal


def test_the_unit_does_not_close_its_own_recommendation(commune: AreaCommune, advice: str) -> None:
    record(commune, advice, "125.500.000", evidence=PROOF)
    refusal = commune.when(advice, "close", "officer", closed_on="2026-03-02").refusal
    assert "Việc này do đầu mối CCHC hoặc lãnh đạo UBND thực hiện." in refusal


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
    commune: AreaCommune, advice: str, done: str, on: str, sentence: str
) -> None:
    result = {"done_amount": done, "done_on": on}
    assert sentence in commune.when(advice, "record", "officer", **result).refusal


def test_a_recommendation_is_listed_once_by_number_and_document(commune: AreaCommune, advice: str) -> None:
    with pytest.raises(RuleBroken, match=r"Kiến nghị 2\.B của 12/TB-KTNN đã có trong sổ"):
        commune.entry("audit_recommendation", title="Lại", **RECOMMENDATION | {"number": "2.B"})
    commune.entry("audit_recommendation", title="Khác", **RECOMMENDATION | {"document": "13/TB-KTNN"})


def test_a_recommendation_of_a_day_to_come_is_refused(commune: AreaCommune) -> None:
    with pytest.raises(RuleBroken, match="chưa đến"):
        commune.entry(
            "audit_recommendation", title="Sai ngày", **RECOMMENDATION | {"issued_on": "2026-03-03"}
        )


def test_recommendations_count_one_by_one_and_come_over_into_the_next_year(
    commune: AreaCommune, advice: str
) -> None:
    """One of two is done in 2026: 50 %. The other comes over to 2027, where it is one of one."""
    other = commune.entry(
        "audit_recommendation", title="Khác", **RECOMMENDATION | {"number": "5", "amount": "500.000"}
    )
    record(commune, advice, "125.500.000", evidence=PROOF)
    commune.take("coordinator", "close", advice, closed_on="2026-03-02")
    reading = commune.measure(AREA, "recommendations_2026")
    assert (reading.value, reading.count, reading.of) == ("50", 1, 2)
    assert reading.note == "Đã thực hiện 125.500.000/126.000.000 đồng; chưa đạt mức 100\xa0%."
    go_to(commune, "2027-01-15")
    record(commune, other, "500.000", "2027-01-10", evidence=PROOF)
    commune.take("coordinator", "close", other, closed_on="2027-01-10")
    assert commune.measure(AREA, "recommendations_2026").value == "50"
    this = commune.measure(AREA, "recommendations_2027")
    assert (this.value, this.items) == ("100", (other,))


def test_a_recommendation_shows_what_is_left(commune: AreaCommune, advice: str) -> None:
    record(commune, advice, "25.500.000")
    assert commune.badges(advice) == ["Còn 100.000.000 đồng"]
