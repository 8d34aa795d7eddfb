"""The form of a unit's report as it is drawn: prefilled, with what is known, and with nothing lost."""

import html
import re
from pathlib import Path
from typing import Any

import pytest
from support.forms import send
from support.plugging import plugged
from support.targets import OWNER, set_owner, targets_world
from support.visitors import Site, csrf
from support.world import TASK, World
from werkzeug.test import TestResponse

from cchc_flow import commands
from cchc_flow.hookspecs import Facts, Measure, hookimpl
from cchc_flow.plugin_host.loading import NONE, Plugins
from cchc_flow.projections.cards import items

REPORT = f"2026-report:{OWNER}:2026-Q1"
ITEM = f"/xa-mau/items/{REPORT}"


class Finance:
    """An area that counts how much was paid."""

    @hookimpl
    def measures(self, facts: Facts) -> list[Measure]:
        return [Measure(key="paid", title="Tỷ lệ giải ngân", unit="%", value="40.5", recorded=True)]


class Reporting:
    """A commune with targets in which the reports of the first quarter are open, and its site."""

    def __init__(self, folder: Path, plugins: Plugins = NONE) -> None:
        self.world: World = targets_world(folder, plugins)
        set_owner(self.world, "II.2")
        set_owner(self.world, "II.4", 0)
        commands.do_scheduled_work(self.world.ws)
        self.site = Site(self.world.ws)

    def form(self, report: str = REPORT, login: str = "lan", fact: str = "submissions") -> str:
        """Return the page of a step's form."""
        return self.site.visitor(login).get(f"/xa-mau/items/{report}/{fact}/new").text

    def send(self, login: str = "lan", fact: str = "submissions", **filled: Any) -> TestResponse:
        """Send the form of a step as a browser without scripts does; in names __ stands for a point."""
        named = {name.replace("__", "."): value for name, value in filled.items()}
        return send(self.site.visitor(login), f"{ITEM}/{fact}/new", f"{ITEM}/{fact}", **named)

    def report(self, **told: str) -> None:
        """Let the unit submit its report of the first quarter."""
        self.world.take("lan", "submit", REPORT, report=told)

    def item(self, report: str = REPORT) -> Any:
        return items.item(self.world.ws.read(), report)


@pytest.fixture
def reporting(tmp_path: Path) -> Reporting:
    return Reporting(tmp_path)


def value(page: str, name: str) -> str:
    """Return what stands in an input or a text area of a page."""
    escaped = re.escape(name)
    if area := re.search(rf'<textarea id="[^"]*" name="{escaped}"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL):
        return html.unescape(area[1]).strip()
    found = re.search(rf'<input id="[^"]*" name="{escaped}" value="([^"]*)"', page)
    assert found, f"no input {name}"
    return html.unescape(found[1])


def fold(page: str, title: str) -> str:
    """Return the folded part of a page with this title."""
    return next(part for part in re.findall(r"<details.*?</details>", page, re.DOTALL) if title in part)


def test_the_form_says_which_days_count_and_when_it_is_due(reporting: Reporting) -> None:
    page = reporting.form()
    assert "Số liệu từ 15/12/2025 đến 14/03/2026; hạn nộp 10/03/2026." in page
    assert "Kỳ số liệu chưa hết: số liệu là ước thực hiện." in page
    assert "quá hạn" not in re.search(r'<p class="report-window">.*?</p>', page, re.DOTALL)[0]  # type: ignore[index]


def test_after_its_day_the_form_says_that_the_report_will_count_as_late(reporting: Reporting) -> None:
    reporting.world.wait(days=10)
    assert "Đã quá hạn 2 ngày: báo cáo sẽ ghi là nộp chậm." in reporting.form()


def test_the_unit_s_tasks_stand_as_they_are_at_their_area(reporting: Reporting) -> None:
    reporting.world.take("hoa", "assign", TASK, lead=OWNER, support=[], due="2026-03-03")
    reporting.world.take("lan", "start", TASK)
    reporting.world.wait(days=3)
    area = fold(reporting.form(), "2. Cải cách thủ tục hành chính")
    assert "1 nhiệm vụ, xong 0" in area and "quá hạn 1" in area
    assert "Rà soát thủ tục" in area and "Đang thực hiện" in area and "Quá hạn 2 ngày" in area
    assert "không có nhiệm vụ" in fold(reporting.form(), "1. Cải cách thể chế")


def test_tasks_that_were_done_before_the_days_of_the_report_are_one_line(reporting: Reporting) -> None:
    reporting.world.submitted(TASK)
    reporting.world.take("nam", "approve", TASK, quality="met")
    assert "Rà soát thủ tục" in fold(reporting.form(), "2. Cải cách thủ tục hành chính")
    reporting.world.wait(days=31)
    commands.do_scheduled_work(reporting.world.ws)
    area = fold(reporting.form(f"2026-report:{OWNER}:2026-04"), "2. Cải cách thủ tục hành chính")
    assert "1 nhiệm vụ, xong 1" in area and "Rà soát thủ tục" not in area
    link = re.search(r'<a href="([^"]*)">1 nhiệm vụ đã xong trước kỳ này</a>', area)
    assert link
    assert "Rà soát thủ tục" in reporting.site.visitor("lan").get(html.unescape(link[1])).text


def test_a_reading_shows_its_goal_and_the_one_before(reporting: Reporting) -> None:
    reporting.report(**{"reading:II.2:1": "41,5", "reading:II.4:0": "0"})
    reporting.world.take("hoa", "accept", REPORT)
    assert "Chưa đạt" in reporting.site.visitor("lan").get(ITEM).text
    reporting.world.wait(days=31)
    commands.do_scheduled_work(reporting.world.ws)
    page = html.unescape(reporting.form(f"2026-report:{OWNER}:2026-04")).replace("\xa0", " ")
    assert "Tỷ lệ giải ngân vốn đầu tư công" in page
    assert "Mục tiêu: ít nhất 95 %." in page
    assert "Lần trước: quý I/2026: 41,5 %." in page
    assert "Lần trước: quý I/2026: Chưa đạt." in page


def test_a_report_that_comes_late_shows_no_reading_of_a_later_period(reporting: Reporting) -> None:
    reporting.world.wait(days=31)
    commands.do_scheduled_work(reporting.world.ws)
    april = f"2026-report:{OWNER}:2026-04"
    reporting.world.take("lan", "submit", april, report={"reading:II.2:1": "41,5"})
    reporting.world.take("hoa", "accept", april)
    assert "Lần trước" not in reporting.form()


def test_what_the_registers_count_stands_beside_what_is_typed_or_is_not_asked(tmp_path: Path) -> None:
    reporting = Reporting(tmp_path, plugged(finance=Finance()))
    set_owner(reporting.world, "II.2", source="both", computed="finance:paid")
    page = html.unescape(reporting.form()).replace("\xa0", " ")
    assert "Sổ theo dõi đang tính: <strong>40,5 %</strong>." in page
    assert value(page, "report.reading:II.2:1") == ""
    set_owner(reporting.world, "II.2", source="computed", computed="finance:paid")
    page = html.unescape(reporting.form()).replace("\xa0", " ")
    assert "report.reading:II.2:1" not in page
    counted = fold(page, "Chỉ tiêu do sổ theo dõi tính")
    assert "Tỷ lệ giải ngân vốn đầu tư công" in counted and "<strong>40,5 %</strong>" in counted


def test_what_the_unit_told_of_the_period_before_stands_beside_the_figures(reporting: Reporting) -> None:
    reporting.report(documents="14", meetings="3")
    reporting.world.wait(days=31)
    commands.do_scheduled_work(reporting.world.ws)
    page = reporting.form(f"2026-report:{OWNER}:2026-04")
    assert "Đã báo cáo: quý I/2026 14 (lũy kế 14)." in page
    assert "Đã báo cáo: quý I/2026 3 (lũy kế 3)." in page


def test_nothing_arose_is_one_click(reporting: Reporting) -> None:
    assert '<button class="second" id="report-nothing" name="report.nothing" value="1">' in reporting.form()
    answer = reporting.send(report__nothing="1")
    assert answer.status_code == 303
    assert (reporting.item().state, reporting.item().fields["nothing"]) == ("submitted", "1")
    page = reporting.site.visitor("hoa").get(ITEM).text
    assert "Đơn vị báo cáo không phát sinh trong kỳ." in page


def test_a_form_without_anything_is_not_taken_for_nothing_arose(reporting: Reporting) -> None:
    answer = reporting.send(report__documents="", result="")
    assert answer.status_code == 422
    assert "Báo cáo chưa có nội dung" in answer.text
    assert reporting.item().state == "due"


def test_a_wrong_field_costs_only_that_field_and_its_fold_is_open(reporting: Reporting) -> None:
    filled = {
        "report.documents": "14",
        "report.meetings": "n/a",
        "report.reading:II.2:1": "1,250",
        "report.note:II.2:1": "Chờ <b>quyết toán</b>.",
        "report.words:2": "a" * 20_001,
        "report.words:difficulties": "Mạng yếu.",
        "result": "Tóm tắt.",
    }
    answer = reporting.send(**filled)
    page = answer.text
    assert answer.status_code == 422
    assert {name: value(page, name) for name in filled} == filled
    assert "Cuộc họp, trong kỳ: «n/a» không phải là số; hãy ghi như 12 hoặc 1.250." in page
    assert "«1,250» hiểu được hai cách; hãy ghi 1.250 hoặc 1,25." in page
    assert re.match(r'<details class="report-area" open>', fold(page, "2. Cải cách thủ tục hành chính"))
    assert re.match(r'<details class="report-area">', fold(page, "1. Cải cách thể chế"))


def test_what_came_back_is_prefilled_and_each_remark_stands_at_its_section(reporting: Reporting) -> None:
    told = {"reading:II.2:1": "Không phát sinh", "words:2": "Đã rà soát.", "reading:II.4:0": "1"}
    reporting.report(documents="1.250", **told)
    remarks = {"remarks.2": "Thiếu số.", "remarks.documents": "Đối chiếu."}
    reporting.send("hoa", "returns", reason="Xem từng mục.", defects="1", **remarks)
    page = reporting.form()
    assert (value(page, "report.documents"), value(page, "report.documents_total")) == ("1.250", "")
    assert value(page, "report.reading:II.2:1") == "Không phát sinh"
    assert '<option value="1" selected>Đạt</option>' in page
    area = fold(page, "2. Cải cách thủ tục hành chính")
    assert area.startswith('<details class="report-area" open>')
    assert "Thiếu số." in area and value(area, "report.words:2") == "Đã rà soát."
    assert "Đối chiếu." in page
    shown = reporting.site.visitor("lan").get(ITEM).text
    assert "Xem từng mục." in shown and "Thiếu số." in shown


def test_a_total_that_was_added_up_follows_the_number_a_typed_one_stays(
    reporting: Reporting,
) -> None:
    reporting.report(documents="14", meetings="3", meetings_total="5")
    reporting.world.take("hoa", "return", REPORT, reason="x", defects="0")
    page = reporting.form()
    assert (value(page, "report.documents_total"), value(page, "report.meetings_total")) == ("", "5")
    reporting.send(report__documents="15", report__documents_total="", report__meetings="3")
    assert reporting.item().fields["documents_total"] == "15"


def test_remarks_are_of_the_last_return_only(reporting: Reporting) -> None:
    reporting.report(documents="14")
    reporting.send("hoa", "returns", reason="x", defects="0", **{"remarks.documents": "Đối chiếu."})
    reporting.report(documents="15")
    assert "Đối chiếu." not in reporting.site.visitor("lan").get(ITEM).text.split('id="h-history"')[0]
    reporting.send("hoa", "returns", reason="Thiếu phụ lục.", defects="0")
    assert "Đối chiếu." not in reporting.form()


def test_the_item_page_tells_what_was_reported_and_how_late(reporting: Reporting) -> None:
    reporting.world.wait(days=10)
    reporting.report(documents="14", documents_before="20", **{"words:proposals": "Đề nghị <i>tập huấn</i>."})
    page = reporting.site.visitor("hoa").get(ITEM).text
    assert "trong kỳ 14, lũy kế 14, lũy kế cùng kỳ năm trước 20" in page
    assert "Nộp sau hạn 2 ngày." in page
    assert "Đề nghị &lt;i&gt;tập huấn&lt;/i&gt;." in page
    assert "documents_total" not in page


def test_history_names_a_measure_also_when_another_unit_answers_for_it_by_now(reporting: Reporting) -> None:
    reporting.report(**{"reading:II.2:1": "41,5"})
    set_owner(reporting.world, "II.2", owner="tram-y-te")
    page = html.unescape(reporting.site.visitor("hoa").get(ITEM).text).replace("\xa0", " ")
    assert "Tỷ lệ giải ngân vốn đầu tư công" in page and "41,5 %" in page


def test_the_reviewer_sees_the_whole_report_beside_the_decision(reporting: Reporting) -> None:
    reporting.report(**{"documents": "14", "reading:II.2:1": "41,5", "words:2": "Đã rà soát."})
    page = html.unescape(reporting.form(login="hoa", fact="returns")).replace("\xa0", " ")
    assert "Tỷ lệ giải ngân vốn đầu tư công" in page and "41,5 %" in page and "Đã rà soát." in page


def test_words_that_were_erased_do_not_come_back_by_the_form(reporting: Reporting) -> None:
    reporting.report(documents="14", **{"words:2": "Số điện thoại của ông A."})
    reporting.world.take("hoa", "return", REPORT, reason="x", defects="0")
    ws, order = reporting.world.ws, reporting.world.order
    commands.grant_role(ws, "thu", "admin", order())
    told = next(event for event in ws.log.stream(f"item-{REPORT}") if event.type == "item.reported/1")
    commands.erase_content(ws, told.data["passages"]["2"]["digest"], "Theo yêu cầu.", order("thu"))
    assert "đã được xóa theo Luật 91/2025/QH15" in reporting.site.visitor("lan").get(ITEM).text
    assert value(reporting.form(), "report.words:2") == ""
    assert value(reporting.form(), "report.documents") == "14"


def test_a_card_that_is_dropped_brings_the_same_form(reporting: Reporting) -> None:
    reporting.report(documents="14")
    commands.undo_step(reporting.world.ws, REPORT, reporting.world.order("lan"))
    visitor = reporting.site.visitor("lan")
    tokens = {"csrf_token": csrf(visitor.get("/xa-mau/board").text), "command_id": "m-1"}
    seen = str(reporting.item().state_version)
    answer = visitor.post(f"{ITEM}/moves", data=tokens | {"to": "submitted", "seen": seen})
    assert value(answer.text, "report.documents") == "14"


def test_the_page_of_the_event_has_the_figures(reporting: Reporting) -> None:
    reporting.report(documents="14", meetings="3")
    position = reporting.world.ws.log.size() - 1
    assert "trong kỳ 14, lũy kế 14" in reporting.site.visitor("thu").get(f"/xa-mau/events/{position}").text
    assert "trong kỳ 14, lũy kế 14" in reporting.site.visitor("thu").get("/xa-mau/events").text


def test_an_undone_submission_leaves_what_was_told_in_the_form(reporting: Reporting) -> None:
    reporting.report(documents="14")
    commands.undo_step(reporting.world.ws, REPORT, reporting.world.order("lan"))
    assert value(reporting.form(), "report.documents") == "14"
