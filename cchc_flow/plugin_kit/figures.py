"""Figures of a plan and measures that are held against them."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from cchc_flow.hookspecs import Figure, Item, Measure
from cchc_flow.plugin_kit.entries import ids
from cchc_flow.workflow.shares import in_percent, percent

OF_THE_PLAN = "Chỉ tiêu trong kế hoạch CCHC của xã"
"""The source of a figure that is a target of the commune's plan."""


def percent_figure(key: str, title: str, value: str, source: str, *, checked: bool | None = None) -> Figure:
    """Return a figure in percent, which may be set from 0 to 100."""
    return Figure(key, title, value, "%", source, high="100", checked=checked)


def share_of_total(
    key: str,
    title: str,
    part: Decimal | int,
    whole: Decimal | int,
    entries: Sequence[Item],
    note: str = "",
) -> Measure:
    """Return the measure of which part of a whole number is reached, in percent, as `entries` tell it.

    It has no value where the whole is 0. `hookspecs.share` is the same for a part of some items.
    """
    return Measure(
        key=key,
        title=title,
        unit="%",
        value=percent(part, whole),
        count=int(part),
        of=int(whole),
        items=ids(entries),
        note=note,
    )


def is_aim_met(part: Decimal | int, whole: Decimal | int, aim: Decimal) -> bool:
    """Tell whether a part of a whole is at least `aim` percent of it: of the exact numbers, never rounded.

    Where the whole is 0, an aim is met by any part from 0 on.
    """
    return 100 * part >= aim * whole


def aim_words(is_met: bool, aim: Decimal) -> str:
    """Return whether an aim in percent is met, in words: «đạt mức 95 %» or «chưa đạt mức 95 %»."""
    return f"{'đạt' if is_met else 'chưa đạt'} mức {in_percent(aim)}"


def years_with_entries(today: date, has_entries: Callable[[int], bool]) -> list[int]:
    """Return the years whose measures are shown: this one always, the last one where it has entries."""
    this, last = today.year, today.year - 1
    return [this, last] if has_entries(last) else [this]
