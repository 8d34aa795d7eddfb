"""The work of digital transformation: tasks of its plan, accounts and certificates, reports on systems."""

import pytest
from support import digital
from support.digital import (
    AREA,
    PROOF,
    dispatch,
    equipped,
    finish,
    planned,
    report,
    roll_out,
    update,
)
from support.registers import AreaCommune, go_to

from cchc_flow.plugin_host.rule_checks import RuleBroken

commune = digital.commune


# The digital plan


def test_a_task_of_the_digital_plan_is_done_only_with_proof(commune: AreaCommune) -> None:
    item = planned(commune, "1")
    commune.take("officer", "begin", item)
    refusal = commune.when(item, "finish", "officer", done_on="2026-03-02", document="31/BC-UBND").refusal
    assert "Chưa có tệp minh chứng sản phẩm" in refusal
    refusal = commune.when(
        item, "finish", "officer", done_on="2026-03-03", document="31/BC", evidence=PROOF
    ).refusal
    assert "Ngày 03/03/2026 chưa đến" in refusal
    given = {"done_on": "2026-03-02", "document": "31/BC-UBND", "evidence": PROOF}
    assert commune.take("officer", "finish", item, **given).state == "finished"
    assert commune.take("coordinator", "reopen", item, reason="Thiếu nội dung.").state == "doing"


def test_what_a_decision_took_out_of_the_plan_does_not_count(commune: AreaCommune) -> None:
    """Of four, one is dropped and two are done: 66.67 %."""
    first, second, _, dropped = (planned(commune, number) for number in "1234")
    finish(commune, first)
    finish(commune, second)
    refusal = commune.when(
        dropped, "drop", "coordinator", decision="60/QĐ-UBND", decided_on="2026-03-03"
    ).refusal
    assert "chưa đến" in refusal
    commune.take("coordinator", "drop", dropped, decision="60/QĐ-UBND", decided_on="2026-03-01")
    reading = commune.measure(AREA, "plan_2026")
    assert (reading.value, reading.count, reading.of) == ("66.67", 2, 3)


def test_a_task_of_the_digital_plan_is_listed_once_a_year(commune: AreaCommune) -> None:
    planned(commune, "1")
    with pytest.raises(RuleBroken, match="Nhiệm vụ số 1 năm 2026 đã có trong sổ"):
        planned(commune, "1")
    with pytest.raises(RuleBroken, match="«tháng 3/2026» không phải một năm"):
        planned(commune, "1", "2026-03")
    planned(commune, "1", "2027")


# Accounts and certificates


def test_certificates_are_counted_over_all_units(commune: AreaCommune) -> None:
    """18 of 20 and 10 of 10 have accounts: 93.33 %; 15 and 9 have certificates: 80 %."""
    first = roll_out(commune)
    second = roll_out(commune, "10", lead="tram-y-te")
    update(commune, first, "20", "18", "15")
    commune.take("coordinator", "update", second, **equipped("10", "10", "9", on="2026-03-01"))
    assert (commune.measure(AREA, "accounts").value, commune.measure(AREA, "certificates").value) == (
        "93.33",
        "80",
    )
    assert commune.badges(first) == ["Tài khoản 18/20, chứng thư số 15/20"]


def test_not_more_people_have_a_certificate_than_there_are(commune: AreaCommune) -> None:
    item = roll_out(commune)
    refusal = commune.when(item, "update", "officer", **equipped("20", "21", "20")).refusal
    assert "Người có tài khoản: 21, nhiều hơn tổng 20" in refusal
    refusal = commune.when(item, "update", "officer", **equipped("18", "18", "19")).refusal
    assert "Người có chứng thư số: 19, nhiều hơn tổng 18" in refusal
    refusal = commune.when(item, "update", "officer", **equipped("20", "1", "1", on="2026-03-03")).refusal
    assert "chưa đến" in refusal


def test_a_unit_is_complete_only_when_everybody_has_both(commune: AreaCommune) -> None:
    item = roll_out(commune)
    refusal = commune.when(item, "complete", "unit_head").refusal
    assert "Mới có 0/20 người có tài khoản" in refusal
    update(commune, item, "20", "20", "19")
    refusal = commune.when(item, "complete", "unit_head").refusal
    assert "19/20 người có chứng thư số" in refusal
    update(commune, item, "20", "20", "20")
    assert commune.take("unit_head", "complete", item).state == "complete"
    assert update(commune, item, "21", "20", "20").state == "rolling"


def test_a_unit_is_followed_once(commune: AreaCommune) -> None:
    roll_out(commune)
    with pytest.raises(RuleBroken, match="Đơn vị này đã có mục theo dõi"):
        roll_out(commune)


# Reports on the systems


def test_a_report_on_a_system_has_a_due_day(commune: AreaCommune) -> None:
    with pytest.raises(RuleBroken, match="Báo cáo chưa có hạn gửi"):
        report(commune, "Báo cáo tháng 3", None)


def test_a_late_report_needs_a_reason_and_counts_as_late(commune: AreaCommune) -> None:
    item = report(commune, "Báo cáo tháng 3", "2026-03-05")
    go_to(commune, "2026-03-09")
    refusal = commune.when(item, "send", "officer", sent_on="2026-03-10").refusal
    assert "Ngày 10/03/2026 chưa đến" in refusal
    refusal = commune.when(item, "send", "officer", sent_on="2026-03-06").refusal
    assert "Báo cáo gửi sau hạn 05/03/2026" in refusal
    assert dispatch(commune, item, "2026-03-06", override="Hệ thống lỗi.").state == "sent"
    assert commune.badges(item) == ["Gửi trễ hạn"]
    assert (commune.measure(AREA, "reports_2026").value, commune.measure(AREA, "reports_2026").of) == ("0", 1)


def test_reports_count_once_they_are_sent_or_late(commune: AreaCommune) -> None:
    """Sent in time, late and still to come: one of two is in time."""
    sent = report(commune, "Báo cáo đã gửi", "2026-03-05")
    late = report(commune, "Báo cáo trễ", "2026-03-05")
    report(commune, "Báo cáo sau", "2026-06-30")
    go_to(commune, "2026-03-05")
    dispatch(commune, sent, "2026-03-05")
    assert commune.measure(AREA, "reports_2026").value == "100"
    go_to(commune, "2026-03-06")
    reading = commune.measure(AREA, "reports_2026")
    assert (reading.value, set(reading.items)) == ("50", {sent, late})


def test_a_report_is_sent_again(commune: AreaCommune) -> None:
    item = report(commune, "Báo cáo tháng 3", "2026-03-05")
    dispatch(commune, item, "2026-03-02")
    assert commune.take("coordinator", "take_back", item, reason="Cấp trên trả lại.").state == "waiting"
    assert commune.measure(AREA, "reports_2026").value is None


# The plan's tasks


@pytest.mark.parametrize("kind", ["digital_task", "system_report", "account_rollout"])
def test_a_task_is_not_closed_before_what_is_written_for_it(commune: AreaCommune, kind: str) -> None:
    fields = {
        "digital_task": {"year": "2026", "number": "1"},
        "system_report": {"system": "A", "receiver": "B", "due": "2026-03-05"},
        "account_rollout": {"people": "20"},
    }[kind]
    task = commune.task(AREA)
    entry = commune.entry(kind, title="Việc phải xong trước", task=task, **fields)
    assert commune.badges(task) == ["1 mục chuyển đổi số chưa xong"]
    commune.given(task, "assign", "start", "submit", "approve")
    refusal = commune.when(task, "close", "leader").refusal
    assert "1 mục ghi cho nhiệm vụ này chưa xong: «Việc phải xong trước»" in refusal
    commune.take("coordinator", "void", entry, reason="Ghi nhầm nhiệm vụ.")
    assert commune.take("leader", "close", task).state == "closed"
    assert commune.badges(task) == []


def test_an_entry_names_only_tasks_of_the_area(commune: AreaCommune) -> None:
    other = commune.task()
    with pytest.raises(RuleBroken, match="không thuộc chuyển đổi số"):
        planned(commune, "1", task=other)
    with pytest.raises(RuleBroken, match="không thuộc chuyển đổi số"):
        roll_out(commune, task=other)
    with pytest.raises(RuleBroken, match="không thuộc chuyển đổi số"):
        report(commune, "Báo cáo", "2026-03-05", task=other)
