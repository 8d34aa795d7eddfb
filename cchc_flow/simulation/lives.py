"""How one piece of work goes, from the day on which a unit has it to the day on which it is done, or not.

Each function writes on in the diary of the item. The shares are those of a commune that works well enough.
"""

from datetime import date, timedelta

import msgspec

from cchc_flow.simulation import words
from cchc_flow.simulation.cast import COORDINATORS, INSPECTOR, LEADERS, staff
from cchc_flow.simulation.diary import Diary, RestPeriod
from cchc_flow.workflow.calendar import day_words
from cchc_flow.workflow.commands import Upload

LAST_DAY = date(2026, 12, 31)
CLOSING_BY_COORDINATORS = date(2026, 7, 1)
"""The day on which the settings let coordinators finish approved work."""


class Assignment(msgspec.Struct):
    """Whose work it is, by the name of the unit, and until when; both may change."""

    unit: str
    due: date | None

    def somebody(self, diary: Diary) -> str:
        """Return who of the unit acts: mostly an officer."""
        heads, officers = staff(self.unit, "unit_head", diary.today), staff(self.unit, "officer", diary.today)
        return diary.one_of(heads if not officers or diary.happens(0.2) else officers)

    def officer(self, diary: Diary) -> str:
        """Return one of the unit's officers."""
        return diary.one_of(staff(self.unit, "officer", diary.today))

    def head(self, diary: Diary) -> str:
        """Return the head of the unit."""
        return staff(self.unit, "unit_head", diary.today)[0]


def carry_out(diary: Diary, work: Assignment) -> None:
    """Write on from the day on which the work is under way."""
    target = _target(diary, work)
    _talk(diary, work)
    if target is None:
        _chase(diary, work)
        return
    if work.due and target > work.due and diary.happens(0.6):
        _extension(diary, work, work.due)
    if work.due and target > work.due and diary.happens(0.6):
        _chase(diary, work)
    diary.reach(target)
    reviewer = _until_reviewed(diary, work, words.RESULTS)
    _approve(diary, reviewer)
    if diary.happens(0.985):
        _finish(diary, work)


def write_report(diary: Diary, unit: str, due: date) -> None:
    """Write the life of a unit's report from the day on which the calendar opened it."""
    work = Assignment(unit, due)
    if diary.happens(0.02):
        diary.wait(1, 3)
        diary.step(diary.one_of(COORDINATORS), "excuse", reason=diary.one_of(words.EXCUSED))
        return
    target = _target(diary, work)
    if target is None or target > due:
        _chase(diary, work)
    if target is None:
        return
    diary.reach(target)
    reviewer = _until_reviewed(diary, work, words.REPORTS)
    _move(diary, reviewer, "accept")
    if diary.happens(0.01):
        diary.wait(1, 5)
        diary.step(diary.one_of(COORDINATORS), "reopen", reason=diary.one_of(words.REOPENED))
        diary.wait(1, 3)
        _move(diary, _until_reviewed(diary, work, words.REPORTS), "accept")


def carry_out_part(diary: Diary, work: Assignment) -> None:
    """Write the life of a unit's part: once in a while it is excused, or somebody else takes it over."""
    if diary.happens(0.02):
        diary.wait(1, 8)
        diary.step(diary.one_of((*COORDINATORS, *LEADERS)), "excuse", reason=diary.one_of(words.EXCUSED))
        return
    diary.wait(0, 4)
    _move(diary, work.somebody(diary), "start")
    carry_out(diary, work)


def hand_over(diary: Diary, work: Assignment, name: str, unit: str) -> None:
    """Write that another unit, of this name and id, takes the work over."""
    diary.wait(3, 15)
    reason = diary.one_of(words.MOVED)
    diary.step(diary.one_of(COORDINATORS), "hand_over", lead=unit, officer=None, reason=reason)
    work.unit = name


def suspend(diary: Diary, work: Assignment) -> RestPeriod:
    """Write that the work rests for some weeks by a decision; return from when until when."""
    diary.wait(8, 16)
    begin, leader = diary.today, diary.one_of(LEADERS)
    diary.step(leader, "suspend", decision=_decision(diary), reason=words.SUSPENDED)
    diary.wait(20, 30)
    diary.step(leader, "resume")
    if work.due:
        work.due += diary.today - begin
    return begin, diary.today


def cancel(diary: Diary) -> None:
    """Write that the work is no longer to be done, by a decision."""
    diary.step(diary.one_of(LEADERS), "cancel", decision=_decision(diary), reason=words.CANCELLED)


def _decision(diary: Diary) -> str:
    return f"{diary.between(20, 190)}/QĐ-UBND ngày {day_words(diary.today)}"


def _target(diary: Diary, work: Assignment) -> date | None:
    """Return the day on which the work will be handed in; None: not in this year."""
    if work.due is None:
        return diary.today + timedelta(days=diary.between(60, 240))
    share = diary.between(1, 100)
    if share > 96:
        return None
    days = 0 if 62 < share <= 80 else diary.between(1, 12)
    return work.due + timedelta(days=days if share > 80 else -days)


def _talk(diary: Diary, work: Assignment) -> None:
    """Write what people say while they work."""
    percent = 0
    while percent < 80 and diary.happens(0.4):
        diary.wait(1, 6)
        percent += diary.between(10, 40)
        note = diary.one_of(words.NOTES)
        diary.step(work.somebody(diary), "report_progress", percent=str(min(percent, 95)), note=note)
    if diary.happens(0.3):
        diary.wait(0, 3)
        who = diary.one_of((*COORDINATORS, *LEADERS, INSPECTOR, work.somebody(diary)))
        diary.step(who, "comment", text=diary.one_of(words.COMMENTS))


def _chase(diary: Diary, work: Assignment) -> None:
    """Write that the unit is reminded once the day has passed."""
    if work.due:
        diary.reach(work.due + timedelta(days=diary.between(1, 4)))
    who = diary.one_of((*COORDINATORS, *LEADERS))
    diary.step(who, "remind", text=diary.one_of(words.REMINDERS))


def _extension(diary: Diary, work: Assignment, due: date) -> None:
    """Write that a later day is asked for in time, and mostly decided on."""
    wanted = min(due + timedelta(days=diary.between(8, 25)), LAST_DAY)
    diary.reach(due - timedelta(days=diary.between(1, 5)))
    if not diary.today <= due < wanted:
        return
    asked = work.somebody(diary)
    reason = diary.one_of(words.EXTENSIONS)
    diary.step(asked, "ask_extension", due=wanted.isoformat(), reason=reason)
    if diary.happens(0.08):  # nobody decides
        return
    diary.wait(0, 2)
    _decide(diary, work, wanted, _other(diary, asked))


def _decide(diary: Diary, work: Assignment, wanted: date, who: str) -> None:
    """Write that the wish is granted, with the day that was asked for or another, or refused."""
    granted = wanted - timedelta(days=diary.between(1, 5)) if diary.happens(0.2) else wanted
    if diary.happens(0.25) or granted <= max(work.due or granted, diary.today):
        diary.step(who, "refuse_extension", reason=diary.one_of(words.REFUSALS))
        return
    comment = diary.one_of(words.OPINIONS) if diary.happens(0.3) else ""
    diary.step(who, "grant_extension", due=granted.isoformat(), comment=comment)
    work.due = granted


def _until_reviewed(diary: Diary, work: Assignment, results: tuple[str, ...]) -> str:
    """Write that a result is handed in, taken back, given back, until it is good; return who found it so."""
    while True:
        who = work.somebody(diary)
        _move(diary, who, "submit", result=diary.one_of(results), evidence=_evidence(diary))
        reviewer = _other(diary, who)
        if diary.happens(0.02):
            diary.step(who, "withdraw", reason=diary.one_of(words.WITHDRAWALS))
            diary.wait(1, 2)
            continue
        diary.wait(0, 3)
        if not diary.happens(0.12):
            return reviewer
        defects = str(diary.one_of((0, 1, 1, 1, 2)))
        _move(diary, reviewer, "return", reason=diary.one_of(words.DEFECTS), defects=defects)
        diary.wait(1, 5)


def _approve(diary: Diary, reviewer: str) -> None:
    quality = diary.one_of(("met", "met", "met", "good", "good", "excellent"))
    comment = diary.one_of(words.OPINIONS) if diary.happens(0.15) else ""
    _move(diary, reviewer, "approve", quality=quality, comment=comment)


def _finish(diary: Diary, work: Assignment) -> None:
    """Write that approved work is finished; of a hundred one is opened again."""
    diary.wait(0, 5)
    submitter = next(act.actor for act in reversed(diary.acts) if act.step == "submit")
    _move(diary, _closer(diary, submitter), "close")
    if diary.happens(0.01):
        diary.wait(2, 10)
        diary.step(diary.one_of(LEADERS), "reopen", reason=diary.one_of(words.REOPENED))
        diary.wait(2, 6)
        _approve(diary, _until_reviewed(diary, work, words.RESULTS))
        _finish(diary, work)


def _closer(diary: Diary, submitter: str) -> str:
    if diary.today > CLOSING_BY_COORDINATORS and diary.happens(0.5):
        return diary.one_of([one for one in COORDINATORS if one != submitter])
    return diary.one_of(LEADERS)


def _other(diary: Diary, submitter: str) -> str:
    """Return who decides on somebody's work or wish: mostly a coordinator, never the same person."""
    who = LEADERS if diary.happens(0.15) else COORDINATORS
    return diary.one_of([one for one in who if one != submitter])


def _move(diary: Diary, who: str, step: str, **data: object) -> None:
    """Write a step; of a hundred one is taken by mistake first, and taken back."""
    if diary.happens(0.01):
        diary.slip(who, step, **data)
    diary.step(who, step, **data)


def _evidence(diary: Diary) -> list[Upload]:
    if diary.happens(0.55):
        return []
    name = diary.one_of(("bien-ban", "bang-tong-hop", "bao-cao", "danh-sach"))
    content = f"{name} {diary.item}\n{diary.one_of(words.NOTES)}\n"
    return [Upload(f"{name}.txt", content.encode(), "text/plain")]
