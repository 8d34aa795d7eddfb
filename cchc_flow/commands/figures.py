"""The command that gives a figure of a plugin the commune's own value, from a day on."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal, InvalidOperation

from cchc_flow.commands.old_pages import refuse_old_page
from cchc_flow.commands.plugin_changes import stream_of_plugin
from cchc_flow.commands.plugins import plugin_change, require_editor
from cchc_flow.commands.typed_values import required_value
from cchc_flow.commands.unit_of_work import Commit, Order, UnitOfWork, write
from cchc_flow.errors import MissingData
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.hookspecs import Figure
from cchc_flow.plugin_host.figures import figure_on
from cchc_flow.projections import plans, rules
from cchc_flow.workflow.calendar import day_words, parse_day
from cchc_flow.workflow.events import NAMES, PluginConfigured
from cchc_flow.workflow.shares import format_number
from cchc_flow.workflow.typed_text import UnfitText, clean_line
from cchc_flow.workflow.upcast import newest_name
from cchc_flow.workspace import Workspace

LONGEST_SOURCE = 300
LONGEST_NUMBER = 40
MOST_YEARS_AHEAD = 5
FIRST_DAY = "Áp dụng từ ngày"


class SecondValue(MissingData):
    """The commune has already set another value for the same day."""


def set_figure(
    ws: Workspace,
    plugin: str,
    key: str,
    value: str,
    source: str,
    order: Order,
    *,
    since: str = "",
    replaces: bool = False,
    seen: int | None = None,
) -> bool:
    """Give a figure of a plugin the commune's own value; return False if it has that value already.

    `source` names what the value rests on. It holds from the day that was typed as `since`; without one from
    today, in place of what was set for today. If another value was set for that day, the new one is refused
    unless it `replaces` it.

    Raise NotAllowed, BadInput for a figure that does not exist, MissingData for a value out of bounds, a
    missing source or an impossible day (SecondValue for one that is taken), or ItemMoved if this figure was
    changed after the version `seen` of the plugin's stream.
    """
    typed_source, words, typed_day = " ".join(source.split()), _typed_number(value), since.strip()

    def decide_commit(uow: UnitOfWork) -> Commit:
        role = require_editor(uow)
        refuse_old_page(
            uow, stream_of_plugin(plugin), seen, "sửa số liệu này", concerns=is_change_of_figure(key)
        )
        first = _parse_first_day(uow, typed_day)
        figure = figure_on(ws.plugins, uow.db, plugin, key, first)
        number = _parse_figure(words, figure)
        if number == Decimal(figure.value) and figure.checked is not False:
            return Commit()
        basis = required_value("source", "Căn cứ", source, LONGEST_SOURCE)
        if typed_day and not replaces:
            _refuse_second_value(uow, plugin, figure, first)
        stored = f"{number.normalize():f}"
        event = PluginConfigured(
            plugin=plugin, figure=key, value=stored, source=basis, since=first.isoformat()
        )
        return Commit([plugin_change(uow, plugin, event)], role)

    request = ["figure", plugin, key, words, typed_source, typed_day, replaces]
    return write(ws, order, request, decide_commit) is not None


def is_change_of_figure(key: str) -> Callable[[RecordedEvent], bool]:
    """Return what tells whether an event changed the figure with a key."""
    return lambda event: newest_name(event.type) == NAMES[PluginConfigured] and event.data["figure"] == key


def _parse_first_day(uow: UnitOfWork, typed: str) -> date:
    """Return the day from which a value is to hold, today if none was typed; raise MissingData."""
    try:
        day = parse_day(clean_line(typed, LONGEST_NUMBER)) if typed else uow.today()
    except (UnfitText, ValueError):
        raise MissingData({"since": f"{FIRST_DAY}: phải là một ngày, như 25/01/2026."}) from None
    earliest = min((plan.year for plan in plans.plans(uow.db)), default=uow.today().year)
    if typed and day < date(earliest, 1, 1):
        words = f"không trước ngày {day_words(date(earliest, 1, 1))}, ngày đầu của kế hoạch"
        raise MissingData({"since": f"{FIRST_DAY}: {words}."})
    last = date(uow.today().year + MOST_YEARS_AHEAD, 12, 31)
    if day > last:
        raise MissingData({"since": f"{FIRST_DAY}: không sau ngày {day_words(last)}."})
    return day


def _refuse_second_value(uow: UnitOfWork, plugin: str, figure: Figure, day: date) -> None:
    """Raise SecondValue if the commune has already set a value of a figure for the same day."""
    changes = rules.figure_changes(uow.db, plugin)
    first = day.isoformat()
    present = next((one for one in changes if (one.figure, one.since) == (figure.key, first)), None)
    if present:
        value = f"{format_number(Decimal(present.value))} {figure.unit}"
        raise SecondValue(
            {
                "since": f"Từ ngày {day_words(day)} đã có mức {value} (căn cứ: {present.source});"
                " mỗi ngày chỉ có một mức. Hãy chọn ngày khác,"
                " hoặc đánh dấu «Thay mức đã ghi cho ngày này» nếu mức đó sai."
            }
        )


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
