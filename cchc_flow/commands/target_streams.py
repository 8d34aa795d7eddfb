"""What commands about targets read from the log: the plan's targets, and the streams of their measures."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec

from cchc_flow.commands.unit_of_work import NewEvents, UnitOfWork
from cchc_flow.errors import NotFound
from cchc_flow.plugin_host.facts import FactSource
from cchc_flow.projections import plans, settings
from cchc_flow.projections.as_of import Cutoff
from cchc_flow.projections.plans import Plan
from cchc_flow.projections.runner import position
from cchc_flow.workflow import periods
from cchc_flow.workflow.adopted_plan import adopted_plan
from cchc_flow.workflow.calendar import local_day, reporting_window
from cchc_flow.workflow.commands import Typed
from cchc_flow.workflow.events import Data, Target, TargetCorrected, TargetMeasured
from cchc_flow.workflow.target_readings import (
    MeasureHistory,
    Reading,
    fold_measure,
    is_same_figure,
    stream_of_measure,
)
from cchc_flow.workflow.targets import measure_numbers
from cchc_flow.workspace import Workspace

MOST_POSITIONS = 6_000
"""How many events a reading names: more would make its event larger than the log takes."""


class LoadedMeasure(msgspec.Struct, frozen=True):
    """A measure of a target, and what its stream says at the version that was read."""

    plan: Plan
    target: Target
    number: int
    history: MeasureHistory
    version: int

    @property
    def key(self) -> tuple[str, int]:
        """The target's place in the plan, and the number of the measure."""
        return self.target.ref, self.number

    def change(self, event: Data) -> NewEvents:
        """Return an event to append on top of what was read."""
        return NewEvents(stream_of_measure(self.plan.id, *self.key), self.version, (event,))


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A figure to be recorded, and what it rests on; see `events.TargetMeasured`."""

    value: str | None
    count: int | None = None
    of: int | None = None
    unit: str | None = None
    item: str | None = None
    plugin: str | None = None
    key: str | None = None
    note: Any = None
    positions: Sequence[int] = ()


def load_plan_targets(uow: UnitOfWork, plan_id: str) -> tuple[Plan, tuple[Target, ...]]:
    """Return a plan and its targets; raise NotFound."""
    plan = plans.find_plan(uow.db, plan_id)
    if plan is None:
        raise NotFound(f"Không có kế hoạch «{plan_id[:20]}».", "Hãy mở lại trang Chỉ tiêu.")
    event = uow.ws.log.event(plan.position)
    adopted = adopted_plan(event.type, event.data)
    return plan, adopted.targets if adopted else ()


def load_measure(uow: UnitOfWork, plan_id: str, ref: str, number: int) -> LoadedMeasure:
    """Return a measure with its history; raise NotFound."""
    plan, targets = load_plan_targets(uow, plan_id)
    target = next((target for target in targets if target.ref == ref), None)
    if target is None or number not in measure_numbers(target):
        raise NotFound(f"Kế hoạch không có chỉ tiêu «{ref[:20]}».", "Hãy mở lại trang Chỉ tiêu.")
    return load_history(uow, plan, target, number)


def load_measures(uow: UnitOfWork, plan_id: str) -> list[LoadedMeasure]:
    """Return all measures of a plan with their histories, in the order of the document."""
    plan, targets = load_plan_targets(uow, plan_id)
    return [
        load_history(uow, plan, target, number) for target in targets for number in measure_numbers(target)
    ]


def load_history(uow: UnitOfWork, plan: Plan, target: Target, number: int) -> LoadedMeasure:
    """Return a measure of a target with its history, as of the position that is read."""
    stream = stream_of_measure(plan.id, target.ref, number)
    events = list(uow.ws.log.streams([stream], position(uow.db)))
    history = fold_measure(events, [event.position for event in events])
    return LoadedMeasure(plan, target, number, history, len(events))


def reading_change(
    uow: UnitOfWork, measure: LoadedMeasure, period: str, source: str, figure: Figure, reason: str
) -> NewEvents | None:
    """Return a period's first reading from a source, or its correction; None if the figure is as it was."""
    former = measure.history.readings.get((period, source))
    if former is None:
        return measure.change(_first_reading(uow, measure, period, source, figure))
    if is_same_figure(former.value, figure.value):
        return None
    return measure.change(correction(uow, former, figure, reason))


def correction(uow: UnitOfWork, former: Reading, figure: Figure, reason: str) -> TargetCorrected:
    """Return the event that gives a reading another figure, with the one before and the reason."""
    typed: Any = Typed(reason)  # words now, a reference once they are in the vault
    return TargetCorrected(
        plan=former.plan,
        target=former.target,
        measure=former.measure,
        period=former.period,
        source=former.source,
        value=figure.value,
        count=figure.count,
        of=figure.of,
        estimate=is_estimate(uow, former.period),
        item=figure.item,
        previous=former.value,
        reason=typed,
        positions=_told_positions(figure),
    )


def _first_reading(
    uow: UnitOfWork, measure: LoadedMeasure, period: str, source: str, figure: Figure
) -> TargetMeasured:
    return TargetMeasured(
        plan=measure.plan.id,
        target=measure.target.ref,
        measure=measure.number,
        period=period,
        source=source,
        value=figure.value,
        count=figure.count,
        of=figure.of,
        estimate=is_estimate(uow, period),
        unit=figure.unit,
        item=figure.item,
        plugin=figure.plugin,
        key=figure.key,
        note=figure.note,
        positions=_told_positions(figure),
    )


def _told_positions(figure: Figure) -> tuple[int, ...]:
    """Return the positions of the events that a figure rests on, ascending; of very many the newest."""
    return tuple(sorted(figure.positions)[-MOST_POSITIONS:])


def is_estimate(uow: UnitOfWork, period: str) -> bool:
    """Tell whether the days whose figures belong into a period's report are not over today."""
    begins_on = settings.effective_settings(uow.db).reporting.window_from
    return uow.today() <= reporting_window(periods.parse(period), begins_on)[1]


def fact_source_of_plan(ws: Workspace, plan_id: str, cutoff: Cutoff | None = None) -> FactSource:
    """Return where plugins find what counts for a plan as of a cut-off (None: now).

    They count the year of their day: that is the plan's last one when it is over, its first before it begins.
    """
    day = cutoff.day if cutoff else local_day(ws.now())
    plan = plans.find_plan(ws.read(), plan_id)
    within = min(max(day, date(plan.year, 1, 1)), date.fromisoformat(plan.closing_day)) if plan else day
    if within != day:
        cutoff = Cutoff((cutoff or ws.cutoff()).position, within)
    return ws.fact_source(cutoff=cutoff)
