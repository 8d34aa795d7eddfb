"""What somebody does who has the files and not the signing key is noticed, and its place is named."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from eventlog.appending import meta
from eventlog.conftest import SampleLog
from eventlog.forging import open_without_triggers
from eventlog.verification.conftest import only_sqlite

from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.eventlog.folder_vault import FolderVault
from cchc_flow.eventlog.port import Change, Draft
from cchc_flow.eventlog.verification.report import report_sentence
from cchc_flow.eventlog.verification.verify import verify_log

COPY_OF_16 = (
    "INSERT INTO events SELECT {}, 'item-x', 1, type, recordedtime, actor, seal, leaf, body"
    " FROM events WHERE position = 16"
)


@contextmanager
def open_without_checks(folder: Path) -> Iterator[sqlite3.Connection]:
    """Give a connection for which neither triggers nor CHECKs hold; afterwards the triggers are as before."""
    with open_without_triggers(folder) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        yield connection


@contextmanager
def rewrite_schema(folder: Path, name: str, old: str, new: str) -> Iterator[None]:
    """Let a table have another definition for a while; afterwards it reads as before."""
    _edit_schema(folder, name, old, new)
    yield
    _edit_schema(folder, name, new, old)


def _edit_schema(folder: Path, name: str, old: str, new: str) -> None:
    connection = sqlite3.connect(folder / "events.db", isolation_level=None)
    connection.execute("PRAGMA writable_schema = ON")
    done = connection.execute(
        "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE name = ? AND instr(sql, ?)",
        [old, new, name, old],
    )
    assert done.rowcount == 1
    (version,) = connection.execute("PRAGMA schema_version").fetchone()
    connection.execute(f"PRAGMA schema_version = {version + 1}")
    connection.close()


def sentence_of(sample: SampleLog) -> str:
    """Return what verification says of a log that must not pass."""
    report = verify_log(sample.source)
    assert not report.ok
    return report_sentence(report)


@pytest.mark.parametrize("position", [0, -5])
def test_an_event_below_the_first_position_is_named(sample: SampleLog, position: int) -> None:
    with sample.attack(checks=False) as connection:
        connection.execute(COPY_OF_16.format(position))
    assert f"từ vị trí {position}: có dòng ở vị trí nhỏ hơn 1" in sentence_of(sample)


@pytest.mark.parametrize(
    ("sql", "place"),
    [
        ("INSERT INTO commits VALUES ('x', 0, 0, x'00')", "từ vị trí 0"),
        ("INSERT INTO commits VALUES ('x', -7, -5, x'00')", "từ vị trí -7"),
        ("INSERT INTO commits VALUES ('x', 16, -5, x'00')", "từ vị trí -5"),
        ("INSERT INTO contents VALUES (0, 'x')", "từ vị trí 0"),
        ("INSERT INTO contents VALUES (-5, 'x')", "từ vị trí -5"),
        ("INSERT INTO nodes VALUES (70, 0, zeroblob(32))", "cây băm không thuộc sự kiện nào"),
        ("INSERT INTO nodes VALUES (64, 0, zeroblob(32))", "cây băm không thuộc sự kiện nào"),
        ("INSERT INTO nodes VALUES (-3, 0, zeroblob(32))", "cây băm không thuộc sự kiện nào"),
        ("INSERT INTO nodes VALUES (4, -1, zeroblob(32))", "cây băm không thuộc sự kiện nào"),
        ("INSERT INTO nodes VALUES (62, 9223372036854775807, zeroblob(32))", "không thuộc sự kiện nào"),
        ("UPDATE nodes SET hash = x'00' WHERE level = 4 AND idx = 0", "trong khoảng vị trí 1-16"),
    ],
)
def test_a_row_that_no_check_would_let_in_is_named(sample: SampleLog, sql: str, place: str) -> None:
    with sample.attack(checks=False) as connection:
        connection.execute(sql)
    assert place in sentence_of(sample)


def test_an_altered_digest_of_a_command_is_named(sample: SampleLog) -> None:
    with sample.attack() as connection:
        connection.execute("UPDATE commits SET command_digest = x'00' WHERE first = 16")
    assert "từ vị trí 16: mã băm lệnh của lần ghi không khớp" in sentence_of(sample)


def test_commits_that_swapped_their_events_are_named(sample: SampleLog) -> None:
    with sample.attack() as connection:
        for was, now in ((14, 900), (16, 14), (900, 16)):
            connection.execute("UPDATE commits SET first = ?, last = ? WHERE first = ?", [now, now, was])
    assert "từ vị trí 14: sự kiện không thuộc lần ghi của lệnh mà nó nêu" in sentence_of(sample)


@only_sqlite
def test_a_view_that_hides_an_event_is_named(sample: SampleLog) -> None:
    connection = sqlite3.connect(sample.folder / "events.db", isolation_level=None)
    connection.execute("ALTER TABLE events RENAME TO kept")
    connection.execute("CREATE VIEW events AS SELECT * FROM kept WHERE position <= 28")
    connection.close()
    assert "từ vị trí 29" in sentence_of(sample)


@only_sqlite
def test_a_view_that_hides_nothing_yet_is_named(sample: SampleLog) -> None:
    connection = sqlite3.connect(sample.folder / "events.db", isolation_level=None)
    connection.execute("PRAGMA legacy_alter_table = ON")
    connection.execute("ALTER TABLE events RENAME TO kept")
    connection.execute("CREATE VIEW events AS SELECT * FROM kept")
    connection.close()
    assert "thừa khung nhìn (view) events" in sentence_of(sample)


@only_sqlite
def test_a_trigger_that_will_write_in_secret_is_named(sample: SampleLog) -> None:
    connection = sqlite3.connect(sample.folder / "events.db", isolation_level=None)
    connection.execute(
        "CREATE TRIGGER later AFTER INSERT ON events BEGIN DELETE FROM contents WHERE position = 19; END"
    )
    connection.close()
    assert "thừa trigger later" in sentence_of(sample)


@only_sqlite
def test_a_value_of_another_type_than_its_column_is_told(sample: SampleLog) -> None:
    """3.0 equals 3 for who compares them, and the table reads as before."""
    with (
        rewrite_schema(sample.folder, "events", "version INTEGER NOT NULL", "version ANY NOT NULL"),
        sample.attack() as connection,
    ):
        connection.execute("UPDATE events SET version = 3.0 WHERE position = 14")
    assert "value in events.version" in sentence_of(sample)


@only_sqlite
def test_an_index_that_leads_to_other_events_is_told(sample: SampleLog) -> None:
    """Who reads a stream reads by the index, here in another order; who verifies reads by position."""
    with sample.attack() as connection:
        _swap_versions(connection)
    connection = sqlite3.connect(sample.folder / "events.db", isolation_level=None)
    select = "SELECT type, name, tbl_name, rootpage, sql FROM sqlite_master WHERE name = ?"
    index = connection.execute(select, ["sqlite_autoindex_events_1"]).fetchone()
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute("DELETE FROM sqlite_master WHERE name = 'sqlite_autoindex_events_1'")
    connection.close()
    with rewrite_schema(sample.folder, "events", "UNIQUE (stream, version)", "CHECK (version >= 1)"):
        with sample.attack() as connection:
            _swap_versions(connection)
        connection = sqlite3.connect(sample.folder / "events.db", isolation_level=None)
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", index)
        connection.close()
    assert "missing from index sqlite_autoindex_events_1" in sentence_of(sample)


def _swap_versions(connection: sqlite3.Connection) -> None:
    """Swap the versions of the events at positions 15 and 16, which are of one stream."""
    (one,), (other,) = connection.execute("SELECT version FROM events WHERE position IN (15, 16)").fetchall()
    for version, position in ((900, 15), (one, 16), (other, 15)):
        connection.execute("UPDATE events SET version = ? WHERE position = ?", [version, position])


@pytest.mark.parametrize(
    "change",
    [
        "seal || '— someone AAAAAAAA\n'",
        "replace(seal, '\n\n', '\nmore: text\n\n')",
        "seal || substr(seal, instr(seal, '—'))",
    ],
)
def test_a_seal_with_more_in_it_than_the_log_writes_is_named(sample: SampleLog, change: str) -> None:
    with sample.attack() as connection:
        connection.execute(f"UPDATE events SET seal = {change} WHERE position = 29")  # noqa: S608
    assert "từ vị trí 29" in sentence_of(sample)


def fill_vault(sample: SampleLog, count: int) -> list[Path]:
    """Give the log some pieces of evidence more, one by one from position 30 on; return their files."""
    vault, log = FolderVault(sample.folder / "vault"), sample.open()
    paths = []
    for number in range(count):
        content = vault.store(f"Minh chứng {number}".encode(), "text/plain")
        note = {"digest": content.digest, "size": content.size, "media_type": content.media_type}
        report = Draft("item.progress_reported/1", {"percent": 50, "note": note, "evidence": []})
        log.append([Change("item-9", number, (report,))], meta(f"minh chứng {number}"))
        paths.append(vault.folder / content.digest[:2] / content.digest)
    log.close()
    return paths


def test_one_deleted_piece_of_evidence_is_named_with_its_event(sample: SampleLog) -> None:
    paths = fill_vault(sample, 5)
    paths[3].unlink()
    sentence = sentence_of(sample)
    assert f"từ vị trí 33: nội dung {paths[3].name} trong kho đã mất" in sentence
    assert "số nội dung bị mất: 1" in sentence


def test_forty_deleted_pieces_of_evidence_are_counted_and_the_first_is_named(sample: SampleLog) -> None:
    paths = fill_vault(sample, 45)
    for path in paths[2:42]:
        path.unlink()
    sentence = sentence_of(sample)
    assert f"từ vị trí 32: nội dung {paths[2].name} trong kho đã mất" in sentence
    assert "số nội dung bị mất: 40" in sentence


def test_a_vault_that_is_gone_as_a_whole_is_named(sample: SampleLog) -> None:
    fill_vault(sample, 3)
    shutil.rmtree(sample.folder / "vault")
    sentence = sentence_of(sample)
    assert "từ vị trí 19: nội dung" in sentence and "số nội dung bị mất: 4" in sentence


def test_a_file_of_the_vault_that_became_a_folder_or_a_dangling_link_is_missing(sample: SampleLog) -> None:
    first, second = fill_vault(sample, 2)
    first.unlink()
    first.mkdir()
    second.unlink()
    second.symlink_to("nowhere")
    assert "số nội dung bị mất: 2" in sentence_of(sample)


def test_a_new_key_of_the_attacker_is_told_with_its_position(sample: SampleLog) -> None:
    """Without the old key a rotation can be forged; who kept the old key elsewhere sees a fault."""
    kept = sample.key
    shutil.rmtree(sample.private / "keys")
    log = sample.open()
    log.rotate_key(meta("khóa của kẻ khác"))
    log.close()
    report = verify_log(sample.source)
    assert report.ok
    assert "khóa niêm phong thay ở vị trí 30 không được khóa trước nó ký xác nhận" in report_sentence(report)
    assert not verify_log(sample.source, key=kept).ok


@only_sqlite
@pytest.mark.parametrize("column", ["stream", "type", "recordedtime", "actor", "seal"])
def test_a_column_that_is_no_utf_8_is_named(sample: SampleLog, column: str) -> None:
    with sample.attack() as connection:
        connection.execute(f"UPDATE events SET {column} = CAST(x'41ff' AS TEXT) WHERE position = 29")  # noqa: S608
    assert "từ vị trí 29" in sentence_of(sample)


@pytest.mark.parametrize(
    "name", ["log.opened/1", "log.reads_closed/1", "content.erased/2", "log.key_rotated/1"]
)
def test_a_body_nested_too_deeply_is_named_whatever_its_type_is_read_for(
    sample: SampleLog, name: str
) -> None:
    deep = b'{"a":' + b"[" * 5_000 + b"]" * 5_000 + b',"data":{"a":' + b"[" * 5_000 + b"]" * 5_000 + b"}}"
    with sample.attack() as connection:
        connection.execute("UPDATE events SET body = ?, type = ? WHERE position = 1", (deep, name))
    report = verify_log(sample.source)
    assert report.problem is not None and report.problem.first == 1
