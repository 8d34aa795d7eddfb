"""The page of the commune's report: what is missing, its sections, issue, files and figures."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from support.forms import hidden
from support.visitors import Site
from support.world import World
from werkzeug.test import TestResponse

from cchc_flow import commands
from cchc_flow.commands.report_sections import edit_section

R = "/xa-mau/reports/2026-02"
ISSUE = {"day": "02/03/2026", "signer": "Phạm Nam", "signer_lines": "TM. Ủy ban nhân dân\r\nChủ tịch"}


@pytest.fixture
def hoa(site: Site) -> FlaskClient:
    """The browser of the coordinator."""
    return site.visitor("hoa")


def send(client: FlaskClient, act: str, **typed: Any) -> TestResponse:
    """Send a form of the page as it is shown now, with what was typed."""
    return client.post(f"{R}/{act}", data=hidden(client.get(R).text, f"{R}/{act}") | typed)


def issue(client: FlaskClient, **typed: Any) -> TestResponse:
    return send(client, "issues", **{**ISSUE, "accepts_gaps": "yes", **typed})


def page_words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_the_matrix_leads_to_the_report_of_each_period_and_to_the_register(hoa: FlaskClient) -> None:
    page = hoa.get("/xa-mau/reports").text
    assert f'href="{R}"' in page
    assert 'href="/xa-mau/issued-documents"' in page


@pytest.mark.parametrize("login", ["lan", "binh"])
def test_who_may_not_read_the_whole_log_finds_no_way_to_the_report(site: Site, login: str) -> None:
    client = site.visitor(login)
    assert f'href="{R}"' not in client.get("/xa-mau/reports").text
    assert client.get(R).status_code == 403


def test_the_page_tells_window_due_day_and_what_is_missing(hoa: FlaskClient) -> None:
    words = page_words(hoa.get(R).text)
    assert "Báo cáo tháng 2/2026 của xã Mẫu" in words
    assert "Số liệu từ 15/01/2026 đến 14/02/2026. Hạn gửi Sở Nội vụ: 25/02/2026. Chưa ban hành" in words
    assert "Lưu ý: Kế hoạch chưa có số, ký hiệu" in words
    assert "Số kế tiếp của năm 2026: 01/BC-UBND" in words


@pytest.mark.parametrize("period", ["2026-03", "2027-01", "2026-13", "tháng-2", "2026-02-01", "x" * 300])
def test_a_period_without_a_report_is_told(hoa: FlaskClient, period: str) -> None:
    assert hoa.get(f"/xa-mau/reports/{period}").status_code == 404
    assert hoa.get(f"/xa-mau/reports/{period}/preview").status_code == 404


def test_the_coordinator_writes_a_section_and_stands_as_its_author(hoa: FlaskClient) -> None:
    answer = send(hoa, "sections/2/edits", text="Đã rà soát 40 thủ tục.\r\nCòn 3 thủ tục.")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{R}#section-2")
    words = page_words(hoa.get(R).text)
    assert "Đã rà soát 40 thủ tục. Còn 3 thủ tục. Lê Thị Hoa, 8 giờ 00 ngày 02/03/2026" in words
    assert "Đã rà soát 40 thủ tục." in hoa.get(f"{R}/preview").text


def test_words_that_are_too_long_come_back_with_a_sentence(hoa: FlaskClient) -> None:
    answer = send(hoa, "sections/2/edits", text="Dài " * 6_000)
    assert answer.status_code == 422
    assert "Nội dung mục: dài quá 20.000 ký tự; hãy rút gọn." in answer.text
    assert "Dài Dài" in answer.text


def test_a_colleagues_words_are_shown_before_they_are_written_over(hoa: FlaskClient, world: World) -> None:
    form = hidden(hoa.get(R).text, f"{R}/sections/2/edits")
    edit_section(world.ws, "2026-02", "2", "Lời của đồng nghiệp", world.order("hoa"))
    answer = hoa.post(f"{R}/sections/2/edits", data=form | {"text": "Lời của tôi"})
    assert answer.status_code == 409
    assert "đã sửa mục «lĩnh vực 2» trong báo cáo tháng 2/2026 của xã" in answer.text
    assert "Lời của đồng nghiệp" in answer.text
    assert "Lời của tôi</textarea>" in answer.text


def test_only_the_coordinator_has_forms_of_sections_and_the_leader_issues(site: Site) -> None:
    page = site.visitor("nam").get(R).text
    assert "/sections/" not in page
    assert f'action="{R}/issues"' in page
    assert "<form" not in site.visitor("thu").get(R).text.partition("<main")[2]


def test_a_report_is_issued_and_its_files_are_downloaded_byte_for_byte(
    hoa: FlaskClient, world: World
) -> None:
    assert issue(hoa).status_code == 303
    words = page_words(hoa.get(R).text)
    assert "Đã ban hành số 01/BC-UBND, ngày 02/03/2026." in words
    assert "/issues" not in hoa.get(R).text
    event = world.ws.log.stream("report-2026-2026-02")[-1]
    for file in event.data["files"]:
        answer = hoa.get(f"{R}/files/{event.position}.{file['format']}")
        assert answer.data == world.ws.vault.load(file["file"]["content"]["digest"])
        assert file["digest"] in hoa.get(R).text
        assert answer.headers["Content-Security-Policy"] == "sandbox"


def test_a_file_of_another_report_or_event_is_not_there(hoa: FlaskClient, world: World) -> None:
    issue(hoa)
    position = world.ws.log.stream("report-2026-2026-02")[-1].position
    for path in (
        f"{R}/files/{position}.txt",
        f"{R}/files/1.pdf",
        f"{R}/files/99999.pdf",
        f"/xa-mau/reports/2026-01/files/{position}.pdf",
    ):
        assert hoa.get(path).status_code == 404


def test_the_draft_is_a_file_until_the_report_is_issued(hoa: FlaskClient) -> None:
    assert hoa.get(f"{R}/draft.docx").data[:2] == b"PK"
    assert hoa.get(f"{R}/draft.exe").status_code == 404
    issue(hoa)
    assert "Hãy tải tệp đã ban hành" in hoa.get(f"{R}/draft.docx").text


def test_what_is_wrong_with_the_issue_is_told_and_all_that_was_typed_stays(hoa: FlaskClient) -> None:
    answer = issue(hoa, day="31/12/2026", signer="Y Thắng Niê")
    assert answer.status_code == 422
    assert "Ngày văn bản: không sau hôm nay, 02/03/2026." in answer.text
    assert 'value="31/12/2026"' in answer.text
    assert 'value="Y Thắng Niê"' in answer.text
    assert "checked" in answer.text
    assert "hãy xem danh sách, rồi đánh dấu ô này" in issue(hoa, accepts_gaps="").text


def test_a_period_that_is_not_over_is_refused_in_a_sentence(hoa: FlaskClient) -> None:
    quarter = "/xa-mau/reports/2026-Q1"
    form = hidden(hoa.get(quarter).text, f"{quarter}/issues")
    answer = hoa.post(f"{quarter}/issues", data=form | ISSUE | {"accepts_gaps": "yes"})
    assert answer.status_code == 422
    assert "Chưa hết kỳ số liệu của báo cáo quý I/2026" in answer.text


def test_the_clerks_number_is_asked_for_and_a_taken_one_is_told(hoa: FlaskClient, world: World) -> None:
    value = {"by_clerk": True}
    commands.change_setting(world.ws, "documents", value, "Quy chế văn thư", world.order("hoa"))
    assert "Số văn thư đã cấp" in hoa.get(R).text
    issue(hoa, number="57")
    january = "/xa-mau/reports/2026-01"
    form = hidden(hoa.get(january).text, f"{january}/issues")
    answer = hoa.post(f"{january}/issues", data=form | ISSUE | {"accepts_gaps": "yes", "number": "57"})
    assert "Số 57/BC-UBND của năm 2026 đã có" in answer.text
    assert 'value="57"' in answer.text


def test_a_report_is_sent_then_recalled_and_another_takes_a_new_number(hoa: FlaskClient) -> None:
    issue(hoa)
    assert send(hoa, "dispatches", day="01/03/2026").status_code == 422
    assert send(hoa, "dispatches", day="02/03/2026").status_code == 303
    assert "đã gửi ngày 02/03/2026" in hoa.get(R).text
    assert "Lý do thu hồi: cần từ 1" in send(hoa, "recalls", reason=" ").text
    assert send(hoa, "recalls", reason="Sai số liệu").status_code == 303
    assert issue(hoa).status_code == 303
    words = page_words(hoa.get(R).text)
    assert "Đã ban hành số 02/BC-UBND" in words
    assert re.search(r"Số 01/BC-UBND , ngày 02/03/2026, Phạm Nam ký đã thu hồi", words)


def test_an_issued_report_shows_its_words_and_no_forms_of_sections(hoa: FlaskClient) -> None:
    send(hoa, "sections/2/edits", text="Đã rà soát 40 thủ tục.")
    issue(hoa)
    page = hoa.get(R).text
    assert "Đã rà soát 40 thủ tục." in page
    assert "/sections/" not in page


def test_the_preview_is_the_document_with_figures_that_lead_to_their_events(hoa: FlaskClient) -> None:
    answer = hoa.get(f"{R}/preview")
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'sha256-")
    links = re.findall(r'<a class="figure" href="([^"]+)">([^<]+)</a>', answer.text)
    assert (f"{R}/figures/counts.total", "03") in links or (f"{R}/figures/counts.total", "3") in links
    for address in {address for address, _ in links}:
        assert hoa.get(address).status_code == 200, address


def test_the_page_of_a_figure_lists_its_events_in_sentences(hoa: FlaskClient, world: World) -> None:
    page = hoa.get(f"{R}/figures/counts.total").text
    words = page_words(page)
    assert "3 nhiệm vụ" in words
    assert "3 sự kiện" in words
    assert "đã lập công việc «Rà soát thủ tục»" in words
    assert page.count('href="/xa-mau/events/') == 3
    assert hoa.get(f"{R}/figures/nothing.at.all").status_code == 404


def test_the_figures_of_an_issued_report_stay_those_of_its_cut_off(hoa: FlaskClient, world: World) -> None:
    issue(hoa)
    cut_off = world.ws.log.stream("report-2026-2026-02")[-1].data["cut_off"]["position"]
    commands.open_task(world.ws, {"title": "Việc mới", "text": "Thêm.", "area": "1"}, world.order("hoa"))
    words = page_words(hoa.get(f"{R}/figures/counts.total").text)
    assert "3 nhiệm vụ" in words
    assert f"Tính tại lúc ban hành, đến sự kiện {cut_off}." in words


def test_all_figures_stand_in_one_list(hoa: FlaskClient) -> None:
    page = hoa.get(f"{R}/figures").text
    assert f'href="{R}/figures/counts.total"' in page
    assert "số liệu; bấm vào tên" in page


QUARTER = "/xa-mau/reports/2026-Q1"


def hand_in(world: World, login: str, unit: str, words: str) -> None:
    """Submit a unit's report on the first quarter with words for the second area, and accept it."""
    item = f"2026-report:{unit}:2026-Q1"
    world.take(login, "submit", item, report={"words:2": words})
    world.take("hoa", "accept", item)


def test_the_units_own_words_stand_with_their_names_beside_the_form(hoa: FlaskClient, world: World) -> None:
    commands.do_scheduled_work(world.ws)
    hand_in(world, "lan", "phong-kinh-te", "Đã rà soát 40 thủ tục.")
    position = world.ws.log.stream("item-2026-report:phong-kinh-te:2026-Q1")[1].position
    page = hoa.get(QUARTER).text
    section = page[page.index('id="section-2"') : page.index('id="section-results"')]
    assert "Đã rà soát 40 thủ tục. Phòng Kinh tế ( sự kiện" in page_words(section)
    assert f'href="/xa-mau/events/{position}"' in section
    assert 'name="text"' in section


def test_the_same_words_of_two_units_stand_once_with_both_names(hoa: FlaskClient, world: World) -> None:
    commands.do_scheduled_work(world.ws)
    commands.add_person(world.ws, "mai", "Bùi Thị Mai", None, "tram-y-te", world.order())
    commands.grant_role(world.ws, "mai", "officer", world.order())
    hand_in(world, "lan", "phong-kinh-te", "Đã niêm yết công khai.")
    hand_in(world, "mai", "tram-y-te", "Đã niêm yết\ncông khai.")
    words = page_words(hoa.get(QUARTER).text)
    assert words.count("Đã niêm yết công khai.") == 1
    assert re.search(r"Phòng Kinh tế \( sự kiện \d+ \), Trạm Y tế \( sự kiện \d+ \)", words)


def test_more_than_five_different_words_are_folded(hoa: FlaskClient, world: World) -> None:
    units = {}
    for number in range(6):
        units[f"u{number}"] = commands.add_unit(world.ws, f"Trường số {number}", (), world.order())
    commands.do_scheduled_work(world.ws)
    for login, unit in units.items():
        commands.add_person(world.ws, login, f"Người {login}", None, unit, world.order())
        commands.grant_role(world.ws, login, "officer", world.order())
        hand_in(world, login, unit, f"Trường tôi, {login}, đã niêm yết.")
    page = hoa.get(QUARTER).text
    assert "Và 1 ý nữa" in page
    assert page.index("Trường tôi, u4") < page.index("Và 1 ý nữa") < page.index("Trường tôi, u5")


def test_the_event_of_a_section_shows_its_words_and_that_of_a_recall_its_reason(
    hoa: FlaskClient, world: World
) -> None:
    send(hoa, "sections/2/edits", text="Đã rà soát 40 thủ tục.")
    issue(hoa)
    send(hoa, "recalls", reason="Sai số liệu của Trạm Y tế")
    edited, *_, recalled = world.ws.log.stream("report-2026-2026-02")
    assert "Nội dung mục: Đã rà soát 40 thủ tục." in page_words(
        hoa.get(f"/xa-mau/events/{edited.position}").text
    )
    assert "Lý do: Sai số liệu của Trạm Y tế" in page_words(
        hoa.get(f"/xa-mau/events/{recalled.position}").text
    )
