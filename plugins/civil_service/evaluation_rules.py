"""Rules on grades: who is entitled to which points, what a grade asks, and how many may have the best one."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from cchc_flow.hookspecs import Facts, Item, JsonObject, Taking, Violation
from cchc_flow.plugin_kit import entries_without
from cchc_flow.workflow import periods
from cchc_flow.workflow.calendar import day_words
from cchc_flow.workflow.events import NAMES, ItemOpened
from cchc_flow.workflow.periods import Period

from .caps import excess_words
from .evaluation_registers import CASES, GRADES

OPENED = NAMES[ItemOpened]
FAILING = ("degradation", "discipline", "corruption")
GRADE_TITLES = dict(GRADES)
BEST_TO_WORST = list(GRADE_TITLES)
LEADERS = ("head", "deputy")
AGAIN = "Hãy ghi lại điểm."


def period_of(evaluation: Item) -> Period:
    """Return the period that an entry is about; the first two versions of the register knew years only."""
    return periods.parse(evaluation.fields.get("period") or evaluation.fields.get("year") or "")


def is_yearly(evaluation: Item) -> bool:
    """Tell whether an entry is about a whole year."""
    return period_of(evaluation).sort == "year"


def grade_of(score: Decimal, facts: Facts, day: date | None = None) -> str:
    """Return the name of the best grade that a score reaches by the law of a day, today without one."""
    names = ("excellent", "good", "done")
    return next((name for name in names if score >= facts.figure(name, on=day)), "failed")


def check_new_evaluation(evaluation: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Yield what is wrong with a new evaluation: a period to come, or one that is evaluated already."""
    period = periods.parse(data["period"])
    if not period.begin <= facts.today or period.year < 2000:
        words = "đã quá xa" if period.year < 2000 else "chưa bắt đầu"
        yield Violation("days", f"Kỳ đánh giá {period.words()} {words}.", "Hãy chọn kỳ khác.")
    others = entries_without("dropped", "evaluation", facts, person=data["person"], post=data["post"])
    if any(period_of(other) == period for other in others if other.id != evaluation.id):
        yield Violation("twice", f"Người này đã có mục đánh giá {period.words()}.", "Hãy ghi vào mục đó.")
    account = data.get("account")
    accounts = entries_without("dropped", "evaluation", facts, account=account) if account else ()
    if any(period_of(other) == period and other.fields["post"] == data["post"] for other in accounts):
        yield Violation("twice", f"Tài khoản này đã có mục đánh giá {period.words()}.", "Hãy ghi vào mục đó.")


def check_not_own_account(evaluation: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Yield a violation when whoever takes the step is the person whose account the entry names."""
    if facts.actor_id and facts.actor_id == evaluation.fields.get("account"):
        yield Violation(
            "oneself",
            "Mục này ghi về bạn: không ai tự quyết định cho mình.",
            "Hãy để người có thẩm quyền khác thực hiện.",
        )


def check_points(evaluation: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Yield what is wrong with general points: more than there are, or a change without a reason."""
    most = facts.figure("general_most", on=period_of(evaluation).end)
    if Decimal(data["general"]) > most:
        yield Violation("points", f"Điểm tiêu chí chung từ 0 đến {most:f}.", AGAIN)
    if evaluation.fields.get("general") and not data["correction"]:
        points = _words(evaluation.fields["general"])
        yield Violation("correction", f"Đã chấm {points} điểm tiêu chí chung.", "Hãy ghi lý do sửa.")


def check_staff_points(evaluation: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Yield a violation when leaders are given points as if they were not."""
    if evaluation.fields.get("group") in LEADERS:
        yield Violation(
            "entitled",
            "Người này giữ chức vụ lãnh đạo, quản lý: lãnh đạo UBND chấm.",
            "Hãy dùng bước «Chấm điểm người giữ chức vụ lãnh đạo, quản lý».",
        )


def check_leaders_points(evaluation: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Yield a violation when somebody who leads nothing is given points for leading."""
    if evaluation.fields.get("group") not in LEADERS:
        yield Violation(
            "entitled",
            "Người này không giữ chức vụ lãnh đạo, quản lý.",
            "Hãy dùng bước «Chấm điểm tiêu chí chung».",
        )


def check_case(evaluation: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Yield a violation when a case of leaders is recorded for somebody who leads nothing."""
    if data["case"] == "corruption" and evaluation.fields.get("group") not in LEADERS:
        yield Violation(
            "entitled", "Trường hợp này chỉ với người giữ chức vụ lãnh đạo, quản lý.", "Hãy chọn lại."
        )


def check_decision_year(evaluation: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Yield a violation when the decision on a grade is older than the period that it is about."""
    year = period_of(evaluation).year
    if int(data["decision_date"][:4]) < year:
        yield Violation("days", f"Quyết định có trước năm {year}.", "Hãy ghi lại ngày.")


def check_grade(evaluation: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Yield a violation when a grade is better than its score allows, a warning when it is worse."""
    score, day = Decimal(data["score"]), period_of(evaluation).end
    if score > 100:
        yield Violation("grade", "Điểm cao nhất là 100.", AGAIN)
        return
    reached = grade_of(score, facts, day)
    steps_below = BEST_TO_WORST.index(data["grade"]) - BEST_TO_WORST.index(reached)
    why = f"Điểm {_words(data['score'])} ứng với «{GRADE_TITLES[reached]}»."
    if steps_below < 0:
        yield Violation("grade", why, "Hãy chọn mức đó hoặc thấp hơn.", on=day)
    if steps_below > 0 and not failing_words(evaluation, facts):
        yield Violation("grade", why, "Hãy nêu lý do xếp thấp hơn.", blocks=False, on=day)


def check_parts_of_score(evaluation: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Yield a violation when the general points are missing, or the rest is more than results can be."""
    day, general = period_of(evaluation).end, evaluation.fields.get("general")
    if general is None:
        if data["grade"] != "failed" or not failing_words(evaluation, facts):
            yield Violation(
                "general", "Chưa có điểm tiêu chí chung.", "Hãy để người có thẩm quyền chấm trước.", on=day
            )
        return
    results, most = Decimal(data["score"]) - Decimal(general), facts.figure("results_most", on=day)
    if not 0 <= results <= most:
        why = f"Tổng điểm trừ {_words(general)} điểm tiêu chí chung phải từ 0 đến {most:f} điểm kết quả."
        yield Violation("general", why, AGAIN, on=day)


def check_failing(evaluation: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Yield a violation when work that counts as not done gets a better grade.

    Before Nghị định 335/2025/NĐ-CP a good grade in a year of discipline was warned of.
    """
    period = period_of(evaluation)
    if data["grade"] != "failed":
        for words in failing_words(evaluation, facts):
            yield Violation("failing", words, "Hãy xếp «Không hoàn thành nhiệm vụ».", on=period.end)
    if data["grade"] in ("excellent", "good") and _is_disciplined(evaluation, facts):
        why = f"Năm {period.year} người này bị kỷ luật."
        yield Violation("disciplined", why, "Hãy xem lại mức xếp loại.", blocks=False, on=period.end)


def failing_words(evaluation: Item, facts: Facts) -> list[str]:
    """Return the cases that fail somebody whatever the points: those recorded, and discipline in the year."""
    words = []
    if (case := evaluation.fields.get("case")) in FAILING:
        words.append(f"{dict(CASES)[case].partition(', chưa có')[0]}.")
    if _is_disciplined(evaluation, facts):
        words.append(f"Năm {period_of(evaluation).year} người này bị kỷ luật.")
    return words


def _is_disciplined(evaluation: Item, facts: Facts) -> bool:
    """Tell whether the entry is about a year in which its person was disciplined for a breach in office.

    A breach is one in office until a decision says on the entry that it was not.
    """
    if not is_yearly(evaluation) or evaluation.fields.get("case") == "off_duty":
        return False
    cases = facts.items("discipline", person=evaluation.fields["person"] or "")
    decided = [case.fields["decision_date"] or "" for case in cases if case.state == "decided"]
    return any(day.startswith(f"{period_of(evaluation).year}-") for day in decided)


def check_share_of_best(evaluation: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Yield a warning when one more excellent grade is more than the unit's group may still have."""
    if data["grade"] == "excellent" and is_yearly(evaluation) and (why := excess_words(evaluation, facts)):
        yield Violation("share", why, "Hãy xem lại danh sách.", blocks=False, on=period_of(evaluation).end)


def check_not_above_unit(evaluation: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Yield a violation when the head of a unit is graded better than it, a warning while it has no grade."""
    if evaluation.fields.get("group") != "head" or not is_yearly(evaluation):
        return
    period = period_of(evaluation)
    units = entries_without("dropped", "unit_evaluation", facts, period=period.name)
    grades = [
        unit.fields["grade"] for unit in units if unit.lead == evaluation.lead and unit.state == "graded"
    ]
    if not grades:
        yield Violation(
            "head",
            "Đơn vị chưa được xếp loại năm này.",
            "Hãy xếp loại đơn vị trước.",
            blocks=False,
            on=period.end,
        )
    elif BEST_TO_WORST.index(data["grade"]) < BEST_TO_WORST.index(grades[-1] or "failed"):
        why = f"Đơn vị được xếp «{GRADE_TITLES[grades[-1] or 'failed']}»: người đứng đầu không cao hơn."
        yield Violation("head", why, "Hãy chọn mức đó hoặc thấp hơn.", on=period.end)


def check_new_unit_evaluation(entry: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Yield what is wrong with a new entry of a unit: a year to come, no unit, or a year that has one."""
    period = periods.parse(data["period"])
    if period.begin > facts.today:
        yield Violation("days", f"Kỳ đánh giá {period.words()} chưa bắt đầu.", "Hãy chọn kỳ khác.")
    if entry.lead is None:
        yield Violation("unit", "Chưa chọn đơn vị được xếp loại.", "Hãy chọn ở ô Đơn vị.")
    others = entries_without("dropped", "unit_evaluation", facts, period=period.name)
    if any(other.lead == entry.lead for other in others if other.id != entry.id):
        yield Violation("twice", f"Đơn vị này đã có mục xếp loại {period.words()}.", "Hãy ghi vào mục đó.")


def check_unit_grade(entry: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Yield what the tasks of a unit do not allow: a grade for less than 70 percent, or a doubtful one."""
    assigned, done, late = (int(data[name]) for name in ("assigned", "done", "late"))
    if not late <= done <= assigned:
        yield Violation("counts", "Số xong không vượt số được giao, số chậm không vượt số xong.", AGAIN)
        return
    if entry.fields["sort"] != "service" or data["grade"] == "failed":
        return
    day = period_of(entry).end
    least, most_late = facts.figure("unit_failed", on=day), facts.figure("unit_late", on=day)
    if done * 100 < least * assigned:
        why = f"Đơn vị xong dưới {least:f} % nhiệm vụ."
        yield Violation("unit", why, "Hãy xếp «Không hoàn thành nhiệm vụ».", on=day)
    elif done < assigned or late * 100 > most_late * assigned:
        why = f"«Hoàn thành» cần xong 100 % nhiệm vụ, chậm không quá {most_late:f} %."
        yield Violation("unit", why, "Hãy nêu lý do.", blocks=False, on=day)


def last_day_for(entry: Item, facts: Facts) -> date | None:
    """Return the last day on which a yearly grade is given in time, None for a shorter period."""
    if not is_yearly(entry):
        return None
    name = "people_day" if entry.kind == "evaluation" else "units_day"
    year = period_of(entry).year
    return date(year, 12, int(facts.figure(name, on=date(year, 12, 31))) - 1)


def deadline_of_entry(event: str, entry: Item, facts: Facts) -> list[Taking]:
    """Return the step that gives a new entry of a year its due day, unless it has one or the day is past."""
    if event != OPENED or entry.due or entry.kind not in ("evaluation", "unit_evaluation"):
        return []
    last = last_day_for(entry, facts)
    if last is None or last < facts.today:
        return []
    return [Taking(key="due", item=entry.id, step="schedule", data={"due": last.isoformat()})]


def check_due(entry: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Yield a warning when a grade is to be given after the day that the decree names."""
    last = last_day_for(entry, facts)
    if last and data["due"] > last.isoformat():
        why = f"Theo nghị định phải xếp loại chậm nhất {day_words(last)}."
        yield Violation("calendar", why, "Hãy nêu lý do.", blocks=False, on=period_of(entry).end)


def _words(points: str | None) -> str:
    return (points or "").replace(".", ",")
