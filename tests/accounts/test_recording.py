"""Who came in under whose name is history too: what happens to accounts enters the log."""

import contextlib
from typing import Any

import pytest
from sqlite_utils.utils import sqlite3
from support.visitors import PASSWORD, QUICK
from support.world import ASSIGN, TASK, World

from cchc_flow import commands
from cchc_flow.accounts import Accounts, By, Client, TooManyAttempts, WrongPassword
from cchc_flow.accounts.opening import open_accounts
from cchc_flow.accounts.recording import record_access
from cchc_flow.audit.sentences import event_sentence
from cchc_flow.errors import LogBroken
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.projections import access, notices

OFFICE = Client("10.0.0.5", "Firefox")


@pytest.fixture
def accounts(world: World) -> Accounts:
    accounts = open_accounts(world.ws, QUICK)
    accounts.set_password("lan", PASSWORD, world.time)
    return accounts


def recorded(world: World, accounts: Accounts) -> list[RecordedEvent]:
    """Record what waits, and return all events about accounts."""
    record_access(world.ws, accounts)
    return [event for event in world.ws.log.read_events() if event.type.startswith("access.")]


def facts(world: World, accounts: Accounts) -> list[tuple[str, str, dict[str, Any]]]:
    """Return the events about accounts: fact, actor, data without the person."""
    return [
        (
            event.type.removeprefix("access.").removesuffix("/1"),
            event.actor,
            {name: value for name, value in event.data.items() if name not in ("person", "client")},
        )
        for event in recorded(world, accounts)
    ]


def try_to_sign_in(world: World, accounts: Accounts, login: str, times: int = 1) -> None:
    for _ in range(times):
        with pytest.raises((WrongPassword, TooManyAttempts)):
            accounts.verify_password(login, "sai-mật-khẩu", OFFICE, world.time)


def test_a_password_a_sign_in_and_a_sign_out_are_events_of_the_person(
    world: World, accounts: Accounts
) -> None:
    verified = accounts.verify_password("lan", PASSWORD, OFFICE, world.time)
    accounts.start_session("lan", OFFICE, world.time, verified)
    accounts.sign_out("lan", 1, world.time)
    accounts.sign_out("lan", 1, world.time)  # a second time changes nothing
    assert facts(world, accounts) == [
        ("password_set", "lan", {"temporary": False, "first": True}),
        ("signed_in", "lan", {"session": 1}),
        ("signed_out", "lan", {"session": 1}),
    ]
    assert {event.channel for event in recorded(world, accounts)} == {"web"}


def test_the_address_lies_in_the_vault_and_can_be_erased(world: World, accounts: Accounts) -> None:
    accounts.start_session("lan", OFFICE, world.time)
    signed_in = recorded(world, accounts)[-1]
    assert "10.0.0.5" not in world.ws.log.body(signed_in.position).decode()
    digest = signed_in.data["client"]["digest"]
    assert world.ws.vault.load(digest) == b"10.0.0.5\nFirefox"
    assert world.ws.vault.erase(digest)


def test_a_reset_says_who_did_it_and_which_sessions_it_ended(world: World, accounts: Accounts) -> None:
    accounts.start_session("lan", OFFICE, world.time)
    accounts.start_session("lan", OFFICE, world.time)
    accounts.issue_temporary_password("lan", world.time, by=By("quan", "web"))
    assert facts(world, accounts)[-2:] == [
        ("password_set", "quan", {"temporary": True, "first": False}),
        ("sessions_ended", "quan", {"sessions": [1, 2]}),
    ]


def test_wrong_passwords_of_an_hour_are_one_event_with_their_count(world: World, accounts: Accounts) -> None:
    try_to_sign_in(world, accounts, "lan", 3)
    assert [fact for fact, *_ in facts(world, accounts)] == ["password_set"]
    world.wait(hours=1)
    try_to_sign_in(world, accounts, "lan", 2)
    since = "2026-03-02T01:00:00.000000Z"
    assert facts(world, accounts)[1:] == [("refused", "system:clock", {"since": since, "count": 3})]
    world.wait(hours=1)
    assert [data.get("count") for _, _, data in facts(world, accounts)[1:]] == [3, 2]


def test_names_that_nobody_has_are_one_number_a_day(world: World, accounts: Accounts) -> None:
    for login in ("root", "admin", "sa", "root"):
        try_to_sign_in(world, accounts, login)
    world.wait(days=1)
    found = facts(world, accounts)[1:]
    assert found == [("unknown_refused", "system:clock", {"day": "2026-03-02", "count": 4})]
    assert b"root" not in b"".join(world.ws.log.body(event.position) for event in recorded(world, accounts))


def test_a_lockout_is_told_once_however_often_it_is_tried(world: World, accounts: Accounts) -> None:
    try_to_sign_in(world, accounts, "lan", 14)
    locked = [data for fact, _, data in facts(world, accounts) if fact == "locked"]
    assert locked == [{"until": "2026-03-02T01:15:00.000000Z"}]


def test_who_guesses_all_day_from_many_addresses_makes_the_log_grow_by_two_events_an_hour(
    world: World, accounts: Accounts
) -> None:
    for quarter in range(16):
        for number in range(3):
            stranger = Client(f"203.0.113.{3 * quarter + number}", "curl")
            for _ in range(11):
                with contextlib.suppress(WrongPassword, TooManyAttempts):
                    accounts.verify_password("lan", "sai mật khẩu", stranger, world.time)
        record_access(world.ws, accounts)
        world.wait(minutes=15)
    kinds = [fact for fact, *_ in facts(world, accounts)[1:]]
    assert (kinds.count("locked"), kinds.count("refused")) == (4, 4)


def test_a_calendar_that_is_read_all_day_is_told_once_a_day(world: World, accounts: Accounts) -> None:
    for _ in range(3):
        accounts.facts.add_feed_use("lan", world.time)
    world.wait(days=1)
    accounts.facts.add_feed_use("lan", world.time)
    days = [data["day"] for fact, _, data in facts(world, accounts) if fact == "feed_used"]
    assert days == ["2026-03-02", "2026-03-03"]


@pytest.mark.parametrize(
    "error",
    [
        LogBroken("Nhật ký không ghi được.", "Hãy thử lại."),
        OSError("no space left on device"),
        sqlite3.OperationalError("disk I/O error"),
    ],
    ids=["the log", "the disk", "the database"],
)
def test_a_log_that_cannot_be_written_keeps_nobody_out_and_loses_nothing(
    world: World, accounts: Accounts, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def refuse(*_: object) -> None:
        raise error

    accounts.start_session("lan", OFFICE, world.time)
    with monkeypatch.context() as broken:
        broken.setattr(type(world.ws.log), "append", refuse)
        assert record_access(world.ws, accounts) == 0
    assert accounts.facts.is_due(world.time)
    given = world.time.isoformat()
    world.wait(minutes=30)
    assert [fact for fact, *_ in facts(world, accounts)] == ["password_set", "signed_in"]
    assert recorded(world, accounts)[-1].time[:16] == given[:16]  # when it happened, not when it was recorded


def test_a_fact_that_was_recorded_just_before_a_crash_is_not_recorded_twice(
    world: World, accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as killed:
        killed.setattr(accounts.facts, "forget", lambda numbers: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            record_access(world.ws, accounts)
    assert [fact for fact, *_ in facts(world, open_accounts(world.ws, QUICK))] == ["password_set"]


def test_what_a_person_does_within_thirty_days_of_a_reset_by_another_is_marked(
    world: World, accounts: Accounts
) -> None:
    world.take("hoa", "assign", **ASSIGN)
    accounts.issue_temporary_password("lan", world.time, by=By("quan", "web"))
    record_access(world.ws, accounts)
    world.take("lan", "start")
    world.wait(days=31)
    world.take("lan", "comment", text="Đang làm.")
    marked = [
        event.type
        for event in world.ws.log.stream(f"item-{TASK}")
        if access.reset_that_marks(world.ws.read(), event)
    ]
    assert marked == ["item.started/1"]


def test_a_first_password_is_no_reset(world: World, accounts: Accounts) -> None:
    accounts.issue_temporary_password("binh", world.time, by=By("quan", "web"))
    record_access(world.ws, accounts)
    assert access.newest_reset(world.ws.read(), "binh") is None
    assert notices.notices(world.ws.read(), "binh") == []


def test_a_reset_is_told_to_the_person_and_to_nobody_else(world: World, accounts: Accounts) -> None:
    accounts.issue_temporary_password("lan", world.time, by=By("quan", "web"))
    record_access(world.ws, accounts)
    told = {person: notices.notices(world.ws.read(), person) for person in ("lan", "hoa", "quan")}
    assert [notice.kind for notice in told.pop("lan")] == ["password_reset"]
    assert not any(told.values())


def test_each_fact_reads_as_a_sentence(world: World, accounts: Accounts) -> None:
    commands.add_person(world.ws, "quan", "Hồ Minh Quân", None, None, world.order())
    accounts.start_session("lan", OFFICE, world.time)
    accounts.issue_temporary_password("lan", world.time, by=By("quan", "web"))
    accounts.issue_temporary_password("binh", world.time, by=By("quan", "web"))
    try_to_sign_in(world, accounts, "lan", 11)
    try_to_sign_in(world, accounts, "ai")
    accounts.facts.add_feed_use("lan", world.time)
    world.wait(days=1)
    names = {"lan": "Trần Thị Lan", "quan": "Hồ Minh Quân", "binh": "Vũ Bình"}
    assert [event_sentence(event, names) for event in recorded(world, accounts)] == [
        "Trần Thị Lan đã đặt mật khẩu đầu tiên cho tài khoản lan.",
        "Trần Thị Lan đã đăng nhập (phiên 1).",
        "Hồ Minh Quân đã cấp mật khẩu tạm mới cho Trần Thị Lan.",
        "Hồ Minh Quân đã kết thúc phiên 1 đăng nhập của Trần Thị Lan.",
        "Hồ Minh Quân đã cấp mật khẩu tạm đầu tiên cho Vũ Bình.",
        "Hệ thống (theo lịch) đã tạm khóa đăng nhập của Trần Thị Lan từ nơi nhập sai mật khẩu quá nhiều lần,"
        " đến 8 giờ 15 ngày 02/03/2026.",
        "Hệ thống (theo lịch) đã đưa lịch cá nhân của Trần Thị Lan cho phần mềm lịch, lần đầu trong ngày"
        " 02/03/2026.",
        "Hệ thống (theo lịch) đã ghi nhận 1 lần đăng nhập bằng tên không có trong ngày 02/03/2026.",
        "Hệ thống (theo lịch) đã ghi nhận 11 lần nhập sai mật khẩu của Trần Thị Lan trong một giờ, từ"
        " 8 giờ 00 ngày 02/03/2026.",
    ]
