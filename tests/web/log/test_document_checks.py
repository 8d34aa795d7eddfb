"""The page that says whether a file is a report that was issued here."""

import io
from typing import Any

import pytest
from support.issuing import forge, issue_february
from support.signing import handwriting, officer, sign
from support.visitors import Site, csrf
from support.world import World
from werkzeug.test import TestResponse


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[World, bytes]:
    return issue_february(tmp_path_factory.mktemp("issued"))


@pytest.fixture(scope="module")
def site(made: tuple[World, bytes]) -> Site:
    return Site(made[0].ws)


@pytest.fixture(scope="module")
def pdf(made: tuple[World, bytes]) -> bytes:
    return made[1]


def send(site: Site, path: str, login: str = "hoa", headers: Any = None, **form: Any) -> TestResponse:
    visitor = site.visitor(login)
    files = {
        name: (io.BytesIO(value), "bao-cao.pdf") for name, value in form.items() if isinstance(value, bytes)
    }
    tokens = {"csrf_token": csrf(visitor.get("/xa-mau/account").text)}
    return visitor.post(
        f"/xa-mau/{path}", data=tokens | form | files, content_type="multipart/form-data", headers=headers
    )


def test_an_issued_file_is_called_that_with_what_was_checked(site, pdf):
    text = send(site, "document-checks", file=pdf).text
    assert '<h2 id="verdict">Tệp đúng là tệp đã ban hành và số liệu tính lại khớp</h2>' in text
    assert "Báo cáo số 01/BC-UBND ngày 02/03/2026" in text


def test_a_changed_figure_stands_in_a_table_with_both_values(site, pdf):
    forged = forge(pdf, lambda data: data["figures"][0].update(value="99"))
    text = send(site, "document-checks", file=forged, headers={"HX-Request": "true"}).text
    assert "<html" not in text and "Tệp có điều không đúng" in text
    assert '<td class="number">99</td>' in text


def test_a_key_from_elsewhere_is_asked_and_one_that_is_none_is_told_beside_its_field(site, pdf):
    text = send(site, "document-checks", file=pdf, key=site.ws.log.verifier_key()).text
    assert "khóa kiểm tra được đưa vào" in text
    wrong = send(site, "document-checks", file=pdf, key="không phải khóa")
    assert wrong.status_code == 422 and "Khóa kiểm tra không đúng dạng" in wrong.text


def test_no_file_is_told_beside_its_field(site):
    answer = send(site, "document-checks")
    assert answer.status_code == 422 and "Chưa chọn tệp nào" in answer.text


def test_a_signed_file_is_told_with_who_signed_it_and_that_nobody_vouches(site, pdf):
    signed = sign(pdf, officer("Phạm Nam"), name="Phạm Nam", picture=handwriting())
    text = send(site, "document-checks", file=signed).text
    assert "từ đó chỉ được ký thêm" in text and "Phạm Nam" in text
    assert "Chưa xác định được ai bảo đảm cho người ký" in text


def test_only_who_may_read_the_log_checks_files(site):
    assert site.visitor("thu").get("/xa-mau/document-checks").status_code == 200
    assert site.visitor("lan").get("/xa-mau/document-checks").status_code == 403
