"""The verification also makes the read models anew, and names what pages show otherwise than the log says."""

import io
import time
from html import unescape

import pytest
from support.civil_service import AREA, case
from support.registers import AreaCommune
from support.visitors import Site, csrf
from support.world import ASSIGN, TASK, World

from cchc_flow.audit.model_check import check as checking
from cchc_flow.audit.model_check.state import CheckState, is_running, load_state, save_state, take_turn
from cchc_flow.eventlog.driver import sqlite3


@pytest.fixture
def assigned(world: World) -> World:
    world.take("hoa", "assign", TASK, **ASSIGN)
    world.ws.read()
    return world


def verify(world: World, login: str = "thu") -> str:
    visitor = Site(world.ws).visitor(login)
    form = {"csrf_token": csrf(visitor.get("/xa-mau/account").text), "checkpoint": (io.BytesIO(b""), "")}
    answer = visitor.post("/xa-mau/verifications", data=form, content_type="multipart/form-data")
    assert answer.status_code == 200
    return unescape(answer.text)


def edit(world: World, sql: str, *values: object) -> None:
    world.ws.read().execute(sql, list(values))


def test_what_pages_show_is_what_the_log_says(assigned: World) -> None:
    text = verify(assigned)
    assert "Nhật ký nguyên vẹn" in text
    assert "Các trang hiện đúng như nhật ký" in text


def test_an_edited_card_is_named_with_what_is_shown_and_what_the_log_says(assigned: World) -> None:
    edit(
        assigned,
        "UPDATE cards SET state = 'closed', due = '2026-12-01' WHERE item = ?",
        TASK,
    )
    text = verify(assigned)
    assert "Nhật ký nguyên vẹn" in text and "Các trang hiện KHÁC với nhật ký" in text
    assert f'<a href="/xa-mau/items/{TASK}">III.2.3.1 · Rà soát thủ tục</a>' in text
    assert "Thẻ trên bảng, danh sách và số liệu" in text
    assert "đang hiện «Hoàn thành», theo nhật ký là «<strong>Đã giao</strong>»" in text
    assert "đang hiện «01/12/2026», theo nhật ký là «<strong>30/06/2026</strong>»" in text
    assert "cchc-flow rebuild" in text


def test_an_edited_item_is_named_by_its_fields(assigned: World) -> None:
    edit(
        assigned,
        "UPDATE items SET body = CAST(replace(CAST(body AS TEXT), '2026-06-30', '2026-09-30') AS BLOB)"
        " WHERE id = ?",
        TASK,
    )
    text = verify(assigned)
    assert "Trang công việc" in text
    assert "đang hiện «30/09/2026», theo nhật ký là «<strong>30/06/2026</strong>»" in text


def test_a_row_that_was_removed_and_one_that_was_planted_are_told_apart(assigned: World) -> None:
    edit(assigned, "DELETE FROM cards WHERE item = '2026-III.1.1'")
    edit(assigned, "INSERT INTO item_fields VALUES (?, 'planted', 'x')", TASK)
    text = verify(assigned)
    assert "Dòng này bị mất: trang không hiện, nhật ký có." in text
    assert "Dòng này thừa: trang hiện, nhật ký không có." in text


def test_a_table_and_an_index_that_were_added_are_named(assigned: World) -> None:
    edit(assigned, "CREATE TABLE planted (words TEXT)")
    assert "Cấu trúc tệp: «table planted» không như bản phát hành." in verify(assigned)


def test_of_many_rows_the_first_are_named_and_the_others_counted(assigned: World) -> None:
    for number in range(30):
        edit(assigned, "INSERT INTO item_fields VALUES (?, ?, 'x')", TASK, f"planted{number}")
    assert "Và 10 dòng khác của bảng «item_fields»." in verify(assigned)


def test_a_file_that_cannot_be_read_is_said_to_be_with_what_to_do(
    assigned: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object) -> None:
        raise sqlite3.DatabaseError("database disk image is malformed")

    monkeypatch.setattr(checking, "_compare_sets", fail)
    text = verify(assigned)
    assert "bị hỏng, không đọc được (database disk image is malformed)" in text
    assert "cchc-flow rebuild" in text


def test_after_a_rebuild_everything_is_as_the_log_says_again(assigned: World) -> None:
    edit(assigned, "UPDATE cards SET state = 'closed' WHERE item = ?", TASK)
    assert "KHÁC với nhật ký" in verify(assigned)
    assigned.ws.rebuild()
    assert "Các trang hiện đúng như nhật ký" in verify(assigned)


def test_of_an_item_that_an_auditor_may_not_read_it_is_only_said_that_something_differs(tmp_path) -> None:
    commune = AreaCommune(tmp_path, AREA)
    entry = case(commune)
    commune.ws.read().execute("UPDATE cards SET title = 'Đã sửa' WHERE item = ?", [entry.id])
    checking.begin_check(commune.ws)
    for login, sees in (("leader", True), ("admin", False)):
        text = unescape(Site(commune.ws).visitor(login).get("/xa-mau/verifications/read-models").text)
        assert "KHÁC với nhật ký" in text
        assert ("Đã sửa" in text) == sees and (entry.id in text) == sees
        assert ("Một công việc mà bạn không được xem" in text) != sees
    commune.ws.close()


def test_a_long_log_is_compared_by_a_process_of_its_own_and_the_page_asks_again(
    assigned: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(assigned, "UPDATE cards SET state = 'closed' WHERE item = ?", TASK)
    monkeypatch.setattr(checking, "AT_ONCE", 0)
    text = verify(assigned)
    assert "Đang so các trang với nhật ký" in text and 'hx-trigger="load delay:2s"' in text
    deadline = time.monotonic() + 60
    while is_running(assigned.ws.private) and time.monotonic() < deadline:
        time.sleep(0.1)
    text = unescape(Site(assigned.ws).visitor("thu").get("/xa-mau/verifications/read-models").text)
    assert "KHÁC với nhật ký" in text and "hx-trigger" not in text


def test_only_one_comparison_runs_at_a_time(assigned: World) -> None:
    checking.begin_check(assigned.ws)
    first = load_state(assigned.ws.private)
    with take_turn(assigned.ws.private) as turn:
        assert turn is not None
        assigned.wait(minutes=5)
        assert checking.begin_check(assigned.ws) == first
        save_state(assigned.ws.private, CheckState("2026-03-02T01:00:00.000000Z", 20))
        assert "Đang so các trang với nhật ký" in verify(assigned)


def test_what_was_found_is_shown_though_its_process_has_not_ended_yet(assigned: World) -> None:
    checking.begin_check(assigned.ws)
    with take_turn(assigned.ws.private):
        assert "Các trang hiện đúng như nhật ký" in verify(assigned)


def test_a_comparison_that_was_cut_off_is_said_to_be(
    assigned: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "run_check", lambda *arguments: None)
    assert "bị ngắt giữa chừng" in verify(assigned)


def test_a_log_that_was_changed_is_not_compared_with(assigned: World) -> None:
    from eventlog.forging import open_without_triggers

    with open_without_triggers(assigned.ws.folder) as connection:
        connection.execute("UPDATE events SET actor = 'ai.do' WHERE position = 3")
    text = verify(assigned)
    assert "KHÔNG nguyên vẹn" in text and "so các trang" not in text.lower().replace("sau đó", "")
    assert load_state(assigned.ws.private) is None


def test_a_row_that_was_taken_out_of_any_table_of_the_pages_or_of_the_history_is_named(world: World) -> None:
    world.submitted()
    robbed = set()
    for db in (world.ws.read(), world.ws.read_history()):
        tables = db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name != 'progress'")
        for (table,) in tables.fetchall():
            columns = [name for _, name, *_ in db.execute(f"PRAGMA table_info({table})").fetchall()]
            row = db.execute(f"SELECT * FROM {table} LIMIT 1").fetchone()  # noqa: S608  # our own tables
            if row is not None:
                same = " AND ".join(f"{column} IS ?" for column in columns)
                db.execute(f"DELETE FROM {table} WHERE {same}", list(row))  # noqa: S608  # our own tables
                robbed.add(table)
    assert {"cards", "items", "trail", "trail_terms", "causes", "handed_in"} <= robbed
    state = checking.begin_check(world.ws)
    assert state is not None
    assert {row.table for found in state.found for row in found.rows} == robbed
