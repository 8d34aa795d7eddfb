"""A database with a synchronous standby: what was acknowledged is there when the primary is gone, once."""

import threading
import time
from collections import Counter
from pathlib import Path

import pytest
from eventlog.appending import append_steps, meta
from eventlog.postgres.conftest import Open
from support.standby import Pair

from cchc_flow.errors import LogBroken, NotRecorded
from cchc_flow.eventlog.folder_vault import FolderVault
from cchc_flow.eventlog.port import Receipt
from cchc_flow.eventlog.postgres import pool
from cchc_flow.eventlog.postgres.log import PostgresLog
from cchc_flow.eventlog.postgres.source import PostgresSource
from cchc_flow.eventlog.verification.verify import verify_log

CANCEL = "SELECT count(pg_cancel_backend(pid)) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
IS_WAITING = "SELECT count(*) > 0 FROM pg_stat_activity WHERE wait_event = 'SyncRep'"


class Writer(threading.Thread):
    """Appends to a stream of a log, each commit sent again until it is answered."""

    def __init__(self, log: PostgresLog, stream: str) -> None:
        super().__init__()
        self.log, self.stream = log, stream
        self.receipts: list[Receipt] = []
        self.refusals: list[NotRecorded] = []
        self.is_over = False

    def run(self) -> None:
        while not self.is_over:
            try:
                receipt = append_steps(self.log, self.stream, len(self.receipts), "việc")
            except NotRecorded as error:
                self.refusals.append(error)
                time.sleep(0.02)
            else:
                self.receipts.append(receipt)

    def wait_for(self, count: int) -> None:
        """Wait until so many commits are acknowledged."""
        ends = time.monotonic() + 20
        while len(self.receipts) < count:
            assert time.monotonic() < ends and self.is_alive(), self.refusals[-1:]
            time.sleep(0.01)


def test_when_the_primary_is_killed_nothing_acknowledged_is_lost_or_doubled(
    pair: Pair, open_log: Open, tmp_path: Path
) -> None:
    logs = [open_log(workspace) for workspace in ("xa-a", "xa-a", "xa-b")]
    writers = [Writer(log, f"item-{number}") for number, log in enumerate(logs)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.wait_for(10)
    pair.kill_primary()
    for writer in writers:
        writer.wait_for(len(writer.receipts) + 10)
        writer.is_over = True
        writer.join(20)
    for writer, log in zip(writers, logs, strict=True):
        events = log.stream(writer.stream)
        assert [event.version for event in events] == [*range(1, len(writer.receipts) + 1)]
        assert [event.position for event in events] == [receipt.first for receipt in writer.receipts]
        assert max(Counter(event.command_id for event in events).values()) == 1
        log.flush()
    for workspace in ("xa-a", "xa-b"):
        source = PostgresSource(pair.url, workspace, tmp_path, lambda: FolderVault(tmp_path / "vault"))
        assert verify_log(source).ok


def test_who_writes_while_the_standby_is_behind_is_told_so_soon_and_sends_again(
    pair: Pair, open_log: Open
) -> None:
    log, other = open_log("xa-a"), open_log("xa-a")
    with pair.paused():
        start = time.monotonic()
        with pytest.raises(NotRecorded, match="chưa xác nhận việc này"):
            append_steps(log, "item-1", 0, "một")
        with pytest.raises(NotRecorded, match="giữ quyền ghi nhật ký quá lâu"):
            append_steps(other, "item-2", 0, "hai")
        assert time.monotonic() - start < 5
        assert other.size() == 1  # nobody sees what the standby does not have
    pair.wait_for(f"SELECT NOT ({IS_WAITING})")
    assert append_steps(log, "item-1", 0, "một") == Receipt(2, 2, repeated=True)
    assert append_steps(other, "item-2", 0, "hai") == Receipt(3, 3)


def test_a_commit_that_somebody_stops_waiting_for_is_not_acknowledged_until_the_standby_has_it(
    pair: Pair, open_log: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = open_log("xa-a")
    monkeypatch.setattr(pool, "ANSWER_SECONDS", 5)
    writer = Writer(log, "item-1")
    with pair.paused():
        writer.start()
        pair.wait_for(IS_WAITING)
        writer.is_over = True
        pair.primary.query(pair.database.name, CANCEL)
        writer.join(10)
        assert not writer.receipts and "chưa xác nhận" in str(writer.refusals[0])
        pool.close_pools()
        monkeypatch.setattr(pool, "ANSWER_SECONDS", 0.4)
        [event] = log.stream("item-1")  # it can be seen by now
        digest = meta(event.command_id).command_digest
        with pytest.raises(NotRecorded, match="chưa xác nhận"):
            log.find_receipt(event.command_id, digest)
    pair.wait_for(f"SELECT NOT ({IS_WAITING})")
    assert log.find_receipt(event.command_id, digest) == Receipt(2, 2, repeated=True)


def test_a_running_node_takes_nothing_more_when_a_standby_took_over_that_lacks_what_was_acknowledged(
    pair: Pair, open_log: Open
) -> None:
    log = open_log("xa-a")
    append_steps(log, "item-1", 0, "một")
    pair.primary.query("postgres", "ALTER SYSTEM SET synchronous_commit = 'local'")
    pair.primary.query("postgres", "SELECT pg_reload_conf()")
    pair.wait_for("SELECT current_setting('synchronous_commit') = 'local'")
    pair.stop_following()
    pool.close_pools()
    append_steps(log, "item-1", 1, "hai", "ba")
    pair.kill_primary()
    for stream in ("item-2", "item-3"):
        with pytest.raises(LogBroken, match="máy này đã thấy 4 sự kiện"):
            append_steps(log, stream, 0, "bốn")
    assert log.size() == 3  # one was recorded, and told of; no other after it
