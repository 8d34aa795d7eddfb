"""The rules on the figures of a period: no overlapping periods, no part larger than its whole."""

from collections.abc import Iterator
from decimal import Decimal

from cchc_flow.hookspecs import Facts, Item, JsonObject, Period, Violation
from cchc_flow.plugin_kit import entries_without, period_of, periods_overlap
from cchc_flow.workflow.periods import parse

from .service_figures import AMOUNTS, COUNTS, PAIRS

TITLES = {name: title.removeprefix("– trong đó ").capitalize() for name, title in (*COUNTS, *AMOUNTS)}
FURTHER_PARTS = (
    ("digitised", "with_components"),
    ("digitised", "with_result"),
    ("complained", "settled"),
    ("feedback_satisfied", "feedback_in_time"),
)
"""Counts that are parts of others without a share of their own: a dossier is digitised with components and
result, and nobody is satisfied with feedback that was late."""


def check_figures(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Yield what is wrong with a new entry of figures."""
    yield from _check_period(parse(data["period"]), facts)
    numbers = {name: Decimal(data[name]) for name in TITLES if data.get(name)}
    yield from _check_whole_numbers(numbers)
    yield from _check_parts(numbers)
    if not numbers:
        yield Violation("figures", "Chưa có số liệu nào.", "Hãy ghi ít nhất một số; không có thì ghi 0.")


def _check_period(period: Period, facts: Facts) -> Iterator[Violation]:
    if period.begin > facts.today:
        yield Violation("figures", f"Kỳ {period.words()} chưa bắt đầu.", "Hãy xem lại kỳ.")
    for entry in entries_without("dropped", "service_figures", facts):
        other = period_of(entry)
        if periods_overlap(other, period):
            yield Violation(
                "figures",
                f"Số liệu {period.words()} trùng với {other.words()} đã ghi.",
                "Hãy bỏ mục đã ghi trước khi ghi lại.",
            )


def _check_whole_numbers(numbers: dict[str, Decimal]) -> Iterator[Violation]:
    for name, _ in COUNTS:
        if name in numbers and numbers[name] % 1:
            yield Violation("figures", f"{TITLES[name]}: phải là số nguyên.")


def _check_parts(numbers: dict[str, Decimal]) -> Iterator[Violation]:
    pairs = dict.fromkeys((pair.done, pair.of) for pair in PAIRS.values())
    for part, whole in [*pairs, *FURTHER_PARTS]:
        if part in numbers and whole not in numbers:
            yield Violation("figures", f"{TITLES[part]}: chưa có số «{TITLES[whole]}» để so.")
        elif part in numbers and numbers[part] > numbers[whole]:
            yield Violation(
                "figures",
                f"{TITLES[part]} ({numbers[part]}) nhiều hơn {TITLES[whole]} ({numbers[whole]}).",
                "Hãy xem lại hai số này.",
            )
