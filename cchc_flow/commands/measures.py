"""What people decide and record about the measures of targets: who answers, readings, corrections."""

from collections.abc import Callable
from datetime import date
from typing import Protocol

from cchc_flow.commands.old_pages import refuse_old_page
from cchc_flow.commands.target_streams import (
    Figure,
    LoadedMeasure,
    correction,
    fact_source_of_plan,
    load_measure,
    reading_change,
)
from cchc_flow.commands.typed_values import faults_into, optional_value, required_value
from cchc_flow.commands.unit_of_work import Commit, NewEvents, Order, UnitOfWork, write
from cchc_flow.errors import BadInput, MissingData, NotAllowed
from cchc_flow.plugin_host.measures import ComputedMeasures, compute_measures
from cchc_flow.projections import directory
from cchc_flow.projections.report_outlines import asked_measure
from cchc_flow.workflow import periods
from cchc_flow.workflow.calendar import day_words
from cchc_flow.workflow.commands import Typed
from cchc_flow.workflow.events import JsonObject, TargetSet
from cchc_flow.workflow.periods import Period
from cchc_flow.workflow.policy import Actor
from cchc_flow.workflow.report_outline import CHOOSE, AskedReading
from cchc_flow.workflow.target_readings import Reading, is_same_figure, stream_of_measure
from cchc_flow.workflow.targets import REPORTED, SOURCES
from cchc_flow.workflow.typed_numbers import UnfitNumber, read_number
from cchc_flow.workflow.typed_text import clean_text
from cchc_flow.workspace import Workspace

DECIDERS = ("coordinator", "leader")
"""Who says who answers for a measure, and corrects readings, in the order in which a role is taken for it."""
UNIT_ROLES = ("unit_head", "officer")
LONGEST_UNIT = 50
LONGEST_TEXT = 2_000
VALUE = "Số liệu"
MAY_NOT = (
    "Bạn không được ghi, sửa số liệu hoặc phân công chỉ tiêu này.",
    "Số liệu do đơn vị được giao theo dõi ghi; phân công và sửa do đầu mối CCHC hoặc lãnh đạo.",
)


class HasRoles(Protocol):
    """Somebody with roles, who may belong to a unit."""

    @property
    def roles(self) -> frozenset[str]: ...
    @property
    def unit(self) -> str | None: ...


def set_measure(
    ws: Workspace, place: tuple[str, str, int], data: JsonObject, order: Order, *, seen: int | None = None
) -> bool:
    """Decide who answers for a measure and where its readings come from, from the raw data of a form.

    `place` is the plan, the target and the number of the measure. Return False if nothing changes. Raise
    NotAllowed, NotFound, MissingData, or ItemMoved if it was changed after the version `seen`.
    """

    def decide_commit(uow: UnitOfWork) -> Commit:
        measure, role = _begin(uow, place, seen, lambda actor, _: decider_role(actor))
        event = _parse_setting(uow, measure, data)
        if event == measure.history.setting:
            return Commit()
        return Commit([measure.change(event)], role, uow.actor().unit)

    return write(ws, order, ["measure", place, data], decide_commit) is not None


def record_reading(
    ws: Workspace, place: tuple[str, str, int], data: JsonObject, order: Order, *, seen: int | None = None
) -> None:
    """Record the reading that a unit reports for a period, from the raw data of a form.

    The unit that answers for the measure may, and who decides. Raise a Refusal; a second reading of a period
    is refused, as a figure that was reported is corrected with a reason.
    """

    def decide_commit(uow: UnitOfWork) -> Commit:
        measure, role = _begin(uow, place, seen, reporter_role)
        period = _parse_period(uow, measure, str(data.get("period") or ""))
        note = _optional_text(data.get("note"))
        owner = measure.history.setting.owner if measure.history.setting else None
        figure = Figure(value=_parse_value(measure, data), unit=owner or uow.actor().unit, note=note)
        change = reading_change(uow, measure, period, REPORTED, figure, "")
        return Commit([change] if change else (), role, uow.actor().unit)

    write(ws, order, ["reading", place, data], decide_commit)


def correct_reading(
    ws: Workspace,
    place: tuple[str, str, int],
    period: str,
    data: JsonObject,
    order: Order,
    *,
    seen: int | None = None,
) -> bool:
    """Give the reading that was reported for a period another figure, for a reason; False if it is the same.

    What the program computed is not corrected by hand: its register is.
    """

    def decide_commit(uow: UnitOfWork) -> Commit:
        measure, role = _begin(uow, place, seen, lambda actor, _: decider_role(actor))
        former = measure.history.readings.get((period, REPORTED))
        if former is None:
            raise BadInput("Kỳ này chưa có số đơn vị báo cáo để sửa.", "Hãy ghi số liệu cho kỳ đó.")
        return Commit(list(_correct(uow, measure, former, data)), role, uow.actor().unit)

    return write(ws, order, ["correction", place, period, data], decide_commit) is not None


def reporter_role(who: HasRoles, setting: TargetSet | None) -> str | None:
    """Return the role in which somebody records readings of a measure, None for who may not."""
    if setting and setting.owner and setting.owner == who.unit:
        return next((role for role in (*UNIT_ROLES, *DECIDERS) if role in who.roles), None)
    return decider_role(who)


def decider_role(who: HasRoles) -> str | None:
    """Return the role in which somebody decides about measures, None for who may not."""
    return next((role for role in DECIDERS if role in who.roles), None)


def require_role(role: str | None) -> str:
    """Return the role in which somebody acts; raise NotAllowed if there is none."""
    if role is None:
        raise NotAllowed(*MAY_NOT)
    return role


def recordable_periods(year: int, today: date) -> list[Period]:
    """Return the periods of a year whose last month has begun, the newest and of those the longest first."""
    sorts = ("year", "nine", "half", "quarter", "month")
    found = [period for sort in sorts for period in periods.periods_of_sort(sort, year)]
    begun = [period for period in found if has_begun_to_end(period, today)]
    return sorted(begun, key=lambda period: (-period.last, period.first))


def has_begun_to_end(period: Period, today: date) -> bool:
    """Tell whether the last month of a period has begun: units report before the period is over."""
    return today >= period.end.replace(day=1)


def _begin(
    uow: UnitOfWork,
    place: tuple[str, str, int],
    seen: int | None,
    role_of: Callable[[Actor, TargetSet | None], str | None],
) -> tuple[LoadedMeasure, str]:
    """Return the measure and the role of the actor; raise NotFound, NotAllowed or ItemMoved."""
    measure = load_measure(uow, *place)
    role = require_role(role_of(uow.require_actor(), measure.history.setting))
    refuse_old_page(uow, stream_of_measure(*place), seen, "sửa chỉ tiêu này")
    return measure, role


def _parse_setting(uow: UnitOfWork, measure: LoadedMeasure, data: JsonObject) -> TargetSet:
    """Return the decision in the raw data of a form; raise MissingData."""
    former, wrong = measure.history.setting, dict[str, str]()
    owner, source = data.get("owner") or None, str(data.get("source") or "")
    plugin, _, key = str(data.get("computed") or "").partition(":")
    units = {unit.id for unit in directory.units(uow.db) if unit.active}
    if owner and owner not in units | {former.owner if former else None}:
        wrong["owner"] = "Đơn vị theo dõi: hãy chọn một đơn vị đang hoạt động."
    if source not in SOURCES:
        wrong["source"] = "Nguồn số liệu: hãy chọn một nguồn."
    elif source != REPORTED and measure.number == 0:
        wrong["source"] = "Nguồn số liệu: chỉ tiêu định tính chỉ do đơn vị báo cáo."
    elif source != REPORTED and not plugin:
        wrong["computed"] = "Tính từ: hãy chọn thước đo của lĩnh vực để tính."
    is_new = plugin and (former is None or (plugin, key) != (former.plugin, former.key))
    if is_new and (plugin, key) not in _computed_of(uow, measure).measures:
        wrong["computed"] = "Tính từ: lĩnh vực không có thước đo này; hãy chọn lại."
    baseline, baseline_unit = _parse_baseline(data, wrong)
    if wrong:
        raise MissingData(wrong)
    return TargetSet(
        plan=measure.plan.id,
        target=measure.target.ref,
        measure=measure.number,
        owner=owner,
        source=source,
        plugin=plugin or None,
        key=key or None,
        baseline=baseline,
        baseline_unit=baseline_unit,
        accumulates=data.get("accumulates") in ("1", True),
    )


def _computed_of(uow: UnitOfWork, measure: LoadedMeasure) -> ComputedMeasures:
    return compute_measures(fact_source_of_plan(uow.ws, measure.plan.id))


def _parse_baseline(data: JsonObject, wrong: dict[str, str]) -> tuple[str | None, str | None]:
    """Return the figure of the base year and its unit; add a sentence to `wrong` for what is unfit."""
    value, unit = None, None
    try:
        value = read_number(str(data.get("baseline") or ""))
    except UnfitNumber as error:
        wrong["baseline"] = f"Số của năm gốc: {error}."
    with faults_into(wrong):
        title = "Đơn vị tính của năm gốc"
        unit = optional_value("baseline_unit", title, data.get("baseline_unit"), LONGEST_UNIT)
    return value, unit


def _parse_period(uow: UnitOfWork, measure: LoadedMeasure, typed: str) -> str:
    """Return the name of the period that is reported on; raise MissingData."""
    try:
        period = periods.parse(typed)
    except BadInput:
        raise MissingData({"period": "Kỳ: hãy chọn kỳ của số liệu."}) from None
    if period.year != measure.plan.year:
        raise MissingData({"period": f"Kỳ: phải là kỳ của năm {measure.plan.year}, năm của kế hoạch."})
    if not has_begun_to_end(period, uow.today()):
        first = day_words(period.end.replace(day=1))
        raise MissingData({"period": f"Kỳ: {period.words()} chưa hết; ghi được từ ngày {first}."})
    if former := measure.history.readings.get((period.name, REPORTED)):
        told = _asked(measure).value_words(former.value)
        raise MissingData(
            {"period": f"Kỳ: {period.words()} đã có số liệu ({told}); hãy sửa số đó và nêu lý do."}
        )
    return period.name


def _parse_value(measure: LoadedMeasure, data: JsonObject) -> str | None:
    """Return the figure that was typed, None for «Không phát sinh»; raise MissingData."""
    try:
        reading = _asked(measure).read(str(data.get("value") or ""))
    except UnfitNumber as error:
        raise MissingData({"value": f"{VALUE}: {error}."}) from None
    if reading is None:
        expected = "hãy ghi một số, hoặc «Không phát sinh»" if measure.number else CHOOSE
        raise MissingData({"value": f"{VALUE}: {expected}."})
    return reading.value


def _asked(measure: LoadedMeasure) -> AskedReading:
    return asked_measure(measure.plan, measure.target, measure.number, measure.history.setting)


def _optional_text(raw: object) -> Typed | None:
    """Return a remark that was typed, None for nothing; raise MissingData."""
    words = str(raw or "")
    return (
        Typed(required_value("note", "Ghi chú", words, LONGEST_TEXT, clean_text)) if words.strip() else None
    )


def _correct(uow: UnitOfWork, measure: LoadedMeasure, former: Reading, data: JsonObject) -> list[NewEvents]:
    """Return the correction of a reading, nothing if it is the figure that stands; raise MissingData."""
    wrong: dict[str, str] = {}
    value, reason = None, ""
    with faults_into(wrong):
        value = _parse_value(measure, data)
    with faults_into(wrong):
        reason = required_value("reason", "Lý do", str(data.get("reason") or ""), LONGEST_TEXT, clean_text)
    if wrong:
        raise MissingData(wrong)
    if is_same_figure(value, former.value):
        return []
    figure = Figure(value=value)
    return [measure.change(correction(uow, former, figure, reason))]
