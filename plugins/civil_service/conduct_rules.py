"""Yearly evaluation: which grade a score reaches, and what stands against it."""

from collections.abc import Iterator
from decimal import Decimal

from cchc_flow.hookspecs import Facts, Item, JsonObject, Violation
from cchc_flow.plugin_kit import entries_without

from .registers import GRADES

GRADE_TITLES = dict(GRADES)


def grade_of(score: Decimal, facts: Facts) -> str:
    """Return the name of the best grade that a score reaches."""
    return next((name for name in ("excellent", "good", "done") if score >= facts.figure(name)), "failed")


def check_new_evaluation(evaluation: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Yield what is wrong with a new evaluation: an impossible year, or one that is evaluated already."""
    year = data["year"]
    if not (len(year) == 4 and year.isascii() and year.isdigit() and 2000 <= int(year) <= facts.today.year):
        yield Violation("days", "Năm đánh giá không đúng.", f"Hãy ghi như {facts.today.year}.")
    if entries_without("dropped", "evaluation", facts, person=data["person"], post=data["post"], year=year):
        yield Violation("twice", f"Người này đã có mục đánh giá năm {year}.", "Hãy ghi vào mục đó.")


def check_decision_year(evaluation: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Yield a violation when the decision on a grade is older than the year that it is about."""
    if _year(data["decision_date"]) < (evaluation.fields["year"] or ""):
        yield Violation("days", f"Quyết định có trước năm {evaluation.fields['year']}.", "Hãy ghi lại ngày.")


def check_grade(evaluation: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Yield a violation when a grade is better than its score allows, a warning when it is worse."""
    score, best_to_worst = Decimal(data["score"]), list(GRADE_TITLES)
    if score > 100:
        yield Violation("grade", "Điểm cao nhất là 100.", "Hãy ghi lại điểm.")
        return
    reached = grade_of(score, facts)
    steps_below = best_to_worst.index(data["grade"]) - best_to_worst.index(reached)
    why = f"Điểm {score:f}".replace(".", ",") + f" ứng với «{GRADE_TITLES[reached]}»."
    if steps_below < 0:
        yield Violation("grade", why, "Hãy chọn mức đó hoặc thấp hơn.")
    if steps_below > 0:
        yield Violation("grade", why, "Hãy nêu lý do xếp thấp hơn.", blocks=False)


def check_disciplined(evaluation: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Yield a warning when somebody who was disciplined in the year is graded good or better."""
    year = evaluation.fields["year"] or ""
    cases = facts.items("discipline", person=evaluation.fields["person"] or "")
    is_disciplined = any(
        case.state == "decided" and _year(case.fields["decision_date"]) == year for case in cases
    )
    if is_disciplined and data["grade"] in ("excellent", "good"):
        yield Violation(
            "disciplined", f"Năm {year} người này bị kỷ luật.", "Hãy xem lại mức xếp loại.", blocks=False
        )


def _year(day: str | None) -> str:
    return (day or "")[:4]
