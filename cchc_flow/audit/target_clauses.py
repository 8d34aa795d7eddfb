"""Vietnamese clauses about the measures of targets, as the rest of a sentence after who acted."""

from collections.abc import Callable
from typing import Any

from cchc_flow.audit.phrases import join_clauses, number_phrase, period_phrase
from cchc_flow.audit.words import Names
from cchc_flow.hook_values import NOTHING_AROSE
from cchc_flow.workflow import events as ev
from cchc_flow.workflow.targets import COMPUTED, SOURCES


def _describe_set(data: ev.TargetSet, names: Names) -> str:
    owner = (
        f"giao {names.get(data.owner, data.owner)} theo dõi" if data.owner else "chưa giao đơn vị theo dõi"
    )
    source = f"nguồn số liệu: {SOURCES.get(data.source, data.source).lower()}"
    computed = f"tính theo «{data.key}» của lĩnh vực {data.plugin}" if data.plugin else ""
    baseline = (
        f"số của năm gốc: {number_phrase(data.baseline)} {data.baseline_unit or ''}" if data.baseline else ""
    )
    return join_clauses(f"đã phân công {_measure_words(data)}, {owner}", source, computed, baseline)


def _describe_measured(data: ev.TargetMeasured, names: Names) -> str:
    deed = "đã ghi số hệ thống tính" if data.source == COMPUTED else "đã ghi số đơn vị báo cáo"
    unit = f" của {names.get(data.unit, data.unit)}" if data.unit else ""
    value = f"kỳ {period_phrase(data.period)}: {_value_words(data.value)}"
    return join_clauses(
        f"{deed}{unit} cho {_measure_words(data)}",
        value,
        "là số ước, vì kỳ chưa hết" if data.estimate else "",
    )


def _describe_corrected(data: ev.TargetCorrected, names: Names) -> str:
    return join_clauses(
        f"đã sửa số liệu {_measure_words(data)}, kỳ {period_phrase(data.period)},"
        f" từ {_value_words(data.previous)} thành {_value_words(data.value)}",
        "có nêu lý do",
    )


def _measure_words(data: ev.TargetSet | ev.TargetMeasured | ev.TargetCorrected) -> str:
    """Return which measure is meant; a target has seldom more than one."""
    number = f" (thước đo {data.measure})" if data.measure > 1 else ""
    return f"chỉ tiêu {data.target}{number} của kế hoạch {data.plan}"


def _value_words(value: str | None) -> str:
    return number_phrase(value) if value is not None else f"«{NOTHING_AROSE}»"


TARGET_CLAUSES: dict[type[ev.Data], Callable[[Any, Names], str]] = {
    ev.TargetSet: _describe_set,
    ev.TargetMeasured: _describe_measured,
    ev.TargetCorrected: _describe_corrected,
}
