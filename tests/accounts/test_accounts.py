"""Passwords, sessions and the throttling of sign-in attempts."""

import stat
import threading
import time
import unicodedata
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from accounts.conftest import AccountsHome
from argon2 import PasswordHasher

from cchc_flow.accounts import Accounts, Client, TooManyAttempts, WrongPassword, password_fault, throttle
from cchc_flow.accounts.passwords import random_password
from cchc_flow.accounts.store import FolderAccounts
from cchc_flow.accounts.throttle import ADDRESS_LIMIT, BESIEGED_LIMIT, LOGIN_LIMIT, PAIR_LIMIT
from cchc_flow.errors import MissingData

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
DESK = Client("10.0.0.5", "Firefox")
ELSEWHERE = Client("203.0.113.9", "curl")
PASSWORD = "lúa chín đồng xa"
TABLES = ("delays", "sessions", "refusals")


class CountingHasher(PasswordHasher):
    """A quick hasher that counts how often a password is compared."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.compared = 0

    def verify(self, *args: object) -> bool:
        self.compared += 1
        return super().verify(*args)


@pytest.fixture
def hasher() -> CountingHasher:
    return CountingHasher()


@pytest.fixture
def accounts(home: AccountsHome, hasher: CountingHasher) -> Accounts:
    accounts = Accounts(home.open(), hasher)
    accounts.set_password("hoa", PASSWORD, NOW)
    return accounts


def enter_wrong_passwords(
    accounts: Accounts, times: int, login: str = "hoa", client: Client = ELSEWHERE, now: datetime = NOW
) -> None:
    for _ in range(times):
        with pytest.raises(WrongPassword):
            accounts.verify_password(login, "sai mật khẩu", client, now)


def test_the_right_password_is_accepted(accounts: Accounts) -> None:
    assert accounts.verify_password("hoa", PASSWORD, DESK, NOW)


def test_a_password_typed_on_another_keyboard_is_the_same_password(accounts: Accounts) -> None:
    assert accounts.verify_password("hoa", unicodedata.normalize("NFD", PASSWORD), DESK, NOW)


def test_an_unknown_login_hears_the_words_of_a_wrong_password(accounts: Accounts) -> None:
    with pytest.raises(WrongPassword) as unknown:
        accounts.verify_password("nobody", PASSWORD, DESK, NOW)
    with pytest.raises(WrongPassword) as wrong:
        accounts.verify_password("hoa", "sai mật khẩu", DESK, NOW)
    assert str(unknown.value) == str(wrong.value)


def test_an_unknown_login_costs_the_work_of_a_known_one(accounts: Accounts, hasher: CountingHasher) -> None:
    enter_wrong_passwords(accounts, 1, "nobody")
    assert hasher.compared == 1


def test_passwords_are_kept_as_argon2id_with_64_mib(home: AccountsHome) -> None:
    Accounts(home.open()).set_password("hoa", PASSWORD, NOW)
    assert b"$argon2id$v=19$m=65536," in home.stored()


def test_only_the_owner_reads_the_file(tmp_path: Path) -> None:
    Accounts(FolderAccounts(tmp_path)).has_password("hoa")
    assert stat.S_IMODE((tmp_path / "accounts.db").stat().st_mode) == 0o600


def test_the_token_of_a_session_is_not_in_the_file(accounts: Accounts, home: AccountsHome) -> None:
    token = accounts.start_session("hoa", DESK, NOW)
    assert token.encode() not in home.stored()


def test_a_token_opens_its_session(accounts: Accounts) -> None:
    session = accounts.find_session(accounts.start_session("hoa", DESK, NOW), NOW)
    assert session is not None
    assert (session.person, session.address, session.browser) == ("hoa", "10.0.0.5", "Firefox")


def test_another_token_opens_nothing(accounts: Accounts) -> None:
    accounts.start_session("hoa", DESK, NOW)
    assert accounts.find_session("made-up", NOW) is None


def test_a_session_ends_after_twelve_hours_without_use(accounts: Accounts) -> None:
    token = accounts.start_session("hoa", DESK, NOW)
    assert accounts.find_session(token, NOW + timedelta(hours=11, minutes=59)) is not None
    assert accounts.find_session(token, NOW + timedelta(hours=24)) is None


def test_a_session_in_use_ends_after_a_week(accounts: Accounts) -> None:
    token = accounts.start_session("hoa", DESK, NOW)
    held = [accounts.find_session(token, NOW + timedelta(hours=6 * step)) is not None for step in range(30)]
    assert held == [step < 28 for step in range(30)]


def test_an_ended_session_opens_nothing(accounts: Accounts) -> None:
    token = accounts.start_session("hoa", DESK, NOW)
    session = accounts.find_session(token, NOW)
    assert session is not None
    accounts.end_session("hoa", session.id, NOW)
    assert accounts.find_session(token, NOW) is None


def test_nobody_ends_the_session_of_another(accounts: Accounts) -> None:
    token = accounts.start_session("hoa", DESK, NOW)
    session = accounts.find_session(token, NOW)
    assert session is not None
    accounts.end_session("lan", session.id, NOW)
    assert accounts.find_session(token, NOW) is not None


def test_all_sessions_but_one_can_be_ended(accounts: Accounts) -> None:
    tokens = [accounts.start_session("hoa", DESK, NOW) for _ in range(3)]
    kept = accounts.find_session(tokens[1], NOW)
    assert kept is not None
    accounts.end_all_sessions("hoa", NOW, except_for=kept.id)
    assert [accounts.find_session(token, NOW) is not None for token in tokens] == [False, True, False]


def test_a_temporary_password_must_be_changed(accounts: Accounts) -> None:
    accounts.verify_password("lan", accounts.issue_temporary_password("lan", NOW), DESK, NOW)
    session = accounts.find_session(accounts.start_session("lan", DESK, NOW), NOW)
    assert session is not None and session.must_change


def test_a_password_of_ones_own_need_not_be_changed(accounts: Accounts) -> None:
    accounts.issue_temporary_password("lan", NOW)
    accounts.set_password("lan", "gió lên từ sông", NOW)
    session = accounts.find_session(accounts.start_session("lan", DESK, NOW), NOW)
    assert session is not None and not session.must_change


def test_a_temporary_password_is_worth_nothing_after_a_week(accounts: Accounts) -> None:
    password = accounts.issue_temporary_password("lan", NOW)
    with pytest.raises(WrongPassword):
        accounts.verify_password("lan", password, DESK, NOW + timedelta(days=7))


def test_a_new_temporary_password_ends_the_sessions(accounts: Accounts) -> None:
    token = accounts.start_session("hoa", DESK, NOW)
    accounts.issue_temporary_password("hoa", NOW)
    assert accounts.find_session(token, NOW) is None


def test_the_eleventh_try_in_a_quarter_of_an_hour_is_not_heard(accounts: Accounts) -> None:
    enter_wrong_passwords(accounts, 10)
    with pytest.raises(TooManyAttempts, match="8 giờ 15 ngày 02/03/2026"):
        accounts.verify_password("hoa", PASSWORD, ELSEWHERE, NOW)


def test_tries_are_heard_again_after_a_quarter_of_an_hour(accounts: Accounts) -> None:
    enter_wrong_passwords(accounts, PAIR_LIMIT)
    assert accounts.verify_password("hoa", PASSWORD, ELSEWHERE, NOW + timedelta(minutes=15))


def test_tries_that_are_not_heard_do_not_prolong_the_wait(accounts: Accounts) -> None:
    enter_wrong_passwords(accounts, PAIR_LIMIT)
    for minute in range(15):
        with pytest.raises(TooManyAttempts):
            accounts.verify_password("hoa", "sai mật khẩu", ELSEWHERE, NOW + timedelta(minutes=minute))
    assert accounts.verify_password("hoa", PASSWORD, ELSEWHERE, NOW + timedelta(minutes=15))


def test_a_stranger_who_guesses_does_not_keep_the_person_out(accounts: Accounts) -> None:
    accounts.start_session("hoa", DESK, NOW - timedelta(days=3))
    for number in range(LOGIN_LIMIT // PAIR_LIMIT):
        enter_wrong_passwords(accounts, PAIR_LIMIT, client=Client(f"203.0.113.{number}"))
    assert accounts.verify_password("hoa", PASSWORD, DESK, NOW)


def besiege(accounts: Accounts) -> None:
    for number in range(LOGIN_LIMIT // PAIR_LIMIT):
        enter_wrong_passwords(accounts, PAIR_LIMIT, client=Client(f"203.0.113.{number}"))


def test_guessing_one_login_from_many_addresses_leaves_each_of_them_few_tries(accounts: Accounts) -> None:
    besiege(accounts)
    for number in range(100, 105):
        enter_wrong_passwords(accounts, BESIEGED_LIMIT, client=Client(f"203.0.113.{number}"))
        with pytest.raises(TooManyAttempts):
            accounts.verify_password("hoa", PASSWORD, Client(f"203.0.113.{number}"), NOW)


def test_whoever_guesses_from_wherever_the_person_gets_in_from_an_address_never_seen(
    accounts: Accounts,
) -> None:
    besiege(accounts)
    assert accounts.verify_password("hoa", PASSWORD, Client("198.51.100.7"), NOW)


def test_who_goes_on_guessing_waits_twice_as_long_each_time_up_to_four_hours(accounts: Accounts) -> None:
    moment, waits = NOW, []
    for _ in range(7):
        enter_wrong_passwords(accounts, PAIR_LIMIT, now=moment)
        with pytest.raises(TooManyAttempts) as refused:
            accounts.verify_password("hoa", PASSWORD, ELSEWHERE, moment)
        waits.append((refused.value.until - moment) // timedelta(minutes=1))
        moment = refused.value.until
    assert waits == [15, 30, 60, 120, 240, 240, 240]


def test_after_a_day_without_guesses_the_first_wait_is_short_again(accounts: Accounts) -> None:
    enter_wrong_passwords(accounts, PAIR_LIMIT)
    later = NOW + timedelta(days=1)
    enter_wrong_passwords(accounts, PAIR_LIMIT, now=later)
    with pytest.raises(TooManyAttempts) as refused:
        accounts.verify_password("hoa", PASSWORD, ELSEWHERE, later)
    assert refused.value.until == later + timedelta(minutes=15)


def test_mistakes_that_are_minutes_apart_run_out_and_delay_nobody(accounts: Accounts) -> None:
    for number in range(60):
        enter_wrong_passwords(accounts, 1, client=DESK, now=NOW + number * timedelta(minutes=2))


def test_a_colleague_at_the_address_of_who_guesses_gets_in_where_she_signed_in_before(
    accounts: Accounts,
) -> None:
    accounts.start_session("hoa", ELSEWHERE, NOW - timedelta(days=3))
    for number in range(ADDRESS_LIMIT):
        enter_wrong_passwords(accounts, 1, f"person{number}")
    assert accounts.verify_password("hoa", PASSWORD, ELSEWHERE, NOW)


@pytest.mark.parametrize("address", ["2001:db8:1:2:{}::1", "2001:db8:1:2::{}"])
def test_a_whole_network_of_one_subscriber_counts_as_one_address(accounts: Accounts, address: str) -> None:
    for number in range(PAIR_LIMIT):
        enter_wrong_passwords(accounts, 1, client=Client(address.format(number)))
    with pytest.raises(TooManyAttempts):
        accounts.verify_password("hoa", PASSWORD, Client(address.format("abc")), NOW)


def test_a_stranger_makes_the_accounts_grow_only_so_far(
    accounts: Accounts, monkeypatch: pytest.MonkeyPatch, home: AccountsHome
) -> None:
    monkeypatch.setattr(throttle, "MOST_KEPT", 20)
    for number in range(40):
        enter_wrong_passwords(accounts, 1, f"ai.do.{number}", Client(f"198.51.100.{number}"))
    sizes = [f"SELECT count(*) FROM {table}" for table in TABLES]  # noqa: S608  # fixed words
    assert [home.query(size)[0][0] for size in sizes] == [20, 0, 1]


def test_what_a_stranger_typed_as_login_is_not_stored(accounts: Accounts, home: AccountsHome) -> None:
    enter_wrong_passwords(accounts, 2, "mật.khẩu.gõ.nhầm.ô", Client("198.51.100.77"))
    assert "gõ.nhầm".encode() not in home.stored() and b"198.51.100.77" not in home.stored()


def test_guessing_many_logins_from_one_address_is_stopped(accounts: Accounts) -> None:
    for number in range(ADDRESS_LIMIT):
        enter_wrong_passwords(accounts, 1, f"person{number}")
    with pytest.raises(TooManyAttempts):
        accounts.verify_password("somebody", PASSWORD, ELSEWHERE, NOW)


def test_signing_in_forgets_the_failures_before_it(accounts: Accounts) -> None:
    enter_wrong_passwords(accounts, PAIR_LIMIT - 1, client=DESK)
    accounts.verify_password("hoa", PASSWORD, DESK, NOW)
    enter_wrong_passwords(accounts, PAIR_LIMIT - 1, client=DESK)


def test_guesses_at_the_same_moment_are_all_counted(accounts: Accounts, hasher: CountingHasher) -> None:
    def guess() -> None:
        with pytest.raises((WrongPassword, TooManyAttempts)):
            accounts.verify_password("hoa", "sai mật khẩu", ELSEWHERE, NOW)

    threads = [threading.Thread(target=guess) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert hasher.compared == PAIR_LIMIT


COMMON_PASSWORDS = (
    "1234567890",
    "qwertyuiop",
    "password123",
    "P@ssw0rd123",
    "iloveyou123",
    "matkhau123",
    "Mật khẩu 123",
    "anhyeuem2000",
    "Em yêu anh 99",
    "congchuc2026",
    "vietnam@1945",
    "abcdefghijk",
    "20262026202620",
    "0912345678",
    "Nguyen@123456",
)
NAMES = ("Nguyễn Văn An", "xã Krông Bình")


@pytest.mark.parametrize("password", COMMON_PASSWORDS)
def test_a_password_that_many_people_have_is_refused_in_a_sentence(password: str) -> None:
    fault = password_fault(password, "an.nguyen")
    assert fault is not None and fault.endswith(".")


@pytest.mark.parametrize(
    "password", ["krongbinh2026", "Krông Bình@1", "xakrongbinh1", "nguyenvanan90", "vanan123456"]
)
def test_names_that_others_know_make_no_password(password: str) -> None:
    assert password_fault(password, "an", NAMES) is not None


@pytest.mark.parametrize(
    "password",
    [
        PASSWORD,
        "gió lên từ sông",
        "lúa-chín-đồng-xa-42",
        "k7wv-m2xq-9hbd-t4rz",
        "bốn con trâu xanh Krông Bình",
    ],
)
def test_a_password_of_words_that_have_nothing_to_do_with_one_another_is_taken(password: str) -> None:
    assert password_fault(password, "an.nguyen", NAMES) is None


def test_the_longest_password_is_judged_quickly() -> None:
    began = time.monotonic()
    password_fault("mưa về trên núi " * 12, "an.nguyen", NAMES)
    assert time.monotonic() - began < 2


def test_a_random_password_is_never_too_weak() -> None:
    assert [password_fault(random_password(), "an.nguyen", NAMES) for _ in range(20)] == [None] * 20


def test_a_weak_password_that_was_set_long_ago_goes_on(
    accounts: Accounts, hasher: CountingHasher, home: AccountsHome
) -> None:
    home.query(f"UPDATE passwords SET hash = '{hasher.hash('1234567890')}'")  # noqa: S608  # ours
    assert accounts.verify_password("hoa", "1234567890", DESK, NOW)


@pytest.mark.parametrize("password", ["ngắn", "a" * 40, "ababababab", "an.nguyen2026", "x" * 201])
def test_a_password_that_is_easy_to_guess_is_refused_in_a_sentence(password: str) -> None:
    fault = password_fault(password, "an.nguyen")
    assert fault is not None and fault.endswith(".")


def test_a_weak_password_is_not_stored(accounts: Accounts) -> None:
    with pytest.raises(MissingData):
        accounts.set_password("hoa", "ngắn", NOW)
    assert accounts.verify_password("hoa", PASSWORD, DESK, NOW)


def test_who_signs_in_while_the_password_is_replaced_gets_no_session(accounts: Accounts) -> None:
    verified = accounts.verify_password("hoa", PASSWORD, DESK, NOW)
    accounts.issue_temporary_password("hoa", NOW)
    with pytest.raises(WrongPassword):
        accounts.start_session("hoa", DESK, NOW, verified)
    assert accounts.live_sessions("hoa", NOW) == []


def test_a_session_comes_with_what_pages_show_of_its_person_in_one_question(
    accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = accounts.start_session("hoa", DESK, NOW)
    for name in ("Việc của tôi", "Trễ hạn"):
        accounts.personal.views.save("hoa", name, "board", "late=1", NOW)
    accounts.personal.views.save("lan", "Của lan", "board", "", NOW)
    accounts.personal.mark_read("hoa", 5)
    accounts.personal.mark_item_read("hoa", "item-a", 9)
    accounts.personal.mark_item_read("lan", "item-b", 8)
    alone = accounts.find_session(token, NOW)
    questions: list[str] = []
    ask = accounts._database.fetch_all
    monkeypatch.setattr(
        accounts._database, "fetch_all", lambda sql, *values: questions.append(sql) or ask(sql, *values)
    )
    found = accounts.find_session_with_personal(token, NOW)
    assert len(questions) == 1
    assert found is not None
    session, personal = found
    assert session == alone
    assert (personal.read_upto, personal.items_read) == (5, {"item-a": 9})
    assert [view.name for view in personal.views] == ["Việc của tôi", "Trễ hạn"]


def test_what_is_shown_of_a_person_does_not_come_without_a_live_session(accounts: Accounts) -> None:
    token = accounts.start_session("hoa", DESK, NOW)
    accounts.personal.mark_read("hoa", 5)
    assert accounts.find_session_with_personal("made-up", NOW) is None
    assert accounts.find_session_with_personal(token, NOW + timedelta(hours=24)) is None
    session = accounts.find_session(token, NOW)
    assert session is not None
    accounts.end_session("hoa", session.id, NOW)
    assert accounts.find_session_with_personal(token, NOW) is None
