"""The area's rules: what is checked before an entry is written or a step is taken."""

from collections.abc import Iterator

from cchc_flow.hookspecs import Facts, Field, Item, JsonObject, Rule, Transition, Violation
from cchc_flow.plugin_kit import Check, day_of, entries_without
from cchc_flow.workflow.calendar import day_words, is_working_day

from .deadlines import (
    feedback_deadline,
    filled_in_day,
    needed_apologies,
    parse_day,
    promised_day,
    publication_deadline,
)
from .figures import APOLOGY_CUSTOM, APOLOGY_DECREE, FEEDBACK_DECISION, PARTS, PUBLISHING_DECREE
from .registers import APOLOGY, FINAL, REGISTERS
from .service_figures import SERVICE_FIGURES
from .service_figures_rules import check_figures

AREA = "administrative_procedures"
WORKFLOWS = {workflow.kind: workflow for workflow in (*REGISTERS, SERVICE_FIGURES)}

RULES = [
    Rule("days", "Ngày ghi trong các sổ không được ở tương lai, và đúng thứ tự."),
    Rule("twice", "Mỗi hồ sơ, mỗi phản ánh, kiến nghị chỉ ghi vào sổ một lần."),
    Rule(
        "apology",
        "Hồ sơ trễ hạn phải có văn bản xin lỗi và đề nghị gia hạn (mẫu số 04 của Thông tư 03/2025/TT-VPCP)."
        " Mục đó được mở tự động; chưa gửi thì chưa ghi trả kết quả muộn được.",
        source=APOLOGY_DECREE,
        checked=True,
    ),
    Rule(
        "apology_day",
        "Cảnh báo khi gửi văn bản xin lỗi chậm hơn số ngày đã định trước ngày hẹn cũ;"
        " ngày đó là ngày nghỉ thì gửi vào ngày làm việc liền trước.",
        source=APOLOGY_CUSTOM,
        checked=False,
        figures=("apology_days",),
    ),
    Rule(
        "once",
        "Cảnh báo khi hẹn lại một hồ sơ quá số lần đã định.",
        source=APOLOGY_CUSTOM,
        checked=False,
        figures=("most_reappointments",),
    ),
    Rule(
        "late",
        "Yêu cầu bổ sung quá số lần đã định bị tính là trễ hạn; thời gian chờ người dân được trừ.",
        source=PARTS,
        checked=False,
        figures=("most_supplements",),
    ),
    Rule(
        "feedback",
        "Cảnh báo khi từ chối, yêu cầu bổ sung hoặc trả lời phản ánh, kiến nghị quá số ngày làm việc đã định;"
        " không tính thời gian chờ người dân bổ sung.",
        source=FEEDBACK_DECISION,
        checked=False,
        figures=("refuse_days", "supplement_days", "answer_days"),
    ),
    Rule(
        "publishing",
        "Cảnh báo khi công khai thủ tục quá 5 ngày làm việc sau quyết định công bố của Chủ tịch UBND tỉnh.",
        source=PUBLISHING_DECREE,
        checked=True,
        figures=("publish_days",),
    ),
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


def violations(item: Item, step: Transition, data: JsonObject, facts: Facts) -> list[Violation]:
    """Return the rules that a step breaks, on a task of the area or on an entry of its registers.

    A day in the future hides all others: the checks that compare days rest on it.
    """
    if item.kind == "task":
        return list(_check_task(item, step.name, facts))
    if item.kind not in WORKFLOWS:
        return []
    check = _CHECKS.get((item.kind, step.name))
    future = [*_check_future_days(step, item, data, facts)]
    return future or list(check(item, data, facts) if check else ())


def _check_future_days(step: Transition, item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Yield a violation for each day of an act (a field named …_on) that lies after today."""
    for field in _fields(item, step):
        is_day_of_act = field.kind == "day" and field.name.endswith("_on")
        day = parse_day(data.get(field.name)) if is_day_of_act else None
        if day and day > facts.today:
            yield Violation("days", f"{field.title} ({day_words(day)}) chưa tới.", "Hãy ghi ngày đã diễn ra.")


def _fields(item: Item, step: Transition) -> tuple[Field, ...]:
    return WORKFLOWS[item.kind].asks if step.name == "open" else step.fields


def _check_task(task: Item, step: str, facts: Facts) -> Iterator[Violation]:
    """Yield a violation for each register with open entries of a task of the area that is to be finished."""
    if step not in ("approve", "close") or facts.area_of(task) != AREA:
        return
    for workflow in REGISTERS:
        entries = facts.items(workflow.kind, task=task.id)
        unfinished = [entry for entry in entries if entry.state not in FINAL[workflow.kind]]
        if unfinished:
            yield Violation(
                "open_entries",
                f"Sổ «{workflow.title}» còn {len(unfinished)} mục của nhiệm vụ này chưa xong,"
                f" đầu tiên là «{unfinished[0].title}».",
                f"Hãy làm xong các mục đó trong sổ «{workflow.title}».",
            )


def _check_new_dossier(dossier: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    code = data["code"]
    if entries_without("dropped", "late_dossier", facts, code=code):
        yield Violation("twice", f"Hồ sơ {code} đã có trong sổ.", "Hãy mở mục đã ghi.")
    if data["old_due"] < data["received_on"]:
        yield Violation("days", "Ngày hẹn trả ban đầu trước ngày tiếp nhận.", "Hãy xem lại hai ngày này.")


def _check_late_again(dossier: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    most = int(facts.figure("most_reappointments"))
    if len(needed_apologies(dossier.fields["code"] or "", facts)) >= most:
        yield Violation(
            "once",
            f"Hồ sơ này đã hẹn lại {most} lần, là mức cao nhất mà xã đặt.",
            "Hãy trả kết quả, hoặc nêu lý do hẹn lại nữa.",
            blocks=False,
        )


def _check_return(dossier: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    returned, promised = parse_day(data["returned_on"]), promised_day(dossier, facts)
    if returned and returned < filled_in_day(dossier, "received_on"):
        yield Violation("days", "Ngày trả kết quả trước ngày tiếp nhận.", "Hãy xem lại ngày trả kết quả.")
    apologies = needed_apologies(dossier.fields["code"] or "", facts)
    has_apology_to_send = any(apology.state == "to_send" for apology in apologies)
    if has_apology_to_send and returned and returned > promised:
        yield Violation(
            "apology",
            f"Hồ sơ trả sau ngày hẹn {day_words(promised)} mà chưa gửi văn bản xin lỗi.",
            f"Hãy gửi trước, trong sổ «{APOLOGY.title}».",
        )


def _check_send(apology: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    sent, new_due = parse_day(data["sent_on"]), parse_day(data["new_due"])
    old_due, deadline = filled_in_day(apology, "old_due"), parse_day(apology.due)
    if new_due and new_due <= old_due:
        yield Violation(
            "days", f"Ngày hẹn mới phải sau ngày hẹn cũ ({day_words(old_due)}).", "Hãy chọn ngày sau đó."
        )
    elif new_due and not is_working_day(new_due, facts.working_days):
        yield Violation("days", f"Ngày hẹn mới ({day_words(new_due)}) là ngày nghỉ.", blocks=False)
    if sent and deadline and sent > deadline:
        yield Violation(
            "apology_day",
            f"Văn bản gửi sau hạn {day_words(deadline)}.",
            "Hãy nêu vì sao gửi chậm.",
            blocks=False,
            on=sent,
        )


def _check_new_feedback(feedback: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    code = data["code"]
    if code and facts.items("feedback", code=code):
        yield Violation("twice", f"Phản ánh {code} đã có trong sổ.", "Hãy mở mục đã ghi.")


def _check_refuse(feedback: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    yield from _check_order(feedback, data["refused_on"])
    deadline, refused = feedback_deadline(feedback, "refuse_days", facts), parse_day(data["refused_on"])
    if refused and refused > deadline:
        yield Violation(
            "feedback",
            f"Hạn từ chối tiếp nhận đã hết ngày {day_words(deadline)}.",
            "Hãy xử lý và trả lời, hoặc nêu lý do từ chối muộn.",
            blocks=False,
        )


def _check_ask_supplement(feedback: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    yield from _check_order(feedback, data["asked_on"])
    deadline, asked_on = feedback_deadline(feedback, "supplement_days", facts), parse_day(data["asked_on"])
    if asked_on and asked_on > deadline:
        yield Violation(
            "feedback",
            f"Hạn yêu cầu bổ sung đã hết ngày {day_words(deadline)}.",
            "Hãy nêu lý do.",
            blocks=False,
        )


def _check_supplement(feedback: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    yield from _check_order(feedback, data["supplemented_on"])


def _check_answer(feedback: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    yield from _check_order(feedback, data["answered_on"])


def _check_order(feedback: Item, day: str) -> Iterator[Violation]:
    """Yield a violation for each day already recorded on a feedback that lies after the day of a new step."""
    names = ("received_on", "supplemented_on", *(("asked_on",) if feedback.state == "waiting" else ()))
    for name in names:
        earlier = day_of(feedback, name)
        if earlier and day < earlier.isoformat():
            yield Violation(
                "days", f"Ngày này trước {_DAY_TITLES[name]} ({day_words(earlier)}).", "Hãy xem lại ngày."
            )


_DAY_TITLES = {
    "received_on": "ngày tiếp nhận",
    "asked_on": "ngày yêu cầu bổ sung",
    "supplemented_on": "ngày người dân bổ sung xong",
}


def _check_publish(announcement: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    announced = filled_in_day(announcement, "announced_on")
    deadline, published = publication_deadline(announcement, facts), parse_day(data["published_on"])
    if published and published < announced:
        yield Violation("days", "Ngày công khai trước ngày công bố.", "Hãy xem lại ngày công khai.")
    if published and published > deadline:
        yield Violation(
            "publishing", f"Công khai sau hạn {day_words(deadline)}.", "Hãy nêu lý do chậm.", blocks=False
        )


_CHECKS: dict[tuple[str, str], Check] = {
    ("late_dossier", "open"): _check_new_dossier,
    ("late_dossier", "late_again"): _check_late_again,
    ("late_dossier", "return"): _check_return,
    ("apology", "send"): _check_send,
    ("feedback", "open"): _check_new_feedback,
    ("feedback", "refuse"): _check_refuse,
    ("feedback", "ask_supplement"): _check_ask_supplement,
    ("feedback", "supplement"): _check_supplement,
    ("feedback", "answer"): _check_answer,
    ("procedure_announcement", "publish"): _check_publish,
    ("service_figures", "open"): check_figures,
}
