"""What the report of a unit consists of, by its plan, its targets and the unit's reports of before."""

from collections.abc import Iterator
from datetime import date

from sqlite_utils import Database

from cchc_flow.projections import plans
from cchc_flow.projections.plans import Plan
from cchc_flow.projections.targets import measure_settings, plan_targets
from cchc_flow.projections.unit_reports import UnitReport, reports_of_unit
from cchc_flow.workflow.events import Target, TargetSet
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.periods import parse
from cchc_flow.workflow.report_outline import CLOSING_SECTIONS, TALLIES, AskedReading, ReportOutline
from cchc_flow.workflow.targets import CHANGES, COMPUTED, goal_of, measure_numbers, planned_measure
from cchc_flow.workflow.typed_text import upper_first


def report_outline(db: Database, report: Item) -> ReportOutline:
    """Return the sections of a unit's report, the readings asked, and the totals before its period."""
    plan = plans.find_plan(db, report.plan)
    if plan is None:
        return ReportOutline()
    return ReportOutline(
        words={area.code: area.title for area in plans.areas(db, plan.id)} | CLOSING_SECTIONS,
        readings=tuple(asked_readings(db, plan, report.unit or "")),
        totals=_totals_before(db, report),
    )


def asked_readings(db: Database, plan: Plan, unit: str) -> Iterator[AskedReading]:
    """Yield the measures that a unit answers for and whose readings it tells in its report."""
    return (measure for measure, setting in _measures_of_unit(db, plan, unit) if setting.source != COMPUTED)


def counted_measures(db: Database, plan: Plan, unit: str) -> Iterator[AskedReading]:
    """Yield the measures that a unit answers for and that are counted from the registers alone."""
    return (measure for measure, setting in _measures_of_unit(db, plan, unit) if setting.source == COMPUTED)


def plan_measures(db: Database, plan: Plan) -> Iterator[AskedReading]:
    """Yield all measures of a plan's targets, whoever answers for them."""
    return (measure for measure, _ in _all_measures(db, plan))


def _measures_of_unit(db: Database, plan: Plan, unit: str) -> Iterator[tuple[AskedReading, TargetSet]]:
    """Yield the measures that a unit answers for, each with what was decided about it."""
    for measure, setting in _all_measures(db, plan):
        if setting and setting.owner == unit:
            yield measure, setting


def _all_measures(db: Database, plan: Plan) -> Iterator[tuple[AskedReading, TargetSet | None]]:
    settings = {key: setting.data for key, setting in measure_settings(db, plan.id).items()}
    for entry in plan_targets(db, plan.id):
        for number in measure_numbers(entry.target):
            setting = settings.get((entry.target.ref, number))
            yield asked_measure(plan, entry.target, number, setting), setting


def asked_measure(plan: Plan, target: Target, number: int, setting: TargetSet | None) -> AskedReading:
    """Return a measure of a plan's target as whoever tells its reading is asked for it."""
    goal = goal_of(target, number, setting, plan.year, date.fromisoformat(plan.closing_day))
    measure = planned_measure(target, number)
    words = measure.what if measure else target.text
    return AskedReading(
        target.ref,
        number,
        upper_first(words),
        goal.unit,
        goal.words(),
        signed=goal.direction in CHANGES,
        is_judged=measure is None,
    )


def earlier_reports(db: Database, report: Item) -> list[UnitReport]:
    """Return what the unit told of earlier periods of the year, and of months within its period, in order."""
    if report.plan is None or report.unit is None or report.period is None:
        return []
    own = parse(report.period)
    told = [other for other in reports_of_unit(db, report.plan, report.unit) if other.content]
    before = [(period, other) for other in told if (period := parse(other.period)).last < own.last]
    return [other for _, other in sorted(before, key=lambda pair: (pair[0].last, -pair[0].first))]


def _totals_before(db: Database, report: Item) -> dict[str, str | None]:
    """Return the running totals before a report's period; none if the year begins with the period."""
    begin = parse(report.period).first if report.period else 1
    if begin == 1:
        return {}
    ended = [other for other in earlier_reports(db, report) if parse(other.period).last < begin]
    content = ended[-1].content if ended else None
    tallies = {name: getattr(content, name, None) for name in TALLIES}
    return {name: tally.total if tally else None for name, tally in tallies.items()}
