import io

import pytest
from flask import Request
from support.world import ASSIGN, TASK
from werkzeug.test import EnvironBuilder

from cchc_flow import commands
from cchc_flow.web.forms import evidence
from cchc_flow.web.forms.evidence import MEGABYTE, file_name, size_words
from cchc_flow.web.http import limits

ITEM = f"items/{TASK}"


@pytest.fixture
def task_in_progress(world):
    world.take("hoa", "assign", **ASSIGN)
    world.take("lan", "start")
    return world


def digest_of(world, item: str = TASK) -> str:
    given = [one for event in world.ws.log.stream(f"item-{item}") for one in event.data.get("evidence") or ()]
    return given[0]["content"]["digest"]


def test_a_file_comes_back_byte_for_byte_as_an_attachment_that_no_browser_draws(world, get):
    world.submitted()
    answer = get("thu", f"{ITEM}/evidence/{digest_of(world)}")
    assert answer.data == b"%PDF-1.7 forty"
    assert answer.mimetype == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("attachment")
    assert "filename*=UTF-8''b%C3%A1o%20c%C3%A1o.pdf" in disposition


def test_a_file_of_another_item_is_not_found(world, get):
    world.submitted()
    answer = get("lan", f"items/2026-III.1.1/evidence/{digest_of(world)}")
    assert answer.status_code == 404
    assert "Công việc này không có tệp đó." in answer.text


@pytest.mark.parametrize("digest", ["0" * 64, "..%2f..%2fevents.db", "x"])
def test_a_digest_that_names_no_file_is_not_found(world, get, digest):
    world.submitted()
    assert get("lan", f"{ITEM}/evidence/{digest}").status_code == 404


def test_the_digest_of_typed_words_is_no_file(world, get):
    world.submitted()
    typed = world.ws.log.stream(f"item-{TASK}")[-1].data["result"]["digest"]
    assert get("lan", f"{ITEM}/evidence/{typed}").status_code == 404


def test_an_erased_file_is_named_as_gone_on_the_page_and_not_found(world, get):
    world.submitted()
    digest = digest_of(world)
    world.ws.vault.erase(digest)
    assert "tệp không còn trong kho" in get("lan", ITEM).text
    assert get("lan", f"{ITEM}/evidence/{digest}").status_code == 404


def test_a_file_whose_name_was_erased_is_still_there(world, get):
    world.submitted()
    name = world.ws.log.stream(f"item-{TASK}")[-1].data["evidence"][0]["name"]["digest"]
    world.ws.vault.erase(name)
    assert "(tên tệp đã bị xóa)" in get("lan", ITEM).text
    assert get("lan", f"{ITEM}/evidence/{digest_of(world)}").data == b"%PDF-1.7 forty"


def test_a_file_that_is_too_large_is_refused_with_its_name_and_the_limit(task_in_progress, send):
    large = (io.BytesIO(b"x" * (25 * MEGABYTE + 1)), "phim.mp4")
    answer = send("lan", f"{ITEM}/submissions", seen="3", result="Đã xong.", evidence=large)
    assert answer.status_code == 422
    assert "Minh chứng: tệp «phim.mp4» nặng 25 MB, mỗi tệp nhiều nhất 25 MB." in answer.text
    assert "Đã xong." in answer.text
    assert task_in_progress.ws.log.stream(f"item-{TASK}")[-1].type == "item.started/1"


def test_files_that_are_too_large_together_are_refused_with_the_limit(task_in_progress, send, monkeypatch):
    monkeypatch.setattr(evidence, "TOTAL_LIMIT", 3 * MEGABYTE)
    files = [(io.BytesIO(b"x" * MEGABYTE * 2), f"{number}.bin") for number in range(2)]
    answer = send("lan", f"{ITEM}/submissions", seen="3", result="Đã xong.", evidence=files)
    assert answer.status_code == 422
    assert "Minh chứng: tất cả tệp một lần gửi nhiều nhất 3 MB." in answer.text


def test_a_request_of_a_hundred_megabytes_is_within_the_limit_of_the_site():
    request = Request(EnvironBuilder().get_environ())
    limits.allow_large_forms(request)
    assert request.max_content_length >= evidence.TOTAL_LIMIT


def test_an_empty_file_is_refused_with_its_name(task_in_progress, send):
    empty = (io.BytesIO(b""), "trống.txt")
    answer = send("lan", f"{ITEM}/submissions", seen="3", result="Đã xong.", evidence=empty)
    assert answer.status_code == 422
    assert "Minh chứng: tệp «trống.txt» rỗng." in answer.text


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("báo cáo.pdf", "báo cáo.pdf"),
        ("C:\\Users\\lan\\báo cáo.pdf", "báo cáo.pdf"),
        ("../../etc/passwd", "passwd"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("ba\u0301o ca\u0301o.pdf", "báo cáo.pdf"),
        ("\u202ecod.exe", "cod.exe"),
        ("", "tep"),
    ],
)
def test_a_file_keeps_its_bare_name(given, kept):
    assert file_name(given) == kept


def test_a_long_name_is_cut_and_keeps_its_ending():
    name = file_name("a" * 400 + ".pdf")
    assert len(name) <= 150
    assert name.endswith(".pdf")


@pytest.mark.parametrize(
    ("size", "words"), [(14, "14 byte"), (31_000, "30 kB"), (2_500_000, "2,4 MB"), (0, "0 byte")]
)
def test_a_size_reads_as_people_write_it(size, words):
    assert size_words(size) == words


def test_an_erased_file_name_and_reason_are_shown_with_the_day_of_their_erasure(world, get):
    world.submitted()
    world.take("hoa", "return", reason="Thiếu biên bản.", defects="1")
    commands.grant_role(world.ws, "hoa", "admin", world.order())
    submitted, returned = world.ws.log.stream(f"item-{TASK}")[-2:]
    file, name = (submitted.data["evidence"][0][key]["digest"] for key in ("content", "name"))
    for digest in (file, name, returned.data["reason"]["digest"]):
        commands.erase_content(world.ws, digest, "Công dân yêu cầu", world.order("hoa"))
    page = get("lan", ITEM).text
    assert "(tệp đã được xóa theo Luật 91/2025/QH15 ngày 02/03/2026)" in page
    assert "(tên tệp đã được xóa theo Luật 91/2025/QH15 ngày 02/03/2026)" in page
    assert "(nội dung đã được xóa theo Luật 91/2025/QH15 ngày 02/03/2026)" in page
    answer = get("lan", f"{ITEM}/evidence/{file}")
    assert (
        answer.status_code == 404
        and "Tệp này đã được xóa theo Luật 91/2025/QH15 ngày 02/03/2026" in answer.text
    )
