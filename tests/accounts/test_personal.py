"""What each person chose and saw, beside the log."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cchc_flow.accounts.personal import PersonalStore
from cchc_flow.accounts.store import AccountsDatabase
from cchc_flow.errors import MissingData

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.fixture
def personal(tmp_path: Path) -> PersonalStore:
    return PersonalStore(AccountsDatabase(tmp_path))


def test_what_was_read_stays_read_whatever_comes_in_whichever_order(personal: PersonalStore) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda position: personal.mark_read("lan", position), [3, 9, 1, 7, 9, 2]))
    assert (personal.read_upto("lan"), personal.read_upto("binh")) == (9, 0)


def test_what_was_sent_stays_sent(personal: PersonalStore) -> None:
    personal.choose_mail("lan", "lan@xa.vn", ["reminded"], 5)
    for position in (8, 6):
        personal.note_mailed("lan", position)
    assert personal.mailing("lan").mailed == 8
    personal.choose_mail("lan", "lan.tran@xa.vn", ["reminded"], 20)
    assert personal.mailing("lan").mailed == 8


def test_nothing_is_kept_of_what_is_refused(personal: PersonalStore) -> None:
    with pytest.raises(MissingData):
        personal.choose_mail("lan", "lan@", ["reminded"], 5)
    assert personal.wanting_mail() == {}


def test_each_secret_opens_the_calendar_of_its_owner_until_another_is_made(personal: PersonalStore) -> None:
    first, other = personal.make_feed("lan", NOW), personal.make_feed("binh", NOW)
    assert [personal.feed_of(one) for one in (first, other, "", "x")] == ["lan", "binh", None, None]
    second = personal.make_feed("lan", NOW)
    assert [personal.feed_of(one) for one in (first, second)] == [None, "lan"]
    personal.end_feed("lan")
    assert (personal.feed_of(second), personal.feed_made("lan")) == (None, None)
    assert personal.feed_made("binh") == NOW.isoformat(timespec="microseconds")
