"""A way to make recorded events without a log."""

from collections.abc import Callable
from typing import Any

import pytest

from cchc_flow.eventlog.port import RecordedEvent


def record(
    event_type: str, data: dict[str, Any], actor: str = "b.tran", unit: str | None = None
) -> RecordedEvent:
    """Return an event as a log would give it."""
    return RecordedEvent(
        position=1,
        id="0197a000-0000-7000-8000-000000000001",
        stream="item-1",
        version=1,
        type=event_type,
        time="2026-03-02T01:05:00.000000Z",
        recordedtime="2026-03-02T01:05:00.000000Z",
        actor=actor,
        unit=unit,
        role=None,
        command_id="0197a000-0000-7000-8000-000000000002",
        correlation_id=None,
        causation_id=None,
        channel=None,
        rules=None,
        data=data,
    )


@pytest.fixture(scope="session")
def recorded() -> Callable[..., RecordedEvent]:
    return record
