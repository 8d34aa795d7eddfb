"""The targets of adopted plans, who answers for their measures, and the readings: each as of any position.

Pages are drawn from these rows; what a command decides by, it reads from the log (`commands/targets`).
"""

from collections.abc import Mapping

import msgspec
from sqlite_utils import Database

from cchc_flow.conversion import convert, decode
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.projections.as_of import OPEN, moment_of
from cchc_flow.workflow.adopted_plan import adopted_plan
from cchc_flow.workflow.calendar import day_of
from cchc_flow.workflow.events import (
    CLASSES,
    NAMES,
    Target,
    TargetCorrected,
    TargetMeasured,
    TargetSet,
)
from cchc_flow.workflow.target_readings import Reading, correct_reading, first_reading

SCHEMA = f"""
CREATE TABLE targets (
    plan TEXT NOT NULL, place INTEGER NOT NULL, body BLOB NOT NULL, position INTEGER NOT NULL,
    PRIMARY KEY (plan, place)
) WITHOUT ROWID, STRICT;
CREATE TABLE target_settings (
    plan TEXT NOT NULL, target TEXT NOT NULL, measure INTEGER NOT NULL, from_position INTEGER NOT NULL,
    to_position INTEGER NOT NULL DEFAULT {OPEN}, body BLOB NOT NULL,
    PRIMARY KEY (plan, target, measure, from_position)
) WITHOUT ROWID, STRICT;
CREATE TABLE readings (
    plan TEXT NOT NULL, target TEXT NOT NULL, measure INTEGER NOT NULL, period TEXT NOT NULL,
    source TEXT NOT NULL, from_position INTEGER NOT NULL, to_position INTEGER NOT NULL DEFAULT {OPEN},
    corrections INTEGER NOT NULL, body BLOB NOT NULL,
    PRIMARY KEY (plan, target, measure, period, source, from_position)
) WITHOUT ROWID, STRICT;
"""
VERSIONED = {"targets": "position", "target_settings": "from_position", "readings": "from_position"}
_VALID = "from_position <= :at AND to_position > :at"
_BY_KEY = " AND target = :target AND measure = :measure AND period = :period AND source = :source"
_FOLDED = frozenset({NAMES[TargetSet], NAMES[TargetMeasured], NAMES[TargetCorrected]})


class PlanTarget(msgspec.Struct, frozen=True):
    """A target of a plan as its document says it; `position` is that of the plan's adoption."""

    plan: str
    target: Target
    position: int


class MeasureSetting(msgspec.Struct, frozen=True):
    """What was decided about a measure, and the position of the event that says so."""

    data: TargetSet
    position: int


def plan_targets(db: Database, plan: str) -> list[PlanTarget]:
    """Return the targets of a plan, in the order of the document; none before its adoption."""
    rows = db.query("SELECT body, position FROM targets WHERE plan = ? ORDER BY place", [plan])
    return [PlanTarget(plan, decode(row["body"], Target), row["position"]) for row in rows]


def measure_settings(db: Database, plan: str) -> dict[tuple[str, int], MeasureSetting]:
    """Return what was decided about the measures of a plan, by target and number."""
    rows = db.query(
        "SELECT target, measure, from_position, body FROM target_settings WHERE plan = ? AND to_position = ?",
        [plan, OPEN],
    )
    return {
        (row["target"], row["measure"]): MeasureSetting(decode(row["body"], TargetSet), row["from_position"])
        for row in rows
    }


def readings(db: Database, plan: str, at: int | None = None) -> list[Reading]:
    """Return the readings of a plan as they are now or were at a position, by target, measure and period."""
    return _query_readings(db, f"plan = :plan AND {_VALID}", {"plan": plan, "at": moment_of(at)})


def corrected_readings(db: Database, plan: str, at: int | None = None) -> list[Reading]:
    """Return the figures that changed after they were reported, one for each correction, the newest first."""
    values = {"plan": plan, "at": moment_of(at)}
    found = _query_readings(db, "plan = :plan AND corrections > 0 AND from_position <= :at", values)
    return sorted(found, key=lambda reading: -reading.position)


def _query_readings(db: Database, condition: str, values: Mapping[str, object]) -> list[Reading]:
    rows = db.query(
        f"SELECT body FROM readings WHERE {condition}"  # noqa: S608  # fixed words
        " ORDER BY target, measure, period, source, from_position",
        dict(values),
    )
    return [decode(row["body"], Reading) for row in rows]


def fold(db: Database, event: RecordedEvent) -> None:
    """Add the targets of an adopted plan, a decision about a measure, a reading or its correction."""
    if plan := adopted_plan(event.type, event.data):
        for place, target in enumerate(plan.targets):
            row = [plan.plan, place, msgspec.json.encode(target), event.position]
            db.execute("INSERT INTO targets VALUES (?, ?, ?, ?)", row)
    if event.type not in _FOLDED:
        return
    match convert(event.data, CLASSES[event.type]):
        case TargetSet() as data:
            _fold_setting(db, data, event.position)
        case TargetMeasured() as data:
            _insert_reading(db, first_reading(data, event.actor, day_of(event.recordedtime), event.position))
        case TargetCorrected() as data:
            _fold_correction(db, data, event)


def _fold_setting(db: Database, data: TargetSet, position: int) -> None:
    key = [data.plan, data.target, data.measure]
    db.execute(
        "UPDATE target_settings SET to_position = ? WHERE plan = ? AND target = ? AND measure = ?"
        " AND to_position = ?",
        [position, *key, OPEN],
    )
    row = [*key, position, OPEN, msgspec.json.encode(data)]
    db.execute("INSERT INTO target_settings VALUES (?, ?, ?, ?, ?, ?)", row)


def _fold_correction(db: Database, data: TargetCorrected, event: RecordedEvent) -> None:
    """Let a reading end where its correction begins."""
    key = {name: getattr(data, name) for name in ("plan", "target", "measure", "period", "source")}
    condition = f"plan = :plan{_BY_KEY} AND to_position = {OPEN}"
    [former] = _query_readings(db, condition, key)
    values = key | {"position": event.position}
    db.execute(f"UPDATE readings SET to_position = :position WHERE {condition}", values)  # noqa: S608  # fixed words
    _insert_reading(
        db, correct_reading(former, data, event.actor, day_of(event.recordedtime), event.position)
    )


def _insert_reading(db: Database, reading: Reading) -> None:
    row = [
        reading.plan,
        reading.target,
        reading.measure,
        reading.period,
        reading.source,
        reading.position,
        OPEN,
        reading.corrections,
        msgspec.json.encode(reading),
    ]
    db.execute("INSERT INTO readings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
