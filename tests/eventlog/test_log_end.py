"""An older log in the place of a newer one is recognised, and an honest one never looks like that."""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from eventlog.appending import append_steps, meta
from eventlog.conftest import SampleLog
from eventlog.forging import cut_tail, hash_again, open_without_triggers, replace_in_body, sign_again

from cchc_flow.errors import BadInput, Conflict, LogBroken
from cchc_flow.eventlog import log_end, opening
from cchc_flow.eventlog.log_end import EndMemory, parse_end
from cchc_flow.eventlog.port import Change, Draft, LogEnd

WRITER = Path(__file__).parent / "writer.py"
DIE_BEFORE_THE_NOTE = """
import os, sys
from cchc_flow.eventlog.log_end import EndMemory
EndMemory.note = lambda memory, head: head.size > 29 and os._exit(9)
sys.argv = ["writer.py", sys.argv[2], "item-9", "9"]
exec(open(os.environ["WRITER"]).read())
"""


def remembered(sample: SampleLog) -> LogEnd | None:
    return EndMemory(sample.private / log_end.FILE).read()


def put_back(sample: SampleLog, folder: Path) -> None:
    """Put an older copy of the log's folder in its place."""
    shutil.rmtree(sample.folder)
    shutil.copytree(folder, sample.folder)


@pytest.fixture
def older(sample: SampleLog, tmp_path: Path) -> Path:
    """A copy of the log's folder, to which the log has added two events since."""
    shutil.copytree(sample.folder, tmp_path / "older")
    with closing(sample.open()) as log:
        append_steps(log, "item-9", 0, "một", "hai")
    return tmp_path / "older"


def test_the_end_of_the_log_is_remembered_beside_its_key(sample: SampleLog) -> None:
    with closing(sample.open()) as log:
        end = LogEnd(29, log.root(29), log.event(29).recordedtime)
    assert remembered(sample) == end
    text = (sample.private / log_end.FILE).read_text()
    assert text == f"size 29\nroot {end.root_base64}\ntime {end.time}\n"
    assert (sample.private / log_end.FILE).stat().st_mode & 0o777 == 0o600


def test_an_older_file_that_was_put_back_is_not_opened(sample: SampleLog, older: Path) -> None:
    put_back(sample, older)
    with pytest.raises(LogBroken, match=r"có 29 sự kiện.*đã thấy 31 sự kiện.*cchc-flow accept"):
        sample.open()


def test_a_tail_that_was_cut_with_care_is_noticed(sample: SampleLog) -> None:
    with open_without_triggers(sample.folder) as connection:
        cut_tail(connection, 20)
    with pytest.raises(LogBroken, match="có 20 sự kiện"):
        sample.open()


def test_a_write_ahead_log_that_was_cut_is_noticed(sample: SampleLog) -> None:
    log = sample.open()
    append_steps(log, "item-9", 0, "còn trong WAL")
    shutil.copytree(sample.folder, sample.root / "running")
    log.close()
    (sample.root / "running" / "events.db-wal").unlink()
    put_back(sample, sample.root / "running")
    with pytest.raises(LogBroken, match=r"có 29 sự kiện.*đã thấy 30 sự kiện"):
        sample.open()


def test_what_is_appended_to_a_rolled_back_log_in_repair_does_not_hide_the_lost_end(
    sample: SampleLog, older: Path
) -> None:
    put_back(sample, older)
    log = opening.open_log(sample.folder, sample.private, now=sample.clock, for_repair=True)
    append_steps(log, "item-9", 0, *["một", "hai", "ba", "bốn", "năm"])
    log.close()
    with pytest.raises(LogBroken, match="không nối tiếp"):
        sample.open()


def test_events_that_were_changed_and_sealed_again_are_noticed(sample: SampleLog) -> None:
    signer = sample.signer
    with open_without_triggers(sample.folder) as connection:
        replace_in_body(connection, 3, "việc".encode(), "vịec".encode())
        hash_again(connection)
        sign_again(connection, signer)
    with pytest.raises(LogBroken, match="không nối tiếp"):
        sample.open()


def test_a_log_that_vanished_is_not_begun_anew(sample: SampleLog) -> None:
    shutil.rmtree(sample.folder)
    with pytest.raises(LogBroken, match=r"trống.*đã thấy ở đó 29 sự kiện.*data/private"):
        sample.open()


@pytest.mark.parametrize(
    "content",
    [b"", b"size 9", b"size 31\nroot ", b"\0" * 90, b"size x\nroot y\ntime z\n", "sáu".encode()],
)
def test_what_a_power_cut_leaves_of_the_memory_says_nothing_against_the_log(
    sample: SampleLog, content: bytes
) -> None:
    (sample.private / log_end.FILE).write_bytes(content)
    with closing(sample.open()) as log:
        assert log.size() == 29
    assert remembered(sample) is not None


def test_a_memory_that_is_older_than_the_log_is_brought_up_to_date_at_opening(
    sample: SampleLog, older: Path
) -> None:
    newest = remembered(sample)
    (sample.private / log_end.FILE).unlink()
    with closing(sample.open()):
        pass
    assert remembered(sample) == newest


def test_what_was_not_committed_is_not_remembered(sample: SampleLog) -> None:
    with closing(sample.open()) as log:
        before = remembered(sample)
        with pytest.raises(Conflict):
            append_steps(log, "item-9", 5, "sai phiên bản")
        with pytest.raises(BadInput):
            log.append([Change("item-9", 0, (Draft("item.started/1", {"x": 0.5}),))], meta("số thực"))
    assert remembered(sample) == before


def test_the_memory_is_written_once_a_second_and_then_catches_up(
    sample: SampleLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = [100.0]
    monkeypatch.setattr("cchc_flow.eventlog.log_end.time.monotonic", lambda: seconds[0])
    log = sample.open()
    append_steps(log, "item-9", 0, "ghi ngay cùng giây với lúc mở")
    append_steps(log, "item-9", 1, "cùng giây")
    assert (remembered(sample) or LogEnd(0, b"", "")).size == 29
    seconds[0] += 1
    log.size()  # any reader of the size lets it catch up
    assert (remembered(sample) or LogEnd(0, b"", "")).size == 31
    append_steps(log, "item-9", 2, "cùng giây nữa")
    log.close()
    assert (remembered(sample) or LogEnd(0, b"", "")).size == 32


def test_a_program_that_ends_without_closing_the_log_has_remembered_its_end(sample: SampleLog) -> None:
    command = [sys.executable, str(WRITER), str(sample.root), "item-9", "5"]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    assert (remembered(sample) or LogEnd(0, b"", "")).size == 34


def test_two_processes_never_let_the_memory_go_back(sample: SampleLog) -> None:
    ahead, behind = sample.open(), sample.open()
    append_steps(behind, "item-9", 0, "của người thứ hai")
    append_steps(ahead, "item-9", 1, "của người thứ nhất")
    ahead.close(), behind.close()
    assert (remembered(sample) or LogEnd(0, b"", "")).size == 31


def test_a_writer_killed_between_its_commit_and_the_memory_leaves_an_honest_log(sample: SampleLog) -> None:
    command = [sys.executable, "-c", DIE_BEFORE_THE_NOTE, "x", str(sample.root)]
    done = subprocess.run(command, env=os.environ | {"WRITER": str(WRITER)}, check=False)
    assert done.returncode == 9
    with closing(sample.open()) as log:
        assert log.size() == 30


def test_a_writer_killed_at_any_moment_leaves_an_honest_log(sample: SampleLog) -> None:
    chance = random.Random(20)  # noqa: S311  # only moments
    for number in range(int(os.environ.get("CCHC_FLOW_KILLS", "6"))):
        command = [sys.executable, str(WRITER), str(sample.root), f"item-killed-{number}", "100000"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            for _ in range(chance.randrange(1, 400)):
                process.stdout.readline()
            process.kill()
        with closing(sample.open()) as log:
            assert log.size() > 29


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace("size 29", "size 029"),
        lambda text: text + "x",
        lambda text: text.replace("time 2", "time x"),
        lambda text: text.replace("size 29", "size -1"),
        lambda text: text.replace("root ", "root A"),
    ],
)
def test_only_a_complete_memory_counts(sample: SampleLog, spoil: Callable[[str], str]) -> None:
    text = LogEnd(29, b"r" * 32, "2026-03-02T01:30:00.000000Z").text()
    assert parse_end(text) and parse_end(spoil(text)) is None


def test_a_memory_that_cannot_be_written_does_not_fail_the_commit(sample: SampleLog) -> None:
    log = sample.open()
    append_steps(log, "item-9", 0, "khóa đã nạp vào bộ nhớ")
    shutil.rmtree(sample.private)
    assert append_steps(log, "item-9", 1, "đã ghi").first == 31
    log.close()
