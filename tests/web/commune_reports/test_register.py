"""The register of issued documents: its lines, numbers for other documents, letters with their files."""

import io
import re
from typing import Any

import docx
import pytest
from flask.testing import FlaskClient
from support.forms import hidden
from support.visitors import Site
from support.world import World
from werkzeug.test import TestResponse

from cchc_flow import commands

I = "/xa-mau/issued-documents"  # noqa: E741  # as the tests of other pages name theirs
PLAN = {"kind": "Kế hoạch", "symbol": "KH-UBND", "subject": "Tuyên truyền CCHC", "signer": "Phạm Nam"}
LATE = "2026-III.2.10"


@pytest.fixture
def hoa(site: Site) -> FlaskClient:
    """The browser of the coordinator."""
    return site.visitor("hoa")


def number(client: FlaskClient, **typed: Any) -> TestResponse:
    return client.post(I, data=hidden(client.get(I).text, I) | PLAN | {"day": "02/03/2026"} | typed)


def page_words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_a_document_takes_the_next_number_and_stands_in_the_register(hoa: FlaskClient) -> None:
    assert "Chưa có văn bản nào lấy số trong năm 2026." in hoa.get(I).text
    assert number(hoa).status_code == 303
    words = page_words(hoa.get(I).text)
    assert "01/KH-UBND Kế hoạch: Tuyên truyền CCHC" in words
    assert "02/03/2026 Phạm Nam" in words
    assert "Số kế tiếp của năm 2026: 02" in words


def test_what_cannot_be_used_is_told_at_its_field_and_the_rest_stays(hoa: FlaskClient) -> None:
    answer = number(hoa, subject=" ", day="hôm qua")
    assert answer.status_code == 422
    assert "Ngày văn bản: phải là một ngày" in answer.text
    assert 'value="KH-UBND"' in answer.text
    assert "Trích yếu: cần từ 1 đến 300 ký tự." in number(hoa, subject=" ").text


def test_gaps_of_the_clerks_numbers_are_shown(hoa: FlaskClient, world: World) -> None:
    value = {"by_clerk": True}
    commands.change_setting(world.ws, "documents", value, "Quy chế văn thư", world.order("hoa"))
    number(hoa, number="1")
    number(hoa, number="4")
    words = page_words(hoa.get(I).text)
    assert "Số không có văn bản trong sổ này: 02 đến 03." in words
    assert "số do văn thư cấp" in words
    assert "Số 04/KH-UBND của năm 2026 đã có" in number(hoa, number="4").text


def test_a_document_is_recalled_with_a_reason_and_keeps_its_line(hoa: FlaskClient, world: World) -> None:
    number(hoa)
    position = world.ws.log.stream("documents-2026")[0].position
    action = f"{I}/{position}/recalls?year=2026"
    form = hidden(hoa.get(I).text, action)
    assert "Lý do thu hồi" in hoa.post(action, data=form | {"reason": ""}).text
    assert hoa.post(action, data=form | {"reason": "Sai thể thức"}).status_code == 303
    words = page_words(hoa.get(I).text)
    assert "01/KH-UBND" in words
    assert "đã thu hồi" in words


def test_the_letter_to_a_unit_is_frozen_with_its_number(site: Site, world: World) -> None:
    world.take("hoa", "assign", LATE, lead="phong-kinh-te", due="2026-03-04", support=[])
    world.wait(days=5)
    hoa = site.visitor("hoa")
    page = hoa.get(f"{I}/new?unit=phong-kinh-te").text
    assert "Ban hành công văn đôn đốc Phòng Kinh tế" in page_words(page)
    typed = {"symbol": "UBND-VHXH", "subject": "đôn đốc việc chậm", "day": "07/03/2026", "signer": "Phạm Nam"}
    assert hoa.post(I, data=hidden(page, I) | typed | {"kind": ""}).status_code == 303
    event = world.ws.log.stream("documents-2026")[0]
    assert [file["format"] for file in event.data["files"]] == ["pdf", "docx", "xlsx"]
    content = hoa.get(f"{I}/{event.position}/file.docx").data
    assert content == world.ws.vault.load(event.data["files"][1]["file"]["content"]["digest"])
    assert "Công văn: đôn đốc việc chậm" in page_words(hoa.get(I).text)
    words = " ".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs)
    head = docx.Document(io.BytesIO(content)).tables[0].cell(0, 0).text
    assert "V/v đôn đốc việc chậm" in head
    assert "Số: 01/UBND-VHXH" in head
    assert "Phòng Kinh tế" in words
    assert hoa.get(f"{I}/{event.position}/file.txt").status_code == 404


def test_the_list_of_late_work_leads_to_the_letter_with_a_number(site: Site, world: World) -> None:
    world.take("hoa", "assign", LATE, lead="phong-kinh-te", due="2026-03-04", support=[])
    world.wait(days=5)
    path = "/xa-mau/items?figure=open_late&unit=phong-kinh-te"
    link = f'href="{I}/new?unit=phong-kinh-te"'
    assert link in site.visitor("hoa").get(path).text
    assert link not in site.visitor("binh").get(path).text


def test_a_unit_without_late_work_gets_no_letter(hoa: FlaskClient) -> None:
    assert "không có công việc nào quá hạn" in hoa.get(f"{I}/new?unit=tram-y-te").text
    assert "không có trong danh bạ" in hoa.get(f"{I}/new?unit=nowhere").text


def test_the_register_is_printed_in_full(hoa: FlaskClient) -> None:
    number(hoa)
    for ending, begin in (("docx", b"PK"), ("xlsx", b"PK")):
        assert hoa.get(f"{I}/register.{ending}?year=2026").data[:2] == begin
    assert hoa.get(f"{I}/register.txt").status_code == 404


def test_a_leader_numbers_an_inspector_only_reads_and_others_see_nothing(site: Site) -> None:
    assert number(site.visitor("nam")).status_code == 303
    page = site.visitor("thu").get(I).text
    assert "01/KH-UBND" in page
    assert "<form" not in page.partition("<main")[2]
    assert site.visitor("lan").get(I).status_code == 403


def test_years_lead_to_their_own_registers(hoa: FlaskClient) -> None:
    number(hoa, day="31/12/2025")
    number(hoa)
    assert f'href="{I}?year=2025"' in hoa.get(I).text
    assert "Sổ văn bản năm 2025" in hoa.get(f"{I}?year=2025").text
    assert "Sổ văn bản năm 2026" in hoa.get(f"{I}?year=1999").text
