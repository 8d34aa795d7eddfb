"""Read models, one module each: its tables, the fold of events into rows, and its queries.

All of them can be deleted and rebuilt from the log. Those that decide (who holds which role, which settings,
workflows and rules are in force) lie in no file: each connection folds them from the log into tables of its
own, so that whoever writes into a file gives nobody a right. What pages are drawn from lies in one file; the
index of the history, which no command reads, in another that is filled when somebody looks.
"""

from typing import Protocol

import msgspec
from sqlite_utils import Database

from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.projections import (
    access,
    causes,
    directory,
    issued,
    notices,
    plan_templates,
    plans,
    province,
    rules,
    settings,
    targets,
    trail,
    trail_items,
    trail_terms,
    unit_reports,
    workflows,
)
from cchc_flow.projections.cards import items
from cchc_flow.projections.signs import acts, decisions, figures, files

DECIDING = (directory, plans, settings, rules, workflows, province, plan_templates)
"""Folded from the log into temporary tables of each connection, and before those in the file."""


class Model(Protocol):
    """A read model: a module, or an object that needs more than the log."""

    SCHEMA: str

    def fold(self, db: Database, event: RecordedEvent, /) -> None:
        """Fold an event into the rows."""


class ModelSet(msgspec.Struct, frozen=True):
    """The models in one file: `name` begins its name; `models` fold an event in this order.

    So a model may query those before it, and those that decide where the connection `decides`: then it folds
    these first. A model that gathers something while a batch is folded writes it in its function `finish`.
    Whoever reads waits no more than `patience` seconds for events to be folded; None: until all are.
    """

    name: str
    models: tuple[Model, ...]
    decides: bool
    patience: float | None = None


PAGES = ModelSet("projections", (items, unit_reports, notices, access, targets, issued), decides=True)
HISTORY = ModelSet(
    "history",
    (trail, trail_items, trail_terms, causes, decisions, acts, figures, files),
    decides=False,
)
VERSION = 39
"""The version of the tables and folds; when it changes, every workspace rebuilds its read models."""
