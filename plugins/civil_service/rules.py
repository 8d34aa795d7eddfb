"""The rules of the area: what is checked before a step, and what follows from one."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from cchc_flow.hookspecs import Facts, Item, JsonObject, Opening, Violation
from cchc_flow.workflow.calendar import day_words

from .registers import GRADES

AREA = "civil_service"
OPEN = {
    "training": ("planned", "held"),
    "rotation": ("planned", "notified"),
    "evaluation": ("waiting",),
}
"""The states in which entries keep the task that they name from being approved."""
GRADE_WORDS = dict(GRADES)
LONGEST_TITLE = 300
Check = Callable[[Item, JsonObject, Facts], Iterator[Violation]]


def violations(item: Item, step: str, data: JsonObject, facts: Facts) -> list[Violation]:
    """Return what is not as the rules want it when a step is taken; what blocks hides what comes after."""
    found: list[Violation] = []
    for check in CHECKS.get((item.kind, step), ()):
        found += check(item, data, facts)
        if any(one.blocks for one in found):  # what comes after may rest on it
            break
    return found


def following(event: str, item: Item, facts: Facts) -> list[Opening]:
    """Return the next rotation, of the new post, when one was decided; none where it is there already."""
    if event != "item.advanced/1" or (item.kind, item.state) != ("rotation", "rotated"):
        return []
    post, person, since = (item.fields[name] or "" for name in ("new_post", "person", "rotated_on"))
    if facts.items("rotation", person=person, post=post, held_since=since):
        return []
    last = years_after(date.fromisoformat(since), int(facts.figure("longest_years")))
    return [
        Opening(
            key="next",
            kind="rotation",
            title=f"{post}: {person}"[:LONGEST_TITLE],
            data={"person": person, "post": post, "held_since": since},
            due=last.isoformat(),
            lead=item.lead,
        )
    ]


def years_after(day: date, years: int) -> date:
    """Return the same day some years later; of 29 February, the 28th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def months_after(day: date, months: int) -> date:
    """Return the same day some months later; the month's last where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


def grade_of(score: Decimal, facts: Facts) -> str:
    """Return the grade that a score reaches."""
    return next((name for name in ("excellent", "good", "done") if score >= facts.figure(name)), "failed")


def unfinished(task: Item, facts: Facts) -> list[Item]:
    """Return the entries that name a task of the area and are not finished."""
    found = [
        one for kind, states in OPEN.items() for one in facts.items(kind, task=task.id) if one.state in states
    ]
    return found if found and facts.area_of(task) == AREA else []


def _numbered(name: str) -> Check:
    def check(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
        if not any(letter.isdigit() for letter in data[name]):
            yield Violation("decision", "Số văn bản không có chữ số nào.", "Hãy ghi như 45/QĐ-UBND.")

    return check


def _past(name: str) -> Check:
    def check(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
        if _day(data[name]) > facts.today:
            yield Violation("days", f"Ngày {day_words(_day(data[name]))} chưa đến.", "Hãy ghi lại ngày.")

    return check


def _after(name: str, earlier: str, words: str) -> Check:
    """Return the check that a day is not before another, which was typed with it or is known already."""

    def check(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
        before = data.get(earlier) or item.fields.get(earlier)
        if before and data[name] < before:
            yield Violation("days", f"{words} ({day_words(_day(before))}).", "Hãy ghi lại ngày.")

    return check


def _course_planned(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    if not data["planned_people"] or not Decimal(data["planned_days"]):
        yield Violation("course", "Kế hoạch chưa có người học hoặc ngày học.", "Hãy ghi số lớn hơn 0.")


def _course_held(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    days, planned = Decimal(data["days"]), Decimal(item.fields["planned_days"] or 0)
    lasted = (_day(data["ended_on"]) - _day(data["begun_on"])).days + 1
    if not data["attended"] or not days:
        yield Violation("course", "Lớp chưa có người học hoặc ngày học.", "Hãy ghi số lớn hơn 0.")
    if days > lasted > 0:
        yield Violation("course", f"Lớp chỉ kéo dài {lasted} ngày.", "Hãy ghi lại số ngày học.")
    if 0 < days < planned:
        said = f"{planned:f}".replace(".", ",")
        yield Violation("course", f"Kế hoạch là {said} ngày học.", "Hãy nêu lý do học ít hơn.", blocks=False)


def _certified(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    attended = int(item.fields["attended"] or 0)
    if data["certificates"] > attended:
        yield Violation("certificates", f"Lớp chỉ có {attended} người học.", "Hãy ghi lại số chứng chỉ.")
    if data["certificates"] and not data["certificate"]:
        yield Violation("certificates", "Chưa ghi tên chứng chỉ.", "Hãy ghi tên chứng chỉ, chứng nhận.")


def _notice_in_time(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    yield from _noticed(data["notified_on"], data["due"], facts)


def _moved_after_notice(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    yield from _noticed(item.fields["notified_on"] or "", data["rotated_on"], facts)
    if data["new_post"].casefold() == (item.fields["post"] or "").casefold():
        yield Violation("tenure", "Vị trí mới vẫn là vị trí cũ.", "Hãy ghi vị trí mới.")


def _noticed(notified: str, moves: str, facts: Facts) -> Iterator[Violation]:
    days = int(facts.figure("notice_days"))
    earliest = _day(notified) + timedelta(days=days)
    if _day(moves) < earliest:
        yield Violation(
            "notice",
            f"Phải thông báo trước ít nhất {days} ngày: sớm nhất là ngày {day_words(earliest)}.",
            "Hãy lùi ngày chuyển đổi.",
        )


def _tenure(name: str) -> Check:
    def check(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
        years = int(facts.figure("shortest_years"))
        enough = years_after(_day(item.fields["held_since"] or ""), years)
        if _day(data[name]) < enough:
            yield Violation(
                "tenure",
                f"Đến ngày {day_words(enough)} mới giữ vị trí đủ {years} năm.",
                "Hãy nêu lý do.",
                blocks=False,
            )

    return check


def _excluded(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    if data["ground"] != "retiring":
        return
    months = int(facts.figure("retiring_months"))
    if not data["retires_on"]:
        yield Violation("exclusion", "Chưa ghi ngày nghỉ hưu.", "Hãy ghi ngày nghỉ hưu.")
    elif _day(data["retires_on"]) > months_after(facts.today, months):
        yield Violation("exclusion", f"Còn hơn {months} tháng mới nghỉ hưu.", "Hãy chọn trường hợp khác.")


def _one_rotation(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    found = facts.items("rotation", person=data["person"], post=data["post"])
    if any(one.state in OPEN["rotation"] for one in found):
        yield Violation(
            "twice", "Người này đã có một lượt chuyển đổi đang mở ở vị trí đó.", "Hãy ghi vào lượt đó."
        )


def _not_oneself(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    if facts.actor and _same_name(facts.actor, item.fields["person"] or ""):
        yield Violation(
            "oneself",
            "Mục này ghi về người cùng họ tên với bạn: không ai tự quyết định cho mình.",
            "Hãy để người có thẩm quyền khác thực hiện.",
        )


def _same_name(one: str, other: str) -> bool:
    return one.casefold().split() == other.casefold().split()


def _one_evaluation(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    year = data["year"]
    if not (len(year) == 4 and year.isascii() and year.isdigit() and 2000 <= int(year) <= facts.today.year):
        yield Violation("days", "Năm đánh giá không đúng.", f"Hãy ghi như {facts.today.year}.")
    found = facts.items("evaluation", person=data["person"], post=data["post"], year=year)
    if any(one.state != "dropped" for one in found):
        yield Violation("twice", f"Người này đã có mục đánh giá năm {year}.", "Hãy ghi vào mục đó.")


def _graded(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    score, names = Decimal(data["score"]), list(GRADE_WORDS)
    if score > 100:
        yield Violation("grade", "Điểm cao nhất là 100.", "Hãy ghi lại điểm.")
        return
    reached = grade_of(score, facts)
    lower = names.index(data["grade"]) - names.index(reached)
    said = f"Điểm {score:f}".replace(".", ",") + f" ứng với «{GRADE_WORDS[reached]}»."
    if lower < 0:
        yield Violation("grade", said, "Hãy chọn mức đó hoặc thấp hơn.")
    if lower > 0:
        yield Violation("grade", said, "Hãy nêu lý do xếp thấp hơn.", blocks=False)


def _disciplined(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    year = item.fields["year"] or ""
    cases = facts.items("discipline", person=item.fields["person"] or "")
    decided = [one for one in cases if one.state == "decided" and _year(one.fields["decision_date"]) == year]
    if decided and data["grade"] in ("excellent", "good"):
        yield Violation(
            "disciplined", f"Năm {year} người này bị kỷ luật.", "Hãy xem lại mức xếp loại.", blocks=False
        )


def _year_is_named(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    if _year(data["decision_date"]) < (item.fields["year"] or ""):
        yield Violation("days", f"Quyết định có trước năm {item.fields['year']}.", "Hãy ghi lại ngày.")


def _in_time(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    last = last_day_of(item, facts)
    if _day(data["decision_date"]) > last:
        yield Violation("late", f"Hạn xem xét là {day_words(last)}.", "Hãy nêu lý do.", blocks=False)


def last_day_of(case: Item, facts: Facts) -> date:
    """Return the last day on which a case of discipline is decided in time."""
    return _day(case.fields["found_on"] or "") + timedelta(days=int(facts.figure("discipline_days")))


def _all_finished(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    if waiting := unfinished(item, facts):
        names = ", ".join(one.title for one in waiting[:3])
        yield Violation(
            "unfinished",
            f"{len(waiting)} mục ghi cho nhiệm vụ này chưa xong: {names}.",
            "Hãy ghi kết quả ở sổ theo dõi của lĩnh vực.",
        )


def _day(words: str) -> date:
    return date.fromisoformat(words)


def _year(day: str | None) -> str:
    return (day or "")[:4]


_DECIDED = (_numbered("decision_number"), _past("decision_date"))
CHECKS: dict[tuple[str, str], tuple[Check, ...]] = {
    ("training", "open"): (_course_planned,),
    ("training", "hold"): (
        _past("ended_on"),
        _after("ended_on", "begun_on", "Ngày bế giảng đứng trước ngày khai giảng"),
        _course_held,
    ),
    ("training", "finish"): (_certified,),
    ("training", "cancel"): _DECIDED,
    ("rotation", "open"): (_past("held_since"), _one_rotation),
    ("rotation", "notify"): (
        _numbered("notice_number"),
        _past("notified_on"),
        _notice_in_time,
        _tenure("due"),
    ),
    ("rotation", "rotate"): (
        _not_oneself,
        *_DECIDED,
        _past("rotated_on"),
        _after("rotated_on", "decision_date", "Ngày nhận vị trí đứng trước ngày quyết định"),
        _moved_after_notice,
        _tenure("rotated_on"),
    ),
    ("rotation", "exclude"): (_not_oneself, _excluded),
    ("evaluation", "open"): (_one_evaluation,),
    ("evaluation", "grade"): (_not_oneself, *_DECIDED, _year_is_named, _graded, _disciplined),
    ("discipline", "open"): (_past("found_on"),),
    ("evaluation", "revise"): (_not_oneself,),
    ("discipline", "decide"): (
        _not_oneself,
        *_DECIDED,
        _after("decision_date", "found_on", "Quyết định có trước ngày phát hiện"),
        _in_time,
    ),
    ("discipline", "clear"): (
        _not_oneself,
        _past("cleared_on"),
        _after("cleared_on", "found_on", "Kết luận có trước ngày phát hiện"),
    ),
    ("rotation", "drop"): (_not_oneself,),
    ("evaluation", "drop"): (_not_oneself,),
    ("discipline", "drop"): (_not_oneself,),
    ("task", "approve"): (_all_finished,),
    ("task", "close"): (_all_finished,),
}
