"""The pages on which the work of closed units and former people is found and handed over."""

import io
import re

import docx
import pytest
from support.forms import hidden
from support.visitors import Site
from support.workflows import follow_a_version_that_hands_less_over
from support.world import ASSIGN, TASK, World

from cchc_flow import commands
from cchc_flow.commands.absences import set_absence

OTHER = "2026-III.2.10"


@pytest.fixture
def closed(world: World) -> World:
    """The commune, whose Phòng Kinh tế was closed with two tasks open."""
    world.take("hoa", "assign", **ASSIGN | {"officer": "lan"})
    world.take("hoa", "assign", OTHER, lead="phong-kinh-te", support=[], due="2026-03-30")
    commands.change_unit(world.ws, "phong-kinh-te", "Phòng Kinh tế", (), False, world.order())
    return world


@pytest.fixture
def site(closed: World) -> Site:
    commands.grant_role(closed.ws, "thu", "admin", closed.order())
    return Site(closed.ws)


def page(site: Site, login: str, path: str) -> str:
    answer = site.visitor(login).get(f"/xa-mau/{path}")
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize("path", ["board", "items"])
def test_a_closed_unit_that_has_work_is_a_choice_of_the_filter(site: Site, path: str) -> None:
    shown = page(site, "hoa", path)
    assert re.search(r'<option value="phong-kinh-te">Phòng Kinh tế \(đã giải thể\)</option>', shown)


def test_a_closed_unit_without_work_is_no_choice(site: Site, closed: World) -> None:
    commands.change_unit(closed.ws, "tram-y-te", "Trạm Y tế", (), False, closed.order())
    assert 'value="tram-y-te"' not in page(site, "hoa", "board")


def test_the_work_of_a_closed_unit_is_found_and_marked(site: Site) -> None:
    listed = page(site, "hoa", "items?unit=phong-kinh-te")
    assert "<strong>2</strong> nhiệm vụ" in listed and "Đơn vị: Phòng Kinh tế (đã giải thể)" in listed
    assert "<dd>Phòng Kinh tế (đã giải thể)</dd>" in page(site, "hoa", f"items/{TASK}")
    assert "Phòng Kinh tế (đã giải thể)" in page(site, "hoa", "overview")


def test_the_work_of_a_former_person_is_found_by_name(site: Site, closed: World) -> None:
    commands.change_person(closed.ws, "lan", "Trần Thị Lan", None, "phong-kinh-te", False, closed.order())
    assert "Trần Thị Lan (đã khóa)</option>" in page(site, "hoa", "items")
    listed = page(site, "hoa", "items?officer=lan")
    assert "<strong>1</strong> nhiệm vụ" in listed
    assert "Trần Thị Lan (đã khóa)" in page(site, "hoa", f"items/{TASK}")
    assert 'name="officer"' in page(site, "hoa", "board?officer=lan")


def test_who_hands_work_over_is_told_on_the_board(site: Site) -> None:
    shown = page(site, "hoa", "board")
    assert (
        ">1 đơn vị đã giải thể hoặc người đã khóa</a> còn việc chưa xong" in shown
        and 'href="/xa-mau/handovers"' in shown
    )
    assert "đã giải thể hoặc" not in page(site, "lan", "board")
    assert "đã giải thể hoặc" not in page(site, "hoa", "board?as_of=2026-03-02")


def test_work_by_periods_that_names_the_unit_is_listed_to_be_divided_anew(site: Site, closed: World) -> None:
    units = ["phong-van-hoa-xa-hoi", "tram-y-te"]
    days = {"due": "", "due_day": "", "since": ""}
    closed.take("hoa", "distribute", "2026-III.1.1", units=units, cadence="monthly", **days)
    commands.change_unit(closed.ws, "tram-y-te", "Trạm Y tế", (), False, closed.order())
    assert "1 việc theo kỳ cần chia lại" in page(site, "hoa", "handovers")
    shown = page(site, "hoa", "handovers/units/tram-y-te")
    assert "Việc theo kỳ cần chia lại" in shown and "III.1.1. Ban hành văn bản</a>" in shown


def test_the_directory_tells_how_much_work_is_left(site: Site) -> None:
    assert "còn 2 việc chưa xong" in page(site, "lan", "directory")
    assert 'href="/xa-mau/handovers/units/phong-kinh-te"' in page(site, "hoa", "directory")
    assert "Hiện còn 2 việc chưa xong" in page(site, "thu", "directory/units/phong-kinh-te")


def test_the_form_of_a_person_offers_the_closed_unit_as_the_present_one(site: Site) -> None:
    form = page(site, "thu", "directory/people/lan")
    assert '<option value="phong-kinh-te" selected>Phòng Kinh tế (đã giải thể)</option>' in form
    assert 'value="phong-kinh-te"' not in page(site, "thu", "directory/people/hoa")


def test_the_form_of_a_step_offers_the_present_unit_and_its_people(site: Site) -> None:
    form = page(site, "hoa", f"items/{TASK}/assignments/new")
    assert '<option value="phong-kinh-te" selected>Phòng Kinh tế (đã giải thể)</option>' in form
    assert '<option value="lan" selected>' in form
    fresh = page(site, "hoa", "items/2026-III.1.1/assignments/new")
    assert 'value="phong-kinh-te"' not in fresh


def test_all_is_handed_over_after_a_preview(site: Site, closed: World) -> None:
    visitor = site.visitor("hoa")
    assert "2 việc chưa xong" in page(site, "hoa", "handovers")
    path = "/xa-mau/handovers/units/phong-kinh-te"
    size = closed.ws.log.size()
    typed = {"to": "tram-y-te", "reason": "Sáp nhập theo QĐ 12."}
    preview = visitor.post(path, data=hidden(visitor.get(path).text, path) | typed)
    assert "2 trong 2 việc chuyển được sang Trạm Y tế" in preview.text and closed.ws.log.size() == size
    done = visitor.post(path, data=hidden(preview.text, path))
    assert (done.status_code, done.headers["Location"]) == (303, "/xa-mau/handovers")
    after = visitor.get("/xa-mau/handovers").text
    assert "Đã bàn giao 2 việc." in after and "Không còn việc nào của đơn vị đã giải thể" in after
    assert "việc chưa xong thuộc" not in page(site, "hoa", "board")


def test_what_could_not_be_handed_over_is_told_with_the_reason(site: Site, closed: World) -> None:
    visitor, path = site.visitor("hoa"), "/xa-mau/handovers/units/phong-kinh-te"
    closed.take("nam", "suspend", reason="Chờ tỉnh.", decision="12/QĐ-UBND")
    follow_a_version_that_hands_less_over(closed, TASK)
    typed = {"to": "tram-y-te", "reason": "Sáp nhập.", "confirmed": "yes"}
    answer = visitor.post(path, data=hidden(visitor.get(path).text, path) | typed)
    assert answer.status_code == 200
    assert "Đã bàn giao 1 việc; 1 việc chưa bàn giao được" in answer.text
    assert "đang ở «Tạm dừng» nên không thể «Chuyển xử lý»" in answer.text


def test_a_handover_without_a_receiver_is_asked_for_again_with_its_reason(site: Site) -> None:
    visitor, path = site.visitor("hoa"), "/xa-mau/handovers/units/phong-kinh-te"
    form = hidden(visitor.get(path).text, path) | {"to": "", "reason": "Sáp nhập."}
    answer = visitor.post(path, data=form)
    assert answer.status_code == 422
    assert "Hãy chọn nơi nhận." in answer.text and "Sáp nhập." in answer.text


@pytest.mark.parametrize("path", ["handovers", "handovers/units/phong-kinh-te", "handovers/people/lan"])
def test_only_who_hands_work_over_sees_the_pages(site: Site, path: str) -> None:
    assert site.visitor("lan").get(f"/xa-mau/{path}").status_code == 403
    assert site.visitor("nam").get(f"/xa-mau/{path}").status_code == 200


@pytest.mark.parametrize("path", ["handovers/units/la", "handovers/la/lan"])
def test_the_work_of_nobody_is_not_found(site: Site, path: str) -> None:
    assert site.visitor("hoa").get(f"/xa-mau/{path}").status_code == 404


def test_what_a_unit_supports_and_whose_stand_in_left_is_told(site: Site, closed: World) -> None:
    assert "Phối hợp: Trạm Y tế" in page(site, "hoa", "handovers/units/tram-y-te")
    absence = {"since": "02/03/2026", "until": "08/03/2026", "stand_in": "binh"}
    set_absence(closed.ws, "lan", absence, closed.order("hoa"))
    told = "Vũ Bình làm thay Trần Thị Lan đến hết 08/03/2026."
    assert told in page(site, "hoa", "handovers/people/binh")
    assert told not in page(site, "hoa", "handovers")
    commands.change_person(closed.ws, "binh", "Vũ Bình", None, "phong-kinh-te", False, closed.order())
    assert "Vũ Bình (đã khóa) làm thay Trần Thị Lan" in page(site, "hoa", "handovers")
    closed.wait(days=7)
    assert "làm thay" not in page(site, "hoa", "handovers")


def test_a_draft_of_the_minutes_lists_the_work_that_is_handed_over(site: Site) -> None:
    assert "handovers/units/phong-kinh-te/minutes.docx" in page(site, "hoa", "handovers/units/phong-kinh-te")
    answer = site.visitor("hoa").get("/xa-mau/handovers/units/phong-kinh-te/minutes.docx")
    words = docx.Document(io.BytesIO(answer.data))
    assert "Bên giao: Phòng Kinh tế" in " ".join(line.text for line in words.paragraphs)
    assert [row.cells[1].text for row in words.tables[1].rows[1:]] == ["III.2.10", "III.2.3.1"]
    assert site.visitor("hoa").get("/xa-mau/handovers/units/khong-co/minutes.docx").status_code == 404
    assert site.visitor("lan").get("/xa-mau/handovers/units/phong-kinh-te/minutes.docx").status_code == 403
