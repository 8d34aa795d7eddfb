"""What makes the figures of a period impossible: the period itself, parts larger than their whole."""

from collections.abc import Iterator
from decimal import Decimal

from cchc_flow.hookspecs import Facts, Item, JsonObject, Period, Violation
from cchc_flow.workflow.periods import parse

from .service import AMOUNTS, COUNTS, PAIRS, period_of

TITLES = {name: title.removeprefix("– trong đó ").capitalize() for name, title in (*COUNTS, *AMOUNTS)}
BOTH = ("with_components", "with_result")


def unfit_figures(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Yield what is wrong with the figures of a period, a sentence each."""
    yield from _unfit_period(parse(data["period"]), facts)
    given = {name: Decimal(data[name]) for name in TITLES if data.get(name)}
    yield from _not_whole(given)
    yield from _too_many(given)
    if not any(name in given for name in TITLES):
        yield Violation("figures", "Chưa có số liệu nào.", "Hãy ghi ít nhất một số; không có thì ghi 0.")


def _unfit_period(period: Period, facts: Facts) -> Iterator[Violation]:
    if period.begin > facts.today:
        yield Violation("figures", f"Kỳ {period.words()} chưa bắt đầu.", "Hãy xem lại kỳ.")
    for other in facts.items("service_figures"):
        known = period_of(other)
        if other.state != "dropped" and known.begin <= period.end and period.begin <= known.end:
            yield Violation(
                "figures",
                f"Số liệu {period.words()} trùng với {known.words()} đã ghi.",
                "Hãy bỏ mục đã ghi trước khi ghi lại.",
            )


def _not_whole(given: dict[str, Decimal]) -> Iterator[Violation]:
    for name, _ in COUNTS:
        if name in given and given[name] % 1:
            yield Violation("figures", f"{TITLES[name]}: phải là số nguyên.")


def _too_many(given: dict[str, Decimal]) -> Iterator[Violation]:
    pairs = [(one.done, one.of) for one in PAIRS.values()] + [("digitised", whole) for whole in BOTH]
    for part, whole in pairs:
        if part in given and whole not in given:
            yield Violation("figures", f"{TITLES[part]}: chưa có số «{TITLES[whole]}» để so.")
        elif part in given and given[part] > given[whole]:
            yield Violation(
                "figures",
                f"{TITLES[part]} ({given[part]}) nhiều hơn {TITLES[whole]} ({given[whole]}).",
                "Hãy xem lại hai số này.",
            )
