"""Orders about plugins, and what the log is told of them: what was loaded, what is in use, its figures."""

from decimal import Decimal, InvalidOperation

from cchc_flow.commands.asking import known_figure
from cchc_flow.commands.unit_of_work import Order, Writing, is_system, write
from cchc_flow.errors import MissingData, NotAllowed, NotFound
from cchc_flow.eventlog.port import Change, Draft
from cchc_flow.hookspecs import Figure
from cchc_flow.plugin_host.loading import About
from cchc_flow.projections import directory, rules
from cchc_flow.workflow.events import (
    NAMES,
    Data,
    PluginConfigured,
    PluginDisabled,
    PluginEnabled,
    PluginLoaded,
)
from cchc_flow.workflow.shares import format_number
from cchc_flow.workspace import Workspace

SETUP = "system:setup"
LONGEST_SOURCE = 300


def note_plugins(ws: Workspace) -> None:
    """Write down which plugins came with the program, each once for each version."""
    known = rules.loaded_plugins(ws.read())
    for about in ws.plugins.about.values():
        before = known.get(about.name)
        if before is None or (before.version, before.origin) != (about.version, about.origin):
            _note(ws, about)


def switch_plugin(ws: Workspace, plugin: str, enabled: bool, order: Order) -> None:
    """Let a plugin's rules be asked from now on, or not; as it is already changes nothing."""

    def once() -> Writing:
        role = _may(ws, order)
        known = rules.loaded_plugins(ws.read()).get(plugin)
        if known is None:
            raise NotFound(f"Không có lĩnh vực «{plugin[:40]}».", "Hãy mở lại trang Lĩnh vực.")
        if known.enabled == enabled:
            return Writing([])
        cls = PluginEnabled if enabled else PluginDisabled
        return Writing([_change(ws, plugin, cls, {"plugin": plugin})], role)

    write(ws, order, ["plugin", plugin, enabled], once)


def set_figure(ws: Workspace, plugin: str, key: str, value: str, source: str, order: Order) -> None:
    """Give a figure of a plugin another value from now on; the same value changes nothing."""
    grounds, words = " ".join(source.split()), value.strip().replace(",", ".")

    def once() -> Writing:
        role = _may(ws, order)
        figure = known_figure(ws, ws.read(), plugin, key)
        number = _number(words, figure)
        if number == Decimal(figure.value):
            return Writing([])
        if not 1 <= len(grounds) <= LONGEST_SOURCE:
            raise MissingData({"source": f"Căn cứ: cần từ 1 đến {LONGEST_SOURCE} ký tự."})
        value = str(int(number)) if figure.whole else words
        data = {"plugin": plugin, "figure": key, "value": value, "source": grounds}
        return Writing([_change(ws, plugin, PluginConfigured, data)], role)

    write(ws, order, ["figure", plugin, key, words, grounds], once)


def _note(ws: Workspace, about: About) -> None:
    data = {"plugin": about.name, "title": about.title, "version": about.version, "origin": about.origin}
    command = f"{SETUP}:plugin-{about.name}-{about.version}-{about.origin}"

    def once() -> Writing:
        return Writing([_change(ws, about.name, PluginLoaded, data)])

    write(ws, Order(SETUP, command), data, once)


def _change(ws: Workspace, plugin: str, cls: type[Data], data: dict[str, str]) -> Change:
    stream = f"plugin-{plugin}"
    return Change(stream, len(ws.log.stream(stream)), (Draft(NAMES[cls], data),))


def _may(ws: Workspace, order: Order) -> str | None:
    actor = directory.actor(ws.read(), order.actor)
    role = next((one for one in ("coordinator", "admin") if one in actor.roles), None)
    if role is None and not is_system(order):
        raise NotAllowed(
            "Bạn không được sửa các lĩnh vực.", "Việc này do đầu mối CCHC hoặc quản trị thực hiện."
        )
    return role


def _number(words: str, figure: Figure) -> Decimal:
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
