"""The measures of the area: training, rotation, evaluation, discipline."""

from collections.abc import Sequence

from cchc_flow.hookspecs import Facts, Item, Measure, share
from cchc_flow.plugin_kit import entries_without, ids, share_of_total, total_count

from .evaluation_rules import is_yearly, period_of
from .registers import OPEN

HELD = ("held", "finished")
GOOD = ("excellent", "good")


def all_measures(facts: Facts) -> list[Measure]:
    """Return the measures of the area for the year of the facts."""
    courses = [
        course
        for course in facts.items("training", plan=facts.plan)
        if course.state in (*OPEN["training"], *HELD)
    ]
    return [
        *_training_measures(courses),
        _rotation_measure(facts),
        *_evaluation_measures(facts),
        _discipline_measure(facts),
    ]


def _training_measures(courses: Sequence[Item]) -> list[Measure]:
    """Return the measures of courses that were not cancelled: held, people reached, certificates."""
    held = [course for course in courses if course.state in HELD]
    finished = [course for course in held if course.state == "finished"]
    attended, planned = total_count(held, "attended"), total_count(courses, "planned_people")
    certificates, candidates = total_count(finished, "certificates"), total_count(finished, "attended")
    return [
        share("courses", "Lớp đào tạo, bồi dưỡng đã tổ chức theo kế hoạch", held, courses),
        share_of_total("people", "Lượt người học so với kế hoạch", attended, planned, courses),
        share_of_total(
            "certificates", "Người học được cấp chứng chỉ, chứng nhận", certificates, candidates, finished
        ),
    ]


def _rotation_measure(facts: Facts) -> Measure:
    """Return the share of rotations due this year that were made, without those excluded or dropped."""
    entries = facts.items("rotation")
    due = [
        entry
        for entry in entries
        if entry.state in (*OPEN["rotation"], "rotated")
        and (entry.due or "").startswith(f"{facts.today.year}-")
    ]
    rotated = [entry for entry in due if entry.state == "rotated"]
    title = "Lượt chuyển đổi vị trí đến hạn trong năm đã thực hiện"
    return share("rotations", title, rotated, due, among=entries)


def _evaluation_measures(facts: Facts) -> list[Measure]:
    """Return the shares of people graded, and graded good or better, in the newest year with evaluations."""
    entries = [entry for entry in entries_without("dropped", "evaluation", facts) if is_yearly(entry)]
    year = max((period_of(entry).year for entry in entries), default=0)
    evaluations = [entry for entry in entries if period_of(entry).year == year]
    graded = [entry for entry in evaluations if entry.state == "graded"]
    good = [entry for entry in graded if entry.fields["grade"] in GOOD]
    return [
        share("evaluated", "Người đã được đánh giá, xếp loại", graded, evaluations, _year_note(evaluations)),
        share("good", "Người xếp loại hoàn thành tốt nhiệm vụ trở lên", good, graded, _year_note(graded)),
    ]


def _year_note(evaluations: Sequence[Item]) -> str:
    return f"Năm {period_of(evaluations[0]).year}." if evaluations else ""


def _discipline_measure(facts: Facts) -> Measure:
    """Return how many people were disciplined this year; no value where nobody was."""
    cases = facts.items("discipline")
    year = f"{facts.today.year}-"
    decided = [case for case in cases if (case.fields.get("decision_date") or "").startswith(year)]
    return Measure(
        key="disciplined",
        title="Người bị kỷ luật trong năm",
        unit="người",
        value=str(len(decided)) if decided else None,
        items=ids(decided),
        recorded=bool(cases),
    )
