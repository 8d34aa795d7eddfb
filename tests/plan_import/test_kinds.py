"""What a document is: a plan is shown whatever words it holds, anything else is named for what it is."""

import contextlib
import io
import time
from collections.abc import Callable

import docx
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


TITLES_OF_NO_PLAN = [
    "THỂ LỆ CUỘC THI TÌM HIỂU CẢI CÁCH HÀNH CHÍNH", "KỊCH BẢN TUYÊN TRUYỀN CẢI CÁCH HÀNH CHÍNH",
    "SỔ TAY MỘT CỬA",
    "ĐỀ CƯƠNG TUYÊN TRUYỀN CẢI CÁCH HÀNH CHÍNH", "CÁCH LÀM HAY VỀ MỘT CỬA", "MẪU BÁO CÁO QUÝ", "B Á O C Á O",
    "TÓM TẮT BÁO CÁO NĂM 2025", "DỰ THẢO BÁO CÁO LẦN 2", "CHIẾN LƯỢC CHUYỂN ĐỔI SỐ", "BẢN TIN CẢI CÁCH",
    "CHƯƠNG TRÌNH HỘI NGHỊ", "PHIẾU CHẤM ĐIỂM CẢI CÁCH HÀNH CHÍNH", "NỘI QUY MỘT CỬA", "TRANG CHỦ XÃ NHÀ",
]  # fmt: skip


@pytest.mark.parametrize("title", TITLES_OF_NO_PLAN)
def test_a_text_with_another_title_is_no_plan_though_its_sections_are_like_one(title: str) -> None:
    assert refusal([title, *PLAN_BODY[2:]]).startswith("Tệp là ")


@pytest.mark.parametrize(
    "head",
    [
        ["K Ế H O Ạ C H", "Cải cách hành chính xã A năm 2026"],
        ["DỰ THẢO LẦN 2", "KẾ HOẠCH", "Cải cách hành chính xã A năm 2026"],
        ["DỰ THẢO KẾ HOẠCH", "Cải cách hành chính xã A năm 2026"],
        ["Kế hoạch", "Cải cách hành chính xã A năm 2026"],
        ["KẾ", "HOẠCH", "Cải cách hành chính xã A năm 2026"],
        ["KẾ HOẠCH: Cải cách hành chính xã A năm 2026"],
        ["**KẾ HOẠCH**", "**Cải cách hành chính xã A năm 2026**"],
        ["KẾ HOẠCH", "-------", "Cải cách hành chính xã A năm 2026"],
        ["Kế hoạch cải cách hành chính xã A năm 2026"],
    ],
)
def test_a_plan_is_known_however_its_title_is_set(head: list[str]) -> None:
    plan = read([*head, *PLAN_BODY])
    assert plan.title.lower() == "cải cách hành chính xã a năm 2026"
    assert len(plan.areas) == 2


def test_a_plan_whose_head_was_lost_is_known_by_its_sections() -> None:
    plan = read([*PLAN_BODY[1:]])
    assert [area.title for area in plan.areas] == ["Cải cách thể chế", "Chuyển đổi số"]
    assert [one.rank for one in plan.warnings if one.topic == "kind"] == ["decide"]


def test_a_reform_programme_is_shown_as_a_plan_with_the_doubt() -> None:
    programme = PLAN._replace(kind="CHƯƠNG TRÌNH", code="CTr-UBND")
    plan = read(with_letterhead(programme))
    assert (plan.number, plan.title) == ("17/CTr-UBND", PLAN.subject)
    assert any(one.topic == "kind" and "chương trình" in one.message for one in plan.warnings)


def test_a_decision_whose_plan_is_headed_as_an_appendix_is_read_as_that_plan() -> None:
    plan = read([*DECISION, "PHỤ LỤC", "KẾ HOẠCH", "Cải cách hành chính xã A năm 2026", *PLAN_BODY])
    assert (plan.carrier, len(plan.areas)) == ("quyết định", 2)


def test_a_decision_that_holds_the_plan_in_its_articles_is_read_as_that_plan() -> None:
    decision = NO_PLANS["decision whose plan is elsewhere"]._replace(
        body=(
            "QUYẾT ĐỊNH:",
            "Điều 1. Ban hành Kế hoạch cải cách hành chính năm 2026 như sau:",
            *PLAN_BODY[2:],
        )
    )
    plan = read(with_letterhead(decision))
    assert (plan.carrier, plan.year) == ("quyết định", 2026)


def test_a_letter_that_sends_a_plan_with_its_own_number_is_read_as_that_plan() -> None:
    plan = read([*with_letterhead(NO_PLANS["official letter"]), *with_letterhead(PLAN._replace(serial="18"))])
    assert plan.carrier == "công văn"
    assert (plan.title, len(plan.areas)) == (PLAN.subject, 2)


def letterhead_table(document: Document) -> list[list[str]]:
    return [
        [f"ỦY BAN NHÂN DÂN\nXÃ AN KHÊ ĐÔNG\nSố: {document.number}",
         "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"],
        ["", "An Khê Đông, ngày 20 tháng 6 năm 2026"],
    ]  # fmt: skip


@pytest.mark.parametrize("name", NO_PLANS)
def test_a_word_document_with_its_letterhead_in_a_table_is_named_by_its_kind(
    name: str, word_with_letterhead: Callable[..., bytes]
) -> None:
    document = NO_PLANS[name]
    lines = [document.kind, document.subject, *document.body] if document.kind else list(document.body)
    with pytest.raises(BadInput, match=f"Tệp là {document.kind.lower() or 'công văn'} số {document.number}"):
        read_plan_bytes("a.docx", word_with_letterhead(letterhead_table(document), lines))


def test_a_word_plan_with_its_letterhead_in_a_table_is_read(
    word_with_letterhead: Callable[..., bytes],
) -> None:
    content = word_with_letterhead(letterhead_table(PLAN), [PLAN.kind, PLAN.subject, *PLAN_BODY])
    plan = read_plan_bytes("a.docx", content)
    assert (plan.number, plan.day, plan.issuer) == ("17/KH-UBND", "2026-06-20", "UBND xã An Khê Đông")


@pytest.fixture
def word_with_letterhead() -> Callable[..., bytes]:
    def build(table: list[list[str]], lines: list[str]) -> bytes:
        document = docx.Document()
        rows = document.add_table(rows=len(table), cols=2).rows
        for row, texts in zip(rows, table, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        for line in lines:
            document.add_paragraph(line)
        buffer = io.BytesIO()
        document.save(buffer)
        return buffer.getvalue()

    return build


@pytest.mark.parametrize("thing", ["báo cáo ", "ban hành kế hoạch ", "KẾ HOẠCH ", "số 1/KH-A ", "năm 2026 "])
def test_hostile_repetitions_are_named_in_seconds(thing: str) -> None:
    started = time.process_time()
    content = "\n\n".join(["KẾ HOẠCH", *[(thing * 2_000)[:1_490]] * 500]).encode()
    outcome = contextlib.suppress(BadInput)
    with outcome:
        read_plan_bytes("a.txt", content)
    assert time.process_time() - started < 8
