"""A demo that was interrupted anywhere becomes whole when it is run again."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cchc_flow import demo, handling
from cchc_flow.accounts import Accounts
from cchc_flow.projections import board

STATES = {"planned", "assigned", "in_progress", "submitted", "approved", "closed"}


class Killed(BaseException):
    """What ends a process from outside."""


def kill_after(steps: int, patch: pytest.MonkeyPatch) -> None:
    """Let only so many steps be taken on tasks."""
    left, take = iter(range(steps)), handling.take_step

    def step(*arguments: Any) -> Any:
        if next(left, None) is None:
            raise Killed
        return take(*arguments)

    patch.setattr(handling, "take_step", step)


@pytest.mark.parametrize("steps", [0, 7])
def test_it_is_taken_up_again_even_on_the_next_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    before_midnight = datetime(2026, 3, 2, 16, 59, tzinfo=UTC)
    with monkeypatch.context() as patched, pytest.raises(Killed):
        kill_after(steps, patched)
        demo.demo_workspace(tmp_path, "demo", lambda: before_midnight)
    ws = demo.demo_workspace(tmp_path, "demo", lambda: before_midnight + timedelta(minutes=2))
    assert {card.state for card in board.all_cards(ws.read())} == STATES
    assert all(Accounts(ws.private).has_password(login) for login in demo.passwords(ws))
