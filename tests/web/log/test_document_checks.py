"""The page that says whether a file is a report that was issued here."""

import io
from typing import Any

from support.issuing import forge
from support.signing import handwriting, officer, sign
from support.visitors import Site, csrf
from werkzeug.test import TestResponse


def send(site: Site, path: str, login: str = "hoa", headers: Any = None, **form: Any) -> TestResponse:
    visitor = site.visitor(login)
    files = {
        name: (io.BytesIO(value), "bao-cao.pdf") for name, value in form.items() if isinstance(value, bytes)
    }
    tokens = {"csrf_token": csrf(visitor.get("/xa-mau/account").text)}
    return visitor.post(
        f"/xa-mau/{path}", data=tokens | form | files, content_type="multipart/form-data", headers=headers
    )


def test_an_issued_file_is_called_that_with_what_was_checked(issued_site, issued_pdf):
    text = send(issued_site, "document-checks", file=issued_pdf).text
    assert '<h2 id="verdict">Tệp đúng là tệp đã ban hành và số liệu tính lại khớp</h2>' in text
    assert "Báo cáo số 01/BC-UBND ngày 02/03/2026" in text


def test_a_changed_figure_stands_in_a_table_with_both_values(issued_site, issued_pdf):
    forged = forge(issued_pdf, lambda data: data["figures"][0].update(value="99"))
    text = send(issued_site, "document-checks", file=forged, headers={"HX-Request": "true"}).text
    assert "<html" not in text and "Tệp có điều không đúng" in text
    assert '<td class="number">99</td>' in text


def test_a_key_from_elsewhere_is_asked_and_one_that_is_none_is_told_beside_its_field(issued_site, issued_pdf):
    text = send(issued_site, "document-checks", file=issued_pdf, key=issued_site.ws.log.verifier_key()).text
    assert "khóa kiểm tra được đưa vào" in text
    wrong = send(issued_site, "document-checks", file=issued_pdf, key="không phải khóa")
    assert wrong.status_code == 422 and "Khóa kiểm tra không đúng dạng" in wrong.text


def test_no_file_is_told_beside_its_field(issued_site):
    answer = send(issued_site, "document-checks")
    assert answer.status_code == 422 and "Chưa chọn tệp nào" in answer.text


def test_a_signed_file_is_told_with_who_signed_it_and_that_nobody_vouches(issued_site, issued_pdf):
    signed = sign(issued_pdf, officer("Phạm Nam"), name="Phạm Nam", picture=handwriting())
    text = send(issued_site, "document-checks", file=signed).text
    assert "từ đó chỉ được ký thêm" in text and "Phạm Nam" in text
    assert "Chưa xác định được ai bảo đảm cho người ký" in text


def test_only_who_may_read_the_log_checks_files(issued_site):
    assert issued_site.visitor("thu").get("/xa-mau/document-checks").status_code == 200
    assert issued_site.visitor("lan").get("/xa-mau/document-checks").status_code == 403
