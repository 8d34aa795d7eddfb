"""Command handlers about plugins: switch them on and off, set their figures."""

from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from typing import cast

from cchc_flow.commands.old_pages import refuse_old_page
from cchc_flow.commands.plugin_changes import stream_of_plugin
from cchc_flow.commands.typed_values import required_value
from cchc_flow.commands.unit_of_work import Commit, NewEvents, Order, UnitOfWork, write
from cchc_flow.errors import MissingData, NotAllowed, NotFound
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.hookspecs import Figure
from cchc_flow.plugin_host.facts import figure_in_force
from cchc_flow.projections import rules
from cchc_flow.workflow.commands import Typed
from cchc_flow.workflow.events import (
    NAMES,
    Content,
    Data,
    PluginConfigured,
    PluginDisabled,
    PluginEnabled,
)
from cchc_flow.workflow.shares import format_number
from cchc_flow.workflow.typed_text import UnfitText, clean_line, clean_text
from cchc_flow.workflow.upcast import newest_name
from cchc_flow.workspace import Workspace

LONGEST_REASON = 2_000
LONGEST_SOURCE = 300
LONGEST_NUMBER = 40


def switch_plugin(
    ws: Workspace, plugin: str, enabled: bool, order: Order, *, reason: str = "", seen: int | None = None
) -> None:
    """Switch a plugin on or off; nothing changes if it is so already.

    To switch one off takes a `reason`. Raise NotAllowed, NotFound, MissingData without a reason, or ItemMoved
    if it was switched after the version `seen` of its stream.
    """
    words = reason.strip()

    def decide_commit(uow: UnitOfWork) -> Commit:
        role = _require_editor(uow)
        loaded = rules.loaded_plugins(uow.db).get(plugin)
        if loaded is None:
            raise NotFound(f"Không có lĩnh vực «{plugin[:40]}».", "Hãy mở lại trang Lĩnh vực.")
        refuse_old_page(uow, stream_of_plugin(plugin), seen, "bật hoặc tắt lĩnh vực này", concerns=is_switch)
        if loaded.enabled == enabled:
            return Commit()
        event = PluginEnabled(plugin=plugin) if enabled else _decide_disabling(plugin, words)
        return Commit([_plugin_change(uow, plugin, event)], role)

    write(ws, order, ["plugin", plugin, enabled, words], decide_commit)


def set_figure(
    ws: Workspace,
    plugin: str,
    key: str,
    value: str,
    source: str,
    order: Order,
    *,
    seen: int | None = None,
) -> None:
    """Give a figure of a plugin another value from now on; the same value changes nothing.

    `source` names what the value rests on. Raise NotAllowed, BadInput for a figure that does not exist,
    MissingData for a value out of bounds or a missing source, or ItemMoved if this figure was changed after
    the version `seen` of the plugin's stream.
    """
    typed_source, words = " ".join(source.split()), _typed_number(value)

    def decide_commit(uow: UnitOfWork) -> Commit:
        role = _require_editor(uow)
        refuse_old_page(
            uow, stream_of_plugin(plugin), seen, "sửa số liệu này", concerns=is_change_of_figure(key)
        )
        figure = figure_in_force(ws.plugins, uow.db, plugin, key)
        number = _parse_figure(words, figure)
        if number == Decimal(figure.value):
            return Commit()
        basis = required_value("source", "Căn cứ", source, LONGEST_SOURCE)
        stored = f"{number.normalize():f}"
        event = PluginConfigured(plugin=plugin, figure=key, value=stored, source=basis)
        return Commit([_plugin_change(uow, plugin, event)], role)

    write(ws, order, ["figure", plugin, key, words, typed_source], decide_commit)


def is_switch(event: RecordedEvent) -> bool:
    """Tell whether an event switched a plugin on or off."""
    return newest_name(event.type) in {NAMES[PluginEnabled], NAMES[PluginDisabled]}


def is_change_of_figure(key: str) -> Callable[[RecordedEvent], bool]:
    """Return what tells whether an event changed the figure with a key."""
    return lambda event: event.type == NAMES[PluginConfigured] and event.data["figure"] == key


def _decide_disabling(plugin: str, reason: str) -> PluginDisabled:
    """Return the event that switches a plugin off; raise MissingData without a reason, or for a long one."""
    words = required_value("reason", "Lý do tắt", reason, LONGEST_REASON, clean_text)
    # what was typed becomes a reference to the vault when the event is stored
    return PluginDisabled(plugin=plugin, reason=cast("Content", Typed(words)))


def _plugin_change(uow: UnitOfWork, plugin: str, event: Data) -> NewEvents:
    stream = stream_of_plugin(plugin)
    return NewEvents(stream, uow.version_of(stream), (event,))


def _require_editor(uow: UnitOfWork) -> str | None:
    """Return the role in which the actor may change plugins, None for the machine; raise NotAllowed."""
    actor = uow.actor()
    role = next((editor for editor in ("coordinator", "admin") if editor in actor.roles), None)
    if role is None and not uow.order.is_system:
        raise NotAllowed(
            "Bạn không được sửa các lĩnh vực.", "Việc này do đầu mối CCHC hoặc quản trị thực hiện."
        )
    return role


def _typed_number(value: str) -> str:
    """Return a typed number with a decimal point; one that cannot be read stays as it was typed."""
    with suppress(UnfitText):
        value = clean_line(value, LONGEST_NUMBER)
    return value.replace(",", ".")


def _parse_figure(words: str, figure: Figure) -> Decimal:
    """Return the number that was typed for a figure; raise MissingData unless it lies in its bounds."""
    low, high = Decimal(figure.low), Decimal(figure.high)
    try:
        number = Decimal(words)
    except InvalidOperation:
        raise MissingData({"value": f"{figure.title}: phải là một số."}) from None
    bounds = f"từ {format_number(low)} đến {format_number(high)}"
    if not number.is_finite() or not low <= number <= high:
        raise MissingData({"value": f"{figure.title}: phải {bounds}."})
    if figure.whole and number != int(number):
        raise MissingData({"value": f"{figure.title}: phải là số nguyên {bounds}, không có phần lẻ."})
    return number
