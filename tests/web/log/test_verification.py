import io
from pathlib import Path

import pytest
from eventlog.forging import open_without_triggers
from support.history import ITEM, commune
from support.visitors import Site, csrf

from cchc_flow import commands
from cchc_flow.audit.verification import _exclusive_lock
from cchc_flow.cli import run
from cchc_flow.commands import Order
from cchc_flow.eventlog.verification.verify import verify_log
from cchc_flow.workflow.commands import TakeStep


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(commune(tmp_path))


def ask(site: Site, note: str = "", key: str = "", login: str = "ha.nguyen", status: int = 200) -> str:
    """Press the button, and return what is shown."""
    visitor = site.visitor(login)
    form = {"csrf_token": csrf(visitor.get("/ea-thu/account").text), "key": key}
    files = {"checkpoint": (io.BytesIO(note.encode()), "kept.txt")} if note else {}
    answer = visitor.post("/ea-thu/verifications", data=form | files, content_type="multipart/form-data")
    assert answer.status_code == status
    return answer.text


def change(site: Site, sql: str, *values: object) -> None:
    with open_without_triggers(site.ws.folder) as connection:
        connection.execute(sql, values)


def test_a_whole_log_is_called_whole_with_its_count_and_root_and_what_it_rests_on(site):
    text = ask(site)
    assert '<h2 id="verdict">Nhật ký nguyên vẹn</h2>' in text
    assert "Cả 29 sự kiện còn đúng như lúc ghi" in text
    assert site.ws.log.root(29).hex() in text
    assert "chỉ kiểm bằng khóa nằm cạnh nhật ký, không độc lập" in text


def test_a_changed_event_is_called_out_with_its_position_and_a_way_to_it(site):
    change(
        site,
        "UPDATE events SET body = ? WHERE position = 25",
        site.ws.log.body(25).replace(b"b.tran", b"h.khac"),
    )
    text = ask(site)
    assert "Nhật ký KHÔNG nguyên vẹn" in text
    assert "Từ vị trí 25: nội dung sự kiện không khớp mã băm đã ghi." in text
    assert 'href="/ea-thu/events/25"' in text


def test_a_checkpoint_and_a_key_from_elsewhere_make_the_answer_independent(site):
    note, key = site.ws.log.checkpoint(), site.ws.log.verifier_key()
    commands.take_step(site.ws, ITEM, TakeStep("comment", {"text": "Cảm ơn."}), Order("hoa.le", "later"))
    text = ask(site, note, key)
    assert "Dấu niêm phong bạn đưa, gồm 29 sự kiện đầu, khớp." in text
    assert "kiểm bằng khóa bạn đưa, độc lập với máy chủ này" in text


def test_a_tail_that_was_cut_shows_against_the_checkpoint_from_elsewhere(site):
    note, key = site.ws.log.checkpoint(), site.ws.log.verifier_key()
    change(site, "DELETE FROM events WHERE position = 29")
    assert "Nhật ký KHÔNG nguyên vẹn" in ask(site, note, key)


def test_a_file_that_is_no_checkpoint_is_told_in_words_and_nothing_is_verified(site):
    text = ask(site, "Kính gửi UBND xã", "cchc-flow+abc", status=422)
    assert "Đây không phải là dấu niêm phong." in text
    assert "Khóa kiểm tra không đúng dạng" in text
    assert "nguyên vẹn</h2>" not in text


def test_two_verifications_at_once_are_refused_in_words(site):
    with _exclusive_lock(site.ws.private / "verification.lock"):
        text = ask(site, status=422)
    assert "Đang có một lần kiểm tra khác của nhật ký này." in text
    assert "Nhật ký nguyên vẹn" in ask(site)


def test_an_officer_may_neither_verify_nor_take_the_seal(site):
    ask(site, login="b.tran", status=403)
    officer = site.visitor("b.tran")
    for path in ("verifications", "checkpoint", "checkpoint/note", "checkpoint/key"):
        assert officer.get(f"/ea-thu/{path}").status_code == 403


def test_what_is_downloaded_proves_the_log_as_it_comes(site):
    inspector = site.visitor("ha.nguyen")
    note, key = inspector.get("/ea-thu/checkpoint/note"), inspector.get("/ea-thu/checkpoint/key")
    assert "attachment" in note.headers["Content-Disposition"]
    report = verify_log(site.ws.folder, checkpoint=note.text, key=key.text)
    assert (report.ok, report.independent, report.outside_size) == (True, True, 29)


def test_the_seals_page_says_what_to_do_with_it_and_how_to_prove_offline(site):
    text = site.visitor("ha.nguyen").get("/ea-thu/checkpoint").text
    assert "Cất ở nơi mà người quản trị hệ thống không sửa được" in text
    assert "verify --checkpoint ea-thu-dau-niem-phong-29.txt --key" in text


def test_htmx_gets_the_verdict_alone(site):
    visitor = site.visitor("ha.nguyen")
    headers = {"HX-Request": "true", "X-CSRFToken": csrf(visitor.get("/ea-thu/account").text)}
    text = visitor.post("/ea-thu/verifications", headers=headers).text
    assert "<html" not in text
    assert "Nhật ký nguyên vẹn" in text


def test_a_record_of_reads_that_was_put_back_to_an_older_copy_is_named(site):
    """By the button and by the command, which both know how far this machine has seen it come."""
    site.visitor("b.tran").get(f"/ea-thu/items/{ITEM}")
    site.ws.reads.record("quan.ho", "opened", "item-1", "web")
    site.ws.reads.close()
    (month,) = site.ws.reads.months()
    assert "Nhật ký nguyên vẹn" in ask(site)
    (site.ws.folder / "reads" / f"{month}.db").unlink()
    assert "thiếu những lượt mà máy này đã thấy ghi ở đó" in ask(site)
    assert run(["--data", str(site.data), "--workspace", "ea-thu", "verify"]) == 1
