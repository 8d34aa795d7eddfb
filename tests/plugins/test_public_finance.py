"""Public finance as a whole: its definitions and schemas, the plan's tasks, its report and its page."""

import pytest
from jsonschema import Draft202012Validator
from support import finance
from support.finance import AREA, PROOF, RECOMMENDATION, collect, pay, record
from support.registers import AreaCommune, go_to, kept_fields, refuse_unsound, schemas

from cchc_flow.plugin_host import loading
from cchc_flow.plugin_host.rule_checks import RuleBroken

MODULE = loading.load_manager().get_plugin(AREA)

commune, road, advice = finance.commune, finance.road, finance.advice


def test_its_definitions_are_sound_and_its_schemas_are_those_of_their_fields() -> None:
    refuse_unsound(AREA, MODULE.workflows())


def test_every_figure_has_a_source_and_every_rule_its_words() -> None:
    assert {figure.key: figure.value for figure in MODULE.figures()} == {
        "disbursement": "95",
        "revenue_growth": "10",
        "recommendations": "100",
        "payment_days": "31",
    }
    assert all(figure.source for figure in MODULE.figures())
    assert len({rule.key for rule in MODULE.rules()}) == len(MODULE.rules()) == 16


def test_without_a_plan_there_is_nothing_to_count(commune: AreaCommune) -> None:
    assert [measure.value for measure in commune.ask("measures")] == [None, None, None]
    assert [measure.note for measure in commune.ask("measures")] == ["", "", ""]


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
    commune: AreaCommune, kind: str, fields: dict[str, str]
) -> None:
    task = commune.task(AREA)
    entry = commune.entry(kind, title="Việc phải xong trước", task=task, **fields)
    assert commune.badges(task) == ["1 mục tài chính chưa xong"]
    commune.given(task, "assign", "start", "submit", "approve")
    refusal = commune.when(task, "close", "leader").refusal
    assert "1 mục ghi cho nhiệm vụ này chưa xong: «Việc phải xong trước»" in refusal
    commune.take("coordinator", "void", entry, reason="Ghi nhầm nhiệm vụ.")
    assert commune.take("leader", "close", task).state == "closed"
    assert commune.badges(task) == []


@pytest.mark.parametrize("kind", ["investment_project", "audit_recommendation"])
def test_an_entry_names_only_tasks_of_the_area(commune: AreaCommune, kind: str) -> None:
    fields = RECOMMENDATION if kind == "audit_recommendation" else {"code": "1", "budget_year": "2026"}
    with pytest.raises(RuleBroken, match="không thuộc tài chính công"):
        commune.entry(kind, title="Nhầm", task=commune.task(), **fields)


def test_a_task_without_entries_is_done_as_ever(commune: AreaCommune) -> None:
    task = commune.task(AREA)
    commune.given(task, "assign", "start", "submit", "approve")
    assert commune.take("leader", "close", task).state == "closed"


# What is shown


def test_the_report_tells_what_was_paid_collected_and_carried_out(
    commune: AreaCommune, road: str, advice: str
) -> None:
    pay(commune, road, "6.250.000.000", "6.250.000.000")
    collect(commune, "2026-01", "1.100", "1.000")
    collect(commune, "2026-02", "1.300", "1.000")
    report = commune.section("2026-02")
    assert report.rows == (
        ("Đường thôn 3 (vốn năm 2026)", "10.000.000.000", "6.250.000.000", "62,5\xa0%"),
        ("Thu ngân sách tháng 2/2026", "1.000", "1.300", "+30\xa0%"),
    )
    words = " ".join(report.paragraphs)
    assert "Số liệu ghi đến ngày 02/03/2026." in words
    assert "Tỷ lệ giải ngân vốn đầu tư công năm 2026: 62,5\xa0%." in words
    assert "Mức tăng thu ngân sách năm 2026 so với cùng kỳ năm 2025: +20\xa0%." in words
    assert "năm 2026: 0\xa0% (0/1 kiến nghị)." in words
    assert commune.section("2026-01").rows[-1] == (
        "Thu ngân sách tháng 1/2026",
        "1.000",
        "1.100",
        "+10\xa0%",
    )


def test_the_report_of_january_still_tells_of_last_years_money(commune: AreaCommune, road: str) -> None:
    go_to(commune, "2027-01-20")
    report = commune.section("2027-01")
    assert [row[0] for row in report.rows] == ["Đường thôn 3 (vốn năm 2026)"]
    assert any("năm 2027: chưa có số liệu" in words for words in report.paragraphs)
    go_to(commune, "2027-02-20")
    assert commune.section("2027-02").rows == ()


def test_the_page_of_the_area_draws_whole(commune: AreaCommune, road: str, advice: str) -> None:
    pay(commune, road, "6.250.000.000", "6.250.000.000")
    text = commune.page(f"areas/{AREA}", "officer")
    for words in (
        "Đường thôn 3 (vốn năm 2026)",
        "62,5\xa0%",
        "Thu hồi chi sai định mức",
        "125.500.000",
        "năm 2026: đến hết 31/01/2027",
        "Thời gian còn được thanh toán vốn",
        "Tỷ lệ kiến nghị thanh tra, kiểm toán đã thực hiện xong năm 2026",
    ):
        assert words in text, words
    assert "Không vẽ được" not in text and "Không lấy được" not in text


def test_every_event_of_the_registers_fits_its_schema(commune: AreaCommune, road: str, advice: str) -> None:
    pay(commune, road, "5.000", "5.000")
    back = {"amount": "1.000", "paid_total": "4.000", "paid_on": "2026-03-02", "voucher": "9/KB"}
    commune.take("officer", "recover", road, reason="Thanh toán thừa.", **back)
    commune.take("coordinator", "finish", road, override="Hết khối lượng.")
    commune.take("coordinator", "resume", road, reason="Còn khối lượng.")
    entry = collect(commune, "2026-01", "110", "100", task=commune.task(AREA))
    given = {"this_year": "115", "last_year": "100", "document": "18/KB", "confirmed_on": "2026-02-02"}
    commune.take("officer", "confirm", entry, **given)
    record(commune, advice, "125.500.000", evidence=PROOF, note="Đã nộp ngân sách.")
    commune.take("coordinator", "close", advice, closed_on="2026-03-02")
    known = schemas(AREA)
    recorded = [pair for pair in kept_fields(commune.ws) if not pair[0].startswith("task/")]
    assert len(recorded) == 11
    for name, fields in recorded:
        Draft202012Validator(known[name]).validate(fields)
        assert all(value is None or isinstance(value, str) for value in fields.values())
