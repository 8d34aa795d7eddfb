"""What a document is: a plan is shown whatever words it holds, anything else is named for what it is."""

import pytest
from support.official_documents import (
    FORMS,
    NO_PLANS,
    PLAN,
    PLAN_BODY,
    PLANS,
    Document,
    as_text,
    in_small_letters,
    with_letterhead,
)
from support.plans import read_plan_bytes

from cchc_flow.errors import BadInput
from cchc_flow.plan_import import Proposal


def read(lines: list[str]) -> Proposal:
    return read_plan_bytes("a.txt", as_text(lines))


def refusal(lines: list[str]) -> str:
    with pytest.raises(BadInput) as refused:
        read(lines)
    assert "\n" not in str(refused.value) and refused.value.why.endswith(".")
    return refused.value.why


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", NO_PLANS)
def test_what_is_no_plan_is_refused_by_its_kind(name: str, form: str) -> None:
    document = NO_PLANS[name]
    why = refusal(FORMS[form](document))
    kind = document.kind.lower() or "công văn"
    assert why.startswith(f"Tệp là {kind}")
    if form in ("letterhead", "rows", "collapsed", "torn", "one line", "decomposed"):
        assert f"số {document.number}" in why


@pytest.mark.parametrize("name", [name for name, document in NO_PLANS.items() if document.kind])
def test_what_calls_itself_another_kind_in_small_letters_is_no_plan(name: str) -> None:
    assert refusal(in_small_letters(NO_PLANS[name])).startswith("Tệp là ")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", PLANS)
def test_a_plan_is_shown_in_every_form_whatever_its_subject(name: str, form: str) -> None:
    plan = read(FORMS[form](PLANS[name]))
    assert (plan.kind, plan.year) == ("plan", 2026)
    assert not [remark for remark in plan.warnings if remark.topic == "kind"]


def test_a_plan_in_small_letters_without_a_letterhead_is_shown() -> None:
    assert read(in_small_letters(PLAN)).title == "Cải cách hành chính xã An Khê Đông năm 2026"


def test_the_refusal_of_a_report_says_number_title_and_what_to_do() -> None:
    with pytest.raises(BadInput) as refused:
        read(with_letterhead(NO_PLANS["quarterly report"]))
    assert refused.value.why == (
        "Tệp là báo cáo số 17/BC-UBND «Kết quả cải cách hành chính quý II năm 2026», không phải kế hoạch."
    )
    assert refused.value.now == "Hãy chọn đúng tệp kế hoạch."


def test_a_decision_whose_plan_is_not_in_the_file_is_refused_with_that_reason() -> None:
    why = refusal(with_letterhead(NO_PLANS["decision whose plan is elsewhere"]))
    assert "không kèm kế hoạch đó" in why


DECISION = with_letterhead(NO_PLANS["decision whose plan is elsewhere"])


@pytest.mark.parametrize(
    "note", [["(Ban hành kèm theo Quyết định số 17/QĐ-UBND ngày 20/6/2026 của UBND xã)"], []]
)
def test_a_decision_that_carries_a_plan_is_read_as_that_plan(note: list[str]) -> None:
    plan = read([*DECISION, "KẾ HOẠCH", "Cải cách hành chính xã An Khê Đông năm 2026", *note, *PLAN_BODY])
    assert (plan.kind, plan.carrier, plan.number, plan.year) == ("plan", "quyết định", "17/QĐ-UBND", 2026)
    assert plan.title == "Cải cách hành chính xã An Khê Đông năm 2026"
    assert [area.title for area in plan.areas] == ["Cải cách thể chế", "Chuyển đổi số"]
    assert [remark.message for remark in plan.warnings if remark.topic == "carrier"] == [
        "Kế hoạch ban hành kèm theo quyết định số 17/QĐ-UBND: số và ngày là của quyết định."
    ]


def test_a_plan_without_its_decision_has_the_number_that_it_says_it_came_with() -> None:
    note = "(Ban hành kèm theo Quyết định số 17/QĐ-UBND ngày 20/6/2026 của UBND xã)"
    plan = read(["KẾ HOẠCH", "Cải cách hành chính xã An Khê Đông năm 2026", note, *PLAN_BODY])
    assert (plan.number, plan.carrier) == ("17/QĐ-UBND", None)


def test_a_document_whose_number_says_plan_is_shown_with_the_doubt() -> None:
    report = NO_PLANS["quarterly report"]._replace(code="KH-UBND")
    plan = read(with_letterhead(report))
    assert plan.number == "17/KH-UBND"
    (doubt,) = [remark for remark in plan.warnings if remark.topic == "kind"]
    assert doubt.rank == "decide" and "báo cáo" in doubt.message


def test_a_plan_of_which_nothing_was_read_is_shown_and_says_so() -> None:
    plan = read(with_letterhead(Document("KẾ HOẠCH", "KH-UBND", "Nghỉ Tết năm 2026", ("Nghỉ 07 ngày.",))))
    assert plan.kind == "plan"
    assert plan.warnings[0].topic == "no_content"


def test_a_report_that_appends_a_plan_stays_a_report() -> None:
    report = with_letterhead(NO_PLANS["quarterly report"])
    assert refusal([*report, "KẾ HOẠCH", "Công tác quý III", *PLAN_BODY]).startswith("Tệp là báo cáo")


def test_a_plan_with_its_report_form_appended_stays_a_plan() -> None:
    plan = read([*with_letterhead(PLAN), "PHỤ LỤC", "BÁO CÁO", "Kết quả quý …", "1. Đã làm"])
    assert [area.title for area in plan.areas] == ["Cải cách thể chế", "Chuyển đổi số"]


@pytest.mark.parametrize("words", ["Hôm nay trời đẹp, xã có kế hoạch đi chơi.", "Tin: xã họp về cải cách."])
def test_a_text_of_no_kind_is_refused(words: str) -> None:
    assert "không thấy một kế hoạch" in refusal([words, "- Mua rau", "- Mua gạo"])
