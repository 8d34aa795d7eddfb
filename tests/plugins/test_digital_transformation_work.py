"""The work of digital transformation: tasks of its plan, accounts and certificates, reports on systems."""

import pytest
from support import digital
from support.digital import PROOF, dispatch, finish, planned, report, roll_out, update
from support.registers import AreaWorld, go_to
from support.world import TASK

from cchc_flow.commands.asking import RuleBroken, Warned

world = digital.world


# The digital plan


def test_a_task_of_the_digital_plan_is_done_only_with_proof(world: AreaWorld) -> None:
    item = planned(world, "1")
    world.take("lan", "begin", item.id)
    with pytest.raises(RuleBroken, match="Chưa có tệp minh chứng sản phẩm"):
        world.take("lan", "finish", item.id, done_on="2026-03-02", document="31/BC-UBND")
    with pytest.raises(RuleBroken, match="Ngày 03/03/2026 chưa đến"):
        world.take("lan", "finish", item.id, done_on="2026-03-03", document="31/BC", evidence=PROOF)
    given = {"done_on": "2026-03-02", "document": "31/BC-UBND", "evidence": PROOF}
    assert world.take("lan", "finish", item.id, **given).item.state == "finished"
    assert world.take("hoa", "reopen", item.id, reason="Thiếu nội dung.").item.state == "doing"


def test_what_a_decision_took_out_of_the_plan_does_not_count(world: AreaWorld) -> None:
    """Of four, one is dropped and two are done: 66.67 %."""
    first, second, _, dropped = (planned(world, number) for number in "1234")
    finish(world, first)
    finish(world, second)
    with pytest.raises(RuleBroken, match="chưa đến"):
        world.take("hoa", "drop", dropped.id, decision="60/QĐ-UBND", decided_on="2026-03-03")
    world.take("hoa", "drop", dropped.id, decision="60/QĐ-UBND", decided_on="2026-03-01")
    reading = world.measure("plan_2026")
    assert (reading.value, reading.count, reading.of) == ("66.67", 2, 3)


def test_a_task_of_the_digital_plan_is_listed_once_a_year(world: AreaWorld) -> None:
    planned(world, "1")
    with pytest.raises(RuleBroken, match="Nhiệm vụ số 1 năm 2026 đã có trong sổ"):
        planned(world, "1")
    with pytest.raises(RuleBroken, match="«tháng 3/2026» không phải một năm"):
        planned(world, "1", "2026-03")
    planned(world, "1", "2027")


# Accounts and certificates


def test_certificates_are_counted_over_all_units(world: AreaWorld) -> None:
    """18 of 20 and 10 of 10 have accounts: 93.33 %; 15 and 9 have certificates: 80 %."""
    first = roll_out(world)
    second = roll_out(world, "10", lead="tram-y-te")
    update(world, first, "20", "18", "15")
    numbers = {"people": "10", "accounts": "10", "certificates": "9", "counted_on": "2026-03-01"}
    world.take("hoa", "update", second.id, **numbers)
    assert (world.measure("accounts").value, world.measure("certificates").value) == ("93.33", "80")
    assert [one.words for one in world.badges(first.id)] == ["Tài khoản 18/20, chứng thư số 15/20"]


def test_not_more_people_have_a_certificate_than_there_are(world: AreaWorld) -> None:
    item = roll_out(world)
    with pytest.raises(RuleBroken, match="Người có tài khoản: 21, nhiều hơn tổng 20"):
        update(world, item, "20", "21", "20")
    with pytest.raises(RuleBroken, match="Người có chứng thư số: 19, nhiều hơn tổng 18"):
        update(world, item, "18", "18", "19")
    with pytest.raises(RuleBroken, match="chưa đến"):
        numbers = {"people": "20", "accounts": "1", "certificates": "1"}
        world.take("lan", "update", item.id, counted_on="2026-03-03", **numbers)


def test_a_unit_is_complete_only_when_everybody_has_both(world: AreaWorld) -> None:
    item = roll_out(world)
    with pytest.raises(RuleBroken, match="Mới có 0/20 người có tài khoản"):
        world.take("binh", "complete", item.id)
    update(world, item, "20", "20", "19")
    with pytest.raises(RuleBroken, match="19/20 người có chứng thư số"):
        world.take("binh", "complete", item.id)
    update(world, item, "20", "20", "20")
    assert world.take("binh", "complete", item.id).item.state == "complete"
    assert update(world, item, "21", "20", "20").state == "rolling"


def test_a_unit_is_followed_once(world: AreaWorld) -> None:
    roll_out(world)
    with pytest.raises(RuleBroken, match="Đơn vị này đã có mục theo dõi"):
        roll_out(world)


# Reports on the systems


def test_a_report_on_a_system_has_a_due_day(world: AreaWorld) -> None:
    with pytest.raises(RuleBroken, match="Báo cáo chưa có hạn gửi"):
        report(world, "Báo cáo tháng 3", None)


def test_a_late_report_needs_a_reason_and_counts_as_late(world: AreaWorld) -> None:
    item = report(world, "Báo cáo tháng 3", "2026-03-05")
    go_to(world, "2026-03-09")
    with pytest.raises(RuleBroken, match="Ngày 10/03/2026 chưa đến"):
        dispatch(world, item, "2026-03-10")
    with pytest.raises(Warned, match="Báo cáo gửi sau hạn 05/03/2026"):
        dispatch(world, item, "2026-03-06")
    assert dispatch(world, item, "2026-03-06", override="Hệ thống lỗi.").state == "sent"
    assert [one.words for one in world.badges(item.id)] == ["Gửi trễ hạn"]
    assert (world.measure("reports_2026").value, world.measure("reports_2026").of) == ("0", 1)


def test_reports_count_once_they_are_sent_or_late(world: AreaWorld) -> None:
    """Sent in time, late and still to come: one of two is in time."""
    sent = report(world, "Báo cáo đã gửi", "2026-03-05")
    late = report(world, "Báo cáo trễ", "2026-03-05")
    report(world, "Báo cáo sau", "2026-06-30")
    go_to(world, "2026-03-05")
    dispatch(world, sent, "2026-03-05")
    assert world.measure("reports_2026").value == "100"
    go_to(world, "2026-03-06")
    reading = world.measure("reports_2026")
    assert (reading.value, set(reading.items)) == ("50", {sent.id, late.id})


def test_a_report_is_sent_again(world: AreaWorld) -> None:
    item = report(world, "Báo cáo tháng 3", "2026-03-05")
    dispatch(world, item, "2026-03-02")
    assert world.take("hoa", "take_back", item.id, reason="Cấp trên trả lại.").item.state == "waiting"
    assert world.measure("reports_2026").value is None


# The plan's tasks


@pytest.mark.parametrize("kind", ["digital_task", "system_report", "account_rollout"])
def test_a_task_is_not_closed_before_what_is_written_for_it(world: AreaWorld, kind: str) -> None:
    fields = {
        "digital_task": {"year": "2026", "number": "1"},
        "system_report": {"system": "A", "receiver": "B", "due": "2026-03-05"},
        "account_rollout": {"people": "20"},
    }[kind]
    entry = world.write(kind, "Việc phải xong trước", task=TASK, **fields)
    assert [one.words for one in world.badges(TASK)] == ["1 mục chuyển đổi số chưa xong"]
    world.submitted()
    world.take("hoa", "approve", quality="met")
    with pytest.raises(RuleBroken, match="1 mục ghi cho nhiệm vụ này chưa xong: «Việc phải xong trước»"):
        world.take("nam", "close")
    world.take("hoa", "void", entry.id, reason="Ghi nhầm nhiệm vụ.")
    world.take("nam", "close")
    assert world.entry(TASK).state == "closed" and world.badges(TASK) == []


def test_an_entry_names_only_tasks_of_the_area(world: AreaWorld) -> None:
    other = "2026-III.1.1"
    with pytest.raises(RuleBroken, match="không thuộc chuyển đổi số"):
        planned(world, "1", task=other)
    with pytest.raises(RuleBroken, match="không thuộc chuyển đổi số"):
        roll_out(world, task=other)
    with pytest.raises(RuleBroken, match="không thuộc chuyển đổi số"):
        report(world, "Báo cáo", "2026-03-05", task=other)
