"""What the area counts and tells: measures, the section of a report, the tables and marks of its pages."""

from collections.abc import Sequence
from datetime import date, timedelta

from cchc_flow.hookspecs import Badge, Facts, Item, Measure, Panel, Period, Section, absence, share
from cchc_flow.workflow.calendar import day_words
from cchc_flow.workflow.shares import percent

from .registers import FORMS, GRADES
from .rules import OPEN, last_day_of, unfinished, years_after

HELD = ("held", "finished")
GOOD = ("excellent", "good")


def counted(facts: Facts) -> list[Measure]:
    """Return the measures of the area, of the year of the facts."""
    courses = [
        one for one in facts.items("training", plan=facts.plan) if one.state in (*OPEN["training"], *HELD)
    ]
    held = [one for one in courses if one.state in HELD]
    rotations = _rotations_of(facts.today.year, facts)
    newest, graded = _newest_evaluations(facts)
    good = [one for one in graded if one.fields["grade"] in GOOD]
    return [
        share("courses", "Lớp đào tạo, bồi dưỡng đã tổ chức theo kế hoạch", held, courses),
        _people(held, courses),
        _certificates([one for one in held if one.state == "finished"]),
        share(
            "rotations", "Lượt chuyển đổi vị trí đến hạn trong năm đã thực hiện", _done(rotations), rotations,
            among=facts.items("rotation"),
        ),
        share("evaluated", "Người đã được đánh giá, xếp loại", graded, newest, _year_words(newest)),
        share("good", "Người xếp loại hoàn thành tốt nhiệm vụ trở lên", good, graded, _year_words(graded)),
        _disciplined(facts),
    ]  # fmt: skip


def told(period: Period, facts: Facts) -> Section:
    """Return what the area says in a report: what was held, decided and graded in the period."""
    days = facts.window(period)
    held = [one for one in facts.items("training") if _in(days, one, HELD, "ended_on")]
    rotated = [one for one in facts.items("rotation") if _in(days, one, ("rotated",), "rotated_on")]
    decided = [one for one in facts.items("discipline") if _in(days, one, ("decided",), "decision_date")]
    graded = [one for one in facts.items("evaluation") if _in(days, one, ("graded",), "decision_date")]
    counts = [(words, sum(one.fields["grade"] == grade for one in graded)) for grade, words in GRADES]
    return Section(
        "Cải cách chế độ công vụ",
        (
            _course_words(period, held) if facts.items("training") else _unknown("Đào tạo, bồi dưỡng"),
            _rotation_words(rotated) if facts.items("rotation") else _unknown("Chuyển đổi vị trí công tác"),
            _discipline_words(decided) if facts.items("discipline") else _unknown("Xử lý kỷ luật"),
        ),
        ("Xếp loại", "Số người") if graded else (),
        tuple((words, str(count)) for words, count in counts) if graded else (),
    )


def table(facts: Facts) -> Panel:
    """Return the tables of the area's page: courses, rotations of the year, and how many wait for a grade."""
    rotations = _open("rotation", facts)
    return Panel(
        "Việc đang chờ",
        "panel.html",
        {
            "courses": _open("training", facts),
            "rotations": [(one, _last_day(one, facts)) for one in rotations if _is_near(one, facts)],
            "later": sum(not _is_near(one, facts) for one in rotations),
            "year": facts.today.year,
            "waiting": len(_open("evaluation", facts)),
            "cases": sum(one.state == "considered" for one in facts.items("discipline")),
        },
    )


def marks(item: Item, facts: Facts) -> list[Badge]:
    """Return the marks of an item: what has to be done by when, what is late."""
    if item.kind == "task":
        waiting = unfinished(item, facts)
        return [Badge("soon", f"{len(waiting)} mục chưa xong")] if waiting else []
    if item.kind == "rotation" and item.state in OPEN["rotation"]:
        return [*_tenure_mark(item, facts), *_notice_mark(item, facts)]
    if item.kind == "discipline" and item.state == "considered":
        return [_case_mark(last_day_of(item, facts), facts.today)]
    return []


def _tenure_mark(item: Item, facts: Facts) -> list[Badge]:
    years = int(facts.figure("longest_years"))
    return [Badge("late", f"Giữ vị trí quá {years} năm")] if _last_day(item, facts) < facts.today else []


def _notice_mark(item: Item, facts: Facts) -> list[Badge]:
    if item.state != "planned" or item.due is None:
        return []
    last = date.fromisoformat(item.due) - timedelta(days=int(facts.figure("notice_days")))
    if last < facts.today:
        return [Badge("late", "Không còn đủ ngày để thông báo trước")]
    return [Badge("soon", f"Thông báo chậm nhất {day_words(last)}")]


def _case_mark(last: date, today: date) -> Badge:
    return (
        Badge("late", "Quá hạn xem xét") if last < today else Badge("soon", f"Xem xét đến {day_words(last)}")
    )


def _last_day(rotation: Item, facts: Facts) -> date:
    since = date.fromisoformat(rotation.fields["held_since"] or "")
    return years_after(since, int(facts.figure("longest_years")))


def _is_near(rotation: Item, facts: Facts) -> bool:
    """Tell whether a rotation that waits was announced, or has to be done by the end of the year."""
    last = _last_day(rotation, facts)
    first = min(date.fromisoformat(rotation.due), last) if rotation.due else last
    return rotation.state == "notified" or first.year <= facts.today.year


def _open(kind: str, facts: Facts) -> list[Item]:
    return [one for one in facts.items(kind) if one.state in OPEN[kind]]


def _rotations_of(year: int, facts: Facts) -> list[Item]:
    """Return the rotations that are due in a year: what was left out, or taken out, is not."""
    return [
        one
        for one in facts.items("rotation")
        if one.state in (*OPEN["rotation"], "rotated") and (one.due or "").startswith(f"{year}-")
    ]


def _done(rotations: Sequence[Item]) -> list[Item]:
    return [one for one in rotations if one.state == "rotated"]


def _newest_evaluations(facts: Facts) -> tuple[list[Item], list[Item]]:
    """Return the evaluations of the newest year that has any, and those of them that are graded."""
    known = [one for one in facts.items("evaluation") if one.state != "dropped"]
    newest = max((one.fields["year"] or "" for one in known), default="")
    found = [one for one in known if one.fields["year"] == newest]
    return found, [one for one in found if one.state == "graded"]


def _year_words(found: Sequence[Item]) -> str:
    return f"Năm {found[0].fields['year']}." if found else ""


def _people(held: Sequence[Item], courses: Sequence[Item]) -> Measure:
    attended, planned = _sum(held, "attended"), _sum(courses, "planned_people")
    return Measure(
        key="people",
        title="Lượt người học so với kế hoạch",
        unit="%",
        value=percent(attended, planned),
        count=attended,
        of=planned,
        items=tuple(one.id for one in courses),
    )


def _certificates(finished: Sequence[Item]) -> Measure:
    given, attended = _sum(finished, "certificates"), _sum(finished, "attended")
    return Measure(
        key="certificates",
        title="Người học được cấp chứng chỉ, chứng nhận",
        unit="%",
        value=percent(given, attended),
        count=given,
        of=attended,
        items=tuple(one.id for one in finished),
    )


def _disciplined(facts: Facts) -> Measure:
    year = f"{facts.today.year}-"
    cases = facts.items("discipline")
    decided = [one for one in cases if (one.fields.get("decision_date") or "").startswith(year)]
    return Measure(
        key="disciplined",
        title="Người bị kỷ luật trong năm",
        unit="người",
        value=str(len(decided)) if decided else None,
        items=tuple(one.id for one in decided),
        recorded=bool(cases),
    )


def _course_words(period: Period, held: Sequence[Item]) -> str:
    if not held:
        return f"Trong {period.words()} chưa tổ chức lớp đào tạo, bồi dưỡng nào."
    attended = _sum(held, "attended")
    return f"Trong {period.words()} tổ chức {len(held)} lớp đào tạo, bồi dưỡng với {attended} lượt người."


def _rotation_words(rotated: Sequence[Item]) -> str:
    if not rotated:
        return "Không phát sinh việc chuyển đổi vị trí công tác."
    return f"Chuyển đổi vị trí công tác {len(rotated)} lượt."


def _unknown(what: str) -> str:
    """Return the words about a register into which nothing was ever written."""
    return f"{what}: {absence(recorded=False).lower()}."


def _discipline_words(decided: Sequence[Item]) -> str:
    if not decided:
        return "Không phát sinh trường hợp phải xử lý kỷ luật."
    by_form = [(words, sum(one.fields["form"] == form for one in decided)) for form, words in FORMS]
    said = ", ".join(f"{words.lower()} {count}" for words, count in by_form if count)
    return f"Xử lý kỷ luật {len(decided)} trường hợp: {said}."


def _in(days: tuple[date, date], item: Item, states: Sequence[str], day: str) -> bool:
    first, last = days
    return item.state in states and first.isoformat() <= (item.fields.get(day) or "") <= last.isoformat()


def _sum(found: Sequence[Item], field: str) -> int:
    return sum(int(one.fields.get(field) or 0) for one in found)
