"""The rules of the area: what keeps a step of its registers out, and what holds a task of the plan."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from cchc_flow.hookspecs import (
    Facts,
    Item,
    JsonObject,
    Opening,
    Period,
    Rule,
    Transition,
    Violation,
)
from cchc_flow.plugin_kit import (
    Check,
    count_of,
    day_in_words,
    entries_without,
    period_of,
    periods_overlap,
    unfinished_entries,
)
from cchc_flow.workflow.calendar import add_working_days

from .registers import FIGURES, INSPECTION, INSPECTION_REGISTER, READING, REGISTERS
from .talks import DIALOGUE, DIALOGUE_REGISTER, PETITION

AREA = "direction"
KINDS = {register.kind for register in REGISTERS}
DOCUMENT_NUMBER = re.compile(r"\d+.*/.*\w")
"""What the number and symbol of a document look like: 12/TB-UBND."""
FIRST_YEAR = 2021
"""The first year of the state's programme of reform: no figure of ours is older."""
LONGEST_TITLE = 300

RULES = (
    Rule(
        "programme",
        "Kế hoạch CCHC của xã thực hiện Chương trình tổng thể theo Nghị quyết 76/NQ-CP và kế hoạch trọng tâm"
        " giai đoạn 2026-2030.",
        source="Quyết định 282/QĐ-TTg ngày 12/02/2026",
        since=date(2026, 2, 12),
        checked=True,
    ),
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


def step_violations(item: Item, step: Transition, data: JsonObject, facts: Facts) -> list[Violation]:
    """Return what the area has against a step on one of its entries, or against the end of a task."""
    if item.kind == "task":
        return list(_check_task_finished(item, facts)) if step.name in ("approve", "close") else []
    if item.kind not in KINDS:
        return []
    check = CHECKS.get((item.kind, step.name))
    return [
        *_check_past_days(step, data, facts),
        *_check_document_numbers(step, data),
        *(check(item, data, facts) if check else ()),
    ]


def petitions_to_open(item: Item, facts: Facts) -> list[Opening]:
    """Return the petitions that a dialogue counts and that have no entry yet; none for any other item."""
    if item.kind != DIALOGUE or item.state != "held":
        return []
    written = len(facts.items(PETITION, dialogue=item.id))
    return [_petition(item, number, facts) for number in range(written + 1, count_of(item, "petitions") + 1)]


def _petition(dialogue: Item, number: int, facts: Facts) -> Opening:
    return Opening(
        key=f"petition-{number}",
        kind=PETITION,
        title=f"Kiến nghị {number}: {dialogue.title}"[:LONGEST_TITLE],
        data={"dialogue": dialogue.id, "number": str(number)},
        due=_working_days_after(_day_held(dialogue), "petition_days", facts).isoformat(),
        lead=dialogue.lead,
    )


def conclusion_due(inspection: Item, facts: Facts) -> date:
    """Return the day by which an inspection that was held has to be concluded."""
    return _working_days_after(_day_held(inspection), "conclusion_days", facts)


def _day_held(entry: Item) -> date:
    return date.fromisoformat(entry.fields["held_on"] or "")


def _working_days_after(day: date, figure: str, facts: Facts) -> date:
    """Return the working day that is as many working days after a day as a figure says."""
    return add_working_days(day + timedelta(days=1), int(facts.figure(figure)) - 1, facts.working_days)


def _check_past_days(step: Transition, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Refuse every day of a form that has not come yet."""
    for field in step.fields:
        day = data[field.name]
        if field.kind == "day" and day is not None and day > facts.today.isoformat():
            yield Violation(
                "day", f"{field.title}: ngày {day_in_words(day)} chưa đến.", "Hãy ghi khi việc đã xong."
            )


def _check_document_numbers(step: Transition, data: JsonObject) -> Iterator[Violation]:
    """Refuse a number of a decision, notice or conclusion that lacks its number or its symbol."""
    for field in step.fields:
        is_number = field.name in ("decision", "notice", "conclusion")
        if is_number and not DOCUMENT_NUMBER.search(data[field.name]):
            yield Violation(
                "number",
                f"{field.title}: «{data[field.name]}» chưa đủ số và ký hiệu.",
                "Hãy ghi như 12/TB-UBND.",
            )


def _check_dialogue_held(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Refuse a dialogue that nobody came to, or that raised more petitions than one may."""
    if data["people"] == 0:
        yield Violation("people", "Cuộc đối thoại không có người dự.", "Hãy ghi số người dự.")
    yield from _check_petition_count(data, facts)


def _check_recount(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Refuse to count fewer petitions than have entries, or more than one dialogue may raise."""
    written = len(facts.items(PETITION, dialogue=item.id))
    if data["petitions"] < written:
        yield Violation(
            "petitions",
            f"Đã có {written} kiến nghị trong sổ.",
            "Kiến nghị ghi thừa thì dùng bước «Không phải giải quyết» ở mục của nó.",
        )
    yield from _check_petition_count(data, facts)


def _check_petition_count(data: JsonObject, facts: Facts) -> Iterator[Violation]:
    most = int(facts.figure("most_petitions"))
    if data["petitions"] > most:
        yield Violation(
            "petitions",
            f"Một cuộc đối thoại ghi nhiều nhất {most} kiến nghị.",
            "Hãy gộp các kiến nghị trùng, hoặc sửa số này ở trang Lĩnh vực.",
        )


def _check_dialogue_closed(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Refuse to close a dialogue while petitions wait or are missing, or on a day before it was held."""
    petitions = facts.items(PETITION, dialogue=item.id)
    waiting = sum(petition.state == "received" for petition in petitions)
    missing = count_of(item, "petitions") - len(petitions)
    if waiting:
        yield Violation(
            "petitions", f"Còn {waiting} kiến nghị chưa giải quyết.", "Hãy ghi kết quả giải quyết trước."
        )
    if missing > 0:
        yield Violation("petitions", f"Còn {missing} kiến nghị chưa ghi vào sổ.", "Hãy ghi đủ.")
    yield from _check_after_held(item, "petitions", data["noticed_on"])


def _check_petition_written(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Refuse a petition of a dialogue that was not held yet, or that is closed."""
    dialogue = facts.item(data["dialogue"])
    if dialogue is None or dialogue.state != "held":
        yield Violation(
            "petitions",
            "Cuộc đối thoại này chưa tổ chức, hoặc đã kết thúc.",
            "Hãy chọn một cuộc đối thoại đã tổ chức và chưa kết thúc.",
        )


def _check_petition_handled(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Refuse a petition that is forwarded without a document, or handled before its dialogue was held."""
    if data["result"] == "forwarded" and not data["answer"]:
        yield Violation("forwarded", "Chưa có số văn bản kiến nghị cấp có thẩm quyền.", "Hãy ghi số văn bản.")
    dialogue = facts.item(item.fields["dialogue"] or "")
    if dialogue is not None:
        yield from _check_after_held(dialogue, "petitions", data["handled_on"])


def _check_inspection_written(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Refuse a unit that inspects itself; warn of a unit that is inspected again in the plan's year."""
    inspected = item.fields["inspected"] or ""
    if inspected == (item.lead or ""):
        yield Violation("own", "Đơn vị không tự kiểm tra mình.", "Hãy chọn đơn vị chủ trì khác.")
    others = entries_without("cancelled", INSPECTION, facts, inspected=inspected)
    if any(other.plan == item.plan for other in others):
        yield Violation(
            "again",
            f"{facts.units.get(inspected, 'Đơn vị này')} đã có trong sổ kiểm tra của năm.",
            "Lần kiểm tra này không làm tăng tỷ lệ.",
            blocks=False,
        )


def _check_inspection_concluded(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Refuse a conclusion on a day before the inspection."""
    yield from _check_after_held(item, "conclusion", data["concluded_on"])


def _check_after_held(entry: Item, rule: str, day: str) -> Iterator[Violation]:
    """Refuse a day before the one on which a dialogue or an inspection was held."""
    held = entry.fields.get("held_on")
    if held is not None and day < held:
        yield Violation(
            rule, f"Ngày ghi ở đây trước ngày tổ chức ({day_in_words(held)}).", "Hãy sửa lại ngày."
        )


def _check_figures_written(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Refuse a period that has not begun, is too old, or shares a month with an entry of the same unit."""
    period = period_of(item)
    yield from _check_period_begun(period, facts)
    entries = entries_without("cancelled", FIGURES, facts)
    if any(entry.lead == item.lead and periods_overlap(period, period_of(entry)) for entry in entries):
        yield Violation(
            "period",
            f"Đơn vị đã có số liệu trùng thời gian với {period.words()}.",
            "Hãy sửa số liệu ở mục đã có.",
        )


def _check_figures_reported(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Refuse figures that were counted to a day before their period."""
    period = period_of(item)
    if data["counted_to"] < period.begin.isoformat():
        yield Violation("period", f"Ngày tính số liệu trước {period.words()}.", "Hãy sửa lại ngày.")


def _check_reading_written(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Refuse a reading of a period that has not begun, or is too old."""
    yield from _check_period_begun(period_of(item), facts)


def _check_period_begun(period: Period, facts: Facts) -> Iterator[Violation]:
    if period.year < FIRST_YEAR:
        yield Violation("year", f"Sổ không ghi {period.words()}.", f"Hãy chọn từ năm {FIRST_YEAR}.")
    if period.begin > facts.today:
        yield Violation("year", f"Chưa đến {period.words()}.", "Hãy chọn kỳ khác.")


def _check_percent_and_rank(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Refuse a reading above 100 %, and a rank of 0."""
    if Decimal(data["value"]) > 100:
        yield Violation("percent", "Kết quả phải từ 0 đến 100 %.", "Hãy sửa lại kết quả.")
    if 0 in (data["rank"], data["rank_before"]):
        yield Violation("percent", "Thứ hạng tính từ 1.", "Hãy để trống nếu chưa xếp hạng.")


def _check_task_finished(task: Item, facts: Facts) -> Iterator[Violation]:
    """Refuse to end a task while dialogues or inspections that name it are unfinished."""
    for register in (DIALOGUE_REGISTER, INSPECTION_REGISTER):
        entries = unfinished_entries(task, AREA, [register], facts)
        if entries:
            yield Violation(
                "task",
                f"Sổ «{register.title}» còn {len(entries)} mục của nhiệm vụ này chưa xong.",
                f"Hãy hoàn tất «{entries[0].title}» trước.",
            )


CHECKS: dict[tuple[str, str], Check] = {
    (DIALOGUE, "hold"): _check_dialogue_held,
    (DIALOGUE, "recount"): _check_recount,
    (DIALOGUE, "close"): _check_dialogue_closed,
    (PETITION, "open"): _check_petition_written,
    (PETITION, "handle"): _check_petition_handled,
    (INSPECTION, "open"): _check_inspection_written,
    (INSPECTION, "conclude"): _check_inspection_concluded,
    (FIGURES, "open"): _check_figures_written,
    (FIGURES, "report"): _check_figures_reported,
    (FIGURES, "correct"): _check_figures_reported,
    (READING, "open"): _check_reading_written,
    (READING, "publish"): _check_percent_and_rank,
}
"""What is asked of one step of one register, besides what holds for all."""
