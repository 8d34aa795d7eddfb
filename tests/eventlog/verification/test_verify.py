"""A whole log verifies; a changed one does not, and the first wrong position is named."""

import shutil
from collections.abc import Callable

import pytest
from eventlog.appending import append_steps, meta
from eventlog.conftest import SampleLog
from eventlog.forging import cut_tail, hash_again, replace_in_body, sign_again
from eventlog.verification.conftest import only_sqlite

from cchc_flow.errors import BadInput, NotFound
from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.eventlog.folder_vault import FolderVault
from cchc_flow.eventlog.keys import folder_keys
from cchc_flow.eventlog.port import Change, Draft
from cchc_flow.eventlog.verification import parallel
from cchc_flow.eventlog.verification.report import Report, report_sentence
from cchc_flow.eventlog.verification.verify import verify_log

SIZE = 29


def first_bad(sample: SampleLog) -> int | None:
    """Return the first bad position that verification names; the log must not pass."""
    report = verify_log(sample.source)
    assert not report.ok
    assert report.problem is not None
    return report.problem.first


def test_a_whole_log_verifies(sample: SampleLog) -> None:
    report = verify_log(sample.source, all_checkpoints=True)
    assert report.ok, report_sentence(report)
    assert (report.count, report.commits, report.checkpoints) == (SIZE, 18, 18)
    log = sample.open()
    assert report.root == log.root(SIZE) and report.newest == log.checkpoint()
    log.close()


def test_without_all_only_the_checkpoints_of_keys_of_days_and_the_newest_are_checked(
    sample: SampleLog,
) -> None:
    of_keys, of_past_days, newest = 1, 4, 1
    assert verify_log(sample.source).checkpoints == of_keys + of_past_days + newest


def test_every_checkpoint_of_a_whole_log_can_be_held_against_it(sample: SampleLog) -> None:
    with sample.attack() as connection:
        notes = [row[0] for row in connection.execute("SELECT seal FROM events WHERE seal IS NOT NULL")]
    assert [verify_log(sample.source, checkpoint=note, key=sample.key).ok for note in notes] == [True] * 18


def test_a_spoilt_checkpoint_that_is_not_of_a_day_is_found_when_all_are_asked_for(sample: SampleLog) -> None:
    with sample.attack() as connection:
        connection.execute("UPDATE events SET seal = replace(seal, '—', '-') WHERE position = 15")
    assert verify_log(sample.source).ok
    problem = verify_log(sample.source, all_checkpoints=True).problem
    assert problem is not None and problem.first == 15


def test_a_cut_tail_shows_only_against_a_checkpoint_kept_elsewhere(sample: SampleLog) -> None:
    note, key = sample.checkpoint, sample.key
    with sample.attack() as connection:
        cut_tail(connection, 25)
    assert verify_log(sample.source, all_checkpoints=True).ok
    report = verify_log(sample.source, checkpoint=note, key=key)
    assert report.problem is not None and report.problem.first == 26
    assert "đuôi bị cắt" in report_sentence(report)


def test_an_emptied_log_shows_its_first_event_missing_against_a_checkpoint(sample: SampleLog) -> None:
    note, key = sample.checkpoint, sample.key
    with sample.attack() as connection:
        cut_tail(connection, 0)
    report = verify_log(sample.source, checkpoint=note, key=key)
    assert report.problem is not None and report.problem.first == 1


def test_a_change_sealed_again_with_the_stolen_key_shows_only_against_a_checkpoint(sample: SampleLog) -> None:
    note, key, signer = sample.checkpoint, sample.key, sample.signer
    with sample.attack() as connection:
        replace_in_body(connection, 15, "tiến độ".encode(), "hoàn tất".encode())
        hash_again(connection)
        sign_again(connection, signer)
    assert verify_log(sample.source, key=key, all_checkpoints=True).ok
    report = verify_log(sample.source, checkpoint=note, key=key)
    assert not report.ok and "đã bị thay đổi ở đâu đó trong 1..29" in report_sentence(report)


def test_a_log_written_anew_under_another_key_is_seen_by_the_key_kept_elsewhere(sample: SampleLog) -> None:
    note, key = sample.checkpoint, sample.key
    sample.clear()
    sample.fill()
    assert verify_log(sample.source).ok
    assert "khóa đã cho" in report_sentence(verify_log(sample.source, key=key))
    assert "của nhật ký" in report_sentence(verify_log(sample.source, checkpoint=note, key=key))


def test_a_checkpoint_of_another_log_does_not_vouch_for_this_one(sample: SampleLog) -> None:
    other = SampleLog(sample.root.parent / "other")
    other.fill()
    report = verify_log(sample.source, checkpoint=other.checkpoint)
    assert not report.ok and "của nhật ký" in report_sentence(report)


def test_a_checkpoint_whose_signature_was_spoilt_does_not_vouch(sample: SampleLog) -> None:
    note = sample.checkpoint
    head, _, signature = note.rstrip("\n").rpartition(" ")
    spoilt = f"{head} {signature[:20]}{'A' if signature[20] != 'A' else 'B'}{signature[21:]}\n"
    report = verify_log(sample.source, checkpoint=spoilt, key=sample.key)
    assert not report.ok and "chữ ký" in report_sentence(report)


@pytest.mark.parametrize("words", ["", "x", "cchc-flow/ea-thu/0\n1\nAAAA\n\n— x AAAA\n"])
def test_a_checkpoint_that_is_none_is_refused(sample: SampleLog, words: str) -> None:
    with pytest.raises(BadInput):
        verify_log(sample.source, checkpoint=words)


def test_a_key_that_is_none_is_refused(sample: SampleLog) -> None:
    with pytest.raises(BadInput):
        verify_log(sample.source, key="cchc-flow/ea-thu/0+00000000+AAAA")


def test_without_a_log_there_is_nothing_to_verify(sample: SampleLog) -> None:
    sample.clear()
    with pytest.raises(NotFound):
        verify_log(sample.source)


def test_only_a_key_kept_elsewhere_is_called_independent(sample: SampleLog) -> None:
    beside, outside = verify_log(sample.source), verify_log(sample.source, key=sample.key)
    assert not beside.independent and "không độc lập" in report_sentence(beside)
    assert outside.independent and "không độc lập" not in report_sentence(outside)


def test_a_changed_key_is_vouched_for_by_the_one_before(
    sample: SampleLog, rotated: Callable[[], SampleLog]
) -> None:
    old, note = sample.key, sample.checkpoint
    rotated()
    assert sample.key != old
    for key in (old, sample.key):
        report = verify_log(sample.source, checkpoint=note, key=key if key == old else None)
        assert report.ok and report.count == SIZE + 2, report_sentence(report)
        assert verify_log(sample.source, key=key, all_checkpoints=True).ok


def test_a_key_that_nobody_vouched_for_is_named_to_who_holds_the_old_one(sample: SampleLog) -> None:
    old = sample.key
    shutil.rmtree(sample.private / "keys")
    log = sample.open()
    log.rotate_key(meta("thay khóa đã mất"))
    log.close()
    report = verify_log(sample.source, key=old)
    assert report.problem is not None and report.problem.first == SIZE + 1
    assert verify_log(sample.source, key=sample.key).ok


def test_events_sealed_by_the_old_key_after_it_was_replaced_are_named(
    rotated: Callable[[], SampleLog],
) -> None:
    sample = rotated()
    log = sample.open()
    old = folder_keys(sample.private).signer(log.event(1).data["key"])
    log.close()
    with sample.attack() as connection:
        replace_in_body(connection, SIZE + 2, b"thay", "đổi".encode())
        hash_again(connection)
        sign_again(connection, old)
    assert first_bad(sample) in (SIZE + 1, SIZE + 2)


def test_an_unknown_type_is_told_and_is_no_fault(sample: SampleLog) -> None:
    log = sample.open()
    append_steps(log, "item-5", 2, "đã biết")
    log.close()
    assert "chưa biết" not in report_sentence(verify_log(sample.source))
    _append_unknown(sample)
    report = verify_log(sample.source)
    assert report.ok and "item.sung/9" in report_sentence(report)


def test_a_log_with_names_that_were_given_decomposed_is_whole(sample: SampleLog) -> None:
    log = sample.open()
    append_steps(log, "me\u0323", 0, "o\u0301")
    log.close()
    assert verify_log(sample.source, all_checkpoints=True).ok


def test_verification_goes_on_beside_a_writer(sample: SampleLog) -> None:
    log = sample.open()
    for version in range(12, 20):
        append_steps(log, "item-2", version, "đang ghi")
        assert verify_log(sample.source).ok
    log.close()


@pytest.mark.parametrize("position", [None, 1_500, 3_000])
def test_a_log_of_many_chunks_is_verified_by_several_processes_as_by_one(
    sample: SampleLog, position: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = sample.open()
    for number in range(4):
        append_steps(log, f"lon-{number}", 0, *map(str, range(800)))
    log.close()
    if position:
        with sample.attack() as connection:
            replace_in_body(connection, position, b"hoa.le", b"ha.le")
    here = verify_log(sample.source)
    monkeypatch.setattr(parallel, "MIN_EVENTS", 0)
    assert _without_counts(verify_log(sample.source)) == _without_counts(here)
    assert (here.problem.first if here.problem else None) == position


def test_a_damaged_content_is_a_fault_and_so_is_one_that_is_gone(sample: SampleLog) -> None:
    (content,) = [path for path in (sample.folder / "vault").rglob("*") if path.is_file()]
    report = verify_log(sample.source)
    assert report.contents is not None and (report.contents.present, report.contents.missing) == (1, ())
    content.write_bytes(content.read_bytes() + b"x")
    assert first_bad(sample) == 19
    content.unlink()
    report = verify_log(sample.source)
    assert report.contents is not None and report.contents.missing == (content.name,)
    assert report.problem is not None and report.problem.first == 19
    assert f"nội dung {content.name} trong kho đã mất mà không có sự kiện xóa" in report_sentence(report)


def test_a_content_that_was_erased_by_an_event_is_told_and_no_fault(sample: SampleLog) -> None:
    (content,) = [path for path in (sample.folder / "vault").rglob("*") if path.is_file()]
    log = sample.open()
    reason = FolderVault(sample.folder / "vault").store("Trả lại giấy tờ".encode(), "text/plain")
    reference = {"digest": reason.digest, "size": reason.size, "media_type": reason.media_type}
    erased = Draft("content.erased/1", {"digest": content.name, "decision": None, "reason": reference})
    log.append([Change(f"content-{content.name}", 0, (erased,))], meta("xóa"))
    log.close()
    report = verify_log(sample.source)
    assert report.ok and f"nội dung {content.name} đã được xóa nhưng lại có" in report_sentence(report)
    content.unlink()
    report = verify_log(sample.source)
    assert report.ok and "1 nội dung trong kho đã được xóa theo sự kiện xóa" in report_sentence(report)


def _without_counts(report: Report) -> object:
    return report.problem, report.count, report.root, report.commits


def _append_unknown(sample: SampleLog) -> None:
    log = sample.open()
    log.append([Change("item-5", 3, (Draft("item.sung/9", {}),))], meta("loại lạ"))
    log.close()


@only_sqlite
def test_the_file_is_not_touched(sample: SampleLog) -> None:
    before = (sample.folder / "events.db").read_bytes()
    verify_log(sample.source, all_checkpoints=True)
    assert (sample.folder / "events.db").read_bytes() == before
    connection = sqlite3.connect(sample.folder / "events.db")
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
