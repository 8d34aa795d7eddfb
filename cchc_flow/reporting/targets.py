"""The targets of a plan as of a day: each measure with its readings, how it stands, and on which events."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

import msgspec
from sqlite_utils import Database

from cchc_flow.hookspecs import Measure as Computed
from cchc_flow.projections import plans, targets
from cchc_flow.projections.cards.moves import moves_of_items, positions_behind
from cchc_flow.projections.plans import Plan
from cchc_flow.workflow import periods
from cchc_flow.workflow.events import Target, TargetSet
from cchc_flow.workflow.report_outline import reading_words
from cchc_flow.workflow.target_forecast import Point
from cchc_flow.workflow.target_readings import Reading, in_order_of_time, is_same_figure
from cchc_flow.workflow.targets import (
    BOTH,
    COMPUTED,
    REPORTED,
    STATES,
    Goal,
    Standing,
    goal_of,
    judge,
    measure_numbers,
    planned_measure,
)
from cchc_flow.workflow.typed_text import lower_first, upper_first

ComputedBy = Mapping[tuple[str, str], Computed]
"""What plugins compute as of the same day, by plugin and key (see `plugin_host.measures`)."""
NOTHING: ComputedBy = {}


class CurrentFigure(msgspec.Struct, frozen=True):
    """The figure by which a measure is judged: its source, its moment in words, the events it rests on."""

    value: str | None
    source: str
    when: str
    positions: tuple[int, ...]
    is_estimate: bool = False


class TargetRow(msgspec.Struct, frozen=True, kw_only=True):
    """One measure of a target as of a day: `title` says what is measured, `series` is what it is judged by.

    `reported` and `recorded` are the readings of both sources, the oldest first; `computed` is what a plugin
    counts as of that day. `difference` is a sentence if the two sources say different things of one period.
    """

    target: Target
    number: int
    title: str
    goal: Goal
    setting: TargetSet | None
    current: CurrentFigure | None
    standing: Standing
    reported: tuple[Reading, ...]
    recorded: tuple[Reading, ...]
    computed: Computed | None
    series: tuple[Point, ...]
    difference: str = ""

    @property
    def key(self) -> str:
        """The key of the row's figure in documents: targets.II.3.1."""
        return f"targets.{self.target.ref}.{self.number}"

    @property
    def state_title(self) -> str:
        """The state in words."""
        return STATES[self.standing.state]

    def value_words(self, value: str | None) -> str:
        """Return a figure of this measure in words, with its unit."""
        return _value_words(self.number, self.goal, value)


class _Known(msgspec.Struct, frozen=True):
    """What is known of a measure: the decision about it, its readings, what is counted, on which events."""

    setting: TargetSet | None
    readings: list[Reading]
    computed: Computed | None
    positions: tuple[int, ...]


def target_rows(db: Database, plan_id: str, day: date, *, computed: ComputedBy = NOTHING) -> list[TargetRow]:
    """Return the measures of a plan as of a day, in the order of the document; the past by its connection.

    `computed` is what plugins count of the plan as of then (see `commands.targets.fact_source_of_plan`);
    without it only recorded readings are known.
    """
    plan = plans.find_plan(db, plan_id)
    if plan is None:
        return []
    settings = targets.measure_settings(db, plan_id)
    readings: dict[tuple[str, int], list[Reading]] = {}
    for reading in targets.readings(db, plan_id):
        readings.setdefault((reading.target, reading.measure), []).append(reading)

    def known(key: tuple[str, int]) -> _Known:
        setting = settings[key].data if key in settings else None
        answer = _find_computed(setting, computed)
        items = answer.items if answer else ()
        behind = positions_behind(moves_of_items(db, items), items)
        return _Known(setting, readings.get(key, []), answer, behind)

    return [
        _row(plan, entry.target, number, known((entry.target.ref, number)), day)
        for entry in targets.plan_targets(db, plan_id)
        for number in measure_numbers(entry.target)
    ]


def state_counts(rows: Iterable[TargetRow]) -> dict[str, int]:
    """Return how many measures are in each state, in the order of STATES."""
    states = [row.standing.state for row in rows]
    return {state: states.count(state) for state in STATES}


def rows_at_risk(rows: Sequence[TargetRow]) -> list[TargetRow]:
    """Return the measures that are missed or may be, the missed ones first, else as in the document."""
    return [row for state in ("missed", "at_risk") for row in rows if row.standing.state == state]


def _find_computed(setting: TargetSet | None, computed: ComputedBy) -> Computed | None:
    """Return what a plugin counts for a measure whose readings come from it, None for any other."""
    if setting is None or setting.source == REPORTED:
        return None
    return computed.get((setting.plugin or "", setting.key or ""))


def _row(plan: Plan, target: Target, number: int, known: _Known, day: date) -> TargetRow:
    goal = goal_of(target, number, known.setting, plan.year, date.fromisoformat(plan.closing_day))
    reported, recorded = (
        in_order_of_time([reading for reading in known.readings if reading.source == source])
        for source in (REPORTED, COMPUTED)
    )
    counted_on = min(max(day, goal.begin), goal.end)
    current, series = _judged_by(known, reported, recorded, counted_on)
    measure = planned_measure(target, number)
    return TargetRow(
        target=target,
        number=number,
        title=upper_first(measure.what) if measure else target.text,
        goal=goal,
        setting=known.setting,
        current=current,
        standing=judge(goal, series, day),
        reported=tuple(reported),
        recorded=tuple(recorded),
        computed=known.computed,
        series=tuple(series),
        difference=_difference(goal, known, reported, counted_on),
    )


def _judged_by(
    known: _Known, reported: Sequence[Reading], recorded: Sequence[Reading], day: date
) -> tuple[CurrentFigure | None, list[Point]]:
    """Return the figure and the series by which a measure is judged.

    Of both sources it is what the program counts, which can be followed to its entries; what was reported
    where there is nothing else.
    """
    counted = known.computed
    is_known = counted is not None and (counted.value is not None or _is_on_record(counted))
    source = known.setting.source if known.setting else REPORTED
    if source != REPORTED and (recorded or is_known):
        before = [_point(reading) for reading in recorded if not is_known or _end(reading) < day]
        if counted is None or not is_known:
            return _current(recorded[-1]), before
        when = f"đến ngày {day:%d/%m/%Y}"
        figure = CurrentFigure(counted.value, COMPUTED, when, known.positions)
        return figure, [*before, Point(day, _decimal(counted.value))]
    if source == COMPUTED or not reported:
        return None, []
    return _current(reported[-1]), [_point(reading) for reading in reported]


def _current(reading: Reading) -> CurrentFigure:
    positions = tuple(sorted({reading.position, *reading.positions}))
    when = periods.parse(reading.period).words()
    return CurrentFigure(reading.value, reading.source, when, positions, reading.estimate)


def _difference(goal: Goal, known: _Known, reported: Sequence[Reading], day: date) -> str:
    """Return how the two sources differ on the newest period that was reported; "" if they do not."""
    if known.setting is None or known.setting.source != BOTH or not reported:
        return ""
    counted, newest = known.computed, reported[-1]
    same = {reading.period: reading for reading in known.readings if reading.source == COMPUTED}
    other = same.get(newest.period)
    if other is None and (counted is None or day > _end(newest)):
        return ""
    value = other.value if other else counted.value if counted else None
    if is_same_figure(newest.value, value):
        return ""
    said, count = (
        lower_first(_value_words(newest.measure, goal, figure)) for figure in (newest.value, value)
    )
    return (
        f"{upper_first(periods.parse(newest.period).words())}: đơn vị báo cáo {said}, hệ thống tính {count}."
    )


def _value_words(number: int, goal: Goal, value: str | None) -> str:
    return reading_words(value, goal.unit, is_judged=number == 0)


def _is_on_record(measure: Computed) -> bool:
    return bool(measure.items) if measure.recorded is None else measure.recorded


def _point(reading: Reading) -> Point:
    return Point(_end(reading), _decimal(reading.value))


def _end(reading: Reading) -> date:
    return periods.parse(reading.period).end


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)
