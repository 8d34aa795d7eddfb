"""Digital transformation: signed documents, services, the digital plan, certificates, reports in time."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
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
from cchc_flow.workflow.item import Item

MODULE = plugins.manager().get_plugin("digital_transformation")
PROOF = [Upload("bao cao.pdf", b"%PDF-1.7 digital", "application/pdf")]
DOCUMENTS = {"total": "412", "secret": "12", "signed": "396"}
SERVICES = {"services": "80", "mobile": "76", "users": "1.250", "identified": "1.200"}


@pytest.fixture
def world(tmp_path: Path) -> AreaWorld:
    return AreaWorld(tmp_path / "data", "digital_transformation", "Chuyển đổi số trong cơ quan nhà nước")


def documents(world: AreaWorld, month: str, lead: str = "phong-kinh-te", **numbers: str) -> Item:
    given = DOCUMENTS | numbers
    return world.write("signed_documents", f"Văn bản {month}", period=month, lead=lead, **given)


def services(world: AreaWorld, month: str, **numbers: str) -> Item:
    return world.write("online_services", f"Dịch vụ công {month}", period=month, **SERVICES | numbers)


def planned(world: AreaWorld, number: str, year: str = "2026", **more: Any) -> Item:
    return world.write("digital_task", f"Nhiệm vụ {number}", year=year, number=number, **more)


def finish(world: AreaWorld, item: Item, on: str = "2026-03-02") -> Item:
    world.take("lan", "begin", item.id)
    given = {"done_on": on, "document": "31/BC-UBND", "evidence": PROOF}
    return world.take("lan", "finish", item.id, **given).item


def roll_out(world: AreaWorld, people: str = "20", **more: Any) -> Item:
    return world.write("account_rollout", "Phòng Kinh tế", people=people, **more)


def update(world: AreaWorld, item: Item, people: str, accounts: str, certificates: str) -> Item:
    numbers = {"people": people, "accounts": accounts, "certificates": certificates}
    return world.take("lan", "update", item.id, counted_on="2026-03-02", **numbers).item


def report(world: AreaWorld, title: str, due: str | None, **more: Any) -> Item:
    given = {"system": "Hệ thống báo cáo của tỉnh", "receiver": "UBND tỉnh", "due": due} | more
    return world.write("system_report", title, **given)


def dispatch(world: AreaWorld, item: Item, on: str, **more: Any) -> Item:
    return world.take("lan", "send", item.id, sent_on=on, receipt="BC-0312", **more).item


def go_to(world: AreaWorld, day: str) -> None:
    world.wait(days=(date.fromisoformat(day) - world.time.date()).days)


def test_its_definitions_are_sound_and_its_schemas_are_those_of_their_fields() -> None:
    refuse_unsound("digital_transformation", MODULE.workflows())


def test_every_figure_has_a_source_and_every_rule_its_words() -> None:
    assert {one.value for one in MODULE.figures()} == {"100"}
    assert all(one.source for one in MODULE.figures())
    assert len({one.key for one in MODULE.rules()}) == len(MODULE.rules()) == 14


# Monthly figures


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ({"secret": "413"}, "Số văn bản mật nhiều hơn tổng số văn bản"),
        ({"signed": "401"}, "Có 400 văn bản không mật, không thể có 401 văn bản ký số"),
        ({"signed": "1,5"}, "Số 1,5 không phải số nguyên"),
    ],
)
def test_documents_that_cannot_be_are_refused(
    world: AreaWorld, numbers: dict[str, str], sentence: str
) -> None:
    with pytest.raises(RuleBroken, match=sentence):
        documents(world, "2026-02", **numbers)
    entry = documents(world, "2026-02")
    with pytest.raises(RuleBroken, match=sentence):
        world.take("lan", "correct", entry.id, **DOCUMENTS | numbers)


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ({"mobile": "81"}, "Dịch vụ dùng được trên nhiều phương tiện: 81, nhiều hơn tổng 80"),
        ({"identified": "1.251"}, r"Người được định danh: 1\.251, nhiều hơn tổng 1\.250"),
        ({"users": "0,5", "identified": "0"}, "không phải số nguyên"),
    ],
)
def test_services_that_cannot_be_are_refused(
    world: AreaWorld, numbers: dict[str, str], sentence: str
) -> None:
    with pytest.raises(RuleBroken, match=sentence):
        services(world, "2026-02", **numbers)
    entry = services(world, "2026-02")
    with pytest.raises(RuleBroken, match=sentence):
        world.take("lan", "correct", entry.id, **SERVICES | numbers)


@pytest.mark.parametrize("period", ["2026-Q1", "2026"])
def test_monthly_figures_are_those_of_one_month(world: AreaWorld, period: str) -> None:
    with pytest.raises(RuleBroken, match="không phải một tháng"):
        documents(world, period)


def test_a_month_whose_window_has_not_begun_has_no_figures(world: AreaWorld) -> None:
    documents(world, "2026-03")
    with pytest.raises(RuleBroken, match="Chưa đến kỳ số liệu của tháng 4/2026"):
        documents(world, "2026-04")
    go_to(world, "2026-03-15")
    documents(world, "2026-04")


def test_a_unit_tells_a_month_once(world: AreaWorld) -> None:
    entry = documents(world, "2026-02")
    with pytest.raises(RuleBroken, match="Đơn vị đã ghi số liệu tháng 2/2026"):
        documents(world, "2026-02")
    documents(world, "2026-02", lead="tram-y-te")
    world.take("hoa", "void", entry.id, reason="Nhầm đơn vị.")
    documents(world, "2026-02")


def test_a_month_is_final_only_after_its_window_and_by_a_head(world: AreaWorld) -> None:
    entry = documents(world, "2026-03")
    with pytest.raises(RuleBroken, match="Kỳ số liệu của tháng 3/2026 đến hết 14/03/2026"):
        world.take("binh", "confirm", entry.id)
    go_to(world, "2026-03-15")
    with pytest.raises(NotAllowed):
        world.take("lan", "confirm", entry.id)
    assert world.take("binh", "confirm", entry.id).item.state == "confirmed"
    assert world.take("hoa", "reconsider", entry.id, reason="Thiếu văn bản.").item.state == "reported"


def test_the_figures_of_services_are_final_only_after_the_window(world: AreaWorld) -> None:
    entry = services(world, "2026-03")
    with pytest.raises(RuleBroken, match="đến hết 14/03/2026"):
        world.take("binh", "confirm", entry.id)


def test_secret_documents_are_left_out_of_the_share_of_signed_ones(world: AreaWorld) -> None:
    """396 of 400 and 200 of 200: 596 of 600 is 99.33 %."""
    first = documents(world, "2026-01")
    documents(world, "2026-02", total="230", secret="30", signed="200")
    reading = world.measure("signed_2026")
    assert (reading.value, reading.count, reading.of) == ("99.33", 596, 600)
    assert reading.note == "Chưa đạt mức 100 %."
    assert [(one.kind, one.words) for one in world.badges(first.id)] == [("soon", "Ký số 99 %")]


def test_where_all_documents_are_secret_there_is_nothing_to_count(world: AreaWorld) -> None:
    entry = documents(world, "2026-02", total="5", secret="5", signed="0")
    reading = world.measure("signed_2026")
    assert (reading.value, reading.of, reading.note) == (None, 0, "")
    assert [one.words for one in world.badges(entry.id)] == ["Không phát sinh"]


def test_a_share_just_below_the_aim_is_not_said_to_meet_it(world: AreaWorld) -> None:
    documents(world, "2026-02", total="1.000.000", secret="0", signed="999.999")
    reading = world.measure("signed_2026")
    assert (reading.value, reading.note) == ("100", "Chưa đạt mức 100 %.")


def test_the_newest_month_tells_of_services_and_all_months_of_users(world: AreaWorld) -> None:
    """76 of 80 in January, 80 of 80 in February; users 1 200 of 1 250 and 750 of 750: 1 950 of 2 000."""
    services(world, "2026-01")
    newest = services(world, "2026-02", mobile="80", users="750", identified="750")
    mobile, identified = world.measure("mobile_2026"), world.measure("identified_2026")
    assert (mobile.value, mobile.items, mobile.note) == ("100", (newest.id,), "Đạt mức 100 %.")
    assert "số liệu tháng 2/2026" in mobile.title
    assert (identified.value, identified.count, identified.of) == ("97.5", 1950, 2000)


def test_without_entries_there_is_nothing_to_count(world: AreaWorld) -> None:
    found = world.ask("measures")
    yearly = {f"{key}_2026" for key in ("signed", "mobile", "identified", "reports", "plan")}
    assert {one.key for one in found} == yearly | {"accounts", "certificates"}
    assert [one.value for one in found] == [None] * 7


def test_last_years_readings_stay_last_years(world: AreaWorld) -> None:
    documents(world, "2026-01")
    go_to(world, "2027-01-10")
    assert world.measure("signed_2026").value == "99"
    assert world.measure("signed_2027").value is None


def test_an_aim_follows_its_figure(world: AreaWorld) -> None:
    documents(world, "2026-02")
    handling.set_figure(
        world.ws, "digital_transformation", "signed", "99", "QĐ 9/QĐ-UBND", world.order("hoa")
    )
    assert world.measure("signed_2026").note == "Đạt mức 99 %."


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
    with pytest.raises(RuleBroken, match="«2026-03» không phải một năm"):
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


# What is shown


def section(world: AreaWorld, period: str) -> Section:
    found: Section = world.ask("report_section", period=periods.parse(period))
    return found


def test_the_report_tells_the_figures_of_its_months(world: AreaWorld) -> None:
    documents(world, "2026-01")
    documents(world, "2026-02", total="230", secret="30", signed="200")
    rows = {row[0]: row[1:] for row in section(world, "2026-02").rows}
    title = "Tỷ lệ văn bản gửi điện tử có chữ ký số (trừ văn bản mật)"
    assert rows[f"{title}, tháng 2/2026"] == ("100 %", "200/200", "100 %")
    quarter = {row[0]: row[1:] for row in section(world, "2026-Q1").rows}
    assert quarter[f"{title}, quý I/2026"] == ("99,33 %", "596/600", "100 %")
    assert rows["Tỷ lệ người có tài khoản"] == ("Không phát sinh", "", "100 %")


def test_the_report_names_what_was_late(world: AreaWorld) -> None:
    report(world, "Báo cáo tháng 3", "2026-03-05")
    assert len(section(world, "2026-03").paragraphs) == 1
    go_to(world, "2026-03-06")
    assert section(world, "2026-03").paragraphs[1] == "Báo cáo trễ hạn: Báo cáo tháng 3."


def test_the_page_of_the_area_draws_whole(world: AreaWorld) -> None:
    report(world, "Báo cáo tháng 3", "2026-03-05")
    update(world, roll_out(world), "20", "18", "15")
    go_to(world, "2026-03-06")
    site = Site(world.ws)
    site.app = create_app(world.data, world.ws.now, plugins=world.ws.plugins)
    text = site.visitor("lan").get("/xa-mau/areas/digital_transformation").text
    for words in ("Báo cáo tháng 3", "05/03/2026", "Quá hạn", "<td>18</td>", "Do xã quyết định", "90 %"):
        assert words in text, words
    assert "Không vẽ được" not in text and "Không lấy được" not in text


def test_every_event_of_the_registers_fits_its_schema(world: AreaWorld) -> None:
    finish(world, planned(world, "1", task=TASK))
    dropped = planned(world, "2")
    world.take("hoa", "drop", dropped.id, decision="60/QĐ-UBND", decided_on="2026-03-01")
    unit = roll_out(world)
    update(world, unit, "20", "20", "20")
    world.take("binh", "complete", unit.id)
    item = report(world, "Báo cáo tháng 3", "2026-03-05")
    dispatch(world, item, "2026-03-02")
    world.take("hoa", "take_back", item.id, reason="Cấp trên trả lại.")
    entry = documents(world, "2026-02")
    world.take("lan", "correct", entry.id, **DOCUMENTS)
    world.take("hoa", "confirm", entry.id)
    known = schemas("digital_transformation")
    told = [pair for pair in world.told() if not pair[0].startswith("task/")]
    assert len(told) == 14
    for name, fields in told:
        Draft202012Validator(known[name]).validate(fields)
