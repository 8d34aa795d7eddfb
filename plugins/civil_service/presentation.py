"""What the area shows: badges beside an item's due day, its panel, its section of a report."""

from collections.abc import Sequence
from datetime import date, timedelta

from cchc_flow.hookspecs import Badge, Column, Facts, Item, Measure, Panel, Period, Report
from cchc_flow.plugin_kit import ReportDraft, absence_sentence, entries_within, tally, total, total_count
from cchc_flow.workflow.calendar import day_words

from .caps import caps
from .discipline_register import ABOLISHED_FORMS, FORMS
from .discipline_rules import case_deadline
from .evaluation_registers import GRADES
from .evaluation_rules import failing_words
from .measures import HELD
from .registers import OPEN
from .rotation_rules import last_day_in_post, longest_years, notice_days
from .rules import unfinished_entries_of

COLUMNS = (Column("Xếp loại", width=20), Column("Số người", "number"))


def badges(item: Item, facts: Facts) -> list[Badge]:
    """Return the badges of an entry or a task: what has to be done by when, and what is late."""
    if item.kind == "task":
        entries = unfinished_entries_of(item, facts)
        return [Badge("soon", f"{len(entries)} mục chưa xong")] if entries else []
    if item.kind == "rotation" and item.state in OPEN["rotation"]:
        return [*_tenure_badge(item, facts), *_notice_badge(item, facts)]
    if item.kind == "evaluation" and item.state == "waiting":
        return [Badge("late", words) for words in failing_words(item, facts)]
    if item.kind == "discipline" and item.state == "considered":
        return [_case_badge(case_deadline(item, facts), facts.today)]
    return []


def _tenure_badge(rotation: Item, facts: Facts) -> list[Badge]:
    """Return a badge when somebody has been in the post for longer than allowed."""
    years = longest_years(rotation.fields.get("sector"), facts, facts.today)
    is_too_long = last_day_in_post(rotation, facts) < facts.today
    return [Badge("late", f"Giữ vị trí quá {years} năm")] if is_too_long else []


def _notice_badge(rotation: Item, facts: Facts) -> list[Badge]:
    """Return by when notice has to be given, while it is not given and a day for the rotation is set.

    Where the commune has not decided how long before, there is no such badge.
    """
    days = notice_days(facts, facts.today)
    if not days or rotation.state != "planned" or rotation.due is None:
        return []
    latest = date.fromisoformat(rotation.due) - timedelta(days=days)
    if latest < facts.today:
        return [Badge("late", "Không còn đủ ngày để thông báo trước")]
    return [Badge("soon", f"Thông báo chậm nhất {day_words(latest)}")]


def _case_badge(deadline: date, today: date) -> Badge:
    if deadline < today:
        return Badge("late", "Quá hạn xem xét")
    return Badge("soon", f"Xem xét đến {day_words(deadline)}")


def panel(facts: Facts) -> Panel:
    """Return the panel: open courses, rotations of this year, and how many evaluations and cases wait."""
    rotations = _open_entries("rotation", facts)
    near = [rotation for rotation in rotations if _is_near(rotation, facts)]
    return Panel(
        "Việc đang chờ",
        "panel.html",
        {
            "courses": _open_entries("training", facts),
            "rotations": [(rotation, last_day_in_post(rotation, facts)) for rotation in near],
            "later": len(rotations) - len(near),
            "year": facts.today.year,
            "waiting": len(_open_entries("evaluation", facts)),
            "caps": caps(str(facts.today.year), facts),
            "deadlines": [facts.figure(name) for name in ("people_day", "units_day")],
            "cases": sum(case.state == "considered" for case in facts.items("discipline")),
        },
    )


def _is_near(rotation: Item, facts: Facts) -> bool:
    """Tell whether an open rotation was announced already, or has to be made by the end of this year."""
    last = last_day_in_post(rotation, facts)
    earliest = min(date.fromisoformat(rotation.due), last) if rotation.due else last
    return rotation.state == "notified" or earliest.year <= facts.today.year


def _open_entries(kind: str, facts: Facts) -> list[Item]:
    return [entry for entry in facts.items(kind) if entry.state in OPEN[kind]]


def report_section(period: Period, facts: Facts) -> Report:
    """Return the area's section in the report of a period: courses, rotations, discipline, grades."""
    window, draft = facts.window(period), ReportDraft("Cải cách chế độ công vụ")
    _tell_training(draft, period, facts)
    _tell_rotations(draft, window, facts)
    _tell_discipline(draft, window, facts)
    graded = _entries_in(("graded",), window, facts.items("evaluation"), "decision_date")
    draft.add_table(COLUMNS, [_grade_row(grade, title, graded) for grade, title in GRADES if graded])
    return draft.finish()


def _grade_row(grade: str, title: str, graded: Sequence[Item]) -> tuple[str, Measure]:
    given = [evaluation for evaluation in graded if evaluation.fields["grade"] == grade]
    return title, tally(f"graded_{grade}", f"Xếp loại «{title}» trong kỳ", given, "người")


def _tell_training(draft: ReportDraft, period: Period, facts: Facts) -> None:
    entries = facts.items("training")
    courses = _entries_in(HELD, facts.window(period), entries, "ended_on")
    if not entries:
        draft.say(absence_sentence("Đào tạo, bồi dưỡng", recorded=False))
    elif not courses:
        draft.say(f"Trong {period.words()} chưa tổ chức lớp đào tạo, bồi dưỡng nào.")
    else:
        attended = total_count(courses, "attended")
        draft.say(
            f"Trong {period.words()} tổ chức {{courses}} lớp đào tạo, bồi dưỡng với {{attended}} lượt người.",
            courses=tally("courses", "Lớp đào tạo, bồi dưỡng trong kỳ", courses, "lớp"),
            attended=total("attended", "Lượt người học trong kỳ", attended, courses, "lượt"),
        )


def _tell_rotations(draft: ReportDraft, window: tuple[date, date], facts: Facts) -> None:
    entries = facts.items("rotation")
    rotated = _entries_in(("rotated",), window, entries, "rotated_on")
    if not entries:
        draft.say(absence_sentence("Chuyển đổi vị trí công tác", recorded=False))
    elif not rotated:
        draft.say("Không phát sinh việc chuyển đổi vị trí công tác.")
    else:
        number = tally("rotations", "Lượt chuyển đổi vị trí công tác trong kỳ", rotated, "lượt")
        draft.say("Chuyển đổi vị trí công tác {number} lượt.", number=number)


def _tell_discipline(draft: ReportDraft, window: tuple[date, date], facts: Facts) -> None:
    entries = facts.items("discipline")
    decided = _entries_in(("decided",), window, entries, "decision_date")
    if not entries:
        draft.say(absence_sentence("Xử lý kỷ luật", recorded=False))
    elif not decided:
        draft.say("Không phát sinh trường hợp phải xử lý kỷ luật.")
    else:
        titles = dict((*FORMS, *ABOLISHED_FORMS))
        cases = {form: [case for case in decided if case.fields["form"] == form] for form in titles}
        counted = {
            form: tally(f"disciplined_{form}", f"Kỷ luật: {titles[form].lower()}", found, "trường hợp")
            for form, found in cases.items()
            if found
        }
        by_form = ", ".join(f"{titles[form].lower()} {{{form}}}" for form in counted)
        number = tally("disciplined", "Trường hợp bị kỷ luật trong kỳ", decided, "trường hợp")
        draft.say(f"Xử lý kỷ luật {{number}} trường hợp: {by_form}.", number=number, **counted)


def _entries_in(
    states: Sequence[str], window: tuple[date, date], entries: Sequence[Item], name: str
) -> list[Item]:
    """Return the entries in one of some states whose day in a field lies in the window."""
    return entries_within(window, (entry for entry in entries if entry.state in states), name)
