"""The rules of the area: what keeps a step of its registers out, and what holds a task of the plan."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from cchc_flow.hookspecs import Facts, Item, JsonObject, Opening, Rule, Transition, Violation
from cchc_flow.workflow import periods
from cchc_flow.workflow.calendar import add_working_days, day_words
from cchc_flow.workflow.periods import Period

from .registers import BY_KIND, FIGURES, INSPECTION, READING
from .talks import DIALOGUE, PETITION

AREA = "direction"
NUMBER = re.compile(r"\d+.*/.*\w")
FIRST_YEAR = 2021
"""The first year of the state's programme of reform: no figure of ours is older."""

RULES = (
    Rule("day", "Ngày ghi vào sổ không được sau hôm nay."),
    Rule("number", "Số quyết định, thông báo, kết luận phải ghi cả số và ký hiệu, như 12/TB-UBND."),
    Rule("initiative", "Sáng kiến chỉ được công nhận khi có số và ngày của quyết định."),
    Rule("people", "Cuộc đối thoại không có người dự thì không được ghi là đã tổ chức."),
    Rule(
        "petitions",
        "Mỗi kiến nghị nêu tại đối thoại được mở thành một mục có hạn; cuộc đối thoại chỉ kết thúc khi mọi"
        " kiến nghị đã được giải quyết, có ngày.",
    ),
    Rule("forwarded", "Kiến nghị chuyển cấp có thẩm quyền phải có số văn bản."),
    Rule("own", "Đơn vị không tự kiểm tra mình."),
    Rule("again", "Kiểm tra lại một đơn vị trong năm thì được nhắc: mỗi đơn vị chỉ tính một lần."),
    Rule("conclusion", "Cuộc kiểm tra chỉ kết luận khi có số và ngày kết luận, không trước ngày kiểm tra."),
    Rule("period", "Một đơn vị không báo cáo hai lần số văn bản, cuộc họp của cùng một thời gian."),
    Rule("percent", "Chỉ số là một số từ 0 đến 100 %; thứ hạng tính từ 1."),
    Rule("year", "Kỳ của số liệu không trước năm 2021 và đã bắt đầu."),
    Rule(
        "task",
        "Nhiệm vụ của lĩnh vực chỉ được duyệt, đóng khi đối thoại, kiểm tra ghi cho nhiệm vụ đó đã xong.",
    ),
)

Check = Callable[[Item, JsonObject, Facts], Iterator[Violation]]


def violations(item: Item, step: Transition, data: JsonObject, facts: Facts) -> list[Violation]:
    """Return what keeps a step out, or should be thought over."""
    if item.kind == "task":
        return list(_unfinished(item, facts)) if step.name in ("approve", "close") else []
    if item.kind not in BY_KIND:
        return []
    own = CHECKS.get((item.kind, step.name), _nothing)
    return [*_days_to_come(step, data, facts), *_numbers(step, data), *own(item, data, facts)]


def petitions_to_open(item: Item, facts: Facts) -> list[Opening]:
    """Return the petitions that a dialogue counts and that have no entry yet."""
    if item.kind != DIALOGUE or item.state != "held":
        return []
    there = len(facts.items(PETITION, dialogue=item.id))
    return [_petition(item, number, facts) for number in range(there + 1, _told(item) + 1)]


def overlaps(one: Period, other: Period) -> bool:
    """Tell whether two periods share a month."""
    return one.year == other.year and one.first <= other.last and other.first <= one.last


def period_of(item: Item) -> Period:
    """Return the period of an entry of figures, or of a reading."""
    return periods.parse(item.fields["period"] or "")


def conclusion_due(item: Item, facts: Facts) -> date:
    """Return the day by which an inspection that was held is concluded."""
    held = date.fromisoformat(item.fields["held_on"] or "")
    return _after(held, "conclusion_days", facts)


def _petition(dialogue: Item, number: int, facts: Facts) -> Opening:
    held = date.fromisoformat(dialogue.fields["held_on"] or "")
    return Opening(
        key=f"petition-{number}",
        kind=PETITION,
        title=f"Kiến nghị {number}: {dialogue.title}"[:300],
        data={"dialogue": dialogue.id, "number": str(number)},
        due=_after(held, "petition_days", facts).isoformat(),
        lead=dialogue.lead,
    )


def _after(day: date, figure: str, facts: Facts) -> date:
    """Return the working day so many working days after the day itself."""
    return add_working_days(day + timedelta(days=1), int(facts.figure(figure)) - 1, facts.working_days)


def _told(dialogue: Item) -> int:
    return int(dialogue.fields["petitions"] or 0)


def _nothing(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    yield from ()


def _days_to_come(step: Transition, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    for field in step.fields:
        day = data[field.name]
        if field.kind == "day" and day is not None and day > facts.today.isoformat():
            words = day_words(date.fromisoformat(day))
            yield Violation("day", f"{field.title}: ngày {words} chưa đến.", "Hãy ghi khi việc đã xong.")


def _numbers(step: Transition, data: JsonObject) -> Iterator[Violation]:
    for field in step.fields:
        if field.name in ("decision", "notice", "conclusion") and not NUMBER.search(data[field.name]):
            yield Violation(
                "number",
                f"{field.title}: «{data[field.name]}» chưa đủ số và ký hiệu.",
                "Hãy ghi như 12/TB-UBND.",
            )


def _dialogue_held(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    if data["people"] == 0:
        yield Violation("people", "Cuộc đối thoại không có người dự.", "Hãy ghi số người dự.")
    yield from _too_many(data, facts)


def _recounted(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    there = len(facts.items(PETITION, dialogue=item.id))
    if data["petitions"] < there:
        yield Violation(
            "petitions",
            f"Đã có {there} kiến nghị trong sổ.",
            "Kiến nghị ghi thừa thì dùng bước «Không phải giải quyết» ở mục của nó.",
        )
    yield from _too_many(data, facts)


def _too_many(data: JsonObject, facts: Facts) -> Iterator[Violation]:
    most = int(facts.figure("most_petitions"))
    if data["petitions"] > most:
        yield Violation(
            "petitions",
            f"Một cuộc đối thoại ghi nhiều nhất {most} kiến nghị.",
            "Hãy gộp các kiến nghị trùng, hoặc sửa số này ở trang Lĩnh vực.",
        )


def _dialogue_closed(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    entries = facts.items(PETITION, dialogue=item.id)
    left = [one for one in entries if one.state == "received"]
    missing = _told(item) - len(entries)
    if left:
        yield Violation(
            "petitions", f"Còn {len(left)} kiến nghị chưa giải quyết.", "Hãy ghi kết quả giải quyết trước."
        )
    if missing > 0:
        yield Violation("petitions", f"Còn {missing} kiến nghị chưa ghi vào sổ.", "Hãy ghi đủ.")
    yield from _not_before(item, "held_on", "noticed_on", "petitions", data)


def _petition_written(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    dialogue = facts.item(data["dialogue"])
    if dialogue is None or dialogue.state != "held":
        yield Violation(
            "petitions",
            "Cuộc đối thoại này chưa tổ chức, hoặc đã kết thúc.",
            "Hãy chọn một cuộc đối thoại đã tổ chức và chưa kết thúc.",
        )


def _petition_handled(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    if data["result"] == "forwarded" and not data["answer"]:
        yield Violation("forwarded", "Chưa có số văn bản kiến nghị cấp có thẩm quyền.", "Hãy ghi số văn bản.")
    dialogue = facts.item(item.fields["dialogue"] or "")
    if dialogue is not None:
        yield from _not_before(dialogue, "held_on", "handled_on", "petitions", data)


def _inspection_written(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    inspected = item.fields["inspected"]
    if inspected == item.lead:
        yield Violation("own", "Đơn vị không tự kiểm tra mình.", "Hãy chọn đơn vị chủ trì khác.")
    others = facts.items(INSPECTION, inspected=inspected or "")
    if any(other.plan == item.plan and other.state != "cancelled" for other in others):
        yield Violation(
            "again",
            f"{facts.units.get(inspected or '', 'Đơn vị này')} đã có trong sổ kiểm tra của năm.",
            "Lần kiểm tra này không làm tăng tỷ lệ.",
            blocks=False,
        )


def _inspection_concluded(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    yield from _not_before(item, "held_on", "concluded_on", "conclusion", data)


def _not_before(earlier: Item, was: str, day: str, rule: str, data: JsonObject) -> Iterator[Violation]:
    first = earlier.fields.get(was)
    if first is not None and data[day] < first:
        words = day_words(date.fromisoformat(first))
        yield Violation(rule, f"Ngày ghi ở đây trước ngày tổ chức ({words}).", "Hãy sửa lại ngày.")


def _figures_written(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    period = period_of(item)
    yield from _begun(period, facts)
    theirs = [one for one in facts.items(FIGURES) if one.lead == item.lead and one.state != "cancelled"]
    if any(overlaps(period, period_of(one)) for one in theirs):
        yield Violation(
            "period",
            f"Đơn vị đã có số liệu trùng thời gian với {period.words()}.",
            "Hãy sửa số liệu ở mục đã có.",
        )


def _figures_reported(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    period = period_of(item)
    if data["counted_to"] < period.begin.isoformat():
        yield Violation("period", f"Ngày tính số liệu trước {period.words()}.", "Hãy sửa lại ngày.")


def _reading_written(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    yield from _begun(period_of(item), facts)


def _begun(period: Period, facts: Facts) -> Iterator[Violation]:
    if period.year < FIRST_YEAR:
        yield Violation("year", f"Sổ không ghi {period.words()}.", f"Hãy chọn từ năm {FIRST_YEAR}.")
    if period.begin > facts.today:
        yield Violation("year", f"Chưa đến {period.words()}.", "Hãy chọn kỳ khác.")


def _reading_published(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    if Decimal(data["value"]) > 100:
        yield Violation("percent", "Kết quả phải từ 0 đến 100 %.", "Hãy sửa lại kết quả.")
    if 0 in (data["rank"], data["rank_before"]):
        yield Violation("percent", "Thứ hạng tính từ 1.", "Hãy để trống nếu chưa xếp hạng.")


def _unfinished(task: Item, facts: Facts) -> Iterator[Violation]:
    for kind in (DIALOGUE, INSPECTION):
        workflow = BY_KIND[kind]
        entries = facts.items(kind, task=task.id)
        left = [one for one in entries if not workflow.state(one.state).final]
        if left and facts.area_of(task) == AREA:
            yield Violation(
                "task",
                f"Sổ «{workflow.title}» còn {len(left)} mục của nhiệm vụ này chưa xong.",
                f"Hãy hoàn tất «{left[0].title}» trước.",
            )


CHECKS: dict[tuple[str, str], Check] = {
    (DIALOGUE, "hold"): _dialogue_held,
    (DIALOGUE, "recount"): _recounted,
    (DIALOGUE, "close"): _dialogue_closed,
    (PETITION, "open"): _petition_written,
    (PETITION, "handle"): _petition_handled,
    (INSPECTION, "open"): _inspection_written,
    (INSPECTION, "conclude"): _inspection_concluded,
    (FIGURES, "open"): _figures_written,
    (FIGURES, "report"): _figures_reported,
    (FIGURES, "correct"): _figures_reported,
    (READING, "open"): _reading_written,
    (READING, "publish"): _reading_published,
}
"""What is asked of one step of one register, besides what holds for all."""
