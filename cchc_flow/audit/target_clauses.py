"""Vietnamese clauses about the measures of targets, as the rest of a sentence after who acted."""

from collections.abc import Callable
from typing import Any

from cchc_flow.audit.phrases import join_clauses, number_phrase, period_phrase
from cchc_flow.audit.words import Names
from cchc_flow.workflow import events as ev
from cchc_flow.workflow.report_outline import NOTHING_AROSE
from cchc_flow.workflow.targets import COMPUTED, SOURCES

MEASURE, MEASURE_UNIT = "measure:what", "measure:unit"
"""The keys under which names have what the measure of an event's target measures, and in which unit."""


def _describe_set(data: ev.TargetSet, names: Names) -> str:
    owner = (
        f"giao {names.get(data.owner, data.owner)} theo dõi" if data.owner else "chưa giao đơn vị theo dõi"
    )
    source = f"nguồn số liệu: {SOURCES.get(data.source, data.source).lower()}"
    title = names.get(f"plugin:{data.plugin}", data.plugin)
    computed = f"tính từ sổ theo dõi của «{title}»" if data.plugin else ""
    baseline = (
        f"số của năm gốc: {number_phrase(data.baseline)} {data.baseline_unit or ''}" if data.baseline else ""
    )
    return join_clauses(f"đã phân công {measure_words(data, names)}, {owner}", source, computed, baseline)


def _describe_measured(data: ev.TargetMeasured, names: Names) -> str:
    deed = "đã ghi số hệ thống tính" if data.source == COMPUTED else "đã ghi số đơn vị báo cáo"
    unit = f" của {names.get(data.unit, data.unit)}" if data.unit else ""
    value = f"kỳ {period_phrase(data.period)}: {value_words(data.value, names)}"
    return join_clauses(
        f"{deed}{unit} cho {measure_words(data, names)}",
        value,
        "là số ước, vì kỳ chưa hết" if data.estimate else "",
    )


def _describe_corrected(data: ev.TargetCorrected, names: Names) -> str:
    return join_clauses(
        f"đã sửa số liệu {measure_words(data, names)}, kỳ {period_phrase(data.period)},"
        f" từ {value_words(data.previous, names)} thành {value_words(data.value, names)}",
        "có nêu lý do",
    )


def measure_words(data: ev.TargetSet | ev.TargetMeasured | ev.TargetCorrected, names: Names) -> str:
    """Return which measure is meant: by its words, else by its number if the target has several."""
    number = f" (thước đo {data.measure})" if data.measure > 1 else ""
    title = f" «{names[MEASURE]}»" if MEASURE in names else number
    return f"chỉ tiêu {data.target}{title} của kế hoạch {data.plan}"


def value_words(value: str | None, names: Names) -> str:
    """Return a reading with its unit; None says that nothing arose."""
    unit = names.get(MEASURE_UNIT, "")
    return f"{number_phrase(value)} {unit}".rstrip() if value is not None else f"«{NOTHING_AROSE}»"


TARGET_CLAUSES: dict[type[ev.Data], Callable[[Any, Names], str]] = {
    ev.TargetSet: _describe_set,
    ev.TargetMeasured: _describe_measured,
    ev.TargetCorrected: _describe_corrected,
}
