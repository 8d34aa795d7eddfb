"""From an uploaded document to an adopted plan, by plain forms."""

import html
import io
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from support.doubtful_plan import PLAN_TEXT
from support.forms import hidden, send
from support.pdfs import set_pdf
from support.visitors import Site
from support.world import World
from werkzeug.test import TestResponse

from cchc_flow import commands as handling
from cchc_flow.commands import load_item
from cchc_flow.projections import directory, plans
from cchc_flow.projections.cards import queries
from cchc_flow.projections.cards.filters import Filters
from cchc_flow.samples import SAMPLE_PLAN

PLANS = "/xa-mau/plans"
READINGS = "/xa-mau/plan-readings"


@pytest.fixture
def world_without_plan(new_world: World) -> World:
    """A commune with its coordinator and an officer, and no plan yet."""
    for login, name, role in (("hoa", "Lê Thị Hoa", "coordinator"), ("lan", "Trần Thị Lan", "officer")):
        handling.add_person(new_world.ws, login, name, None, None, new_world.order())
        handling.grant_role(new_world.ws, login, role, new_world.order())
    return new_world


@pytest.fixture
def hoa(world_without_plan: World) -> FlaskClient:
    """The coordinator's browser."""
    return Site(world_without_plan.ws).visitor("hoa")


def upload(client: FlaskClient, content: bytes, name: str = "ke-hoach.docx") -> TestResponse:
    return send(client, PLANS, READINGS, document=(io.BytesIO(content), name))


def read(client: FlaskClient) -> str:
    """Upload the sample plan and return the page that shows what was understood."""
    address = upload(client, SAMPLE_PLAN.read_bytes()).headers["Location"]
    return client.get(address).text


def adoption_form(page: str) -> dict[str, str]:
    """Return the adoption form as a browser would send it untouched."""
    form = re.search(r'<form id="adopt".*?</form>', page, re.DOTALL)
    assert form is not None
    texts = re.findall(r'<textarea id="([^"]+)"[^>]*>\n([^<]*)</textarea>', form[0])
    days = re.findall(r'name="(due-[^"]+)" type="text" data-day value="([^"]*)"', form[0])
    leads = [
        (name, chosen[1] if (chosen := re.search(r"<option selected>([^<]*)", options)) else "")
        for name, options in re.findall(r'<select id="(lead-[^"]+)"[^>]*>(.*?)</select>', form[0], re.DOTALL)
    ]
    fields = {name: html.unescape(value) for name, value in [*texts, *days, *leads]}
    return fields | hidden(page, PLANS)


def columns(world: World) -> dict[str, int]:
    states = ["planned", "assigned"]
    found = queries.columns(world.ws.read(), states, Filters(), world.ws.now().date())
    return {column.state: column.total for column in found}


def test_a_document_shows_what_was_understood(hoa: FlaskClient) -> None:
    page = read(hoa)
    totals = re.findall(r'<strong class="number">(\d+)</strong> ([^<]+)</li>', page)
    assert totals == [
        ("7", "lĩnh vực"),
        ("63", "công việc"),
        ("22", "chỉ tiêu"),
        ("24", "thước đo"),
        ("6", "đơn vị"),
        ("23", "phân công"),
        ("7", "hạn báo cáo"),
    ]


def test_a_plan_as_pdf_is_understood_too(hoa: FlaskClient) -> None:
    lines = (
        "KẾ HOẠCH", "Cải cách hành chính xã An Khê năm 2026", "I. MỤC TIÊU", "1. Làm nhanh, làm gọn.",
        "II. NHIỆM VỤ", "1. Cải cách thể chế", "- Rà soát văn bản của xã.", "- Đăng văn bản lên trang tin.",
    )  # fmt: skip
    address = upload(hoa, set_pdf("".join(f"<p>{line}</p>" for line in lines)), "ke-hoach.pdf").headers[
        "Location"
    ]
    page = hoa.get(address).text
    assert "Rà soát văn bản của xã" in page and "Đăng văn bản lên trang tin" in page


def test_the_form_names_the_formats_that_are_read(hoa: FlaskClient) -> None:
    page = hoa.get(PLANS).text
    assert "PDF có chữ (.pdf)" in page and re.search(r'accept="[^"]*\.docx[^"]*\.pdf', page)


def test_a_warning_stands_beside_the_text_it_is_about(hoa: FlaskClient) -> None:
    target = re.search(r'<li id="II\.17">.*?</li>\s*<li id="II\.18">', read(hoa), re.DOTALL)
    assert target is not None
    assert "tạm hiểu là thêm 1" in target[0]


def test_every_warning_that_names_a_place_links_to_it(hoa: FlaskClient) -> None:
    page = read(hoa)
    linked = set(re.findall(r'<a href="#([^"]+)" class="ref">', page))
    assert {"Số", "Ngày", "II.3", "III.6", "V.1.a", "V.2"} <= linked
    assert {place for place in linked if f'id="{place}"' not in page} == set()


def test_reading_writes_nothing_into_the_log(hoa: FlaskClient, world_without_plan: World) -> None:
    before = world_without_plan.ws.log.size()
    read(hoa)
    assert world_without_plan.ws.log.size() == before


def test_adopting_opens_every_task_in_one_commit(hoa: FlaskClient, world_without_plan: World) -> None:
    form = adoption_form(read(hoa))
    before = world_without_plan.ws.log.size()
    answer = hoa.post(PLANS, data=form)
    assert answer.status_code == 303
    assert columns(world_without_plan) == {"planned": 63, "assigned": 0}
    commands = {event.command_id for event in world_without_plan.ws.log.read_events(before)}
    assert commands == {form["command_id"]}


def test_adopting_adds_the_units_of_the_plan(hoa: FlaskClient, world_without_plan: World) -> None:
    hoa.post(PLANS, data=adoption_form(read(hoa)))
    assert len(directory.units(world_without_plan.ws.read())) == 6


def test_what_was_edited_is_what_is_adopted(hoa: FlaskClient, world_without_plan: World) -> None:
    lead = "Phòng Kinh tế"
    edited = {"title-III.1.1": "Tên  của tôi", "lead-III.1.1": lead, "due-III.1.1": "2026-04-30"}
    hoa.post(PLANS, data=adoption_form(read(hoa)) | edited)
    item = load_item(world_without_plan.ws, "2026-III.1.1").item
    units = {unit.id: unit.name for unit in directory.units(world_without_plan.ws.read())}
    assert (item.title, item.due, units[item.suggested_lead or ""]) == ("Tên của tôi", "2026-04-30", lead)


def test_the_full_text_stays_whatever_the_title_becomes(hoa: FlaskClient, world_without_plan: World) -> None:
    page = read(hoa)
    full = re.search(r'id="III\.1\.1">.*?class="full-text">([^<]+)<', page, re.DOTALL)
    assert full is not None
    hoa.post(PLANS, data=adoption_form(page) | {"title-III.1.1": "Ngắn"})
    assert load_item(world_without_plan.ws, "2026-III.1.1").item.text == html.unescape(full[1])


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("title-III.1.1", "quá dài " * 12, "từ 1 đến 80 ký tự"),
        ("title-III.1.1", " ", "từ 1 đến 80 ký tự"),
        ("due-III.1.1", "31/4/2026", "Hạn phải là một ngày, như 25/01/2026."),
        ("lead-III.1.1", "Phòng Không Có", "chọn một đơn vị"),
    ],
)
def test_a_wrong_field_is_told_and_all_that_was_typed_is_kept(
    hoa: FlaskClient, world_without_plan: World, field: str, value: str, said: str
) -> None:
    form = adoption_form(read(hoa)) | {"title-III.7.9": "Sửa rồi mới sai", field: value}
    answer = hoa.post(PLANS, data=form)
    assert answer.status_code == 422
    assert said in answer.text
    kept = adoption_form(answer.text)
    assert {name for name in form if kept[name] != form[name]} <= {"csrf_token", field}
    assert columns(world_without_plan)["planned"] == 0


def test_the_form_that_was_mended_is_adopted(hoa: FlaskClient, world_without_plan: World) -> None:
    wrong = hoa.post(PLANS, data=adoption_form(read(hoa)) | {"title-III.1.1": " "})
    hoa.post(PLANS, data=adoption_form(wrong.text) | {"title-III.1.1": "Đã sửa"})
    assert columns(world_without_plan)["planned"] == 63


def test_a_form_sent_twice_adopts_once(hoa: FlaskClient, world_without_plan: World) -> None:
    form = adoption_form(read(hoa))
    assert [hoa.post(PLANS, data=form).status_code for _ in range(2)] == [303, 303]
    assert columns(world_without_plan)["planned"] == 63


def test_the_same_document_again_leads_to_the_plan_it_became(
    hoa: FlaskClient, world_without_plan: World
) -> None:
    hoa.post(PLANS, data=adoption_form(read(hoa)))
    before = world_without_plan.ws.log.size()
    answer = upload(hoa, SAMPLE_PLAN.read_bytes())
    assert answer.headers["Location"] == f"{PLANS}/2026"
    assert "không có gì thay đổi" in hoa.get(f"{PLANS}/2026").text
    assert world_without_plan.ws.log.size() == before


def test_another_document_of_the_year_is_refused_and_told_what_to_do_instead(hoa: FlaskClient) -> None:
    hoa.post(PLANS, data=adoption_form(read(hoa)))
    answer = upload(hoa, PLAN_TEXT.encode(), "sua-doi.txt")
    assert answer.status_code == 422
    assert "hãy thêm việc mới và hủy việc không còn" in answer.text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("rong.txt", b""),
        ("thu.txt", "Kính gửi các đồng chí, mời dự họp lúc tám giờ sáng thứ hai tại hội trường.".encode()),
        ("hong.docx", b"PK\x03\x04 not a document"),
        ("hong.pdf", b"%PDF-1.7 not a document"),
        ("hong.doc", b"not a document"),
        ("bang.xlsx", b"PK"),
        ("khong-duoi", b"chu"),
    ],
)
def test_what_is_no_plan_is_told_in_a_sentence_and_not_kept(
    hoa: FlaskClient, world_without_plan: World, name: str, content: bytes
) -> None:
    answer = upload(hoa, content, name)
    assert answer.status_code == 422
    assert re.search(r'class="field-error" id="document-error">[^<]+\.', answer.text)
    assert vault_files(world_without_plan) == []


def test_a_document_of_more_than_20_mb_is_refused(hoa: FlaskClient, world_without_plan: World) -> None:
    answer = upload(hoa, b"k" * (20 * 1024 * 1024 + 1), "to.txt")
    answer.request.environ["wsgi.input"].close()  # a temporary file of the test client's own
    assert answer.status_code == 422
    assert "20 MB" in answer.text
    assert vault_files(world_without_plan) == []


def test_a_form_without_a_file_says_so(hoa: FlaskClient) -> None:
    assert "Chưa chọn tệp" in send(hoa, PLANS, READINGS).text


def test_only_the_coordinator_uploads_and_adopts(world_without_plan: World) -> None:
    lan = Site(world_without_plan.ws).visitor("lan")
    assert "Đầu mối CCHC của xã nhập" in lan.get(PLANS).text
    tokens = hidden(lan.get(PLANS).text, "/xa-mau/sessions/end")
    assert [lan.post(path, data=tokens).status_code for path in (READINGS, PLANS)] == [403, 403]


def test_a_document_that_was_swept_is_asked_for_again(hoa: FlaskClient) -> None:
    answer = hoa.get(f"{READINGS}/{'0' * 64}?name=ke-hoach.docx")
    assert answer.status_code == 404
    assert "hãy tải lên lại" in answer.text


def test_everybody_reads_what_the_plan_says(hoa: FlaskClient, world_without_plan: World) -> None:
    hoa.post(PLANS, data=adoption_form(read(hoa)))
    page = Site(world_without_plan.ws).visitor("lan").get(f"{PLANS}/2026").text
    assert page.count('<li id="II.') == 22
    assert "giảm ít nhất 15\xa0% so với 2025" in page


def test_a_plan_becomes_the_home_of_the_workspace(hoa: FlaskClient, world_without_plan: World) -> None:
    assert "Còn vài bước" in hoa.get("/xa-mau/").text
    hoa.post(PLANS, data=adoption_form(read(hoa)))
    assert hoa.get("/xa-mau/").headers["Location"] == "/xa-mau/work"
    assert "công việc chưa giao cho đơn vị nào" in hoa.get("/xa-mau/work").text
    assert [plan.year for plan in plans.plans(world_without_plan.ws.read())] == [2026]


def test_a_document_without_a_year_is_shown_and_not_adopted(
    hoa: FlaskClient, world_without_plan: World
) -> None:
    text = PLAN_TEXT.replace("năm 2026", "")
    page = hoa.get(upload(hoa, text.encode(), "ke-hoach.txt").headers["Location"]).text
    answer = hoa.post(PLANS, data=adoption_form(page))
    assert answer.status_code == 422
    assert "Không thấy năm của kế hoạch" in answer.text
    assert plans.plans(world_without_plan.ws.read()) == []


def test_words_of_a_plan_are_never_read_as_markup(hoa: FlaskClient) -> None:
    text = PLAN_TEXT.replace("Công khai thủ tục", "Công khai <script>alert(1)</script> thủ tục")
    page = hoa.get(upload(hoa, text.encode(), "ke-hoach.txt").headers["Location"]).text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


def vault_files(world: World) -> list[Path]:
    return [path for path in (world.ws.folder / "vault").rglob("*") if path.is_file()]
