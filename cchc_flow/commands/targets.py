"""The readings of targets that come with reports: a unit's own, and the computed ones of the commune's."""

from collections.abc import Iterable

from sqlite_utils import Database

from cchc_flow.commands.measures import decider_role, has_begun_to_end, require_role
from cchc_flow.commands.target_streams import (
    Figure,
    LoadedMeasure,
    fact_source_of_plan,
    load_measures,
    load_plan_targets,
    reading_change,
)
from cchc_flow.commands.unit_of_work import Commit, NewEvents, Order, UnitOfWork, write
from cchc_flow.errors import BadInput, Refusal
from cchc_flow.hookspecs import Measure
from cchc_flow.plugin_host.measures import ComputedMeasures, compute_measures
from cchc_flow.projections.as_of import Cutoff
from cchc_flow.projections.cards.moves import moves_of_items, positions_behind
from cchc_flow.workflow import periods
from cchc_flow.workflow.events import ReportedReading
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.periods import Period
from cchc_flow.workflow.targets import BOTH, COMPUTED, REPORTED
from cchc_flow.workspace import Workspace

UNREAD = "Chưa tính được số liệu chỉ tiêu"


def reported_readings(
    uow: UnitOfWork, report: Item, readings: Iterable[ReportedReading], positions: tuple[int, ...] = ()
) -> list[NewEvents]:
    """Return the readings to append when a unit's report is accepted; `positions` are of what reported them.

    A figure that was recorded for the period before is corrected. What the plan does not know, or another
    unit answers for, is left out.
    """
    measures = {measure.key: measure for measure in load_measures(uow, report.plan or "")}
    reason = f"Theo báo cáo {periods.parse(report.period or '').words()} của đơn vị đã được chấp nhận."
    changes = []
    for key, reading in {(reading.target, reading.measure): reading for reading in readings}.items():
        measure = measures.get(key)
        if measure is None or not is_reported_by(measure, report.unit):
            continue
        figure = Figure(
            value=reading.value, unit=report.unit, item=report.id, note=reading.note, positions=positions
        )
        changes.append(reading_change(uow, measure, report.period or "", REPORTED, figure, reason))
    return [change for change in changes if change]


def is_reported_by(measure: LoadedMeasure, unit: str | None) -> bool:
    """Tell whether a unit gives the readings of a measure: the one that answers for it."""
    setting = measure.history.setting
    return setting is not None and setting.source != COMPUTED and setting.owner == unit


def computed_readings(
    uow: UnitOfWork, plan: str, period: str, cutoff: Cutoff | None = None
) -> list[NewEvents]:
    """Return the computed readings of a period to append when the commune's report on it is issued.

    They are as of the cut-off (None: now), but never later than the end of the period: what was recorded
    afterwards belongs to the next one. Raise Refusal when a plugin cannot tell a measure that is to come from
    it.
    """
    measures = [measure for measure in load_measures(uow, plan) if _is_computed(measure)]
    if not measures:
        return []
    source = fact_source_of_plan(uow.ws, plan, _within_period(uow, period, cutoff))
    computed = compute_measures(source)
    reason = f"Tính lại từ sổ theo dõi cho kỳ {periods.parse(period).words()}."
    changes = []
    for measure in measures:
        answer = _answer(measure, computed)
        if answer is not None and (answer.value is not None or answer.recorded):
            figure = _figure_of(source.read(), measure, answer)
            changes.append(reading_change(uow, measure, period, COMPUTED, figure, reason))
    return [change for change in changes if change]


def _within_period(uow: UnitOfWork, period: str, cutoff: Cutoff | None) -> Cutoff | None:
    """Return the cut-off, or that of the end of a period if it is later."""
    end = periods.parse(period).end
    return uow.ws.cutoff(end) if (cutoff.day if cutoff else uow.today()) > end else cutoff


def record_computed_readings(ws: Workspace, plan: str, period: str, order: Order) -> int:
    """Record what the registers say of a period now; return how many readings were added or corrected.

    Raise NotAllowed for who does not decide about targets, BadInput for a period that is not to be reported
    on yet.
    """
    changed = 0

    def decide_commit(uow: UnitOfWork) -> Commit:
        nonlocal changed
        actor = uow.require_actor()
        role = require_role(decider_role(actor))
        _refuse_other_period(uow, plan, periods.parse(period))
        changes = computed_readings(uow, plan, period)
        changed = len(changes)
        return Commit(changes, role, actor.unit)

    write(ws, order, ["counted", plan, period], decide_commit)
    return changed


def _refuse_other_period(uow: UnitOfWork, plan: str, period: Period) -> None:
    """Raise BadInput for a period of another year than the plan's, or whose last month has not begun."""
    year = load_plan_targets(uow, plan)[0].year
    if period.year != year:
        raise BadInput(f"Kỳ {period.words()} không thuộc kế hoạch năm {year}.", "Hãy chọn kỳ của năm đó.")
    if not has_begun_to_end(period, uow.today()):
        raise BadInput(f"Kỳ {period.words()} chưa hết.", "Hãy ghi khi đã sang tháng cuối của kỳ.")


def _is_computed(measure: LoadedMeasure) -> bool:
    setting = measure.history.setting
    return setting is not None and setting.source in (COMPUTED, BOTH) and setting.plugin is not None


def _answer(measure: LoadedMeasure, computed: ComputedMeasures) -> Measure | None:
    """Return what the plugin computes for a measure, None if it has no such measure; raise Refusal."""
    setting = measure.history.setting
    plugin, key = (setting.plugin or "", setting.key or "") if setting else ("", "")
    if plugin in computed.faults:
        raise Refusal(
            f"{UNREAD} {measure.target.ref}: {computed.faults[plugin]}",
            "Hãy thử lại; nếu vẫn lỗi, hãy tắt lĩnh vực đó hoặc đổi nguồn số liệu của chỉ tiêu.",
        )
    return computed.measures.get((plugin, key))


def _figure_of(db: Database, measure: LoadedMeasure, answer: Measure) -> Figure:
    setting = measure.history.setting
    return Figure(
        value=answer.value,
        count=answer.count,
        of=answer.of,
        plugin=setting.plugin if setting else None,
        key=answer.key,
        positions=list(positions_behind(moves_of_items(db, answer.items), answer.items)),
    )
