"""What the area demands before an entry is written or a step taken; pure functions over items and facts."""

from collections.abc import Callable, Iterator
from datetime import date

from cchc_flow.hookspecs import Facts, Field, Item, JsonObject, Rule, Transition, Violation
from cchc_flow.workflow.calendar import day_words, is_working_day

from . import clocks, counting_rules
from .registers import (
    ANNOUNCEMENT,
    APOLOGY,
    FEEDBACK,
    LATE_DOSSIER,
)
from .service import SERVICE_FIGURES

AREA = "administrative_procedures"
REGISTERS = (LATE_DOSSIER, APOLOGY, FEEDBACK, ANNOUNCEMENT)
KINDS = {one.kind for one in (*REGISTERS, SERVICE_FIGURES)}
FINAL = {one.kind: {state.name for state in one.states if state.final} for one in REGISTERS}

RULES = [
    Rule("days", "Ngày ghi trong các sổ không được ở tương lai, và đúng thứ tự."),
    Rule(
        "apology",
        "Hồ sơ trễ hạn phải có phiếu xin lỗi và hẹn lại, gửi chậm nhất 1 ngày trước ngày hẹn cũ;"
        " ngày đó là ngày nghỉ thì gửi vào ngày làm việc liền trước."
        " Phiếu được mở tự động; chưa gửi thì chưa ghi trả kết quả muộn được.",
    ),
    Rule("once", "Mỗi hồ sơ chỉ được hẹn lại một lần, và chỉ ghi vào sổ một lần."),
    Rule(
        "late",
        "Yêu cầu bổ sung quá một lần bị tính là trễ hạn; thời gian chờ người dân được trừ.",
    ),
    Rule(
        "feedback",
        "Phản ánh, kiến nghị: từ chối trong 2 ngày làm việc, yêu cầu bổ sung trong 5, trả lời trong 15;"
        " không tính thời gian chờ người dân bổ sung.",
    ),
    Rule("publishing", "Thủ tục được công khai trong 5 ngày làm việc từ ngày công bố."),
    Rule(
        "figures",
        "Số liệu mỗi kỳ ghi một lần, các kỳ không trùng nhau, số thành phần không lớn hơn tổng số;"
        " hồ sơ chỉ tính là số hóa khi có đủ thành phần số hóa và kết quả điện tử.",
    ),
    Rule(
        "open_entries",
        "Chưa duyệt, chưa đóng nhiệm vụ khi sổ theo dõi còn mục của nhiệm vụ đó chưa xong.",
    ),
]

Check = Callable[[Item, JsonObject, Facts], Iterator[Violation]]


def violations(item: Item, step: Transition, data: JsonObject, facts: Facts) -> list[Violation]:
    """Return what the area has to say to a step; asked about anything else, nothing."""
    if item.kind == "task":
        return list(_task(item, step.name, facts))
    if item.kind not in KINDS:
        return []
    check = _CHECKS.get((item.kind, step.name))
    found = [*_days_to_come(step, item, data, facts)]
    return found or list(check(item, data, facts) if check else ())


def day(value: object) -> date | None:
    """Return the day that a field keeps or a form gave, or None."""
    return date.fromisoformat(value) if isinstance(value, str) and value else None


def number(item: Item, name: str) -> int:
    """Return a count that an item keeps; 0 when it keeps none."""
    return int(item.fields.get(name) or 0)


def promise(dossier: Item, facts: Facts) -> date:
    """Return the day that was promised for a dossier, put off by the days that its citizen took."""
    return clocks.promised(_on(dossier, "old_due"), number(dossier, "waited"), facts.working_days)


def is_late(dossier: Item, facts: Facts) -> bool:
    """Tell whether a dossier of the register is late: returned after its promise, or not yet and past it."""
    until = day(dossier.fields.get("returned_on")) or facts.today
    most = int(facts.figure("most_supplements"))
    return clocks.is_late(promise(dossier, facts), until, number(dossier, "supplements"), most)


def clock_of(feedback: Item, figure: str, facts: Facts, stopped: int | None = None) -> date:
    """Return the last day of one of the clocks of a feedback; it rested for `stopped`, or what is kept."""
    rested = number(feedback, "stopped") if stopped is None else stopped
    return clocks.last_day(
        _on(feedback, "received_on"), int(facts.figure(figure)), rested, facts.working_days
    )


def publish_by(announcement: Item, facts: Facts) -> date:
    """Return the last day on which procedures are made public in time."""
    announced = _on(announcement, "announced_on")
    return clocks.last_day(announced, int(facts.figure("publish_days")), 0, facts.working_days)


def apologies(code: str, facts: Facts) -> list[Item]:
    """Return the apologies for a dossier that are, or were, needed."""
    return [one for one in facts.items("apology", code=code) if one.state != "not_needed"]


def _on(item: Item, name: str) -> date:
    found = day(item.fields.get(name))
    if found is None:
        raise ValueError(f"{item.id} has no {name}")
    return found


def _days_to_come(step: Transition, item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    for field in _asked(item, step):
        is_of_act = field.kind == "day" and field.name.endswith("_on")
        told = day(data.get(field.name)) if is_of_act else None
        if told and told > facts.today:
            yield Violation(
                "days", f"{field.title} ({day_words(told)}) chưa tới.", "Hãy ghi ngày đã diễn ra."
            )


def _asked(item: Item, step: Transition) -> tuple[Field, ...]:
    workflow = next(one for one in (*REGISTERS, SERVICE_FIGURES) if one.kind == item.kind)
    return workflow.asks if step.name == "open" else step.fields


def _task(item: Item, step: str, facts: Facts) -> Iterator[Violation]:
    if step not in ("approve", "close") or facts.area_of(item) != AREA:
        return
    for workflow in REGISTERS:
        entries = facts.items(workflow.kind, task=item.id)
        left = [one for one in entries if one.state not in FINAL[workflow.kind]]
        if left:
            yield Violation(
                "open_entries",
                f"Sổ «{workflow.title}» còn {len(left)} mục của nhiệm vụ này chưa xong,"
                f" đầu tiên là «{left[0].title}».",
                f"Hãy làm xong các mục đó trong sổ «{workflow.title}».",
            )


def _new_dossier(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    code = data["code"]
    if any(one.state != "dropped" for one in facts.items("late_dossier", code=code)):
        yield Violation("once", f"Hồ sơ {code} đã có trong sổ.", "Hãy mở mục đã ghi.")
    if data["old_due"] < data["received_on"]:
        yield Violation("days", "Ngày hẹn trả ban đầu trước ngày tiếp nhận.", "Hãy xem lại hai ngày này.")


def _again(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    most = int(facts.figure("most_reappointments"))
    if len(apologies(item.fields["code"] or "", facts)) >= most:
        yield Violation(
            "once",
            f"Hồ sơ này đã hẹn lại {most} lần, là mức cao nhất: không được hẹn lại nữa.",
            "Hãy trả kết quả; hồ sơ được tính là trễ hạn.",
        )


def _return(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    returned, promised = day(data["returned_on"]), promise(item, facts)
    if returned and returned < _on(item, "received_on"):
        yield Violation("days", "Ngày trả kết quả trước ngày tiếp nhận.", "Hãy xem lại ngày trả kết quả.")
    waiting = [one for one in apologies(item.fields["code"] or "", facts) if one.state == "to_send"]
    if waiting and returned and returned > promised:
        yield Violation(
            "apology",
            f"Hồ sơ trả sau ngày hẹn {day_words(promised)} mà chưa gửi phiếu xin lỗi và hẹn lại.",
            "Hãy gửi phiếu trước, trong sổ «Phiếu xin lỗi và hẹn lại».",
        )


def _send(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    sent, new, old = day(data["sent_on"]), day(data["new_due"]), _on(item, "old_due")
    if new and new <= old:
        yield Violation(
            "days", f"Ngày hẹn mới phải sau ngày hẹn cũ ({day_words(old)}).", "Hãy chọn ngày sau đó."
        )
    elif new and not is_working_day(new, facts.working_days):
        yield Violation("days", f"Ngày hẹn mới ({day_words(new)}) là ngày nghỉ.", blocks=False)
    last = day(item.due)
    if sent and last and sent > last:
        yield Violation(
            "apology", f"Phiếu gửi sau hạn {day_words(last)}.", "Hãy nêu vì sao gửi chậm.", blocks=False
        )


def _new_feedback(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    code = data["code"]
    if code and facts.items("feedback", code=code):
        yield Violation("once", f"Phản ánh {code} đã có trong sổ.", "Hãy mở mục đã ghi.")


def _refuse(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    yield from _in_order(item, data["refused_on"])
    last, refused = clock_of(item, "refuse_days", facts), day(data["refused_on"])
    if refused and refused > last:
        yield Violation(
            "feedback", f"Hạn từ chối tiếp nhận đã hết ngày {day_words(last)}.", "Hãy xử lý và trả lời."
        )


def _ask_supplement(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    yield from _in_order(item, data["asked_on"])
    last, asked = clock_of(item, "supplement_days", facts), day(data["asked_on"])
    if asked and asked > last:
        yield Violation(
            "feedback", f"Hạn yêu cầu bổ sung đã hết ngày {day_words(last)}.", "Hãy nêu lý do.", blocks=False
        )


def _supplement(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    yield from _in_order(item, data["supplemented_on"])


def _answer(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    yield from _in_order(item, data["answered_on"])


def _in_order(item: Item, told: str) -> Iterator[Violation]:
    """What happens to a feedback happens after it came, and after what was asked or told last."""
    for name in ("received_on", "supplemented_on", *(("asked_on",) if item.state == "waiting" else ())):
        before = day(item.fields.get(name))
        if before and told < before.isoformat():
            yield Violation(
                "days", f"Ngày này trước {_BEFORE[name]} ({day_words(before)}).", "Hãy xem lại ngày."
            )


_BEFORE = {
    "received_on": "ngày tiếp nhận",
    "asked_on": "ngày yêu cầu bổ sung",
    "supplemented_on": "ngày người dân bổ sung xong",
}


def _publish(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    announced, published = _on(item, "announced_on"), day(data["published_on"])
    if published and published < announced:
        yield Violation("days", "Ngày công khai trước ngày công bố.", "Hãy xem lại ngày công khai.")
    last = publish_by(item, facts)
    if published and published > last:
        yield Violation(
            "publishing", f"Công khai sau hạn {day_words(last)}.", "Hãy nêu lý do chậm.", blocks=False
        )


_CHECKS: dict[tuple[str, str], Check] = {
    ("late_dossier", "open"): _new_dossier,
    ("late_dossier", "late_again"): _again,
    ("late_dossier", "return"): _return,
    ("apology", "send"): _send,
    ("feedback", "open"): _new_feedback,
    ("feedback", "refuse"): _refuse,
    ("feedback", "ask_supplement"): _ask_supplement,
    ("feedback", "supplement"): _supplement,
    ("feedback", "answer"): _answer,
    ("procedure_announcement", "publish"): _publish,
    ("service_figures", "open"): counting_rules.unfit_figures,
}
