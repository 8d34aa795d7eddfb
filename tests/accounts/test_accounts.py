"""Passwords, sessions and the throttling of sign-in attempts."""

import stat
import threading
import unicodedata
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from cchc_flow.accounts import Accounts, Client, TooManyAttempts, WrongPassword, password_fault
from cchc_flow.accounts.throttle import ADDRESS_LIMIT, LOGIN_LIMIT, PAIR_LIMIT
from cchc_flow.errors import MissingData

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
DESK = Client("10.0.0.5", "Firefox")
ELSEWHERE = Client("203.0.113.9", "curl")
PASSWORD = "lúa chín đồng xa"


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
def accounts(tmp_path: Path, hasher: CountingHasher) -> Accounts:
    accounts = Accounts(tmp_path, hasher)
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


def test_passwords_are_kept_as_argon2id_with_64_mib(tmp_path: Path) -> None:
    Accounts(tmp_path).set_password("hoa", PASSWORD, NOW)
    assert b"$argon2id$v=19$m=65536," in stored(tmp_path)


def test_only_the_owner_reads_the_file(accounts: Accounts, tmp_path: Path) -> None:
    assert stat.S_IMODE((tmp_path / "accounts.db").stat().st_mode) == 0o600


def test_the_token_of_a_session_is_not_in_the_file(accounts: Accounts, tmp_path: Path) -> None:
    token = accounts.start_session("hoa", DESK, NOW)
    assert token.encode() not in stored(tmp_path)


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


def test_guessing_one_login_from_many_addresses_is_stopped(accounts: Accounts) -> None:
    for number in range(LOGIN_LIMIT // PAIR_LIMIT):
        enter_wrong_passwords(accounts, PAIR_LIMIT, client=Client(f"203.0.113.{number}"))
    with pytest.raises(TooManyAttempts):
        accounts.verify_password("hoa", PASSWORD, Client("203.0.113.77"), NOW)


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


@pytest.mark.parametrize("password", ["ngắn", "a" * 40, "ababababab", "an.nguyen2026", "x" * 201])
def test_a_password_that_is_easy_to_guess_is_refused_in_a_sentence(password: str) -> None:
    fault = password_fault(password, "an.nguyen")
    assert fault is not None and fault.endswith(".")


def test_a_weak_password_is_not_stored(accounts: Accounts) -> None:
    with pytest.raises(MissingData):
        accounts.set_password("hoa", "ngắn", NOW)
    assert accounts.verify_password("hoa", PASSWORD, DESK, NOW)


def stored(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())


def test_who_signs_in_while_the_password_is_replaced_gets_no_session(accounts: Accounts) -> None:
    verified = accounts.verify_password("hoa", PASSWORD, DESK, NOW)
    accounts.issue_temporary_password("hoa", NOW)
    with pytest.raises(WrongPassword):
        accounts.start_session("hoa", DESK, NOW, verified)
    assert accounts.live_sessions("hoa", NOW) == []
