"""A demo that was interrupted anywhere becomes whole when it is run again."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cchc_flow import commands, demo
from cchc_flow.accounts.opening import open_accounts
from cchc_flow.projections.cards import queries
from cchc_flow.workspace import Workspace

STATES = {"planned", "assigned", "in_progress", "distributed", "submitted", "approved", "closed"}


class Killed(BaseException):
    """What ends a process from outside."""


def kill_after(steps: int, patch: pytest.MonkeyPatch) -> None:
    """Let only so many steps be taken on tasks."""
    left, take = iter(range(steps)), commands.take_step

    def step(*arguments: Any) -> Any:
        if next(left, None) is None:
            raise Killed
        return take(*arguments)

    patch.setattr(commands, "take_step", step)


def states(ws: Workspace) -> set[str]:
    return {card.state for card in queries.all_cards(ws.read()) if card.kind == "task"}


@pytest.mark.parametrize("steps", [0, 7, 24])
def test_it_is_taken_up_again_even_on_the_next_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    before_midnight = datetime(2026, 3, 2, 16, 59, tzinfo=UTC)
    with monkeypatch.context() as patched, pytest.raises(Killed):
        kill_after(steps, patched)
        demo.demo_workspace(tmp_path, "demo", lambda: before_midnight)
    ws = demo.demo_workspace(tmp_path, "demo", lambda: before_midnight + timedelta(minutes=2))
    assert states(ws) == STATES
    assert all(open_accounts(ws).has_password(login) for login in demo.passwords(ws))


@pytest.mark.parametrize("day", ["2025-12-31", "2026-01-01", "2026-07-31", "2026-12-31", "2027-02-28"])
def test_it_has_work_in_every_column_on_any_day_of_any_year(tmp_path: Path, day: str) -> None:
    ws = demo.demo_workspace(tmp_path, "demo", lambda: datetime.fromisoformat(f"{day}T02:00:00+00:00"))
    assert states(ws) == STATES
    lanes = {card.lane for card in queries.all_cards(ws.read()) if card.kind == "task" and not card.parent}
    assert lanes == STATES - {"distributed"}


def test_its_due_days_lie_in_the_year_of_the_plan_and_a_year_that_is_over_has_none(tmp_path: Path) -> None:
    for year, expected in (("2025", "2026"), ("2026", "2026"), ("2027", None)):
        ws = demo.demo_workspace(tmp_path, f"in-{year}", lambda y=year: datetime(int(y), 12, 20, tzinfo=UTC))
        once = [card for card in queries.all_cards(ws.read()) if card.lead and not card.period]
        assert {card.due[:4] if card.due else None for card in once} == {expected}


def test_it_shows_a_task_of_all_units_and_one_that_comes_every_month(tmp_path: Path) -> None:
    ws = demo.demo_workspace(tmp_path, "demo", lambda: datetime(2026, 3, 2, 1, 0, tzinfo=UTC))
    cards = [card for card in queries.all_cards(ws.read()) if card.kind == "task" and card.parent]
    shared = {card.lead for card in cards if card.period is None}
    assert len(shared) == 6
    assert [card.period for card in cards if card.period] == ["2026-01", "2026-02", "2026-03"]


def test_it_is_taken_up_again_in_another_year(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched, pytest.raises(Killed):
        kill_after(20, patched)
        demo.demo_workspace(tmp_path, "demo", lambda: datetime(2026, 3, 2, tzinfo=UTC))
    ws = demo.demo_workspace(tmp_path, "demo", lambda: datetime(2027, 5, 2, tzinfo=UTC))
    assert states(ws) == STATES
