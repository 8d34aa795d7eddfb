"""Signs in the readings of targets: figures that jump, and those that changed after they were reported."""

from collections.abc import Iterator
from decimal import Decimal, DecimalException
from typing import Any

import msgspec
from sqlite_utils import Database

from cchc_flow.conversion import convert
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.projections.signs.rows import Sign, add_sign, sign_of
from cchc_flow.workflow import periods
from cchc_flow.workflow.events import (
    CLASSES,
    NAMES,
    ReportIssued,
    ReportRecalled,
    TargetCorrected,
    TargetMeasured,
    TargetSet,
)

SCHEMA = """
CREATE TABLE last_readings (
    plan TEXT NOT NULL, target TEXT NOT NULL, measure INTEGER NOT NULL, source TEXT NOT NULL,
    until TEXT NOT NULL, since TEXT NOT NULL, value TEXT, position INTEGER NOT NULL, item TEXT, unit TEXT,
    PRIMARY KEY (plan, target, measure, source, until, since)
) STRICT, WITHOUT ROWID;
CREATE TABLE accumulating (
    plan TEXT NOT NULL, target TEXT NOT NULL, measure INTEGER NOT NULL, PRIMARY KEY (plan, target, measure)
) STRICT, WITHOUT ROWID;
CREATE TABLE issues (
    position INTEGER PRIMARY KEY, plan TEXT NOT NULL, since TEXT NOT NULL, until TEXT NOT NULL,
    cut_off INTEGER NOT NULL, year INTEGER NOT NULL, number INTEGER NOT NULL, symbol TEXT NOT NULL
) STRICT;
CREATE INDEX issues_by_plan ON issues (plan, until);
"""
SMALLEST_JUMP = 10
"""Changes of fewer per cent are no jump by any bound."""
MOST_DIGITS = 20
BIGGEST_JUMP = 1_000_000
"""The rank of what came from nothing, or of a figure that can only grow and fell."""
_FOLDED = frozenset(
    NAMES[cls] for cls in (TargetSet, TargetMeasured, TargetCorrected, ReportIssued, ReportRecalled)
)


class _Row(msgspec.Struct, frozen=True):
    """A reading as it is stored here: first and last day of its period, value, event, report, unit."""

    since: str
    until: str
    value: str | None
    position: int
    item: str | None
    unit: str | None


def fold(db: Database, event: RecordedEvent) -> None:
    """Add the signs that a reading or its correction is; remember what the next ones are compared with."""
    if event.type not in _FOLDED:
        return
    match convert(event.data, CLASSES[event.type]):
        case TargetSet() as data:
            _remember_setting(db, data)
        case TargetMeasured() as data:
            _fold_reading(db, event, data, data.unit)
        case TargetCorrected() as data:
            former = _find(db, data)
            for sign in _changes(db, event, data, former):
                add_sign(db, sign)
            _fold_reading(db, event, data, former.unit if former else None)
        case ReportIssued() as data:
            period = periods.parse(data.period)
            ends = [period.begin.isoformat(), period.end.isoformat()]
            number = [data.cut_off.position, data.year, data.number, data.symbol]
            db.execute(
                "INSERT INTO issues VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [event.position, data.plan, *ends, *number],
            )
        case ReportRecalled() as data:
            db.execute("DELETE FROM issues WHERE year = ? AND number = ?", [data.year, data.number])


def _remember_setting(db: Database, data: TargetSet) -> None:
    key = [data.plan, data.target, data.measure]
    db.execute("DELETE FROM accumulating WHERE plan = ? AND target = ? AND measure = ?", key)
    if data.accumulates:
        db.execute("INSERT INTO accumulating VALUES (?, ?, ?)", key)


def _fold_reading(
    db: Database, event: RecordedEvent, data: TargetMeasured | TargetCorrected, unit: str | None
) -> None:
    if sign := _jump(db, event, data, unit):
        add_sign(db, sign)
    period = periods.parse(data.period)
    db.execute(
        "INSERT OR REPLACE INTO last_readings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            *_key(data),
            period.end.isoformat(),
            period.begin.isoformat(),
            data.value,
            event.position,
            data.item,
            unit,
        ],
    )


def _jump(
    db: Database, event: RecordedEvent, data: TargetMeasured | TargetCorrected, unit: str | None
) -> Sign | None:
    """Return the sign that a figure is far from that of the period before; its rank is the per cent."""
    before, value = _reading_before(db, data), _number(data.value)
    former = _number(before.value) if before else None
    if before is None or value is None or former is None:
        return None
    grows = db.execute(
        "SELECT 1 FROM accumulating WHERE plan = ? AND target = ? AND measure = ?", _key(data)[:3]
    ).fetchone()
    end = periods.parse(data.period).end
    expected = former * end.month / int(before.until[5:7]) if grows else former
    rank = BIGGEST_JUMP if grows and value < former else _change_in_percent(expected, value)
    if rank < SMALLEST_JUMP:
        return None
    return sign_of(
        event,
        "jump",
        rank,
        unit=unit or event.unit,
        items=[data.item] if data.item else [],
        behind=[before.position],
        **_names(data),
        value=data.value,
        before=before.value,
        expected=f"{expected.quantize(Decimal('0.01')).normalize():f}" if grows else None,
    )


def _change_in_percent(former: Decimal, value: Decimal) -> int:
    """Return by how many per cent a value differs, rounded down."""
    if former == 0:
        return 0 if value == 0 else BIGGEST_JUMP
    return min(int(abs(value - former) / abs(former) * 100), BIGGEST_JUMP)


def _changes(
    db: Database, event: RecordedEvent, data: TargetCorrected, former: _Row | None
) -> Iterator[Sign]:
    """Yield the sign that a figure was changed which a unit's report, or the commune's, had told."""
    if former is None:
        return
    issue = db.execute(
        "SELECT position, symbol, number FROM issues WHERE plan = ? AND until >= ? AND since <= ?"
        " AND cut_off >= ? ORDER BY position DESC LIMIT 1",
        [data.plan, former.until, former.since, former.position],
    ).fetchone()
    if issue is None and former.item is None:
        return
    name = "changed.issued" if issue else "changed.reported"
    yield sign_of(
        event,
        name,
        unit=former.unit or event.unit,
        items=[item for item in dict.fromkeys((former.item, data.item)) if item],
        behind=[former.position, issue[0] if issue else None],
        **_names(data),
        value=data.value,
        before=data.previous,
        number=f"{issue[2]}/{issue[1]}" if issue else None,
    )


def _names(data: TargetMeasured | TargetCorrected) -> dict[str, Any]:
    return {name: getattr(data, name) for name in ("plan", "target", "measure", "period", "source")}


def _key(data: TargetMeasured | TargetCorrected) -> list[str | int]:
    return [data.plan, data.target, data.measure, data.source]


def _find(db: Database, data: TargetCorrected) -> _Row | None:
    period = periods.parse(data.period)
    values = [*_key(data), period.end.isoformat(), period.begin.isoformat()]
    return _row(db, "until = ? AND since = ?", values)


def _reading_before(db: Database, data: TargetMeasured | TargetCorrected) -> _Row | None:
    """Return the reading of the last period that ended before that of a reading, in the same year's plan."""
    return _row(db, "until < ? ORDER BY until DESC, since DESC LIMIT 1", [*_key(data), _end(data)])


def _end(data: TargetMeasured | TargetCorrected) -> str:
    return periods.parse(data.period).end.isoformat()


def _row(db: Database, condition: str, values: list[str | int]) -> _Row | None:
    sql = (
        "SELECT since, until, value, position, item, unit FROM last_readings"  # noqa: S608  # fixed words
        f" WHERE plan = ? AND target = ? AND measure = ? AND source = ? AND {condition}"
    )
    row = db.execute(sql, values).fetchone()
    return _Row(*row) if row else None


def _number(value: str | None) -> Decimal | None:
    """Return a figure as a number; None for none, and for what is none or cannot be reckoned with."""
    try:
        number = Decimal(value) if value is not None else None
    except DecimalException:
        return None
    is_usable = number is not None and number.is_finite() and abs(number.adjusted()) <= MOST_DIGITS
    return number if is_usable else None
