"""Receipts as files: their form, and that another implementation follows them."""

from collections.abc import Iterator

import pytest
from eventlog.conftest import SampleLog
from support.c2sp import open_receipt

from cchc_flow.errors import BadInput, NotFound
from cchc_flow.eventlog.receipt_files import issue_receipt, parse_receipt
from cchc_flow.eventlog.sqlite import SqliteLog

SIZE = 29


@pytest.fixture
def log(sample: SampleLog) -> Iterator[SqliteLog]:
    log = sample.open()
    yield log
    log.close()


def test_the_receipt_of_every_event_is_followed_by_a_reader_that_nobody_here_wrote(log: SqliteLog) -> None:
    for position in range(1, SIZE + 1):
        text = issue_receipt(log, position).text()
        assert open_receipt(text, log.body(position), log.verifier_key()) == position - 1


def test_a_receipt_carries_the_body_so_that_it_needs_nothing_beside_it(log: SqliteLog) -> None:
    receipt = parse_receipt(issue_receipt(log, 19).text().encode())
    assert receipt.body == log.body(19)
    assert receipt == issue_receipt(log, 19)


def test_the_receipt_of_a_withheld_event_has_only_hashes(log: SqliteLog) -> None:
    receipt = issue_receipt(log, 19, withheld=True)
    assert receipt.body is None and len(receipt.extra) == 32
    assert open_receipt(receipt.text(), log.body(19), log.verifier_key()) == 18
    assert parse_receipt(receipt.text().encode()) == receipt


def test_what_mail_does_to_a_receipt_is_forgiven(log: SqliteLog) -> None:
    text = issue_receipt(log, 3).text()
    assert parse_receipt(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()).text() == text


def test_there_is_no_receipt_of_an_event_that_never_was(log: SqliteLog) -> None:
    with pytest.raises(NotFound):
        issue_receipt(log, SIZE + 1)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("c2sp.org/tlog-proof@v1", "c2sp.org/tlog-proof@v2"),
        ("index 2", "index 02"),
        ("index 2", "index -2"),
        ("index 2", "index ٢"),
        ("index 2", "place 2"),
        ("extra ", "extra  "),
        ("extra ", "extra !"),
        ("\n\n", "\n"),
    ],
)
def test_a_receipt_in_another_form_is_none(log: SqliteLog, old: str, new: str) -> None:
    text = issue_receipt(log, 3).text()
    assert old in text
    with pytest.raises(BadInput):
        parse_receipt(text.replace(old, new, 1).encode())


def test_any_bytes_are_told_to_be_no_receipt() -> None:
    for content in (b"", b"\n\n", b"\xff" * 100, b"c2sp.org/tlog-proof@v1\n\n", b"c2sp.org/tlog-proof@v1"):
        with pytest.raises(BadInput):
            parse_receipt(content)
