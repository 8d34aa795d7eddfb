"""Receipts on the pages: given with each act and event, and checked where they are brought back."""

import io
import re
from base64 import b64decode, b64encode
from pathlib import Path

import pytest
from support.c2sp import open_consistency_proof, open_receipt
from support.history import ITEM, commune
from support.visitors import Site, csrf

from cchc_flow import commands
from cchc_flow.commands import Order
from cchc_flow.workflow.commands import TakeStep


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A commune that nothing here changes."""
    return Site(commune(tmp_path_factory.mktemp("data")))


@pytest.fixture
def own_site(tmp_path: Path) -> Site:
    """A commune of the test's own, which it may change."""
    return Site(commune(tmp_path))


def receipt(site: Site, position: int, login: str = "ha.nguyen") -> str:
    answer = site.visitor(login).get(f"/ea-thu/events/{position}/receipt")
    assert answer.status_code == 200
    assert f"ea-thu-bien-nhan-{position}.tlog-proof" in answer.headers["Content-Disposition"]
    return answer.text


def send(
    site: Site, path: str, files: dict[str, str], login: str = "ha.nguyen", key: str = ""
) -> tuple[int, str]:
    """Send files in a form, and return the status and what is shown."""
    visitor = site.visitor(login)
    form = {"csrf_token": csrf(visitor.get("/ea-thu/account").text), "key": key}
    uploads = {name: (io.BytesIO(text.encode()), "tep.txt") for name, text in files.items()}
    answer = visitor.post(f"/ea-thu/{path}", data=form | uploads, content_type="multipart/form-data")
    return answer.status_code, answer.text


def test_the_page_of_an_event_gives_its_receipt_which_another_reader_follows(site):
    assert '/ea-thu/events/25/receipt"' in site.visitor("ha.nguyen").get("/ea-thu/events/25").text
    text = receipt(site, 25)
    assert open_receipt(text, site.ws.log.body(25), site.ws.log.verifier_key()) == 24


def test_each_line_of_an_items_history_gives_its_receipt_to_who_may_read_the_item(site):
    page = site.visitor("b.tran").get(f"/ea-thu/items/{ITEM}").text
    assert page.count('class="receipt"') == 8
    assert receipt(site, 25, "b.tran") == receipt(site, 25)
    assert site.visitor("b.tran").get("/ea-thu/events/2/receipt").status_code == 403
    assert site.visitor("ha.nguyen").get("/ea-thu/events/999/receipt").status_code == 404


def test_after_a_step_the_answer_has_a_link_to_its_receipt(own_site):
    visitor = own_site.visitor("b.tran")
    page = visitor.get(f"/ea-thu/items/{ITEM}/comments/new").text
    form = dict(re.findall(r'name="(csrf_token|seen|command_id)" value="([^"]*)"', page))
    for headers in ({}, {"HX-Request": "true", "HX-Current-URL": "http://localhost/ea-thu/board"}):
        form |= {"text": f"Đã xong {len(headers)}.", "command_id": own_site.ws.new_id()}
        path = f"/ea-thu/items/{ITEM}/comments"
        answer = visitor.post(path, data=form, headers=headers, follow_redirects=True)
        newest = own_site.ws.log.size()
        assert f'<a href="/ea-thu/events/{newest}/receipt" download>Biên nhận</a>' in answer.text
    assert open_receipt(
        receipt(own_site, newest, "b.tran"), own_site.ws.log.body(newest), own_site.ws.log.verifier_key()
    )


def test_what_a_form_of_another_page_recorded_has_its_receipt_in_the_message_there(own_site):
    visitor = own_site.visitor("quan.ho")
    page = visitor.get("/ea-thu/directory/units/new").text
    form = dict(re.findall(r'name="(csrf_token|command_id)" value="([^"]*)"', page)) | {"name": "Tổ một cửa"}
    answer = visitor.post("/ea-thu/directory/units", data=form, follow_redirects=True)
    newest = own_site.ws.log.size()
    assert own_site.ws.log.event(newest).type == "directory.unit_added/1"
    assert f'«Tổ một cửa». <a href="/ea-thu/events/{newest}/receipt" download>Biên nhận</a>' in answer.text


def test_a_receipt_that_is_brought_back_is_named(site):
    status, text = send(
        site, "receipt-checks", {"receipt": receipt(site, 25)}, key=site.ws.log.verifier_key()
    )
    assert status == 200
    assert "Biên nhận đúng: sự kiện số 25 nằm nguyên vẹn trong nhật ký" in text
    assert "Đây là sự kiện số 25, ghi" in text and "Trần Văn B" in text


def test_whoever_may_read_the_event_has_its_receipt_checked_without_the_auditors_tabs(site):
    status, text = send(site, "receipt-checks", {"receipt": receipt(site, 25)}, "b.tran")
    assert status == 200 and "Đây là sự kiện số 25, ghi" in text
    assert 'class="audit-tabs"' not in text
    page = site.visitor("b.tran").get(f"/ea-thu/items/{ITEM}").text
    assert 'href="/ea-thu/receipt-checks"' in page
    assert 'class="audit-tabs"' in site.visitor("ha.nguyen").get("/ea-thu/receipt-checks").text


def test_who_may_not_read_an_event_is_told_only_that_its_receipt_is_right_and_where_it_stands(site):
    text = receipt(site, 10)
    sentence = "đã thêm đơn vị"
    assert sentence in send(site, "receipt-checks", {"receipt": text})[1]
    status, shown = send(site, "receipt-checks", {"receipt": text}, "b.tran")
    assert status == 200 and sentence not in shown
    assert "Đây là sự kiện số 10. Nội dung của sự kiện này chỉ dành cho người được xem cả nhật ký." in shown


def test_a_forged_receipt_is_called_that_and_its_body_is_not_shown(site):
    lines = receipt(site, 25).split("\n")
    body = b64decode(lines[1].removeprefix("extra ")).replace(b"b.tran", b"x.khac")
    lines[1] = f"extra {b64encode(body).decode()}"
    status, text = send(site, "receipt-checks", {"receipt": "\n".join(lines)})
    assert status == 200
    assert "Biên nhận có điều không đúng" in text and "x.khac" not in text


def test_a_receipt_with_a_body_nested_too_deeply_is_forged_like_any_other(site):
    lines = receipt(site, 25).split("\n")
    lines[1] = f"extra {b64encode(b'[' * 60_000 + b']' * 60_000).decode()}"
    status, text = send(site, "receipt-checks", {"receipt": "\n".join(lines)})
    assert status == 200 and "Biên nhận có điều không đúng" in text


def test_what_is_no_receipt_or_no_key_is_told_beside_its_field(site):
    for files, key, words in (
        ({}, "", "Chưa chọn tệp nào"),
        ({"receipt": "một bức thư"}, "", "Đây không phải là biên nhận"),
        ({"receipt": receipt(site, 25)}, "abc", "Khóa kiểm tra không đúng dạng"),
    ):
        status, text = send(site, "receipt-checks", files, key=key)
        assert status == 422 and words in text


def test_the_page_of_the_checkpoint_joins_it_with_a_kept_one(own_site):
    log = own_site.ws.log
    size = log.size()
    head = size, log.root(size)
    commands.take_step(own_site.ws, ITEM, TakeStep("comment", {"text": "Cảm ơn."}), Order("hoa.le", "later"))
    answer = own_site.visitor("ha.nguyen").get(f"/ea-thu/checkpoint/consistency?old={size}")
    assert answer.status_code == 200
    assert open_consistency_proof(answer.text, head, log.verifier_key()) == (size + 1, log.root(size + 1))


@pytest.mark.parametrize("old", ["", "0", "999", "-1", "abc", "٣", "9" * 40])
def test_a_size_that_the_log_never_had_gets_no_proof_but_a_sentence(site, old):
    answer = site.visitor("ha.nguyen").get("/ea-thu/checkpoint/consistency", query_string={"old": old})
    assert answer.status_code == 422
    assert re.search("không phải là số sự kiện|không có cỡ|nhiều hơn", answer.text)
