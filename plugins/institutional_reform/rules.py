"""What is asked of a legal document step by step, and of the plan's task that produces it."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from cchc_flow.hookspecs import Facts, Item, JsonObject, Rule, Transition, Violation
from cchc_flow.workflow import parts
from cchc_flow.workflow.calendar import day_words

from .documents import DAYS, documents, is_communicated, is_published
from .registers import (
    ENFORCEMENT_MONITORING,
    LEGAL_DOCUMENT,
    UNFIT,
    UNLAWFUL,
)

RULES = [
    Rule("order", "Các ngày của văn bản phải theo thứ tự: đăng dự thảo, kết thúc lấy ý kiến, thẩm định, ký, "
         "công bố, tự kiểm tra, xử lý."),
    Rule("future", "Không ghi trước ngày của việc chưa làm; riêng ngày có hiệu lực được ghi trước."),
    Rule("communicated", "Cảnh báo khi thẩm định một dự thảo chưa đăng lấy ý kiến."),
    Rule("unfit", "Không ký văn bản mà thẩm định kết luận chưa đủ điều kiện trình."),
    Rule("effect", "Cảnh báo khi ngày có hiệu lực sớm hơn số ngày đã định, kể từ ngày ký."),
    Rule("publication", "Cảnh báo khi công bố chậm hơn số ngày đã định, kể từ ngày ký."),
    Rule("number", "Hai văn bản cùng loại không được trùng số, ký hiệu."),
    Rule("handling", "Chỉ ghi kết quả xử lý với văn bản mà tự kiểm tra thấy có nội dung phải xử lý."),
    Rule("published", "Không duyệt, không hoàn thành nhiệm vụ làm ra văn bản khi văn bản chưa được công bố, "
         "có số, ngày và nơi công bố."),
    Rule("monitored", "Cảnh báo khi duyệt, hoàn thành nhiệm vụ mà việc theo dõi thi hành pháp luật kèm theo "
         "chưa có kết quả."),
]  # fmt: skip
FINISHING = ("approve", "close")
DONE = ("closed", "cancelled", "excused")
REAL = "Nếu đúng như vậy, hãy nêu lý do."

Found = Iterator[Violation]


def violations(item: Item, step: Transition, data: JsonObject, facts: Facts) -> list[Violation]:
    """Return what is wrong with a step on a document, on the following of enforcement, or on a task."""
    if item.kind == LEGAL_DOCUMENT.kind:
        told = item.fields | {name: value for name, value in data.items() if value}
        about = [one for rule in OF_STEP.get(step.name, ()) for one in rule(item, told, facts)]
        return [*ahead(data, DAYS, facts.today), *disorder(item, step.name, data), *about]
    if item.kind == ENFORCEMENT_MONITORING.kind:
        return list(ahead(data, (("done_on", "ngày hoàn thành"),), facts.today))
    if item.kind == "task" and step.name in FINISHING:
        return [*unpublished(item, facts), *unmonitored(item, facts)]
    return []


def ahead(data: JsonObject, days: tuple[tuple[str, str], ...], today: date) -> Found:
    """What has not happened has no day."""
    for name, title in days:
        if (value := data.get(name)) and date.fromisoformat(value) > today:
            words = day_words(date.fromisoformat(value))
            yield Violation("future", f"{title.capitalize()} {words} chưa đến.", "Hãy ghi khi việc đã làm.")


def disorder(item: Item, step: str, data: JsonObject) -> Found:
    """The days of a document follow each other; those left over from an earlier round are not looked at."""
    typed = [place for place, (name, _) in enumerate(DAYS) if data.get(name)]
    if not typed:
        return
    reach = DAYS if step == "correct" else DAYS[: typed[-1] + 1]
    known = [(data.get(name) or item.fields.get(name), title) for name, title in reach]
    days = [(value, title) for value, title in known if value]
    for (before, earlier), (after, later) in pairwise(days):
        if after < before:
            yield Violation("order", f"{_on(later, after)} sớm hơn {_on(earlier, before).lower()}.",
                            "Hãy kiểm tra lại các ngày.")  # fmt: skip


def uncommunicated(item: Item, told: JsonObject, facts: Facts) -> Found:
    """A draft that goes to appraisal was posted for opinions."""
    if not is_communicated(item):
        yield Violation("communicated", "Dự thảo chưa được đăng lấy ý kiến.",
                        "Hãy đăng dự thảo trước; nếu được miễn, hãy nêu lý do.", blocks=False)  # fmt: skip


def unfit(item: Item, told: JsonObject, facts: Facts) -> Found:
    """What the appraisal found not ready is not signed."""
    if told.get("appraisal") == UNFIT:
        yield Violation("unfit", "Thẩm định kết luận văn bản chưa đủ điều kiện trình.",
                        "Hãy trả lại để soạn thảo lại, rồi thẩm định lại.")  # fmt: skip


def early_effect(item: Item, told: JsonObject, facts: Facts) -> Found:
    """A document takes effect some days after it was signed."""
    days = int(facts.figure("effect_days"))
    signed, effective = date.fromisoformat(told["signed_on"]), date.fromisoformat(told["effective_on"])
    if effective < signed + timedelta(days=days):
        why = (f"Ngày có hiệu lực {day_words(effective)} sớm hơn {days} ngày kể từ ngày ký "
               f"{day_words(signed)}.")  # fmt: skip
        yield Violation("effect", why, REAL, blocks=False)


def late_publication(item: Item, told: JsonObject, facts: Facts) -> Found:
    """A document is published within some days of its signing."""
    days = int(facts.figure("publication_days"))
    signed, published = date.fromisoformat(told["signed_on"]), date.fromisoformat(told["published_on"])
    if published > signed + timedelta(days=days):
        why = (f"Văn bản ký ngày {day_words(signed)}, công bố ngày {day_words(published)}: sau "
               f"{(published - signed).days} ngày, quá thời hạn {days} ngày.")  # fmt: skip
        yield Violation("publication", why, REAL, blocks=False)


def taken_number(item: Item, told: JsonObject, facts: Facts) -> Found:
    """No two documents of one form share a number."""
    for other in documents(facts, form=told["form"], number=told["number"]):
        if other.id != item.id:
            yield Violation("number", f"Số {told['number']} đã ghi cho văn bản «{other.title}».",
                            "Hãy kiểm tra lại số, ký hiệu.")  # fmt: skip


def nothing_to_handle(item: Item, told: JsonObject, facts: Facts) -> Found:
    """Only what was found at the self-check is handled."""
    if told.get("outcome") != UNLAWFUL:
        yield Violation("handling", "Tự kiểm tra không thấy nội dung phải xử lý ở văn bản này.")


OF_STEP: dict[str, tuple[Callable[[Item, JsonObject, Facts], Found], ...]] = {
    "appraise": (uncommunicated,),
    "sign": (unfit, early_effect),
    "publish": (late_publication, taken_number),
    "correct": (late_publication, taken_number, early_effect),
    "handle": (nothing_to_handle,),
}


def unpublished(task: Item, facts: Facts) -> Found:
    """A task is not finished before the documents that it produces are published."""
    for document in awaited(task, facts):
        yield Violation("published", f"Văn bản «{document.title}» của nhiệm vụ này chưa được công bố.",
                        "Hãy ghi số, ngày và nơi công bố của văn bản; hoặc ghi «Thôi ban hành».")  # fmt: skip


def awaited(task: Item, facts: Facts) -> list[Item]:
    """Return the documents that a task produces and that are not published.

    The last part of a whole is finished with the whole: it waits for the documents of both.
    """
    own = [one for one in documents(facts, task=task.id) if not is_published(one)]
    if task.parent is None:
        return own
    of_whole = [one for one in documents(facts, task=task.parent) if not is_published(one)]
    return own + of_whole if of_whole and is_last_part(task, facts) else own


def is_last_part(task: Item, facts: Facts) -> bool:
    """Tell whether a task's whole is finished with it: no other part is open, none is to come this year."""
    whole = facts.item(task.parent or "")
    if whole is None or whole.distribution is None or whole.plan is None:
        return False
    if not parts.is_last(whole.distribution, facts.today, date(int(whole.plan), 12, 31)):
        return False
    others = (one for one in facts.items("task", plan=whole.plan) if one.parent == whole.id)
    return all(one.state in DONE for one in others if one.id != task.id)


def unmonitored(task: Item, facts: Facts) -> Found:
    """Finishing a task while enforcement is still being followed for it wants a reason."""
    waiting = [one for one in facts.items(ENFORCEMENT_MONITORING.kind, task=task.id)
               if one.state == "planned"]  # fmt: skip
    if waiting:
        yield Violation("monitored", f"Còn {len(waiting)} việc theo dõi thi hành pháp luật chưa có kết quả.",
                        "Hãy ghi kết quả trước, hoặc nêu lý do.", blocks=False)  # fmt: skip


def _on(title: str, value: str) -> str:
    return f"{title.capitalize()} {day_words(date.fromisoformat(value))}"
