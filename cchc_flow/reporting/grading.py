"""Grading by Nghị định 335/2025/NĐ-CP as data: quantity, quality and progress of the products of a period.

Results make up to 70 points; a grade belongs to their sum with the general points, up to 30, and so it is
named in `verdicts`. A period that ended while the former formula was in force keeps it: results out of 100,
every product counting once, and a grade for the results alone.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

import msgspec

from cchc_flow.reporting.products import FULL, Product
from cchc_flow.workflow.settings.values import Grading

RESULTS, GENERAL = 70, 30
"""The most points for results, and for the general criteria."""
FAILED = "Không hoàn thành nhiệm vụ"


class Grade(msgspec.Struct, frozen=True, kw_only=True):
    """How a unit or person (by id; None: work without one) did: three scores from 0 to 100, and `total`.

    The total has at most `most` points. `words` is the grade that it reaches by the former formula, "" by the
    decree's.
    """

    who: str | None
    products: tuple[Product, ...]
    quantity: Fraction
    quality: Fraction
    progress: Fraction
    total: Fraction
    most: int
    words: str

    @property
    def done(self) -> tuple[Product, ...]:
        """The products that were done."""
        return tuple(product for product in self.products if product.done)

    @property
    def late(self) -> tuple[Product, ...]:
        """The products that were done, but not in time."""
        return tuple(product for product in self.done if product.delays)

    @property
    def weight(self) -> Decimal:
        """As how many products those that were assigned count."""
        return sum((product.weight for product in self.products), Decimal(0))

    @property
    def events(self) -> dict[str, tuple[int, ...]]:
        """The positions of the events behind each score, in the order of the log."""
        submissions = [product.handed_in for product in self.products if product.handed_in]
        positions: dict[str, Iterable[int]] = {
            "quantity": submissions,
            "quality": [position for product in self.products for position in product.returns],
            "progress": [position for product in self.products for position in product.delays],
            "weight": [product.weighed for product in self.products if product.weighed],
        }
        return {score: tuple(sorted(behind)) for score, behind in positions.items()}


def grades(products: Iterable[Product], by: str, rules: Grading) -> list[Grade]:
    """Return the grades of all units or people (`by` is "unit" or "person") with a product, in id order."""
    groups: dict[str | None, list[Product]] = {}
    for product in products:
        groups.setdefault(getattr(product, by), []).append(product)
    return [
        grade(who, groups[who], rules) for who in sorted(groups, key=lambda who: (who is None, who or ""))
    ]


def grade(who: str | None, products: Sequence[Product], rules: Grading) -> Grade:
    """Return the grade of a unit or person for its products; there must be at least one."""
    quantity = _mean([(product, FULL if product.done else 0) for product in products], rules)
    quality = _mean([(product, product.quality(rules)) for product in products], rules)
    progress = _mean([(product, product.progress(rules)) for product in products], rules)
    total = _total(quantity, quality, progress, rules)
    return Grade(
        who=who,
        products=tuple(products),
        quantity=quantity,
        quality=quality,
        progress=progress,
        total=total,
        most=RESULTS if rules.by_decree else FULL,
        words="" if rules.by_decree else grade_name(total, rules),
    )


def _mean(points: Sequence[tuple[Product, int]], rules: Grading) -> Fraction:
    """Return the mean of the points of products, each by its weight; by the former formula all weigh 1."""
    weighted = [(Fraction(product.weight) if rules.by_decree else 1, score) for product, score in points]
    return Fraction(sum(weight * score for weight, score in weighted)) / sum(weight for weight, _ in weighted)


def _total(quantity: Fraction, quality: Fraction, progress: Fraction, rules: Grading) -> Fraction:
    """Return the three scores as one total, by their shares."""
    shares = rules.quantity + rules.quality + rules.progress
    total = rules.quantity * quantity + rules.quality * quality + rules.progress * progress
    percent = total / shares if shares else Fraction(0)
    return percent * RESULTS / FULL if rules.by_decree else percent


def grade_name(total: Fraction, rules: Grading) -> str:
    """Return the decree's name for a total of 100 points."""
    for least, name in (
        (rules.excellent, "Hoàn thành xuất sắc nhiệm vụ"),
        (rules.good, "Hoàn thành tốt nhiệm vụ"),
        (rules.done, "Hoàn thành nhiệm vụ"),
    ):
        if total >= least:
            return name
    return FAILED
