"""What is stored for each person beside the log: read marks, mail preferences, calendar feeds."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from accounts.conftest import AccountsHome

from cchc_flow.accounts.personal import PersonalStore
from cchc_flow.errors import MissingData

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.fixture
def personal(home: AccountsHome) -> PersonalStore:
    return PersonalStore(home.open())


def test_what_was_read_stays_read_whatever_comes_in_whichever_order(personal: PersonalStore) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda position: personal.mark_read("lan", position), [3, 9, 1, 7, 9, 2]))
    assert (personal.last_read_position("lan"), personal.last_read_position("binh")) == (9, 0)


def test_what_was_sent_stays_sent(personal: PersonalStore) -> None:
    personal.save_mail_preferences("lan", "lan@xa.vn", ["reminded"], 5)
    for position in (8, 6):
        personal.record_mailed_position("lan", position)
    assert personal.mail_preferences("lan").mailed == 8
    personal.save_mail_preferences("lan", "lan.tran@xa.vn", ["reminded"], 20)
    assert personal.mail_preferences("lan").mailed == 8


def test_nothing_is_kept_of_what_is_refused(personal: PersonalStore) -> None:
    with pytest.raises(MissingData):
        personal.save_mail_preferences("lan", "lan@", ["reminded"], 5)
    assert personal.mail_subscribers() == {}


def test_each_secret_opens_the_calendar_of_its_owner_until_another_is_made(personal: PersonalStore) -> None:
    first, other = personal.create_feed_secret("lan", NOW), personal.create_feed_secret("binh", NOW)
    assert [personal.find_feed_owner(secret) for secret in (first, other, "", "x")] == [
        "lan",
        "binh",
        None,
        None,
    ]
    second = personal.create_feed_secret("lan", NOW)
    assert [personal.find_feed_owner(secret) for secret in (first, second)] == [None, "lan"]
    personal.delete_feed("lan")
    assert (personal.find_feed_owner(second), personal.feed_creation_time("lan")) == (None, None)
    assert personal.feed_creation_time("binh") == NOW.isoformat(timespec="microseconds")
