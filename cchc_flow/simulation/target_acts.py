"""What the people of the simulated year do about targets: they tell what the registers of the day say."""

import random
from collections.abc import Callable, Iterator
from decimal import Decimal

import msgspec

from cchc_flow.commands import Order, UnitOfWork, channels, measures
from cchc_flow.commands.target_streams import LoadedMeasure, load_measures
from cchc_flow.commands.target_suggestions import take_suggestions
from cchc_flow.commands.targets import record_computed_readings
from cchc_flow.hookspecs import Measure
from cchc_flow.plugin_host.measures import compute_measures
from cchc_flow.projections import targets
from cchc_flow.workflow import periods
from cchc_flow.workflow.events import JsonObject, TargetSet
from cchc_flow.workflow.report_outline import NOTHING_AROSE
from cchc_flow.workflow.targets import COMPUTED, REPORTED
from cchc_flow.workflow.unit_report import VALUE
from cchc_flow.workspace import Workspace

PLAN = "2026"
Place = tuple[str, int]
COURSES: dict[Place, dict[int, str]] = {
    ("II.1", 0): {3: "0", 6: "1"},
    ("II.4", 2): {3: NOTHING_AROSE, 6: "100"},
    ("II.10", 0): {6: "0", 9: "1"},
    ("II.11", 0): {3: "1"},
    ("II.12", 0): {3: "0"},
    ("II.13", 2): {6: "88,4", 9: "89,2", 12: "90,6"},
    ("II.17", 2): {3: "0", 11: "1"},
}
"""What is reported of it, from which month on."""
WORTH_CORRECTING = 1
SLIPS = 0.06
"""How many figures are told otherwise than the registers have them."""
REASON = "Đối chiếu với sổ theo dõi: đơn vị cộng thiếu số phát sinh những ngày cuối kỳ."


def _take_suggestions(ws: Workspace, subject: str, data: JsonObject, order: Order) -> None:
    take_suggestions(ws, subject, order)


def _set_measure(ws: Workspace, subject: str, data: JsonObject, order: Order) -> None:
    ref, number = subject.split(":")
    measures.set_measure(ws, (PLAN, ref, int(number)), data, order)


def _report_readings(ws: Workspace, subject: str, data: JsonObject, order: Order) -> None:
    """Record what a unit reports of its measures for a period that is not reported yet."""
    for measure, value in _typed_readings(ws, subject, data["unit"], order):
        place = (PLAN, *measure.key)
        part = msgspec.structs.replace(order, command_id=_part(order, measure))
        measures.record_reading(ws, place, {"period": subject, "value": value}, part)


def typed_readings(ws: Workspace, period: str, unit: str) -> dict[Place, str]:
    """Return what a unit types for each of its measures in its report of a period, by target and number."""
    found = _typed_readings(ws, period, unit, Order("system:demo", "", channel=channels.DEMO))
    return {measure.key: value for measure, value in found}


def readings_of_report(ws: Workspace, report: str) -> dict[str, str]:
    """Return what a unit types for its measures into the form of a report, by the names of the inputs."""
    _, unit, period = report.split(":")
    found = typed_readings(ws, period, unit)
    return {f"{VALUE}{ref}:{number}": value for (ref, number), value in found.items()}


def _typed_readings(
    ws: Workspace, period: str, unit: str, order: Order
) -> Iterator[tuple[LoadedMeasure, str]]:
    uow = UnitOfWork(ws, order)
    if not any(_asks(known.data, unit) for known in targets.measure_settings(uow.db, PLAN).values()):
        return
    own = [measure for measure in load_measures(uow, PLAN) if _is_asked(measure, unit, period)]
    computed = compute_measures(uow.fact_source()).measures if own else {}
    for measure in own:
        setting = measure.history.setting
        counted = computed.get((setting.plugin or "", setting.key or "")) if setting else None
        value = _told_figure(measure, period, counted) if counted else _course(measure.key, period)
        if value:
            yield measure, value


def _is_asked(measure: LoadedMeasure, unit: str, period: str) -> bool:
    return _asks(measure.history.setting, unit) and (period, REPORTED) not in measure.history.readings


def _asks(setting: TargetSet | None, unit: str) -> bool:
    return setting is not None and setting.owner == unit and setting.source != COMPUTED


def _told_figure(measure: LoadedMeasure, period: str, counted: Measure) -> str | None:
    """Return the figure that a register counts as a unit tells it; now and then a little less."""
    if counted.value is None:
        return NOTHING_AROSE if counted.recorded else None
    value, lot = Decimal(counted.value), random.Random(f"{measure.key}{period}")  # noqa: S311  # nosec B311
    if counted.unit == "%" and value >= 3 and lot.random() < SLIPS:
        value -= lot.randint(1, 2)
    return f"{value.normalize():f}".replace(".", ",")


def _course(key: Place, period: str) -> str | None:
    """Return what is reported for a period of something that no register counts."""
    month = periods.parse(period).last
    begun = [value for since, value in COURSES.get(key, {}).items() if since <= month]
    is_quarterly = month % 3 == 0 or key[1] != 0
    return begun[-1] if begun and is_quarterly else None


def _correct_readings(ws: Workspace, subject: str, data: JsonObject, order: Order) -> None:
    """Correct what was reported of a period where the registers say more."""
    uow = UnitOfWork(ws, order)
    loaded = load_measures(uow, PLAN)
    computed = compute_measures(uow.fact_source()).measures
    for measure in loaded:
        setting, told = measure.history.setting, measure.history.readings.get((subject, REPORTED))
        counted = computed.get((setting.plugin or "", setting.key or "")) if setting else None
        if told is None or told.value is None or counted is None or counted.value is None:
            continue
        if Decimal(counted.value) - Decimal(told.value) >= WORTH_CORRECTING:
            typed = {"value": counted.value.replace(".", ","), "reason": REASON}
            part = msgspec.structs.replace(order, command_id=_part(order, measure))
            measures.correct_reading(ws, (PLAN, *measure.key), subject, typed, part)


def _record_counted(ws: Workspace, subject: str, data: JsonObject, order: Order) -> None:
    record_computed_readings(ws, PLAN, subject, order)


def _part(order: Order, measure: LoadedMeasure) -> str:
    return f"{order.command_id}-{measure.target.ref}-{measure.number}"


ACTS: dict[str, Callable[[Workspace, str, JsonObject, Order], None]] = {
    "targets": _take_suggestions,
    "measure": _set_measure,
    "readings": _report_readings,
    "corrections": _correct_readings,
    "counted": _record_counted,
}
