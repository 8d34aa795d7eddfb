"""The Vietnamese clause about an export: what was taken out of the log, as which kind of file."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from cchc_flow.audit.flags import FLAGS
from cchc_flow.audit.phrases import day_phrase, join_clauses
from cchc_flow.audit.words import Names, event_type_title
from cchc_flow.workflow import events as ev
from cchc_flow.workflow.policy import ROLES
from cchc_flow.workflow.shares import format_number

FORMAT_TITLES = {
    "csv": "bảng CSV",
    "xlsx": "bảng Excel",
    "jsonl": "nguyên văn từng sự kiện (JSON từng dòng)",
    "cloudevents": "CloudEvents (JSON)",
    "xes": "XES",
    "ocel-json": "OCEL 2.0 (JSON)",
    "ocel-sqlite": "OCEL 2.0 (SQLite)",
    "bundle": "hồ sơ bằng chứng",
}
FILTER_TITLES = {
    "question": "câu hỏi",
    "from": "từ ngày",
    "to": "đến ngày",
    "day": "ngày",
    "clock": "theo giờ",
    "person": "người thực hiện",
    "unit": "đơn vị",
    "role": "vai trò",
    "channel": "kênh",
    "type": "loại việc",
    "kind": "loại công việc",
    "area": "lĩnh vực",
    "item": "công việc",
    "period": "kỳ",
    "flag": "dấu hiệu",
}

CHOICES: Mapping[str, Mapping[str, str]] = {
    "role": ROLES,
    "clock": {"recorded": "ghi vào nhật ký", "happened": "ra lệnh"},
    "flag": {name: flag.title for name, flag in FLAGS.items()},
}
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def describe_exported(data: ev.LogExported, names: Names) -> str:
    """Return the clause of an export: how many events, which, in which form, and by which filters."""
    form = FORMAT_TITLES.get(data.format, data.format)
    clauses = [
        f"đã tải về {format_number(data.count)} sự kiện{_span(data)} dạng {form}",
        view_words(data.view, names),
    ]
    if data.words:
        clauses.append("có tìm theo từ ngữ")
    if data.withheld:
        clauses.append(
            f"trong đó {format_number(data.withheld)} sự kiện không được xem nên chỉ có số thứ tự và mã băm"
        )
    return f"{join_clauses(*clauses)} (mã băm của tệp: {data.digest[:12]}…)"


def view_words(view: Mapping[str, str | None], names: Names) -> str:
    """Return the filters of a view in words; "" when there are none."""
    parts = [
        f"{FILTER_TITLES.get(name, name)} {_value_words(name, value, names)}"
        for name, value in sorted(view.items(), key=_order)
        if value
    ]
    return f"bộ lọc: {', '.join(parts)}" if parts else ""


def _order(entry: tuple[str, str | None]) -> int:
    """Return the place of a filter among all of them; one that is not known comes last."""
    titles = list(FILTER_TITLES)
    return titles.index(entry[0]) if entry[0] in FILTER_TITLES else len(titles)


def _value_words(name: str, value: str, names: Names) -> str:
    """Return the value of a filter in words: a day, or what a choice is called."""
    if DAY.fullmatch(value):
        return day_phrase(value)
    title = event_type_title(value) if name == "type" else CHOICES.get(name, names).get(value, value)
    return f"«{title}»"


def _span(data: ev.LogExported) -> str:
    if data.first is None or data.last is None:
        return ""
    return f" (từ số {data.first} đến số {data.last})" if data.first != data.last else f" (số {data.first})"


EXPORT_CLAUSES: dict[type[ev.Data], Callable[[Any, Names], str]] = {ev.LogExported: describe_exported}
