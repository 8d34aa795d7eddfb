"""The course of one piece of work, from its assignment to its end, if it comes to one.

Each function adds steps to the item's diary. The probabilities are those of a commune that works well enough.
"""

from datetime import date, timedelta

import msgspec

from cchc_flow.simulation import words
from cchc_flow.simulation.cast import COORDINATORS, LEADERS, VIEWER, staff
from cchc_flow.simulation.diary import Diary, RestPeriod
from cchc_flow.simulation.telling import remarks_on, report_form
from cchc_flow.workflow.calendar import day_words
from cchc_flow.workflow.commands import Upload
from cchc_flow.workflow.events import JsonObject

LAST_DAY = date(2026, 12, 31)
NOTHING_MORE: JsonObject = {}
CLOSING_BY_COORDINATORS = date(2026, 7, 1)
"""The day from which the settings allow coordinators to close approved work."""


class Assignment(msgspec.Struct):
    """The name of the unit that does the work, and its due day; both may change."""

    unit: str
    due: date | None

    def any_member(self, diary: Diary) -> str:
        """Return who of the unit actions: mostly an officer."""
        heads, officers = staff(self.unit, "unit_head", diary.today), staff(self.unit, "officer", diary.today)
        return diary.choose(heads if not officers or diary.happens(0.2) else officers)

    def any_officer(self, diary: Diary) -> str:
        """Return the login of one of the unit's officers."""
        return diary.choose(staff(self.unit, "officer", diary.today))

    def head(self, diary: Diary) -> str:
        """Return the login of the unit's head."""
        return staff(self.unit, "unit_head", diary.today)[0]


def carry_out(diary: Diary, work: Assignment) -> None:
    """Add the steps from the start of the work to its closing, if it is finished this year."""
    submission_day = _submission_day(diary, work)
    _report_and_comment(diary, work)
    if submission_day is None:
        _remind(diary, work)
        return
    if work.due and submission_day > work.due and diary.happens(0.6):
        _ask_for_extension(diary, work, work.due)
    if work.due and submission_day > work.due and diary.happens(0.6):
        _remind(diary, work)
    diary.advance_to(submission_day)
    reviewer = _submit_until_accepted(diary, work, words.RESULTS)
    _approve(diary, reviewer)
    if diary.happens(0.985):
        _close(diary, work)


def write_report(diary: Diary, unit: str, due: date) -> None:
    """Add the steps of a unit's report, from its opening on."""
    work = Assignment(unit, due)
    if diary.happens(0.02):
        diary.wait(1, 3)
        diary.add_step(diary.choose(COORDINATORS), "excuse", reason=diary.choose(words.EXCUSED))
        return
    submission_day = _submission_day(diary, work)
    if submission_day is None or submission_day > due:
        _remind(diary, work)
    if submission_day is None:
        return
    diary.advance_to(submission_day)
    reviewer = _submit_report_until_accepted(diary, work)
    _take_step(diary, reviewer, "accept")
    if diary.happens(0.01):
        diary.wait(1, 5)
        diary.add_step(diary.choose(COORDINATORS), "reopen", reason=diary.choose(words.REOPENED))
        diary.wait(1, 3)
        _take_step(diary, _submit_report_until_accepted(diary, work), "accept")


def carry_out_part(diary: Diary, work: Assignment) -> None:
    """Add the steps of a unit's part; once in a while the unit is excused."""
    if diary.happens(0.02):
        diary.wait(1, 8)
        diary.add_step(diary.choose((*COORDINATORS, *LEADERS)), "excuse", reason=diary.choose(words.EXCUSED))
        return
    diary.wait(0, 4)
    _take_step(diary, work.any_member(diary), "start")
    carry_out(diary, work)


def hand_over(diary: Diary, work: Assignment, name: str, unit: str) -> None:
    """Add the step that hands the work over to another unit, of this name and id."""
    diary.wait(3, 15)
    reason = diary.choose(words.MOVED)
    diary.add_step(diary.choose(COORDINATORS), "hand_over", lead=unit, officer=None, reason=reason)
    work.unit = name


def suspend(diary: Diary, work: Assignment) -> RestPeriod:
    """Add the suspension of the work for some weeks; return its first and last day."""
    diary.wait(8, 16)
    begin, leader = diary.today, diary.choose(LEADERS)
    diary.add_step(leader, "suspend", decision=_decision(diary), reason=words.SUSPENDED)
    diary.wait(20, 30)
    diary.add_step(leader, "resume")
    if work.due:
        work.due += diary.today - begin
    return begin, diary.today


def cancel(diary: Diary) -> None:
    """Add the step that cancels the work by a decision."""
    diary.add_step(diary.choose(LEADERS), "cancel", decision=_decision(diary), reason=words.CANCELLED)


def _decision(diary: Diary) -> str:
    return f"{diary.random_number(20, 190)}/QĐ-UBND ngày {day_words(diary.today)}"


def _submission_day(diary: Diary, work: Assignment) -> date | None:
    """Return the day on which the result will be submitted, None if not this year."""
    if work.due is None:
        return diary.today + timedelta(days=diary.random_number(60, 240))
    share = diary.random_number(1, 100)
    if share > 96:
        return None
    days = 0 if 62 < share <= 80 else diary.random_number(1, 12)
    return work.due + timedelta(days=days if share > 80 else -days)


def _report_and_comment(diary: Diary, work: Assignment) -> None:
    """Add reports of progress, and perhaps a comment."""
    percent = 0
    while percent < 80 and diary.happens(0.4):
        diary.wait(1, 6)
        percent += diary.random_number(10, 40)
        note = diary.choose(words.NOTES)
        diary.add_step(work.any_member(diary), "report_progress", percent=str(min(percent, 95)), note=note)
    if diary.happens(0.3):
        diary.wait(0, 3)
        who = diary.choose((*COORDINATORS, *LEADERS, VIEWER, work.any_member(diary)))
        diary.add_step(who, "comment", text=diary.choose(words.COMMENTS))


def _remind(diary: Diary, work: Assignment) -> None:
    """Add a reminder of the unit, after the due day if there is one."""
    if work.due:
        diary.advance_to(work.due + timedelta(days=diary.random_number(1, 4)))
    who = diary.choose((*COORDINATORS, *LEADERS))
    diary.add_step(who, "remind", text=diary.choose(words.REMINDERS))


def _ask_for_extension(diary: Diary, work: Assignment, due: date) -> None:
    """Add a request for a later due day, made in time, and mostly its decision."""
    requested = min(due + timedelta(days=diary.random_number(8, 25)), LAST_DAY)
    diary.advance_to(due - timedelta(days=diary.random_number(1, 5)))
    if not diary.today <= due < requested:
        return
    requester = work.any_member(diary)
    reason = diary.choose(words.EXTENSIONS)
    diary.add_step(requester, "ask_extension", due=requested.isoformat(), reason=reason)
    if diary.happens(0.08):  # nobody decides
        return
    diary.wait(0, 2)
    _decide_on_extension(diary, work, requested, _reviewer(diary, requester))


def _decide_on_extension(diary: Diary, work: Assignment, requested: date, who: str) -> None:
    """Add the decision on a request: granted, with the requested day or an earlier one, or refused."""
    granted = requested - timedelta(days=diary.random_number(1, 5)) if diary.happens(0.2) else requested
    if diary.happens(0.25) or granted <= max(work.due or granted, diary.today):
        diary.add_step(who, "refuse_extension", reason=diary.choose(words.REFUSALS))
        return
    comment = diary.choose(words.OPINIONS) if diary.happens(0.3) else ""
    diary.add_step(who, "grant_extension", due=granted.isoformat(), comment=comment)
    work.due = granted


def _submit_report_until_accepted(diary: Diary, work: Assignment) -> str:
    """Add the submissions of a report, each with what the unit tells in it (see `telling`)."""
    told = report_form(diary.seed, diary.item, work.unit)
    return _submit_until_accepted(diary, work, words.REPORTS, {"report": told}, {"remarks": remarks_on(told)})


def _submit_until_accepted(
    diary: Diary,
    work: Assignment,
    results: tuple[str, ...],
    told: JsonObject = NOTHING_MORE,
    remarked: JsonObject = NOTHING_MORE,
) -> str:
    """Add submissions, withdrawals and returns until a result is good; return the login of its reviewer.

    `told` is what a submission holds besides, `remarked` what a return does.
    """
    while True:
        who = work.any_member(diary)
        _take_step(diary, who, "submit", result=diary.choose(results), evidence=_evidence(diary), **told)
        reviewer = _reviewer(diary, who)
        if diary.happens(0.02):
            diary.add_step(who, "withdraw", reason=diary.choose(words.WITHDRAWALS))
            diary.wait(1, 2)
            continue
        diary.wait(0, 3)
        if not diary.happens(0.12):
            return reviewer
        defects = str(diary.choose((0, 1, 1, 1, 2)))
        _take_step(diary, reviewer, "return", reason=diary.choose(words.DEFECTS), defects=defects, **remarked)
        diary.wait(1, 5)


def _approve(diary: Diary, reviewer: str) -> None:
    quality = diary.choose(("met", "met", "met", "good", "good", "excellent"))
    comment = diary.choose(words.OPINIONS) if diary.happens(0.15) else ""
    _take_step(diary, reviewer, "approve", quality=quality, comment=comment)


def _close(diary: Diary, work: Assignment) -> None:
    """Add the closing of approved work; one in a hundred is reopened and done again."""
    diary.wait(0, 5)
    submitter = next(action.actor for action in reversed(diary.actions) if action.step == "submit")
    _take_step(diary, _closer(diary, submitter), "close")
    if diary.happens(0.01):
        diary.wait(2, 10)
        diary.add_step(diary.choose(LEADERS), "reopen", reason=diary.choose(words.REOPENED))
        diary.wait(2, 6)
        _approve(diary, _submit_until_accepted(diary, work, words.RESULTS))
        _close(diary, work)


def _closer(diary: Diary, submitter: str) -> str:
    if diary.today > CLOSING_BY_COORDINATORS and diary.happens(0.5):
        return diary.choose([login for login in COORDINATORS if login != submitter])
    return diary.choose(LEADERS)


def _reviewer(diary: Diary, submitter: str) -> str:
    """Return who decides on a submission or request: mostly a coordinator, never the submitter."""
    reviewers = LEADERS if diary.happens(0.15) else COORDINATORS
    return diary.choose([login for login in reviewers if login != submitter])


def _take_step(diary: Diary, who: str, step: str, **data: object) -> None:
    """Add a step; one in a hundred is first taken by mistake and undone."""
    if diary.happens(0.01):
        diary.add_mistake(who, step, **data)
    diary.add_step(who, step, **data)


def _evidence(diary: Diary) -> list[Upload]:
    if diary.happens(0.55):
        return []
    name = diary.choose(("bien-ban", "bang-tong-hop", "bao-cao", "danh-sach"))
    content = f"{name} {diary.item}\n{diary.choose(words.NOTES)}\n"
    return [Upload(f"{name}.txt", content.encode(), "text/plain")]
