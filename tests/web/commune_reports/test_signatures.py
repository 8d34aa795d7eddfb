"""A signed file is kept on the page of its report, and can be had from there."""

import io
from pathlib import Path

import pytest
from support.forms import hidden_or_none
from support.issuing import PERIOD, forge, issue_february
from support.signing import handwriting, officer, sign
from support.visitors import Site, csrf
from werkzeug.test import TestResponse

PAGE = f"/xa-mau/reports/{PERIOD}"


def keep(site: Site, file: bytes | None, login: str = "hoa") -> TestResponse:
    visitor = site.visitor(login)
    page = visitor.get(PAGE).text
    tokens = hidden_or_none(page, f"{PAGE}/signatures") or {
        "csrf_token": csrf(page),
        "command_id": "none",
        "seen": "0",
    }
    files = {"signed": (io.BytesIO(file), "da-ky.pdf")} if file is not None else {}
    return visitor.post(f"{PAGE}/signatures", data=tokens | files, content_type="multipart/form-data")


def test_a_file_that_was_not_signed_is_not_kept_and_the_page_says_why(issued_site, issued_pdf):
    answer = keep(issued_site, forge(issued_pdf))
    assert answer.status_code in (409, 422)
    assert "không bắt đầu bằng tệp báo cáo nào" in answer.text
    assert "Chưa chọn tệp nào" in keep(issued_site, None).text


def test_a_signed_file_is_kept_and_offered_with_who_signed(issued_site, issued_pdf):
    signed = sign(issued_pdf, officer("Phạm Nam"), name="Phạm Nam", picture=handwriting())
    assert keep(issued_site, signed).status_code == 303
    position = issued_site.ws.log.stream(f"report-2026-{PERIOD}")[-1].position
    page = issued_site.visitor("thu").get(PAGE).text
    assert f'href="{PAGE}/signed/{position}.pdf"' in page and "chứng thư ghi Phạm Nam" in page
    assert issued_site.visitor("thu").get(f"{PAGE}/signed/{position}.pdf").data == signed
    for path in (f"signed/{position - 1}.pdf", "signed/0.pdf", "signed/999999.pdf"):
        assert issued_site.visitor("thu").get(f"{PAGE}/{path}").status_code == 404
    other = f"/xa-mau/reports/2026-01/signed/{position}.pdf"
    assert issued_site.visitor("thu").get(other).status_code == 404


def test_a_file_of_another_period_is_not_kept_here(tmp_path: Path):
    world, pdf = issue_february(tmp_path)
    from cchc_flow.errors import Refusal
    from cchc_flow.reporting.signed_reports import take_signed

    signed = sign(pdf, officer("Phạm Nam"), name="Phạm Nam")
    with pytest.raises(Refusal, match="Hãy ghi nhận ở trang của báo cáo đó"):
        take_signed(world.ws, signed, world.order("hoa"), period="2026-01")


def test_only_who_issues_reports_keeps_signed_ones(issued_site, issued_pdf):
    assert "Ghi nhận bản đã ký" not in issued_site.visitor("thu").get(PAGE).text
    assert keep(issued_site, issued_pdf, login="thu").status_code == 403
