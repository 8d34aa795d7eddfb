"""Cases of discipline: by when they have to be decided, and which form fits whom."""

from collections.abc import Iterator
from datetime import date, timedelta

from cchc_flow.hookspecs import Facts, Item, JsonObject, Violation
from cchc_flow.workflow.calendar import day_words

from .discipline_register import CADRE, EMPLOYEE, FORMS, LEADER, MANAGER, OFFICIAL, STAFF

FORM_TITLES, STAFF_TITLES = dict(FORMS), dict(STAFF)
EMPLOYEES = (MANAGER, EMPLOYEE)
"""Staff of public service units (viên chức), who have a decree of their own."""
_OF_ALL = ("reprimand", "warning")
FORMS_OF = {
    CADRE: (*_OF_ALL, "removal", "recall"),
    LEADER: (*_OF_ALL, "removal", "dismissal"),
    OFFICIAL: (*_OF_ALL, "dismissal"),
    MANAGER: (*_OF_ALL, "removal", "dismissal"),
    EMPLOYEE: (*_OF_ALL, "dismissal"),
}
"""The forms of discipline that each group of staff may get."""


def check_form(case: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Yield a violation when a form of discipline does not exist for the group to which somebody belongs."""
    staff, form = data["staff"], data["form"]
    if form not in FORMS_OF[staff]:
        fitting = ", ".join(FORM_TITLES[name].lower() for name in FORMS_OF[staff])
        yield Violation(
            "form_of_employee" if staff in EMPLOYEES else "form",
            f"{STAFF_TITLES[staff]} không có hình thức {FORM_TITLES[form].lower()}: chỉ có {fitting}.",
            "Hãy xem lại đối tượng và hình thức.",
            on=date.fromisoformat(data["decision_date"]),
        )


def check_case_deadline(case: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Yield a warning when a case of discipline is decided after its last day."""
    deadline, decided = case_deadline(case, facts), date.fromisoformat(data["decision_date"])
    if decided > deadline:
        now = "Hãy nêu lý do." if is_prolonged(case) else "Hãy nêu lý do, hoặc ghi việc kéo dài trước."
        yield Violation("late", f"Hạn xem xét là {day_words(deadline)}.", now, blocks=False, on=decided)


def check_prolongation(case: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Yield a violation when a case was prolonged before, a warning when its ordinary term had passed."""
    if is_prolonged(case):
        yield Violation(
            "prolonged", "Vụ việc này đã được kéo dài thời hạn.", "Hãy ghi quyết định hoặc kết luận."
        )
    deadline, prolonged = case_deadline(case, facts), date.fromisoformat(data["prolonged_on"])
    if prolonged > deadline:
        yield Violation(
            "late", f"Đã quá hạn xem xét {day_words(deadline)}.", "Hãy nêu lý do.", blocks=False, on=prolonged
        )


def case_deadline(case: Item, facts: Facts) -> date:
    """Return the last day on which a case is decided in time, by the law of the day on which it was found."""
    found_on = date.fromisoformat(case.fields["found_on"] or "")
    figure = "complicated_days" if is_prolonged(case) else "discipline_days"
    return found_on + timedelta(days=int(facts.figure(figure, found_on)))


def is_prolonged(case: Item) -> bool:
    """Tell whether a case may take longer because it is complicated."""
    return case.fields.get("prolonged_on") is not None
