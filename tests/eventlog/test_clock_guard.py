"""No event gets a time of a clock that may be wrong, until somebody has confirmed it."""

from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta

import pytest
from eventlog.appending import START, step
from eventlog.conftest import SampleLog
from support.clocks import SetClock

from cchc_flow.clock import Clock, MachineClock, now
from cchc_flow.errors import ClockInDoubt
from cchc_flow.eventlog import opening
from cchc_flow.eventlog.clock_guard import ClockGuard
from cchc_flow.eventlog.port import Change, Meta, Receipt
from cchc_flow.eventlog.sqlite import SqliteLog


@pytest.fixture
def time() -> SetClock:
    return SetClock(START)


def make_log(sample: SampleLog, clock: Clock, demo: bool = False) -> SqliteLog:
    return opening.create_log(
        sample.root / "xa-gio",
        sample.root / "private" / "xa-gio",
        workspace="xa-gio",
        name="Xã Giờ",
        demo=demo,
        time=clock(),
        now=clock,
    )


def meta_at(clock: Clock, command: str) -> Meta:
    return Meta(actor="hoa", time=clock(), command_id=command, command_digest=b"x")


def record(log: SqliteLog, time: SetClock) -> Receipt:
    """Record one event, as a command does that is given now."""
    number = log.size()
    change = Change(f"item-{number}", 0, (step("một"),))
    return log.append([change], meta_at(lambda: time.at, f"ghi-{number}"))


def confirm(log: SqliteLog, time: SetClock) -> str:
    """Confirm the clock; return the reason that the event tells."""
    log.confirm_clock(meta_at(lambda: time.at, f"xác nhận-{log.size()}"))
    return str(log.event(log.size()).data["reason"])


def recorded_at(log: SqliteLog) -> datetime:
    return datetime.fromisoformat(log.event(log.size()).recordedtime)


@pytest.mark.parametrize("idle", [{"days": 30}, {"days": 29, "hours": 23}, {"minutes": -5}, {"seconds": 1}])
def test_a_clock_that_is_near_the_last_event_is_believed(
    sample: SampleLog, time: SetClock, idle: dict[str, float]
) -> None:
    make_log(sample, time.machine).close()
    time.jump(**idle)
    with closing(make_log(sample, time.start_program())) as log:
        record(log, time)


@pytest.mark.parametrize(
    ("jump", "reason", "words"),
    [
        ({"days": 30, "seconds": 1}, "ahead", "hơn 30 ngày sau lần ghi gần nhất"),
        ({"days": 365 * 5}, "ahead", "hơn 30 ngày sau"),
        ({"minutes": -5, "seconds": -1}, "behind", "trước cả lần ghi gần nhất"),
    ],
)
def test_a_program_that_starts_with_a_clock_far_from_the_last_event_records_nothing(
    sample: SampleLog, time: SetClock, jump: dict[str, float], reason: str, words: str
) -> None:
    make_log(sample, time.machine).close()
    time.jump(**jump)
    with closing(make_log(sample, time.start_program())) as log:
        with pytest.raises(ClockInDoubt, match=words) as caught:
            record(log, time)
        assert "cchc-flow clock confirm" in caught.value.now
        assert log.size() == 1
        assert confirm(log, time) == reason
        event = log.event(2)
        assert event.type == "log.clock_confirmed/1" and event.data["reason"] == reason
        record(log, time)


@pytest.mark.parametrize("minutes", [10, -10, 60 * 24 * 20])
def test_a_clock_that_is_set_while_the_program_runs_records_nothing(
    sample: SampleLog, time: SetClock, minutes: float
) -> None:
    log = make_log(sample, time.machine)
    time.run(hours=3)
    record(log, time)
    time.run(hours=1)
    time.jump(minutes=minutes)
    with pytest.raises(ClockInDoubt):
        record(log, time)
    with pytest.raises(ClockInDoubt):
        log.rotate_key(meta_at(time.machine, "thay khóa"))
    assert log.size() == 2
    confirm(log, time)
    record(log, time)
    time.run(hours=2)
    record(log, time)
    log.close()


def test_a_clock_that_is_set_right_again_is_believed_without_a_confirmation(
    sample: SampleLog, time: SetClock
) -> None:
    log = make_log(sample, time.machine)
    time.jump(days=400)
    with pytest.raises(ClockInDoubt):
        record(log, time)
    time.jump(days=-400)
    record(log, time)
    assert log.find_clock_doubt() is None
    log.close()


def test_a_second_jump_needs_a_second_confirmation(sample: SampleLog, time: SetClock) -> None:
    log = make_log(sample, time.machine)
    time.run(hours=9)
    time.jump(hours=2)
    confirm(log, time)
    record(log, time)
    time.run(hours=1)
    time.jump(hours=3)
    with pytest.raises(ClockInDoubt):
        record(log, time)
    confirm(log, time)
    record(log, time)
    log.close()


def test_an_old_confirmation_says_nothing_about_a_new_jump(sample: SampleLog, time: SetClock) -> None:
    log = make_log(sample, time.machine)
    time.jump(days=40)
    confirm(log, time)
    log.close()
    log = make_log(sample, time.start_program())
    time.run(hours=1)
    record(log, time)
    for minutes in (30, -60):
        time.jump(minutes=minutes)
        with pytest.raises(ClockInDoubt):
            record(log, time)
    log.close()


def test_one_process_confirms_the_clock_for_all(sample: SampleLog, time: SetClock) -> None:
    server = make_log(sample, time.machine)
    time.run(hours=1)
    record(server, time)
    time.run(hours=1)
    time.jump(hours=5)
    terminal = make_log(sample, time.start_program())  # began after the jump: it cannot know
    with pytest.raises(ClockInDoubt):
        record(server, time)
    record(terminal, time)
    with pytest.raises(ClockInDoubt):
        record(server, time)
    time.run(minutes=2)
    assert confirm(terminal, time) == "elsewhere"
    record(server, time)
    another = make_log(sample, time.machine)  # as the daily round opens it, by the clock of the program
    record(another, time)
    for log in (server, terminal, another):
        log.close()


def test_each_opener_in_a_program_knows_of_a_jump(sample: SampleLog, time: SetClock) -> None:
    make_log(sample, time.machine).close()
    time.run(hours=1)
    time.jump(hours=5)
    for _ in range(2):  # as the daily round, which opens the log anew each time
        with closing(make_log(sample, time.machine)) as log, pytest.raises(ClockInDoubt):
            record(log, time)
    with closing(make_log(sample, time.machine)) as log:
        confirm(log, time)
        record(log, time)
    time.jump(hours=1)
    with closing(make_log(sample, time.machine)) as log, pytest.raises(ClockInDoubt):
        record(log, time)


def test_what_one_commune_confirms_is_not_confirmed_by_another(sample: SampleLog, time: SetClock) -> None:
    first = make_log(sample, time.machine)
    second = opening.create_log(
        sample.root / "xa-hai",
        sample.root / "private" / "xa-hai",
        workspace="xa-hai",
        name="Xã Hai",
        demo=False,
        time=time.at,
        now=time.machine,
    )
    time.run(hours=1)
    time.jump(hours=5)
    confirm(first, time)
    record(first, time)
    with pytest.raises(ClockInDoubt):
        record(second, time)
    first.close(), second.close()


def test_small_corrections_do_not_add_up_to_a_jump(sample: SampleLog, time: SetClock) -> None:
    log = make_log(sample, time.machine)
    for _ in range(20):
        time.run(days=1)
        time.jump(minutes=2)
        record(log, time)
    log.close()


def test_after_a_time_in_the_future_a_confirmed_clock_goes_on_from_today(
    sample: SampleLog, time: SetClock
) -> None:
    wrong = SetClock(START + timedelta(days=365 * 5))
    with closing(make_log(sample, wrong.machine)) as log:  # a log that was begun by a bad clock
        record(log, wrong)
    with closing(make_log(sample, time.start_program())) as log:
        assert confirm(log, time) == "behind"
        record(log, time)
        time.run(days=3)
        record(log, time)
        assert log.event(log.size()).time.startswith("2026-03-05")
        assert recorded_at(log) == wrong.at  # what is recorded never goes back


def test_an_order_that_was_carried_out_is_answered_though_the_clock_is_in_doubt(
    sample: SampleLog, time: SetClock
) -> None:
    log = make_log(sample, time.machine)
    change, meta = Change("item-1", 0, (step("một"),)), meta_at(time.machine, "một lệnh")
    first = log.append([change], meta)
    time.jump(days=90)
    assert log.append([change], meta) == Receipt(first.first, first.last, repeated=True)
    log.close()


def test_a_lost_key_can_be_replaced_while_the_clock_is_in_doubt(sample: SampleLog, time: SetClock) -> None:
    make_log(sample, time.machine).close()
    for path in (sample.root / "private" / "xa-gio" / "keys").iterdir():
        path.unlink()
    time.jump(days=60)
    with closing(make_log(sample, time.start_program())) as log:
        log.rotate_key(meta_at(time.machine, "thay khóa đã mất"))
        record(log, time)


def test_a_demo_may_hold_days_that_have_not_come(sample: SampleLog, time: SetClock) -> None:
    with closing(make_log(sample, lambda: START + timedelta(days=200), demo=True)) as log:
        assert log.size() == 1
    with closing(make_log(sample, time.start_program())) as log:
        assert log.find_clock_doubt() is None
        record(log, time)


def test_a_clock_that_is_not_the_machines_is_nobodys_business(sample: SampleLog, time: SetClock) -> None:
    with closing(make_log(sample, lambda: time.at)) as log:
        time.jump(days=900)
        record(log, time)


def test_the_machines_clock_runs_evenly_by_itself() -> None:
    clock = MachineClock()
    assert clock.watch("nhật ký").find_jump() is None and abs(clock() - now()) < timedelta(seconds=5)


def milliseconds(instant: datetime) -> int:
    return int(instant.timestamp() * 1000)


def test_what_happened_long_ago_and_is_recorded_now_puts_no_clock_in_doubt(
    sample: SampleLog, time: SetClock
) -> None:
    log = make_log(sample, time.machine)
    for given in (START - timedelta(days=99), START + timedelta(days=99)):
        time.run(minutes=1)
        log.append([Change(f"item-{given}", 0, (step("lâu rồi"),))], meta_at(lambda at=given: at, f"{given}"))
        record(log, time)
    log.close()
    with closing(make_log(sample, time.start_program())) as log:
        record(log, time)


@pytest.mark.parametrize(
    ("confirmed", "is_believed"),
    [
        (lambda time: None, False),
        (lambda time: time.at - timedelta(hours=2), False),
        (lambda time: time.at, True),
        (lambda time: time.at + timedelta(days=1), False),
    ],
    ids=["never", "before the jump", "after the jump", "in the future"],
)
def test_only_a_confirmation_since_the_jump_counts(
    time: SetClock, confirmed: Callable[[SetClock], datetime | None], is_believed: bool
) -> None:
    guard = ClockGuard(time.machine)
    time.run(hours=1)
    assert guard.find_doubt("nhật ký", milliseconds(START), lambda: None) is None
    time.run(minutes=1)
    time.jump(hours=4)
    when = confirmed(time)
    doubt = guard.find_doubt("nhật ký", milliseconds(START), lambda: when and milliseconds(when))
    assert (doubt is None) == is_believed
