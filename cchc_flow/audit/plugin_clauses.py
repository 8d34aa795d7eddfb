"""Vietnamese clauses about the events of plugins: what was loaded, is missing, was switched, was set."""

import re
from collections.abc import Callable
from typing import Any

from cchc_flow.audit.phrases import day_phrase, join_clauses, join_words, number_phrase
from cchc_flow.audit.words import Names, plugin_origin
from cchc_flow.workflow import events as ev
from cchc_flow.workflow.law import changed_figures

CHANGE = "plugin:change"
"""The key under which names have what a loading changed (see `change_phrase`)."""
NUMBERS = re.compile(r"\d+(?:\.\d+)*")
RETURNED = "lĩnh vực đã có lại trong phần mềm"


def change_phrase(before: ev.PluginLoaded | None, was_missing: bool, now: ev.PluginLoaded) -> str:
    """Return what a loading of a plugin changed against the one before it; "" for the first."""
    if before is None:
        return ""
    figures = "; ".join(figure_change_phrases(before, now))
    law = f"quy định đổi: {figures}" if figures else ""
    return join_clauses(RETURNED if was_missing else "", _code_phrase(before, now), law)


def figure_change_phrases(before: ev.PluginLoaded, now: ev.PluginLoaded) -> list[str]:
    """Return a phrase for each figure that a newer version of a plugin brings with other values."""
    return [
        f"«{figure.title}» {join_words([_edition_phrase(each, figure.unit) for each in new])}"
        if new
        else f"«{figure.title}» bỏ mức đã nêu trước đây"
        for figure, new in changed_figures(before.figures, now.figures)
    ]


def _edition_phrase(edition: ev.FigureEdition, unit: str) -> str:
    """Return a value of a figure in words: «10 ngày từ ngày 01/02/2026»."""
    since = f" từ ngày {day_phrase(edition.since)}" if edition.since else ""
    return f"{number_phrase(edition.value)} {unit}{since}"


def _code_phrase(before: ev.PluginLoaded, now: ev.PluginLoaded) -> str:
    """Return in words how a plugin's code differs from what was loaded before; "" when it does not."""
    if now.version != before.version:
        is_older = _release(now.version) < _release(before.version)
        return f"{'bản cũ hơn đã trở lại, ' if is_older else ''}thay bản {before.version}"
    if not before.digest:
        return "từ nay nhật ký ghi cả mã của lĩnh vực"
    if now.digest != before.digest:
        return "mã đã đổi dù số phiên bản giữ nguyên"
    return "" if now == before else "những gì lĩnh vực này khai báo đã đổi"


def _release(version: str) -> tuple[int, ...]:
    """Return the numbers with which a version begins: 1.2 of «1.2rc1»."""
    found = NUMBERS.match(version)
    return tuple(map(int, found[0].split("."))) if found else ()


def _describe_loaded(data: ev.PluginLoaded, names: Names) -> str:
    loaded = f"đã nạp lĩnh vực «{data.title}», bản {data.version} ({plugin_origin(data.origin)})"
    return f"{loaded}: {names[CHANGE]}" if names.get(CHANGE) else loaded


def _describe_missing(data: ev.PluginMissing, names: Names) -> str:
    title = _plugin_title(data.plugin, names)
    return f"đã ghi nhận: lĩnh vực «{title}» không còn trong phần mềm, hoặc không nạp được"


def _describe_enabled(data: ev.PluginEnabled, names: Names) -> str:
    return f"đã bật các quy tắc của lĩnh vực «{_plugin_title(data.plugin, names)}»"


def _describe_disabled(data: ev.PluginDisabled, names: Names) -> str:
    disabled = f"đã tắt các quy tắc của lĩnh vực «{_plugin_title(data.plugin, names)}»"
    return f"{disabled}, có nêu lý do" if data.reason else disabled


def _describe_configured(data: ev.PluginConfigured, names: Names) -> str:
    key = f"{data.plugin}.{data.figure}"
    title, unit = names.get(f"figure:{key}", data.figure), names.get(f"unit:{key}", "")
    value = f"{number_phrase(data.value)} {unit}".strip()
    since = f" từ ngày {day_phrase(data.since)}" if data.since else ""
    plugin = _plugin_title(data.plugin, names)
    return f"đã đặt «{title}» của «{plugin}» là {value}{since}, căn cứ: {data.source}"


def _plugin_title(plugin: str, names: Names) -> str:
    """Return the title of a plugin, its name when it was never loaded."""
    return names.get(f"plugin:{plugin}", plugin)


PLUGIN_CLAUSES: dict[type[ev.Data], Callable[[Any, Names], str]] = {
    ev.PluginLoaded: _describe_loaded,
    ev.PluginMissing: _describe_missing,
    ev.PluginEnabled: _describe_enabled,
    ev.PluginDisabled: _describe_disabled,
    ev.PluginConfigured: _describe_configured,
}
