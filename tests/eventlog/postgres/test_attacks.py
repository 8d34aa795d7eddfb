"""What only a database has done to it by who has its owner's password and not the key: it is named."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from eventlog.appending import append_steps
from eventlog.postgres_sample import PostgresSample
from support.postgres import Cluster, TestDatabase

from cchc_flow.errors import LogBroken, NotFound
from cchc_flow.eventlog import merkle
from cchc_flow.eventlog.opening import find_lost_end
from cchc_flow.eventlog.postgres.pool import close_pools, find_database
from cchc_flow.eventlog.postgres.sealer import find_sealer
from cchc_flow.eventlog.verification import parallel
from cchc_flow.eventlog.verification.report import report_sentence
from cchc_flow.eventlog.verification.verify import verify_log

PAST_THE_TRIGGERS = "SET LOCAL session_replication_role = replica"
FOREIGN_EVENT = """
    INSERT INTO cchc_log.events
    SELECT workspace, position + 1, stream, version + 1, type, recordedtime, actor,
        sha256('\\x00'::bytea || body_after), body_after
    FROM (SELECT e.*, convert_to(replace(replace(convert_from(body, 'UTF8'),
            '"streamversion":' || version, '"streamversion":' || version + 1),
            '"commandid":"', '"commandid":"x'), 'UTF8') AS body_after
        FROM cchc_log.events e WHERE position = 29) given
"""
ITS_COMMIT = """
    INSERT INTO cchc_log.commits SELECT workspace, 'x' || command_id, 30, 30, command_digest, {voucher}
    FROM cchc_log.commits WHERE last = 29
"""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, postgres_cluster: Cluster) -> Iterator[PostgresSample]:
    """The sample log in one database for all tests of this file."""
    sample = PostgresSample(tmp_path_factory.mktemp("kept") / "data", postgres_cluster.create())
    sample.fill()
    sample.keep()
    yield sample
    close_pools()
    sample.database.drop()


@pytest.fixture
def sample(kept: PostgresSample, tmp_path: Path) -> PostgresSample:
    """The sample log as it was, for a node that sees it for the first time but has the keys."""
    kept.restore()
    (kept.private / "log-end.txt").unlink(missing_ok=True)
    return kept


@pytest.fixture
def small(postgres: TestDatabase, tmp_path: Path) -> PostgresSample:
    """A log of four events in a database of its own, whose schema a test may damage."""
    sample = PostgresSample(tmp_path / "data", postgres)
    with closing(sample.open()) as log:
        append_steps(log, "item-1", 0, "một", "hai", "ba")
    return sample


def attack(sample: PostgresSample, *statements: str) -> None:
    """Execute statements as the owner, past the triggers."""
    sample.flush()
    with psycopg.connect(sample.database.owner_url) as connection:
        connection.execute(PAST_THE_TRIGGERS)
        for statement in statements:
            connection.execute(statement.encode())


def sentence_of(sample: PostgresSample) -> str:
    """Return what verification says of a log that must not pass."""
    report = verify_log(sample.source)
    assert not report.ok
    return report_sentence(report)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("size = 28", "cột size"),
        ("made = made + 1", "cột made"),
        ("recordedtime = '2026-01-01T00:00:00.000000Z'", "cột recordedtime"),
        ("subtrees = subtrees[1:1]", "cột subtrees"),
        ("root = sha256('x')", "cột root"),
        ("origin = 'x'", "cột origin"),
        ("key = 'x'", "cột key"),
        ("demo = true", "cột demo"),
        ("title = 'Xã khác'", "cột title"),
        ("workspace = 'xa-khac'", "thiếu dòng đầu nhật ký"),
    ],
)
def test_a_head_row_that_does_not_fit_the_events_is_named(
    sample: PostgresSample, change: str, words: str
) -> None:
    attack(sample, f"UPDATE cchc_log.heads SET {change}")  # fixed words
    assert words in sentence_of(sample)


@pytest.mark.parametrize("position", [1, 13, 21, 28])
def test_a_seal_that_was_taken_away_is_named_though_the_commit_has_its_voucher(
    sample: PostgresSample, position: int
) -> None:
    attack(sample, f"DELETE FROM cchc_log.seals WHERE position = {position}")  # fixed words
    assert "thiếu dấu niêm phong" in sentence_of(sample) or position == 1


def test_a_seal_beside_all_events_is_named(sample: PostgresSample) -> None:
    attack(sample, "INSERT INTO cchc_log.seals SELECT workspace, 77, seal FROM cchc_log.seals LIMIT 1")
    assert "từ vị trí 77: có dấu niêm phong không thuộc lần ghi nào" in sentence_of(sample)


@pytest.mark.parametrize("voucher", ["NULL", "'\\x00'::bytea", "voucher"])
def test_a_foreign_event_is_named_and_no_honest_node_seals_it(sample: PostgresSample, voucher: str) -> None:
    """Everything fits but the voucher: there is none, or it is none, or that of another commit."""
    attack(sample, FOREIGN_EVENT, ITS_COMMIT.format(voucher=voucher))
    with psycopg.connect(sample.database.owner_url) as connection:
        fit_head(connection)
    assert "từ vị trí 30: lần ghi chưa niêm phong không có chữ ký" in sentence_of(sample)
    with pytest.raises(LogBroken), closing(sample.open()) as log:
        append_steps(log, "item-9", 0, "người ngay")
    assert sample.database.query("SELECT count(*) FROM cchc_log.seals WHERE position >= 30") == "0\n"


def fit_head(connection: psycopg.Connection[Any]) -> None:
    """Let the head row state the tree of the events as they are."""
    rows = connection.execute("SELECT leaf FROM cchc_log.events ORDER BY position").fetchall()
    tree = merkle.CompactRange()
    for (leaf,) in rows:
        tree.append(leaf)
    sql = "UPDATE cchc_log.heads SET size = %s, subtrees = %s, root = %s"
    connection.execute(sql, (len(rows), tree.subtrees, tree.root()))


def test_an_open_log_does_not_go_on_after_a_foreign_event(sample: PostgresSample) -> None:
    with closing(sample.open()) as log:
        append_steps(log, "item-9", 0, "trước đó")
        attack(
            sample,
            FOREIGN_EVENT.replace("29", "30"),
            ITS_COMMIT.format(voucher="NULL").replace("30", "31").replace("29", "30"),
        )
        with psycopg.connect(sample.database.owner_url) as connection:
            fit_head(connection)
        with pytest.raises(LogBroken):
            append_steps(log, "item-8", 0, "sau đó")
    assert sample.database.query("SELECT count(*) FROM cchc_log.seals WHERE position >= 31") == "0\n"


def test_an_older_dump_in_the_place_of_the_log_is_noticed_by_who_saw_more(sample: PostgresSample) -> None:
    with closing(sample.open()) as log:
        append_steps(log, "item-9", 0, "một", "hai")
        note = log.checkpoint()
    sample.restore()
    assert verify_log(sample.source).ok
    lost = find_lost_end(sample.source, sample.private)
    assert lost is not None and lost.size == 31
    assert not verify_log(sample.source, checkpoint=note).ok
    with pytest.raises(LogBroken, match=r"có 29 sự kiện.*đã thấy 31 sự kiện"):
        sample.open()


def test_another_log_in_its_place_is_noticed_by_who_saw_the_first(sample: PostgresSample) -> None:
    with closing(sample.open()) as log:
        append_steps(log, "item-9", 0, "một")
    sample.restore()
    (sample.private / "log-end.txt").rename(sample.private / "seen")
    with closing(sample.open()) as log:
        append_steps(log, "item-9", 0, "khác", "nữa")
    (sample.private / "seen").replace(sample.private / "log-end.txt")
    with pytest.raises(LogBroken, match="không nối tiếp"):
        sample.open()


def test_a_row_in_a_partition_where_nobody_looks_is_named(sample: PostgresSample) -> None:
    """PostgreSQL refuses such a row, unless it is made to forget that the table is a partition."""
    own = sample.database.query("SELECT DISTINCT tableoid::regclass FROM cchc_log.contents").strip()
    other = "cchc_log.contents_0" if own != "cchc_log.contents_0" else "cchc_log.contents_1"
    insert = f"INSERT INTO {other} VALUES ('ea-thu', 4, 'x')"
    forget = f"UPDATE pg_class SET relispartition = {{}} WHERE oid = '{other}'::regclass"
    with pytest.raises(psycopg.errors.CheckViolation):
        attack(sample, insert)
    attack(sample, forget.format("false"))
    attack(sample, insert)
    attack(sample, forget.format("true"))
    assert f"trong phân vùng không thuộc nó ({other})" in sentence_of(sample)


def test_verification_reads_past_a_replaced_view(small: PostgresSample) -> None:
    """Through the view a node would miss an event; the tables still have it, and the view is named."""
    attack(
        small,
        "CREATE OR REPLACE VIEW cchc_here.contents AS SELECT c.position, c.digest"
        " FROM cchc_log.contents c WHERE false",
    )
    assert "khung nhìn (view) cchc_here.contents đã bị sửa" in sentence_of(small)


@pytest.mark.parametrize("table", ["events", "seals", "nodes", "commits", "contents", "heads"])
def test_a_dropped_table_is_named(small: PostgresSample, table: str) -> None:
    attack(small, f"DROP TABLE cchc_log.{table} CASCADE")
    assert f"thiếu bảng cchc_log.{table}" in sentence_of(small)


def test_functions_and_operators_of_the_owner_do_not_answer_for_those_of_the_database(
    small: PostgresSample,
) -> None:
    attack(
        small,
        "CREATE FUNCTION public.max(bigint) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint'",
        "CREATE FUNCTION public.equal(text, text) RETURNS boolean LANGUAGE sql AS 'SELECT true'",
        "CREATE OPERATOR public.= (LEFTARG = text, RIGHTARG = text, FUNCTION = public.equal)",
        "ALTER ROLE node SET search_path = public, pg_catalog",
    )
    report = verify_log(small.source, all_checkpoints=True)
    assert report.ok and report.count == 4, report_sentence(report)


def test_rows_that_a_policy_hides_are_not_thought_to_be_missing(small: PostgresSample) -> None:
    attack(
        small,
        "ALTER TABLE cchc_log.events ENABLE ROW LEVEL SECURITY",
        "CREATE POLICY hide ON cchc_log.events USING (position < 3)",
    )
    sentence = sentence_of(small)
    assert "chính sách cchc_log.events: hide" in sentence


def test_a_workspace_that_is_not_there_has_no_log(small: PostgresSample) -> None:
    small.clear()
    with pytest.raises(NotFound, match="Không có nhật ký nào của «ea-thu»"):
        verify_log(small.source)


def test_what_is_appended_meanwhile_is_not_seen_by_any_process_of_a_verification(
    small: PostgresSample, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parallel, "MIN_EVENTS", 0)
    monkeypatch.setattr(parallel.os, "sched_getaffinity", lambda _: {0, 1})
    with small.source.open_snapshot() as snapshot, closing(small.open()) as log:
        append_steps(log, "item-1", 3, "sau đó")
        chunks = list(parallel.check_chunks(snapshot, 4, lambda done, of: None))
        again = snapshot.reopen()
        assert again.execute("SELECT max(position) FROM events").fetchone() == (4,)
        again.close()  # type: ignore[attr-defined]  # that of this home has it
    assert [chunk.end for chunk in chunks] == [4] and chunks[0].problem is None
    assert verify_log(small.source).count == 5


def test_a_commit_may_lack_its_seal_for_a_minute_and_not_longer(small: PostgresSample) -> None:
    attack(small, "DELETE FROM cchc_log.seals WHERE position = 4")
    for seconds in (59, 2):
        assert "1 lần ghi mới nhất chưa niêm phong" in report_sentence(verify_log(small.source))
        small.clock.at += timedelta(seconds=seconds)
        with closing(small.open()) as log:
            append_steps(log, f"item-{seconds}", 0, "sau đó")
        attack(small, "DELETE FROM cchc_log.seals WHERE position = 4")
    assert "trong khoảng vị trí 2-4: thiếu dấu niêm phong" in sentence_of(small)


def test_a_seal_for_a_commit_that_is_gone_keeps_no_other_from_being_stored(small: PostgresSample) -> None:
    sealer = find_sealer(find_database(small.database.url))
    small.flush()
    note = small.database.query("SELECT seal FROM cchc_log.seals WHERE position = 4")
    attack(small, "DELETE FROM cchc_log.seals WHERE position = 4")
    sealer.add("ea-thu", 4, note)
    sealer.add("ea-thu", 77, note)
    assert sealer.flush()
    sealer.add("ea-thu", 78, note)
    assert sealer.flush()
    assert small.database.query("SELECT array_agg(position) FROM cchc_log.seals") == "{1,4}\n"


def test_in_whatever_order_the_rows_lie_the_log_is_read_by_position(sample: PostgresSample) -> None:
    """PostgreSQL gives rows as they lie, when its planner has read that the table is small."""
    attack(
        sample,
        "CREATE TEMP TABLE upside_down AS SELECT * FROM cchc_log.events ORDER BY position DESC",
        "DELETE FROM cchc_log.events",
        "INSERT INTO cchc_log.events TABLE upside_down",
    )
    name = sample.database.name
    for way in ("enable_indexscan", "enable_bitmapscan", "enable_indexonlyscan"):
        sample.database.query(f"ALTER DATABASE {name} SET {way} = off")
    close_pools()
    try:
        with closing(sample.open()) as log:
            append_steps(log, "item-9", 0, "một", "hai")
            assert [event.position for event in log.read_events()] == [*range(1, 32)]
            assert merkle.tree_root(31, log.node) == log.root(31)  # type: ignore[attr-defined]
        report = verify_log(sample.source, all_checkpoints=True)
        assert report.ok, report_sentence(report)
    finally:
        sample.database.query(f"ALTER DATABASE {name} RESET ALL")
        close_pools()
