"""A file of evidence opened in place: its words and pictures of its pages, for who may read the item."""

import io

import pytest
from PIL import Image
from support.world import ASSIGN, TASK

from cchc_flow import commands
from cchc_flow.web.items import evidence
from cchc_flow.workflow.commands import Upload

HTMX = {"HX-Request": "true"}


def scan(pages: int) -> bytes:
    made = io.BytesIO()
    first, *others = [Image.new("RGB", (100, 140), "white") for _ in range(pages)]
    first.save(made, "PDF", save_all=True, append_images=others)
    return made.getvalue()


@pytest.fixture
def submit(world):
    """Submit a task with a file; return the address of the file."""

    def with_file(name: str, content: bytes) -> str:
        world.take("hoa", "assign", **ASSIGN)
        world.take("lan", "start")
        world.take(
            "lan", "submit", result="Xong.", evidence=[Upload(name, content, "application/octet-stream")]
        )
        digest = world.ws.log.stream(f"item-{TASK}")[-1].data["evidence"][0]["content"]["digest"]
        return f"items/{TASK}/evidence/{digest}"

    return with_file


def test_the_pages_of_a_scan_are_pictures_in_place(submit, get):
    address = submit("quyết định.pdf", scan(2))
    shown = get("hoa", f"{address}/preview", headers=HTMX).text
    assert "<html" not in shown and shown.count("<img") == 2
    assert f'src="/xa-mau/{address}/preview/2.webp"' in shown
    picture = get("hoa", f"{address}/preview/2.webp")
    assert picture.mimetype == "image/webp" and picture.data[8:12] == b"WEBP"
    assert picture.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert get("hoa", f"{address}/preview/3.webp").status_code == 404
    assert get("hoa", f"{address}/preview/0.webp").status_code == 404


def test_a_long_file_says_how_much_of_it_is_shown(submit, get, monkeypatch):
    monkeypatch.setattr(evidence, "MOST_PAGES", 1)
    address = submit("quyết định.pdf", scan(2))
    assert "Tệp có 2 trang, ở đây hiện 1 trang đầu." in get("hoa", f"{address}/preview").text
    assert get("hoa", f"{address}/preview/2.webp").status_code == 404


def test_words_are_shown_as_words_and_run_nothing(submit, get):
    address = submit("ghi chú.txt", "Đã niêm yết\n<script>alert(1)</script>".encode())
    page = get("hoa", f"{address}/preview").text
    assert "<p>Đã niêm yết</p>" in page and "&lt;script&gt;alert(1)" in page
    assert "<h1>ghi chú.txt</h1>" in page


def test_a_file_that_cannot_be_shown_says_so_beside_its_download(submit, get):
    address = submit("báo cáo.pdf", b"%PDF-1.7 forty")
    shown = get("hoa", f"{address}/preview", headers=HTMX).text
    assert "Tệp hỏng, hoặc có mật khẩu" in shown and f'href="/xa-mau/{address}" download' in shown


def test_only_files_of_a_kind_that_can_be_shown_offer_it(submit, get):
    submit("phim.mp4", b"film")
    assert "Xem tại đây" not in get("hoa", f"items/{TASK}").text


def test_beside_the_decision_the_file_opens_in_place(submit, get):
    address = submit("quyết định.pdf", scan(1))
    form = get("hoa", f"items/{TASK}/approvals/new").text
    assert f'data-src="/xa-mau/{address}/preview"' in form
    assert f'<a href="/xa-mau/{address}/preview">Mở nội dung tệp</a>' in form


def test_who_may_not_have_the_file_sees_nothing_of_it(submit, get, nobody):
    address = submit("ghi chú.txt", b"secret")
    assert nobody.get(f"/xa-mau/{address}/preview").status_code == 303
    other = address.replace(TASK, "2026-III.1.1")
    assert get("hoa", f"{other}/preview").status_code == 404
    assert get("hoa", f"{other}/preview/1.webp").status_code == 404


def test_an_erased_file_is_shown_nowhere(submit, get, world):
    address = submit("ghi chú.txt", b"secret")
    commands.grant_role(world.ws, "hoa", "admin", world.order())
    commands.erase_content(world.ws, address.rpartition("/")[2], "Lộ thông tin cá nhân", world.order("hoa"))
    answer = get("lan", f"{address}/preview")
    assert answer.status_code == 404 and "secret" not in answer.text
