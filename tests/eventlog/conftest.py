"""A sample log of a few days: commits of one and of many events, a content, and a key rotation."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from eventlog.appending import START, Clock, append_steps, meta, step
from eventlog.forging import open_without_triggers

from cchc_flow.eventlog import opening
from cchc_flow.eventlog.folder_vault import FolderVault
from cchc_flow.eventlog.keys import folder_keys
from cchc_flow.eventlog.note import Signer
from cchc_flow.eventlog.port import Change, Draft, EventLog
from cchc_flow.eventlog.verification.source import FolderSource, LogSource


class SampleLog:
    """The folders of one workspace; `fill` writes the sample log, whose vault has one content.

    Positions: 1 opened · 2-13 one commit · 14-18 single · 19 a content · 20-29 single on later days.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder, self.private = root / "ea-thu", root / "private" / "ea-thu"
        self.clock = Clock()

    @property
    def source(self) -> LogSource:
        """Where the log is verified from."""
        return FolderSource(self.folder)

    def attack(self, *, checks: bool = True) -> AbstractContextManager[Any]:
        """Give a connection for who has the file or the owner's password, and not the key."""
        return open_without_triggers(self.folder, checks=checks)

    def clear(self) -> None:
        """Take away everything, as if there never had been a log."""
        shutil.rmtree(self.root)

    def open(self) -> EventLog:
        return opening.create_log(
            self.folder,
            self.private,
            workspace="ea-thu",
            name="Xã Ea Thử",
            demo=False,
            time=START,
            now=self.clock,
        )

    def fill(self) -> None:
        log = self.open()
        many = [Change(f"item-{n}", 0, (step(f"mở việc {n}"), step(f"giao việc {n}"))) for n in range(6)]
        log.append(many, meta("nhập kế hoạch"))
        for number in range(5):
            append_steps(log, "item-0", 2 + number, f"tiến độ {number}")
        content = FolderVault(self.folder / "vault").store("Thiếu chữ ký".encode(), "text/plain")
        reason = {"digest": content.digest, "size": content.size, "media_type": content.media_type}
        data = {"from": "submitted", "to": "in_progress", "reason": reason, "defects": 1}
        log.append([Change("item-1", 2, (Draft("item.returned/1", data),))], meta("trả lại"))
        for day in range(10):
            self.clock.at += timedelta(hours=9)
            append_steps(log, "item-2", 2 + day, f"ngày {day}")
        log.close()

    @property
    def signer(self) -> Signer:
        log = self.open()
        key = log.verifier_key()
        log.close()
        return folder_keys(self.private).signer(key)

    @property
    def key(self) -> str:
        return str(self.signer.verifier_key)

    @property
    def checkpoint(self) -> str:
        log = self.open()
        note = log.checkpoint()
        log.close()
        return note


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> SampleLog:
    sample = SampleLog(tmp_path_factory.mktemp("original") / "data")
    sample.fill()
    return sample


@pytest.fixture
def sample(original: SampleLog, tmp_path: Path) -> SampleLog:
    """A copy of the sample log that a test may damage."""
    shutil.copytree(original.root, tmp_path / "data")
    copy = SampleLog(tmp_path / "data")
    copy.clock.at = original.clock.at
    return copy


@pytest.fixture
def rotated(sample: SampleLog) -> Iterator[Callable[[], SampleLog]]:
    def rotate() -> SampleLog:
        log = sample.open()
        log.rotate_key(meta("thay khóa"))
        append_steps(log, "item-3", 2, "sau khi thay khóa")
        log.close()
        return sample

    yield rotate
