"""A log can be verified where nothing can be written, with or without the files of its WAL."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from eventlog.appending import append_steps
from eventlog.conftest import SampleLog

VERIFY = """
import os, sys, tempfile
from pathlib import Path
from cchc_flow.eventlog import catalogue
from cchc_flow.eventlog.verification.report import report_sentence
from cchc_flow.eventlog.verification.verify import verify_log
catalogue.event_names()
if os.geteuid() == 0:
    os.setuid(65534)
report = verify_log(Path(sys.argv[1]))
print(report.count, report_sentence(report))
"""


@pytest.fixture
def home() -> str:
    """What these tests do, they do to a file."""
    return "sqlite"


@pytest.mark.parametrize("left", [(), ("-wal",), ("-wal", "-shm")], ids=["no WAL", "WAL", "WAL and index"])
def test_a_log_is_verified_in_a_folder_that_cannot_be_written(
    sample: SampleLog, tmp_path: Path, left: tuple[str]
) -> None:
    log = sample.open()
    append_steps(log, "item-5", 2, "còn trong WAL")
    disc = tmp_path / "disc"
    disc.mkdir()
    if not left:
        log.close()
    for suffix in ("", *left):
        shutil.copy(sample.folder / f"events.db{suffix}", disc)
    shutil.copytree(sample.folder / "vault", disc / "vault")
    log.close()
    assert _verified(disc).startswith("30 Nhật ký nguyên vẹn")
    assert {path.name for path in disc.iterdir()} == {
        "vault",
        *(f"events.db{suffix}" for suffix in ("", *left)),
    }


def _verified(disc: Path) -> str:
    """Verify as somebody who may only read: the superuser could write even there."""
    _open_the_way(disc)
    for path in disc.rglob("*"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    disc.chmod(0o555)
    command = [sys.executable, "-c", VERIFY, str(disc)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    disc.chmod(0o755)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _open_the_way(disc: Path) -> None:
    for folder in disc.parents[:5]:
        if folder.stat().st_uid == os.geteuid() and folder.name.startswith(
            ("pytest", "popen", "test_", "disc")
        ):
            folder.chmod(0o755)
