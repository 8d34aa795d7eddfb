"""The area's rules: on each step of a legal document, and on the plan's task that produces it."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from cchc_flow.hookspecs import Facts, Item, JsonObject, Rule, Transition, Violation
from cchc_flow.plugin_kit import Check, all_violations, day_in_words
from cchc_flow.workflow import parts

from .documents import DAYS, documents, is_communicated, is_published
from .figures import EFFECT_LAW, EFFECT_SINCE, PUBLICATION_CUSTOM
from .registers import ENFORCEMENT_MONITORING, LEGAL_DOCUMENT, RESOLUTION, SHORTENED, UNFIT, UNLAWFUL

NO_SOURCE = "Chưa tìm được quy định cho văn bản của cấp xã"
RULES = [
    Rule("forms", "Cấp xã ban hành hai loại văn bản: nghị quyết của HĐND và quyết định của UBND.",
         source="Luật 87/2025/QH15", checked=True),
    Rule("order", "Các ngày của văn bản phải theo thứ tự: đăng dự thảo, kết thúc lấy ý kiến, thẩm định, thông"
         " qua, ký, công bố, tự kiểm tra, xử lý."),
    Rule("future", "Không ghi trước ngày của việc chưa làm; riêng ngày có hiệu lực được ghi trước."),
    Rule("communicated", "Cảnh báo khi thẩm định một dự thảo chưa đăng lấy ý kiến.",
         source=NO_SOURCE, checked=False),
    Rule("unfit", "Cảnh báo khi ký văn bản mà thẩm định kết luận chưa đủ điều kiện trình.",
         source=NO_SOURCE, checked=False),
    Rule("adopted", "Nghị quyết của HĐND phải ghi ngày thông qua: ngày có hiệu lực tính từ ngày đó.",
         source=EFFECT_LAW, since=EFFECT_SINCE, checked=True),
    Rule("effect", "Cảnh báo khi ngày có hiệu lực sớm hơn số ngày đã định, kể từ ngày thông qua nghị quyết,"
         " ngày ký quyết định; theo trình tự rút gọn thì được có hiệu lực ngay trong ngày đó.",
         source=EFFECT_LAW, checked=True, figures=("effect_days",)),
    Rule("publication", "Cảnh báo khi công bố chậm hơn số ngày đã định, kể từ ngày ký.",
         source=PUBLICATION_CUSTOM, checked=False, figures=("publication_days",)),
    Rule("number", "Hai văn bản cùng loại không được trùng số, ký hiệu."),
    Rule("handling", "Chỉ ghi kết quả xử lý với văn bản mà tự kiểm tra thấy có nội dung phải xử lý."),
    Rule("published", "Không duyệt, không hoàn thành nhiệm vụ làm ra văn bản khi văn bản chưa được công bố, "
         "có số, ngày và nơi công bố."),
    Rule("monitored", "Cảnh báo khi duyệt, hoàn thành nhiệm vụ mà việc theo dõi thi hành pháp luật kèm theo "
         "chưa có kết quả."),
]  # fmt: skip
MONITORING_DAYS = (("done_on", "ngày hoàn thành"),)
FINISHING_STEPS = ("approve", "close")
FINAL_TASK_STATES = ("closed", "cancelled", "excused")
GIVE_A_REASON = "Nếu đúng như vậy, hãy nêu lý do."


def violations(item: Item, step: Transition, data: JsonObject, facts: Facts) -> list[Violation]:
    """Return the rules that a step breaks on a document, on monitoring, or on a task to be finished."""
    if item.kind == LEGAL_DOCUMENT.kind:
        values = item.fields | {name: value for name, value in data.items() if value}
        return [
            *_check_future_days(data, DAYS, facts.today),
            *_check_day_order(item, step.name, data),
            *all_violations(_CHECKS.get(step.name, ()), item, values, facts),
        ]
    if item.kind == ENFORCEMENT_MONITORING.kind:
        return list(_check_future_days(data, MONITORING_DAYS, facts.today))
    if item.kind == "task" and step.name in FINISHING_STEPS:
        return [*_check_published(item, facts), *_check_monitored(item, facts)]
    return []


def _check_future_days(
    data: JsonObject, days: tuple[tuple[str, str], ...], today: date
) -> Iterator[Violation]:
    """Yield a violation for each of some days (field and title) that is typed and lies after today."""
    for name, title in days:
        if (day := data.get(name)) and date.fromisoformat(day) > today:
            yield Violation(
                "future", f"{title.capitalize()} {day_in_words(day)} chưa đến.", "Hãy ghi khi việc đã làm."
            )


def _check_day_order(document: Item, step: str, data: JsonObject) -> Iterator[Violation]:
    """Yield a violation for each of a document's days that lies before the one that it has to follow.

    Days after the last one typed are left from an earlier round and not compared; a correction compares all.
    """
    typed = [place for place, (name, _) in enumerate(DAYS) if data.get(name)]
    if not typed:
        return
    compared = DAYS if step == "correct" else DAYS[: typed[-1] + 1]
    days = [(day, title) for name, title in compared if (day := data.get(name) or document.fields.get(name))]
    for (before, earlier), (after, later) in pairwise(days):
        if after < before:
            yield Violation(
                "order",
                f"{later.capitalize()} {day_in_words(after)} sớm hơn {earlier} {day_in_words(before)}.",
                "Hãy kiểm tra lại các ngày.",
            )


# The checks of a document's steps: `data` has what is typed and, where nothing is, what is recorded already.


def _check_communicated(document: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Yield a warning when a draft goes to appraisal that was never posted for opinions."""
    if not is_communicated(document):
        yield Violation(
            "communicated",
            "Dự thảo chưa được đăng lấy ý kiến.",
            "Hãy đăng dự thảo trước; nếu được miễn, hãy nêu lý do.",
            blocks=False,
        )


def _check_appraisal(document: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Yield a warning when a document is signed that its appraisal found unfit."""
    if data.get("appraisal") == UNFIT:
        yield Violation(
            "unfit",
            "Thẩm định kết luận văn bản chưa đủ điều kiện trình.",
            "Hãy trả lại để soạn thảo lại, rồi thẩm định lại; nếu vẫn ký, hãy nêu lý do.",
            blocks=False,
        )


def _check_adoption(document: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Yield a violation when a resolution is signed without a day of adoption."""
    if data["form"] == RESOLUTION and not data.get("adopted_on"):
        yield Violation(
            "adopted",
            "Nghị quyết của HĐND chưa ghi ngày thông qua.",
            "Hãy ghi ngày HĐND thông qua.",
            on=date.fromisoformat(data["signed_on"]),
        )


def _check_effect(document: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Yield a warning when a document takes effect too soon after its adoption or signing.

    It is a warning only, though the law is certain: the register keeps what was signed, lawful or not.
    """
    effective, earliest = date.fromisoformat(data["effective_on"]), earliest_effect(data, facts)
    if effective < earliest:
        title, begin = _begin_of_effect(data)
        days = (earliest - begin).days
        term = f"{days} ngày kể từ {title}" if days else title
        why = f"Ngày có hiệu lực {day_in_words(effective)} sớm hơn {term} {day_in_words(begin)}."
        yield Violation("effect", why, GIVE_A_REASON, blocks=False, on=begin)


def earliest_effect(data: JsonObject, facts: Facts) -> date:
    """Return the first day on which a document may take effect, by the law of its adoption or signing.

    Under the shortened procedure that is the day of the adoption or signing itself.
    """
    _, begin = _begin_of_effect(data)
    is_shortened = data.get("procedure") == SHORTENED
    return begin if is_shortened else begin + timedelta(days=int(facts.figure("effect_days", begin)))


def _begin_of_effect(data: JsonObject) -> tuple[str, date]:
    """Return from which day the term up to the effect counts, with its title.

    A resolution counts from its adoption; one recorded before that day was asked for counts from its signing.
    """
    is_adopted = data["form"] == RESOLUTION and data.get("adopted_on")
    name, title = ("adopted_on", "ngày thông qua") if is_adopted else ("signed_on", "ngày ký")
    return title, date.fromisoformat(data[name])


def _check_publication(document: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Yield a warning when a document is published too long after its signing."""
    signed, published = date.fromisoformat(data["signed_on"]), date.fromisoformat(data["published_on"])
    days = int(facts.figure("publication_days", signed))
    if published > signed + timedelta(days=days):
        why = (
            f"Văn bản ký ngày {day_in_words(signed)}, công bố ngày {day_in_words(published)}: sau"
            f" {(published - signed).days} ngày, quá thời hạn {days} ngày."
        )
        yield Violation("publication", why, GIVE_A_REASON, blocks=False, on=signed)


def _check_number(document: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Yield a violation for each other document of the same form with the same number."""
    for other in documents(facts, form=data["form"], number=data["number"]):
        if other.id != document.id:
            yield Violation(
                "number",
                f"Số {data['number']} đã ghi cho văn bản «{other.title}».",
                "Hãy kiểm tra lại số, ký hiệu.",
            )


def _check_handling(document: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Yield a violation when the self-check found nothing that could be put right."""
    if data.get("outcome") != UNLAWFUL:
        yield Violation("handling", "Tự kiểm tra không thấy nội dung phải xử lý ở văn bản này.")


_CHECKS: dict[str, tuple[Check, ...]] = {
    "appraise": (_check_communicated,),
    "sign": (_check_appraisal, _check_adoption, _check_effect),
    "publish": (_check_publication, _check_number),
    "correct": (_check_publication, _check_number, _check_effect),
    "handle": (_check_handling,),
}


def _check_published(task: Item, facts: Facts) -> Iterator[Violation]:
    """Yield a violation for each document of a task that is not published."""
    for document in awaited_documents(task, facts):
        yield Violation(
            "published",
            f"Văn bản «{document.title}» của nhiệm vụ này chưa được công bố.",
            "Hãy ghi số, ngày và nơi công bố của văn bản; hoặc ghi «Thôi ban hành».",
        )


def awaited_documents(task: Item, facts: Facts) -> list[Item]:
    """Return the unpublished documents of a task.

    A task that is done in parts is finished with its last part, which waits for the documents of both.
    """
    own = _unpublished_documents(task.id, facts)
    of_whole = _unpublished_documents(task.parent, facts) if task.parent else []
    return own + of_whole if of_whole and _is_last_part(task, facts) else own


def _unpublished_documents(task_id: str, facts: Facts) -> list[Item]:
    return [document for document in documents(facts, task=task_id) if not is_published(document)]


def _is_last_part(task: Item, facts: Facts) -> bool:
    """Tell whether no other part of a task's whole is open, and none is to be opened this year."""
    whole = facts.item(task.parent or "")
    if whole is None or whole.distribution is None or whole.plan is None:
        return False
    if not parts.is_last(whole.distribution, facts.today, date(int(whole.plan), 12, 31)):
        return False
    tasks = facts.items("task", plan=whole.plan)
    others = (other for other in tasks if other.parent == whole.id and other.id != task.id)
    return all(other.state in FINAL_TASK_STATES for other in others)


def _check_monitored(task: Item, facts: Facts) -> Iterator[Violation]:
    """Yield a warning when monitoring of enforcement that names the task has no result yet."""
    entries = facts.items(ENFORCEMENT_MONITORING.kind, task=task.id)
    planned = [entry for entry in entries if entry.state == "planned"]
    if planned:
        yield Violation(
            "monitored",
            f"Còn {len(planned)} việc theo dõi thi hành pháp luật chưa có kết quả.",
            "Hãy ghi kết quả trước, hoặc nêu lý do.",
            blocks=False,
        )
