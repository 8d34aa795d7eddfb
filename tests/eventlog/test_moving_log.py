"""A log that is copied from any home into a file is the same log there."""

from pathlib import Path

import pytest
from eventlog.appending import append_steps
from eventlog.conftest import SampleLog
from eventlog.verification.conftest import home, original_in_database, sample

from cchc_flow.errors import BadInput, LogBroken
from cchc_flow.eventlog.moving_log import copy_log_to_folder
from cchc_flow.eventlog.verification.source import FolderSource
from cchc_flow.eventlog.verification.verify import verify_log

__all__ = ["home", "original_in_database", "sample"]


def test_the_copy_verifies_with_the_same_root_and_goes_on_as_the_log(
    sample: SampleLog, tmp_path: Path
) -> None:
    report = verify_log(sample.source, all_checkpoints=True)
    copied = SampleLog(tmp_path / "copied")
    assert copy_log_to_folder(sample.source, copied.folder) == 29
    (copied.folder / "vault").symlink_to(sample.folder / "vault")
    again = verify_log(copied.source, checkpoint=report.newest, key=sample.key, all_checkpoints=True)
    assert again.ok and (again.root, again.commits, again.newest) == (report.root, 18, report.newest)
    copied.private.parent.mkdir(parents=True)
    copied.private.symlink_to(sample.private)
    copied.clock.at = sample.clock.at
    log = copied.open()
    append_steps(log, "item-9", 0, "ở nhà mới")
    log.close()
    assert verify_log(FolderSource(copied.folder), checkpoint=report.newest).ok


def test_a_log_that_is_there_is_not_written_over(sample: SampleLog, tmp_path: Path) -> None:
    copy_log_to_folder(sample.source, tmp_path / "copied")
    with pytest.raises(BadInput, match="Đã có nhật ký"):
        copy_log_to_folder(sample.source, tmp_path / "copied")


def test_a_commit_that_waits_for_its_seal_is_not_copied_without_it(sample: SampleLog, tmp_path: Path) -> None:
    with sample.attack() as connection:
        connection.execute("UPDATE events SET seal = NULL WHERE position = 20")
    with pytest.raises(LogBroken, match="từ vị trí 20 chưa có dấu niêm phong"):
        copy_log_to_folder(sample.source, tmp_path / "copied")


def test_while_others_write_the_copy_ends_before_the_first_commit_without_its_seal(
    sample: SampleLog, tmp_path: Path
) -> None:
    with sample.attack() as connection:
        connection.execute("UPDATE events SET seal = NULL WHERE position IN (20, 29)")
    assert copy_log_to_folder(sample.source, tmp_path / "copied", while_written=True) == 19
    (tmp_path / "copied" / "vault").symlink_to(sample.folder / "vault")
    report = verify_log(FolderSource(tmp_path / "copied"), all_checkpoints=True)
    assert report.ok and report.count == 19
