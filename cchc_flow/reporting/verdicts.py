"""What a grade is called: the sum of results and general points, and cases that fail it whatever they are.

Nghị định 335/2025/NĐ-CP puts the words on the sum of 100 points, never on the 70 for results alone: while
the other points are missing, the verdict says so and names no grade.
"""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import msgspec

from cchc_flow.hookspecs import Assessment
from cchc_flow.reporting.grading import FAILED, RESULTS, Grade, grade_name
from cchc_flow.reporting.products import FULL
from cchc_flow.workflow.periods import Period
from cchc_flow.workflow.settings.values import Grading

GENERAL_MISSING = "Chưa đủ điểm tiêu chí chung"
LEADING_MISSING = "Chưa đủ điểm tiêu chí lãnh đạo, quản lý"
UNITS_SINCE = date(2026, 7, 1)
"""From this day on units that provide public services are graded by Nghị định 233/2026/NĐ-CP."""


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """The points of a person, the words for them, and why: sentences that fail the work, entries that say so.

    `total` is None while points are missing, and by the former formula that of the results alone.
    """

    results: Fraction
    general: Fraction | None = None
    total: Fraction | None = None
    words: str
    failing: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()


def verdict(grade: Grade, assessments: Sequence[Assessment], rules: Grading) -> Verdict:
    """Return the verdict on the grade of a person with what is on record about her for the same period."""
    if not rules.by_decree:
        return Verdict(results=grade.total, total=grade.total, words=grade.words)
    points = next((known for known in reversed(assessments) if known.general is not None), None)
    leads = any(assessment.leads for assessment in assessments) and rules.leading > 0
    leading = points.leading if points and leads else ()
    results = _with_leading(grade, leading, rules) if leading else grade.total
    general = Fraction(points.general) if points and points.general else None
    is_whole = general is not None and (bool(leading) or not leads)
    total = results + general if general is not None and is_whole else None
    failing = tuple(dict.fromkeys(words for assessment in assessments for words in assessment.failing))
    return Verdict(
        results=results,
        general=general,
        total=total,
        words=FAILED if failing else _words(general, total, rules),
        failing=failing,
        entries=tuple(assessment.item for assessment in assessments),
    )


def _words(general: Fraction | None, total: Fraction | None, rules: Grading) -> str:
    """Return the name of the grade that a sum reaches, or which points it lacks."""
    if general is None:
        return GENERAL_MISSING
    return LEADING_MISSING if total is None else grade_name(total, rules)


def _with_leading(grade: Grade, leading: Sequence[str], rules: Grading) -> Fraction:
    """Return the points for results of a leader: the three scores of the work, and three percentages more."""
    shares = rules.quantity + rules.quality + rules.progress
    work = grade.total * FULL / grade.most * shares
    more = sum((Fraction(percent) for percent in leading), Fraction(0)) * rules.leading
    return (work + more) / (shares + rules.leading * len(leading)) * RESULTS / FULL


def unit_words(grade: Grade, period: Period, rules: Grading) -> str:
    """Return what a unit's tasks allow it to be graded as; by the former formula, its grade.

    Of a unit's tasks all are asked, `unit_late` percent of them late at most; less than `unit_failed` percent
    done fail it (Nghị định 233/2026/NĐ-CP). Of a period that ended before the decree nothing is said.
    """
    if not rules.by_decree:
        return grade.words
    if period.end < UNITS_SINCE:
        return ""
    asked, done, late = len(grade.products), len(grade.done), len(grade.late)
    if done * FULL < rules.unit_failed * asked:
        return FAILED
    if done < asked:
        return "Chưa đủ điều kiện hoàn thành: chưa xong hết nhiệm vụ"
    if late * FULL > rules.unit_late * asked:
        return f"Chưa đủ điều kiện hoàn thành: chậm quá {rules.unit_late} % nhiệm vụ"
    return "Đủ điều kiện hoàn thành trở lên"
