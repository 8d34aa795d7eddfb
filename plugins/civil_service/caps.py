"""How many people of one unit and group may have the best grade of a year, and how many have it."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import msgspec

from cchc_flow.hookspecs import Facts, Item
from cchc_flow.plugin_kit import entries_without

from .evaluation_registers import GROUPS

LOOSE = "Chưa ghi nhóm"


class Cap(msgspec.Struct, frozen=True):
    """The grades of a year in one unit and group: how many, the percentage that limits the best, the most."""

    unit: str
    group: str
    excellent: int
    good: int
    waiting: int
    percent: Decimal
    most: int

    @property
    def is_exceeded(self) -> bool:
        """Tell whether more have the best grade than may."""
        return self.excellent > self.most


def caps(year: str, facts: Facts) -> list[Cap]:
    """Return the caps of a year, by unit and group, as far as there are entries."""
    entries = entries_of_year(year, facts)
    places = sorted({(entry.lead or "", entry.fields.get("group") or "") for entry in entries})
    return [
        _cap(place, [entry for entry in entries if _place(entry) == place], year, facts) for place in places
    ]


def excess_words(evaluation: Item, facts: Facts) -> str:
    """Return why one more excellent grade is too many even if all who wait do well; "" if it is not."""
    year = (evaluation.fields.get("period") or evaluation.fields.get("year") or "")[:4]
    others = [
        entry
        for entry in entries_of_year(year, facts)
        if entry.id != evaluation.id and _place(entry) == _place(evaluation)
    ]
    cap = _cap(_place(evaluation), others, year, facts)
    possible = int(cap.percent * (cap.good + cap.waiting) / 100)
    if cap.excellent + 1 <= possible:
        return ""
    return (
        f"Số xuất sắc không quá {cap.percent:f} % số hoàn thành tốt trong cùng đơn vị và nhóm nhiệm vụ:"
        f" nhiều nhất {possible} người, nay sẽ là {cap.excellent + 1}."
    )


def entries_of_year(year: str, facts: Facts) -> list[Item]:
    """Return the entries about a whole year that were not dropped, of all versions of the register."""
    entries = entries_without("dropped", "evaluation", facts)
    return [entry for entry in entries if year in (entry.fields.get("period"), entry.fields.get("year"))]


def _place(entry: Item) -> tuple[str, str]:
    return entry.lead or "", entry.fields.get("group") or ""


def _cap(place: tuple[str, str], entries: Sequence[Item], year: str, facts: Facts) -> Cap:
    grades = [entry.fields.get("grade") for entry in entries if entry.state == "graded"]
    unit, group = place
    name = "best_outstanding" if _is_outstanding(unit, year, facts) else "best"
    percent = facts.figure(name, on=date(int(year), 12, 31))
    good = grades.count("good")
    return Cap(
        unit=facts.units.get(unit, "Chưa ghi đơn vị"),
        group=dict(GROUPS).get(group, LOOSE),
        excellent=grades.count("excellent"),
        good=good,
        waiting=len(entries) - len(grades),
        percent=percent,
        most=int(percent * good / 100),
    )


def _is_outstanding(unit: str, year: str, facts: Facts) -> bool:
    """Tell whether a unit was found outstanding when it was graded for a year."""
    grades = entries_without("dropped", "unit_evaluation", facts, period=year)
    return any(
        entry.lead == unit and entry.state == "graded" and entry.fields.get("outstanding") == "yes"
        for entry in grades
    )
