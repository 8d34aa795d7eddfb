"""At a file of evidence stands who signed it, and no more than was checked."""

import pytest
from support.documents import REPORT
from support.signing import sign, stranger
from support.world import ASSIGN, TASK

from cchc_flow.documents.pages import draw_page
from cchc_flow.documents.pdf import make_pdf
from cchc_flow.workflow.commands import Upload

HTMX = {"HX-Request": "true"}


@pytest.fixture
def submit(world):
    """Submit a task with a file; return the address of the file."""

    def with_file(content: bytes) -> str:
        world.take("hoa", "assign", **ASSIGN)
        world.take("lan", "start")
        world.take("lan", "submit", result="Xong.", evidence=[Upload("qd.pdf", content, "application/pdf")])
        digest = world.ws.log.stream(f"item-{TASK}")[-1].data["evidence"][0]["content"]["digest"]
        return f"items/{TASK}/evidence/{digest}"

    return with_file


@pytest.fixture(scope="module")
def report() -> bytes:
    return make_pdf(draw_page(REPORT))


def test_a_signed_file_says_who_signed_it_and_that_nobody_vouches_for_him(submit, get, report):
    address = submit(sign(report, stranger()))
    shown = get("hoa", f"{address}/preview", headers=HTMX).text
    assert f'data-src="/xa-mau/{address}/signatures" open' in shown and "Chữ ký số trong tệp" in shown
    found = get("hoa", f"{address}/signatures", headers=HTMX).text
    assert "<html" not in found and "Người tự ký" in found
    assert "Phần đã ký còn nguyên vẹn." in found and "Tệp không thay đổi sau khi ký." in found
    assert "Chứng thư tự ký: không có cơ quan nào bảo đảm" in found and 'class="unsure"' in found
    assert "thu hồi" in found and "công vụ" not in found
    assert "<h1>qd.pdf</h1>" in get("hoa", f"{address}/signatures").text


def test_a_file_without_signatures_does_not_speak_of_them(submit, get, report):
    address = submit(report)
    assert "chữ ký" not in get("hoa", f"{address}/preview", headers=HTMX).text
    assert "Tệp không có chữ ký số nào." in get("hoa", f"{address}/signatures").text


def test_a_damaged_file_with_a_signature_is_told_in_one_sentence(submit, get):
    address = submit(b"%PDF-1.7 /ByteRange [0 1 2 3] forty")
    assert "Không đọc được các chữ ký số" in get("hoa", f"{address}/signatures", headers=HTMX).text


def test_who_may_not_have_the_file_learns_nothing_of_its_signatures(submit, get, nobody, report):
    address = submit(report)
    assert nobody.get(f"/xa-mau/{address}/signatures").status_code == 303
    other = address.replace(TASK, "2026-III.1.1")
    assert get("hoa", f"{other}/signatures").status_code == 404
