"""A commit whose node went away before its seal is sealed by who comes next, if the key vouches for it."""

import hashlib
from collections.abc import Callable
from datetime import timedelta

import psycopg
import pytest
from eventlog.appending import Clock, append_steps, meta
from eventlog.postgres.homes import PostgresTestHome
from support.postgres import TestDatabase

from cchc_flow.errors import LogBroken
from cchc_flow.eventlog import checkpoint
from cchc_flow.eventlog.folder_vault import FolderVault
from cchc_flow.eventlog.note import VerifierKey
from cchc_flow.eventlog.port import Receipt
from cchc_flow.eventlog.postgres import log as postgres_log
from cchc_flow.eventlog.postgres.log import PostgresLog
from cchc_flow.eventlog.postgres.source import PostgresSource
from cchc_flow.eventlog.verification.verify import verify_log
from cchc_flow.eventlog.voucher import VOUCHER_BEGIN

MISSING = (
    "SELECT count(*) FROM cchc_log.commits c"
    " WHERE NOT EXISTS (SELECT FROM cchc_log.seals s WHERE s.position = c.last)"
)


def append_and_die(log: PostgresLog, monkeypatch: pytest.MonkeyPatch, stream: str, *words: str) -> None:
    """Append, and let the node be gone before it seals."""

    def go_away(*_: object) -> None:
        """Do nothing more."""

    with monkeypatch.context() as patch:
        patch.setattr(PostgresLog, "_seal_soon", go_away)
        append_steps(log, stream, 0, *words)


def commit_and_die(log: PostgresLog, monkeypatch: pytest.MonkeyPatch, stream: str) -> None:
    """Append, and let the node be gone as soon as the database has the commit."""
    with monkeypatch.context() as patch:
        patch.setattr(PostgresLog, "_finish", lambda _, __, answer: Receipt(answer.first, answer.last))
        append_steps(log, stream, 0, "một")


def require_whole(home: PostgresTestHome, postgres: TestDatabase) -> None:
    """Verify the log as it lies there, before anybody opens it, and after."""
    vault = FolderVault(home.private / "vault")
    source = PostgresSource(home.url, home.workspace, home.private, lambda: vault)
    assert verify_log(source).ok
    home.open(f"node-{postgres.query('SELECT count(*) FROM cchc_log.events').strip()}")
    assert postgres.query(MISSING).strip() == "0"
    assert verify_log(source).ok


def require_sealed(log: PostgresLog, size: int) -> None:
    sealed, note = checkpoint.parse_checkpoint(log.checkpoint())
    assert (sealed.size, sealed.root) == (size, log.root(size))
    assert VerifierKey.parse(log.verifier_key()).has_signed(note)


def test_who_opens_the_log_seals_it(
    home: PostgresTestHome, log: PostgresLog, postgres: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    append_and_die(log, monkeypatch, "item-1", "một", "hai")
    append_and_die(log, monkeypatch, "item-2", "một")
    assert postgres.query(MISSING).strip() == "2"
    other = home.open("node-2")
    assert postgres.query(MISSING).strip() == "0"
    require_sealed(other, 4)
    assert checkpoint.parse_checkpoint(other.checkpoint_at(2)[0])[0].size == 3


def test_who_appends_next_seals_it_though_its_own_seal_covers_it(
    home: PostgresTestHome, log: PostgresLog, postgres: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = home.open("node-2")
    append_and_die(log, monkeypatch, "item-1", "một", "hai")
    monkeypatch.setattr(postgres_log, "OTHERS_SECONDS", 0.0)
    append_steps(other, "item-2", 0, "một")
    other.flush()
    assert postgres.query(MISSING).strip() == "0"
    require_sealed(other, 4)


def test_who_asks_for_the_checkpoint_seals_it(
    home: PostgresTestHome, log: PostgresLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = home.open("node-2")
    append_and_die(log, monkeypatch, "item-1", "một")
    require_sealed(other, 2)
    append_and_die(log, monkeypatch, "item-2", "một")
    note, key = other.checkpoint_and_key()
    assert VerifierKey.parse(key).has_signed(checkpoint.parse_checkpoint(note)[1])


def insert_as_owner(postgres: TestDatabase, log: PostgresLog, voucher: bytes | None) -> None:
    """Append an event as somebody with the owner's password and without the key does."""
    body = log.body(2).replace(b"\xc3\xa0", b"a").replace(b'"streamversion":1', b'"streamversion":2')
    values = (
        "ea-thu",
        "lệnh giả",
        hashlib.sha256(b"x").digest(),
        voucher,
        log.verifier_key(),
        log.event(2).stream,
    )
    sql = (
        "SELECT split_part(cchc_log.append(%s, %s, %s, %s, %s, NULL, '{}', '{}', ARRAY[%s], '{2}',"
        " '{item.started/1}', ARRAY[%s::bytea], '{}', '{}', %s, 'hoa.le', 0, -1,"
        " 9223372036854775807), ' ', 1)"
    )
    with psycopg.connect(postgres.owner_url, autocommit=True) as owner:
        outcome = owner.execute(sql.encode(), (*values, body, log.event(2).recordedtime)).fetchone()
    assert outcome == ("done",)


def copied_voucher(postgres: TestDatabase) -> bytes:
    with psycopg.connect(postgres.owner_url) as owner:
        row = owner.execute("SELECT voucher FROM cchc_log.commits WHERE last = 2").fetchone()
    assert row is not None
    return bytes(row[0])


@pytest.mark.parametrize(
    "make_voucher",
    [lambda _: None, lambda _: b"\x00" * 64, copied_voucher],
    ids=["no voucher", "no signature", "the voucher of another commit"],
)
def test_what_somebody_without_the_key_adds_is_sealed_by_nobody(
    home: PostgresTestHome, log: PostgresLog, postgres: TestDatabase,
    make_voucher: Callable[[TestDatabase], bytes | None],
) -> None:  # fmt: skip
    append_steps(log, "item-1", 0, "một")
    log.flush()
    insert_as_owner(postgres, log, make_voucher(postgres))
    for act in (
        lambda: append_steps(log, "item-2", 0, "thật"),
        lambda: log.checkpoint(),
        lambda: home.open("node-2"),
        lambda: log.rotate_key(meta("thay khóa")),
    ):
        with pytest.raises(LogBroken, match="không khóa nào bảo đảm"):
            act()
    assert postgres.query("SELECT max(position) FROM cchc_log.seals").strip() == "2"


def test_a_tree_that_somebody_changed_is_not_signed(log: PostgresLog, postgres: TestDatabase) -> None:
    append_steps(log, "item-1", 0, "một", "hai")
    log.flush()
    postgres.query("UPDATE cchc_log.heads SET subtrees = ARRAY[sha256('x'), sha256('y')]")
    with pytest.raises(LogBroken, match="mã gốc khác"):
        append_steps(log, "item-2", 0, "ba")
    assert postgres.query("SELECT max(position) FROM cchc_log.seals").strip() == "3"


def test_old_commits_without_seals_were_never_on_their_way(
    home: PostgresTestHome, log: PostgresLog, postgres: TestDatabase
) -> None:
    for number in range(3):
        home._clock.at += timedelta(minutes=5)
        append_steps(log, f"item-{number}", 0, "việc")
    log.flush()
    postgres.query("ALTER TABLE cchc_log.seals DISABLE TRIGGER ALL")
    postgres.query("DELETE FROM cchc_log.seals WHERE position > 1")
    postgres.query("ALTER TABLE cchc_log.seals ENABLE TRIGGER ALL")
    with pytest.raises(LogBroken, match="không có dấu niêm phong"):
        home.open("node-2")


@pytest.mark.parametrize("gaps", [(300, 300), (20, 20, 20, 20), (59, 59), (5, 400, 29, 29, 2)], ids=str)
def test_nodes_that_die_one_after_the_other_leave_a_log_that_opens(
    home: PostgresTestHome, log: PostgresLog, postgres: TestDatabase, clock: Clock,
    monkeypatch: pytest.MonkeyPatch, gaps: tuple[int, ...],
) -> None:  # fmt: skip
    nodes = [home.open(f"early-{number}") for number in range(len(gaps))]
    commit_and_die(log, monkeypatch, "item-0")
    for number, (node, seconds) in enumerate(zip(nodes, gaps, strict=True), 1):
        clock.at += timedelta(seconds=seconds)
        commit_and_die(node, monkeypatch, f"item-{number}")
    require_whole(home, postgres)


def test_who_appends_later_seals_what_was_left_before_anybody_verifies(
    home: PostgresTestHome, log: PostgresLog, postgres: TestDatabase, clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    other = home.open("node-2")
    commit_and_die(log, monkeypatch, "item-1")
    clock.at += timedelta(seconds=2)
    append_steps(other, "item-2", 0, "một")
    other.flush()
    assert postgres.query(MISSING).strip() == "0"


def test_a_new_key_comes_after_the_seal_of_an_old_commit_that_was_left(
    home: PostgresTestHome, log: PostgresLog, postgres: TestDatabase, clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    other = home.open("node-2")
    commit_and_die(log, monkeypatch, "item-1")
    clock.at += timedelta(hours=2)
    other.rotate_key(meta("thay khóa"))
    assert postgres.query(MISSING).strip() == "0"
    require_whole(home, postgres)


def test_a_seal_that_was_lost_with_its_process_alive_is_made_again_before_the_log_goes_on(
    log: PostgresLog, postgres: TestDatabase, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    append_and_die(log, monkeypatch, "item-1", "một")
    clock.at += timedelta(minutes=3)
    append_steps(log, "item-2", 0, "một")
    log.flush()
    assert postgres.query(MISSING).strip() == "0"


def test_a_statement_cannot_pass_for_a_voucher(log: PostgresLog) -> None:
    with pytest.raises(ValueError, match="not for the key"):
        log.sign(f"{VOUCHER_BEGIN}xã\n")
