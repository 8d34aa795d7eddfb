"""What somebody does to the files that tell who read what, and that verification finds it."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from support.world import World

from cchc_flow.audit import reads
from cchc_flow.commands.key_rotation import rotate_key
from cchc_flow.commands.reads_upkeep import keep_up_reads
from cchc_flow.eventlog import merkle
from cchc_flow.eventlog.checkpoint import Checkpoint, parse_checkpoint
from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.eventlog.reads.entry import Read, encode_read
from cchc_flow.eventlog.verification.reads import find_lost_reads
from cchc_flow.eventlog.verification.report import Report
from cchc_flow.eventlog.verification.verify import verify_log

SIZE = 37
Forge = Callable[[sqlite3.Connection], object]


@pytest.fixture
def read_world(world: World) -> World:
    """A commune in which much was read in March."""
    for number in range(SIZE):
        reads.record_read(world.ws, "lan", reads.OPENED, f"item-{number}")
        world.wait(minutes=1)
    world.ws.reads.close()
    return world


def path_of(world: World, month: str = "2026-03") -> Path:
    return world.ws.folder / "reads" / f"{month}.db"


@contextmanager
def forging(world: World, month: str = "2026-03") -> Iterator[sqlite3.Connection]:
    """Give a plain connection without triggers; afterwards they are as before."""
    connection = sqlite3.connect(path_of(world, month), isolation_level=None)
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    yield connection
    for _, sql in triggers:
        connection.execute(sql)
    connection.close()


def hash_again(connection: sqlite3.Connection) -> None:
    """Compute leaves, columns of order and nodes again, as the program would have stored them."""
    rows = connection.execute("SELECT person, thing, act, hour, body FROM reads ORDER BY position").fetchall()
    connection.execute("DELETE FROM reads")
    connection.execute("DELETE FROM nodes")
    tree = merkle.CompactRange()
    for row in rows:
        leaf = merkle.leaf_hash(row[4])
        nodes = [node for node in tree.append(leaf) if node[0] >= merkle.LOWEST_STORED_LEVEL]
        connection.execute(
            "INSERT INTO reads (position, person, thing, act, hour, leaf, body) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (tree.size, *row[:4], leaf, row[4]),
        )
        connection.executemany("INSERT INTO nodes VALUES (?, ?, ?)", nodes)


def insert(connection: sqlite3.Connection, **changes: str) -> None:
    """Insert an entry that nobody made."""
    said = {"person": "nam", "act": "opened", "thing": "item-1", "channel": "web"} | changes
    read = Read(**({"time": "2026-03-02T01:59:00.000000Z"} | said))
    body = encode_read(read)
    sql = "INSERT INTO reads (position, person, thing, act, hour, leaf, body) VALUES (?, ?, ?, ?, ?, ?, ?)"
    connection.execute(sql, (SIZE + 1, *read.key, merkle.leaf_hash(body), body))


def verified(world: World) -> Report:
    return verify_log(world.ws.folder)


def fault(world: World) -> str:
    report = verified(world)
    assert report.problem is not None
    return report.problem.description


def test_files_that_are_as_they_were_recorded_are_found_right_and_counted(read_world):
    report = verified(read_world)
    assert report.ok
    assert f"đã kiểm sổ lượt xem của 1 tháng ({SIZE} lượt)" in report.notices


@pytest.mark.parametrize("position", range(1, SIZE + 1, 4))
def test_a_changed_body_is_found_at_any_position(read_world, position):
    with forging(read_world) as db:
        sql = "UPDATE reads SET body = CAST(replace(body, '\"lan\"', '\"nam\"') AS BLOB) WHERE position = ?"
        db.execute(sql, (position,))
        db.execute("UPDATE reads SET person = 'nam' WHERE position = ?", (position,))
    assert f"có lượt số {position} bị sửa" in fault(read_world)


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("UPDATE reads SET person = 'nam' WHERE position = 9", "lượt số 9 với cột khác nội dung"),
        ("UPDATE reads SET thing = 'item-x' WHERE position = 9", "lượt số 9 với cột khác nội dung"),
        ("UPDATE reads SET hour = '2026-03-01T01' WHERE position = 9", "lượt số 9 với cột khác nội dung"),
        ("UPDATE reads SET act = 'searched' WHERE position = 9", "lượt số 9 với cột khác nội dung"),
        ("UPDATE reads SET leaf = zeroblob(32) WHERE position = 9", "lượt số 9 bị sửa"),
        ("UPDATE reads SET body = x'7b7d' WHERE position = 9", "lượt số 9 không đọc được"),
        ("UPDATE reads SET body = CAST(body || ' ' AS BLOB) WHERE position = 9", "9 không ở dạng JSON chuẩn"),
        ("DELETE FROM reads WHERE position = 1", "thiếu lượt số 1"),
        ("DELETE FROM reads WHERE position = 9", "thiếu lượt số 9"),
        ("DELETE FROM reads WHERE position = 37", "có lượt bị sửa, thêm hoặc bớt"),
        ("DELETE FROM reads", "có nút cây băm thừa"),
        ("UPDATE nodes SET hash = zeroblob(32)", "có nút cây băm (4, 0) sai"),
        ("DELETE FROM nodes", "có nút cây băm (4, 0) sai"),
        ("INSERT INTO nodes VALUES (9, 9, zeroblob(32))", "có nút cây băm thừa"),
        ("DELETE FROM head", "thiếu dấu niêm phong"),
        ("UPDATE head SET note = 'x'", "thiếu dấu niêm phong"),
        ("UPDATE head SET note = note || substr(note, instr(note, '—'))", "chữ ký niêm phong không đúng"),
        ("CREATE VIEW planted AS SELECT 1", "cấu trúc tệp bị thay đổi"),
        ("ALTER TABLE reads ADD COLUMN planted TEXT", "cấu trúc tệp bị thay đổi"),
    ],
)  # fmt: skip
def test_what_was_changed_by_hand_is_named(read_world, sql, words):
    with forging(read_world) as db:
        db.execute(sql)
    assert words in fault(read_world)


def test_a_file_that_a_full_disk_left_without_tables_holds_nothing_and_is_used_later(world: World) -> None:
    path_of(world).parent.mkdir()
    path_of(world).touch()
    assert verified(world).ok and [*reads.reads_of(world.ws)] == []
    assert reads.record_read(world.ws, "lan", reads.OPENED, "item-1")
    world.ws.reads.close()
    assert verified(world).ok and len([*reads.reads_of(world.ws)]) == 1


def test_an_emptied_file_in_which_this_machine_has_seen_reads_is_named(read_world: World) -> None:
    path_of(read_world).write_bytes(b"")
    for rest in path_of(read_world).parent.glob("*-wal"):
        rest.unlink()
    assert find_lost_reads(read_world.ws.folder, read_world.ws.private) is not None


def test_triggers_that_were_taken_away_are_missed(read_world):
    with sqlite3.connect(path_of(read_world)) as db:
        db.execute("DROP TRIGGER reads_no_delete")
    db.close()
    assert "cấu trúc tệp bị thay đổi" in fault(read_world)


@pytest.mark.parametrize(
    "forge",
    [
        lambda db: db.execute("DELETE FROM reads WHERE position = 20"),
        insert,
        lambda db: db.execute(
            "UPDATE reads SET person = 'nam',"
            " body = CAST(replace(body, '\"lan\"', '\"nam\"') AS BLOB) WHERE position = 5"
        ),
    ],
    ids=["removed", "inserted", "changed"],
)
def test_a_change_that_was_hashed_again_is_found_by_the_signed_root(read_world, forge: Forge):
    with forging(read_world) as db:
        forge(db)
        hash_again(db)
    assert "không khớp dấu niêm phong của nó" in fault(read_world)


def test_a_root_that_another_key_signed_is_not_believed(read_world, tmp_path):
    stranger = World(tmp_path / "elsewhere")
    with forging(read_world) as db:
        db.execute("DELETE FROM reads WHERE position = 37")
        hash_again(db)
        checkpoint, _ = parse_checkpoint(db.execute("SELECT note FROM head").fetchone()[0])
        tree = merkle.CompactRange()
        for (leaf,) in db.execute("SELECT leaf FROM reads ORDER BY position"):
            tree.append(leaf)
        last = db.execute("SELECT json_extract(body, '$.time') FROM reads WHERE position = 36").fetchone()[0]
        text = Checkpoint(checkpoint.origin, tree.size, tree.root(), last).text()
        db.execute("UPDATE head SET note = ?", (stranger.ws.log.sign(text),))
    assert "chữ ký niêm phong không đúng" in fault(read_world)


def test_the_file_of_another_month_does_not_pass(read_world):
    read_world.wait(days=31)
    reads.record_read(read_world.ws, "lan", reads.OPENED, "item-1")
    read_world.ws.reads.close()
    shutil.copy(path_of(read_world, "2026-04"), path_of(read_world))
    assert "03/2026 không khớp dấu niêm phong" in fault(read_world)


def test_a_closed_month_is_held_against_the_root_in_the_log(read_world):
    kept = path_of(read_world).read_bytes()
    reads.record_read(read_world.ws, "nam", reads.OPENED, "item-1")
    read_world.wait(days=31)
    keep_up_reads(read_world.ws)
    read_world.ws.reads.close()
    assert verified(read_world).ok
    path_of(read_world).write_bytes(kept)
    assert f"03/2026 không khớp sự kiện khóa sổ ({SIZE + 1} lượt)" in fault(read_world)


def test_a_closed_month_whose_file_is_gone_is_a_fault(read_world):
    read_world.wait(days=31)
    keep_up_reads(read_world.ws)
    read_world.ws.reads.close()
    path_of(read_world).unlink()
    report = verified(read_world)
    (closing,) = read_world.ws.log.stream("reads-2026-03")
    assert report.problem.first == closing.position
    assert "03/2026 đã mất mà không có sự kiện xóa" in report.problem.description


def test_a_month_that_the_log_says_is_deleted_is_missed_by_nobody_and_told_when_it_comes_back(read_world):
    kept = path_of(read_world).read_bytes()
    read_world.wait(days=3_000)
    keep_up_reads(read_world.ws)
    assert verified(read_world).ok
    path_of(read_world).write_bytes(kept)
    report = verified(read_world)
    assert report.ok
    assert "sổ lượt xem tháng 03/2026 đã được xóa nhưng lại có, sẽ được xóa lại" in report.notices


def test_a_file_that_is_no_database_is_told(read_world):
    path_of(read_world).write_bytes(b"x" * 9_000)
    assert "03/2026 hỏng, không đọc được" in fault(read_world)


def test_an_older_copy_of_an_open_month_is_found_by_what_this_machine_remembers(read_world):
    older = path_of(read_world).read_bytes()
    reads.record_read(read_world.ws, "nam", reads.OPENED, "item-99")
    read_world.ws.reads.close()
    folder, private = read_world.ws.folder, read_world.ws.private
    assert find_lost_reads(folder, private) is None
    path_of(read_world).write_bytes(older)
    assert verified(read_world).ok  # nothing in the folder itself tells it
    assert "03/2026 thiếu những lượt mà máy này đã thấy" in str(find_lost_reads(folder, private))
    path_of(read_world).unlink()
    assert "03/2026 thiếu những lượt" in str(find_lost_reads(folder, private))


def test_a_root_signed_before_the_key_was_changed_stays_right(read_world):
    rotate_key(read_world.ws, read_world.order())
    assert verified(read_world).ok
    read_world.wait(hours=1)
    reads.record_read(read_world.ws, "nam", reads.OPENED, "item-99")
    assert verified(read_world).ok


def test_the_key_of_before_signs_nothing_that_came_after_the_change(read_world):
    ws = read_world.ws
    old = ws.log._keys.signer(ws.log.verifier_key())
    rotate_key(ws, read_world.order())
    read_world.wait(hours=1)
    reads.record_read(ws, "nam", reads.OPENED, "item-99")
    with forging(read_world) as db:
        checkpoint, _ = parse_checkpoint(db.execute("SELECT note FROM head").fetchone()[0])
        db.execute("UPDATE head SET note = ?", (checkpoint.sign([old]),))
    assert "chữ ký niêm phong không đúng" in fault(read_world)
