"""A log that grows, a witness that knows it, and the way between them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from eventlog.appending import Clock, append_steps
from eventlog.conftest import SampleLog

from cchc_flow.eventlog.note import VerifierKey
from cchc_flow.eventlog.sqlite import SqliteLog
from cchc_flow.eventlog.witnesses.witness import Witness


@pytest.fixture
def sample(tmp_path: Path) -> SampleLog:
    return SampleLog(tmp_path)


@pytest.fixture
def log(sample: SampleLog) -> SqliteLog:
    """A log of four events."""
    log = sample.open()
    append_steps(log, "item-1", 0, "một", "hai", "ba")
    return log


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def witness(tmp_path: Path, clock: Clock, log: SqliteLog) -> Witness:
    """A witness that knows the log and has seen nothing of it."""
    witness = Witness.create(tmp_path / "witness", "thanh-tra.example", clock)
    witness.watch(VerifierKey.parse(log.verifier_key()))
    return witness


@pytest.fixture
def post(witness: Witness) -> Callable[[str], tuple[int, str]]:
    """What carries a request to the witness without a network."""

    def carry(text: str) -> tuple[int, str]:
        answer = witness.answer(text)
        return answer.status, answer.text

    return carry
