"""Bringing the tables of a log to the newest edition, each step recorded in the log itself.

A step is made in one transaction with its event `log.migrated/1`: the tables and what the log says of them
never disagree.
"""

from collections.abc import Callable
from pathlib import Path

import msgspec

from cchc_flow.eventlog import editions
from cchc_flow.eventlog.port import Meta
from cchc_flow.eventlog.sqlite import SqliteLog
from cchc_flow.eventlog.verification.snapshot import open_snapshot
from cchc_flow.workflow.events import LogMigrated


class Step(msgspec.Struct, frozen=True):
    """How the tables of one edition become those of the next, which is `to`."""

    to: str
    statements: tuple[str, ...]


STEPS: dict[str, Step] = {}
"""The step from each edition but the newest, by its digest; none so far, as there is one edition."""


def has_steps(folder: Path) -> bool:
    """Tell whether the tables of the log in a folder lack a step."""
    return _edition(folder) in STEPS


def migrate_tables(log: SqliteLog, folder: Path, make_meta: Callable[[], Meta]) -> None:
    """Take all steps that the tables of a log lack."""
    while step := STEPS.get(edition := _edition(folder)):
        log.migrate(step.statements, LogMigrated(from_=edition, to=step.to), make_meta())


def _edition(folder: Path) -> str:
    """Return the edition that the log in a folder names."""
    with open_snapshot(folder) as (connection, _):
        return editions.edition(connection)
