"""`cchc-flow demo --year`: made whole whatever cut it short, and never ahead of the day that it is."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cchc_flow import commands, demo
from cchc_flow.accounts.opening import open_accounts
from cchc_flow.commands import Order
from cchc_flow.errors import Refusal
from cchc_flow.projections.cards import queries
from cchc_flow.simulation import trial
from cchc_flow.workflow.commands import TakeStep

NOW = datetime(2026, 1, 24, 3, 0, tzinfo=UTC)


class Killed(BaseException):
    """Stands for a signal that kills the process."""


def kill_after(actions: int) -> Callable[[int, int], None]:
    """Return a progress callback that kills the run after so many actions."""

    def listen(done: int, total: int) -> None:
        if done == actions:
            raise Killed

    return listen


def simulated_events(
    path: Path, progress: Any = None, now: datetime = NOW
) -> list[tuple[str, str, str, int]]:
    ws = trial.year_workspace(path, "nam", lambda: now, progress)
    events = [(event.stream, event.type, event.actor, event.version) for event in ws.log.read_events()]
    assert all(open_accounts(ws).has_password(login) for login in demo.passwords(ws))
    ws.close()
    return events


@pytest.mark.parametrize(
    ("today", "last"),
    [
        ("2026-01-09", "2026-01-08"),
        ("2026-07-01", "2026-06-30"),
        ("2026-12-31", "2026-12-30"),
        ("2027-01-01", "2026-12-31"),
        ("2031-05-05", "2026-12-31"),
    ],
)
def test_the_year_is_told_up_to_yesterday_or_to_its_end(today: str, last: str) -> None:
    assert trial.last_simulated_day(date.fromisoformat(today)) == date.fromisoformat(last)


@pytest.mark.parametrize("today", ["2025-12-31", "2026-01-08"])
def test_a_year_that_has_not_begun_is_refused_in_words(tmp_path: Path, today: str) -> None:
    with pytest.raises(Refusal, match="chưa tới"):
        trial.year_workspace(tmp_path, "nam", lambda: datetime.fromisoformat(f"{today}T03:00:00Z"))
    assert not list(tmp_path.iterdir())


def test_what_people_do_in_it_is_recorded_when_they_do_it(tmp_path: Path) -> None:
    ws = trial.year_workspace(tmp_path, "nam", lambda: NOW)
    simulated = [event for event in ws.log.read_events() if not event.type.startswith("access.")]
    assert simulated[-1].recordedtime < NOW.isoformat()  # the accounts get their passwords now
    card = next(
        card for card in queries.all_cards(ws.read()) if card.kind == "task" and card.state == "planned"
    )
    order = Order("dau.moi", ws.new_id())
    receipt = commands.take_step(ws, card.id, TakeStep("comment", {"text": "Xin chào."}), order).receipt
    assert receipt and ws.log.event(receipt.first).recordedtime == "2026-01-24T03:00:00.000000Z"
    ws.close()


@pytest.mark.parametrize("acts", [1, 200])
def test_one_that_was_cut_short_becomes_what_it_would_have_been_even_on_another_day(
    tmp_path: Path, acts: int
) -> None:
    with pytest.raises(Killed):
        simulated_events(tmp_path / "a", kill_after(acts), NOW - timedelta(days=3))
    assert simulated_events(tmp_path / "a") == simulated_events(tmp_path / "b")


def test_one_that_is_whole_is_left_as_it_is(tmp_path: Path) -> None:
    first = simulated_events(tmp_path)
    assert simulated_events(tmp_path, kill_after(1), NOW + timedelta(days=30)) == first


@pytest.mark.parametrize("title", ["xã Mẫu", demo.TITLE])
def test_a_workspace_that_it_did_not_make_is_refused(tmp_path: Path, title: str) -> None:
    is_demo = title == demo.TITLE
    commands.create_workspace(tmp_path, "nam", title=title, clock=lambda: NOW, demo=is_demo).close()
    with pytest.raises(Refusal, match="bản dùng thử"):
        trial.year_workspace(tmp_path, "nam", lambda: NOW)


def test_the_small_demo_refuses_the_year(tmp_path: Path) -> None:
    simulated_events(tmp_path)
    with pytest.raises(Refusal, match="bản dùng thử khác"):
        demo.demo_workspace(tmp_path, "nam", lambda: NOW)
