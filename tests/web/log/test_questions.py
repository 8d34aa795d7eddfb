"""The pages of questions that are ready to ask."""

import csv
import io

import pytest
from openpyxl import load_workbook
from support.visitors import Site, csrf
from support.world import RESULT, TASK, World

FIRST = "2026-III.1.1"


@pytest.fixture
def site(world: World) -> Site:
    for item in (FIRST, TASK):
        world.take("hoa", "assign", item, lead="phong-kinh-te", support=[], due="2026-03-06")
        world.take("lan", "start", item)
    for item in (FIRST, TASK):
        world.wait(days=6)
        world.take("lan", "submit", item, **RESULT)
    return Site(world.ws)


def read(site: Site, path: str = "", login: str = "thu") -> str:
    answer = site.visitor(login).get(f"/xa-mau/questions{path}")
    assert answer.status_code == 200
    return answer.text


def test_every_question_stands_in_the_list_with_the_number_of_its_hits(site: Site) -> None:
    text = read(site)
    assert 'href="/xa-mau/questions/submitted-late"' in text
    row = text.partition('href="/xa-mau/questions/submitted-late"')[2].partition("</li>")[0]
    assert "2 trường hợp" in row
    assert "trường hợp" not in text.partition('href="/xa-mau/questions/same-file"')[2].partition("</li>")[0]


def test_an_answer_has_the_rule_the_hits_and_links_to_items_and_events(site: Site) -> None:
    text = read(site, "/submitted-late?days=1")
    assert "được nộp sau ngày hạn đang ghi từ 1 ngày trở lên" in text
    assert text.index("Nộp sau hạn 8 ngày (hạn 06/03/2026).") < text.index("Nộp sau hạn 2 ngày")
    assert f'href="/xa-mau/items/{TASK}"' in text and "2 trường hợp" in text
    submitted = site.ws.log.stream(f"item-{TASK}")[-1].position
    assert f'href="/xa-mau/events/{submitted}"' in text


def test_a_wrong_parameter_is_told_and_nothing_is_answered(site: Site) -> None:
    text = read(site, "/submitted-late?day=1&from=31/02/2026")
    assert "Câu hỏi này không có tham số «day»" in text and "«31/02/2026» không phải là một ngày" in text
    assert "Nộp sau hạn" not in text


def test_a_question_that_there_is_not_is_not_found(site: Site) -> None:
    answer = site.visitor("thu").get("/xa-mau/questions/late")
    assert answer.status_code == 404 and "Không có câu hỏi «late»" in answer.text


def test_who_may_not_read_the_whole_log_asks_no_questions(site: Site) -> None:
    for path in ("", "/submitted-late"):
        assert site.visitor("lan").get(f"/xa-mau/questions{path}").status_code == 403


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_hits_are_taken_out_as_a_table_and_that_is_recorded(site: Site, form: str) -> None:
    inspector = site.visitor("thu")
    page = inspector.get("/xa-mau/questions/submitted-late?days=1").text
    answer = inspector.post(
        "/xa-mau/questions/submitted-late/tables?days=1",
        data={"csrf_token": csrf(page), "command_id": "one", "format": form},
    )
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].endswith(f'-cau-hoi-submitted-late.{form}"')
    rows = csv_rows(answer.data) if form == "csv" else xlsx_rows(answer.data)
    words = [cell for row in rows for cell in row]
    assert "Nộp sau hạn 8 ngày (hạn 06/03/2026)." in words and "Điều tìm thấy" in words
    assert any("từ 1 ngày trở lên" in cell for cell in words)
    event = site.ws.log.event(site.ws.log.size())
    assert event.type == "log.exported/1" and event.actor == "thu"
    assert event.data["view"] == {"question": "submitted-late", "days": "1"}
    assert (event.data["format"], event.data["count"]) == (form, 2)


def test_a_table_in_a_form_that_there_is_not_is_refused(site: Site) -> None:
    inspector = site.visitor("thu")
    page = inspector.get("/xa-mau/questions/submitted-late").text
    answer = inspector.post(
        "/xa-mau/questions/submitted-late/tables", data={"csrf_token": csrf(page), "format": "pdf"}
    )
    assert answer.status_code == 422 and "Không có dạng bảng «pdf»" in answer.text
    assert site.ws.log.event(site.ws.log.size()).type == "item.submitted/1"


def csv_rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def xlsx_rows(content: bytes) -> list[list[str]]:
    sheet = load_workbook(io.BytesIO(content)).active
    return [[str(cell) for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
