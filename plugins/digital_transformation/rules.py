"""The rules of the area: parts within their wholes, each month once, reports with a due day, work proved."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from cchc_flow.hookspecs import Facts, Item, JsonObject, Violation
from cchc_flow.workflow.calendar import day_words
from cchc_flow.workflow.periods import parse
from cchc_flow.workflow.shares import format_number

from .registers import DOCUMENTS, PLANNED, REPORT, ROLL_OUT, SERVICES

AREA = "digital_transformation"
UNDONE = {PLANNED: ("planned", "doing"), ROLL_OUT: ("rolling",), REPORT: ("waiting",)}
"""The states in which an entry that may name a task is not finished, by kind."""
Check = Callable[[Item, JsonObject, Facts], Iterator[Violation]]


def violations(item: Item, step: str, data: JsonObject, facts: Facts) -> list[Violation]:
    """Return what is not as the rules want it when a step is taken with some data."""
    return [found for check in CHECKS.get((item.kind, step), ()) for found in check(item, data, facts)]


def unfinished(task: Item, facts: Facts) -> list[Item]:
    """Return the entries that name a task of this area and are not finished."""
    named = [one for kind in UNDONE for one in facts.items(kind, task=task.id)]
    waiting = [one for one in named if one.state in UNDONE[one.kind]]
    return waiting if waiting and facts.area_of(task) == AREA else []


def said(day: str) -> str:
    """Return a day in words."""
    return day_words(date.fromisoformat(day))


def _whole(*names: str) -> Check:
    def check(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
        for name in names:
            if Decimal(data[name]) % 1:
                yield Violation(
                    "whole", f"Số {format_number(data[name])} không phải số nguyên.", "Hãy ghi lại số."
                )

    return check


def _not_ahead(name: str) -> Check:
    def check(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
        if date.fromisoformat(data[name]) > facts.today:
            yield Violation("day", f"Ngày {said(data[name])} chưa đến.", "Hãy ghi lại ngày.")

    return check


def _part(part: str, whole: str, words: str) -> Check:
    def check(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
        if Decimal(data[part]) > Decimal(data[whole]):
            yield Violation(
                "part",
                f"{words}: {format_number(data[part])}, nhiều hơn tổng {format_number(data[whole])}.",
                "Hãy ghi lại số liệu.",
            )

    return check


def _but_secret(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    total, secret, signed = (Decimal(data[name]) for name in ("total", "secret", "signed"))
    if secret > total:
        yield Violation("secret", "Số văn bản mật nhiều hơn tổng số văn bản.", "Hãy ghi lại số liệu.")
    elif signed > total - secret:
        yield Violation(
            "secret",
            f"Có {format_number(total - secret)} văn bản không mật, "
            f"không thể có {format_number(signed)} văn bản ký số.",
            "Hãy ghi lại số liệu.",
        )


def _one_month(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    period = parse(data["period"])
    if period.first != period.last:
        yield Violation("month", f"«{period.words()}» không phải một tháng.", "Hãy ghi tháng, như 3/2026.")
    elif facts.window(period)[0] > facts.today:
        yield Violation("month", f"Chưa đến kỳ số liệu của {period.words()}.", "Hãy ghi khi kỳ đã bắt đầu.")
    elif any(
        one.state != "void" and one.lead == item.lead for one in facts.items(item.kind, period=period.name)
    ):
        yield Violation("once", f"Đơn vị đã ghi số liệu {period.words()}.", "Hãy sửa mục đã ghi.")


def _month_over(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    period = parse(item.fields["period"] or "")
    last = facts.window(period)[1]
    if facts.today <= last:
        yield Violation(
            "over", f"Kỳ số liệu của {period.words()} đến hết {day_words(last)}.", "Hãy chốt sau ngày đó."
        )


def _one_of_a_number(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    year = parse(data["year"])
    if year.name != str(year.year):
        yield Violation("number", f"«{year.words()}» không phải một năm.", "Hãy ghi năm, như 2026.")
    elif any(one.state != "void" for one in facts.items(PLANNED, year=year.name, number=data["number"])):
        yield Violation(
            "number", f"Nhiệm vụ số {data['number']} năm {year.name} đã có trong sổ.", "Hãy mở mục đã ghi."
        )


def _proved(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    if not item.evidence and not data["evidence"]:
        yield Violation("proved", "Chưa có tệp minh chứng sản phẩm.", "Hãy gắn tệp rồi ghi lại.")


def _one_of_a_unit(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    if any(one.state != "void" and one.lead == item.lead for one in facts.items(ROLL_OUT)):
        yield Violation("once", "Đơn vị này đã có mục theo dõi.", "Hãy cập nhật mục đã có.")


def _everybody(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    people, accounts, certificates = (
        int(item.fields.get(name) or 0) for name in ("people", "accounts", "certificates")
    )
    if not accounts == certificates == people:
        yield Violation(
            "complete",
            f"Mới có {accounts}/{people} người có tài khoản, {certificates}/{people} người có chứng thư số.",
            "Hãy cập nhật số đã cấp trước.",
        )


def _has_due(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    if item.due is None:
        yield Violation("due", "Báo cáo chưa có hạn gửi.", "Hãy ghi hạn.")


def _in_time(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    if item.due and data["sent_on"] > item.due:
        yield Violation(
            "late", f"Báo cáo gửi sau hạn {said(item.due)}.", "Hãy nêu lý do gửi trễ.", blocks=False
        )


def _of_the_area(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    task = facts.item(data["task"]) if data["task"] else None
    if task is not None and facts.area_of(task) != AREA:
        yield Violation(
            "area", f"Nhiệm vụ «{task.title}» không thuộc chuyển đổi số.", "Hãy chọn nhiệm vụ khác."
        )


def _all_finished(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    waiting = unfinished(item, facts)
    if waiting:
        names = ", ".join(f"«{one.title}»" for one in waiting[:3])
        yield Violation(
            "unfinished",
            f"{len(waiting)} mục ghi cho nhiệm vụ này chưa xong: {names}.",
            "Hãy hoàn thành các mục đó ở sổ theo dõi trước khi đóng nhiệm vụ.",
        )


COUNTED = (_whole("total", "secret", "signed"), _but_secret)
SERVED = (
    _whole("services", "mobile", "users", "identified"),
    _part("mobile", "services", "Dịch vụ dùng được trên nhiều phương tiện"),
    _part("identified", "users", "Người được định danh"),
)
CHECKS: dict[tuple[str, str], tuple[Check, ...]] = {
    (DOCUMENTS, "open"): (_one_month, *COUNTED),
    (DOCUMENTS, "correct"): COUNTED,
    (DOCUMENTS, "confirm"): (_month_over,),
    (SERVICES, "open"): (_one_month, *SERVED),
    (SERVICES, "correct"): SERVED,
    (SERVICES, "confirm"): (_month_over,),
    (PLANNED, "open"): (_one_of_a_number, _of_the_area),
    (PLANNED, "finish"): (_not_ahead("done_on"), _proved),
    (PLANNED, "drop"): (_not_ahead("decided_on"),),
    (ROLL_OUT, "open"): (_one_of_a_unit, _of_the_area),
    (ROLL_OUT, "update"): (
        _not_ahead("counted_on"),
        _part("accounts", "people", "Người có tài khoản"),
        _part("certificates", "people", "Người có chứng thư số"),
    ),
    (ROLL_OUT, "complete"): (_everybody,),
    (REPORT, "open"): (_has_due, _of_the_area),
    (REPORT, "send"): (_not_ahead("sent_on"), _in_time),
    ("task", "close"): (_all_finished,),
}
