"""The checks of the area: parts within their wholes, each month once, reports with a due day, work proved."""

from collections.abc import Iterator
from decimal import Decimal

from cchc_flow.hookspecs import Facts, Item, JsonObject, Violation
from cchc_flow.plugin_kit import (
    VOID,
    Check,
    count_of,
    day_in_words,
    entries_without,
    finished_entries_check,
    has_evidence,
    past_day_check,
    period_of,
    task_area_check,
    whole_year_check,
)
from cchc_flow.workflow.periods import parse
from cchc_flow.workflow.shares import format_number

from .registers import DOCUMENTS, PLANNED, REPORT, ROLL_OUT, SERVICES, TASK_REGISTERS

AREA = "digital_transformation"


def _whole_number_check(*names: str) -> Check:
    """Return the check that numbers have no fraction."""

    def check(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
        for number in (Decimal(data[name]) for name in names):
            if number % 1:
                yield Violation(
                    "whole", f"Số {format_number(number)} không phải số nguyên.", "Hãy ghi lại số."
                )

    return check


def _part_check(part: str, whole: str, title: str) -> Check:
    """Return the check that the number in one field is not above that in another; `title` names the part."""

    def check(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
        if Decimal(data[part]) > Decimal(data[whole]):
            yield Violation(
                "part",
                f"{title}: {format_number(data[part])}, nhiều hơn tổng {format_number(data[whole])}.",
                "Hãy ghi lại số liệu.",
            )

    return check


def _check_signed_documents(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Refuse more secret documents than there are, or more signed ones than are not secret."""
    total, secret, signed = (Decimal(data[name]) for name in ("total", "secret", "signed"))
    if secret > total:
        yield Violation("secret", "Số văn bản mật nhiều hơn tổng số văn bản.", "Hãy ghi lại số liệu.")
    elif signed > total - secret:
        yield Violation(
            "secret",
            f"Có {format_number(total - secret)} văn bản không mật, không thể có"
            f" {format_number(signed)} văn bản ký số.",
            "Hãy ghi lại số liệu.",
        )


def _check_new_month(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Refuse what is no month, one to come, and one for which the unit has an entry already."""
    period = parse(data["period"])
    if period.first != period.last:
        yield Violation("month", f"«{period.words()}» không phải một tháng.", "Hãy ghi tháng, như 3/2026.")
    elif facts.window(period)[0] > facts.today:
        yield Violation("month", f"Chưa đến kỳ số liệu của {period.words()}.", "Hãy ghi khi kỳ đã bắt đầu.")
    elif _has_entry(item, facts, period=period.name):
        yield Violation("once", f"Đơn vị đã ghi số liệu {period.words()}.", "Hãy sửa mục đã ghi.")


def _has_entry(item: Item, facts: Facts, **fields: str) -> bool:
    """Tell whether the unit of a new entry has one of that kind with these fields already."""
    entries = entries_without(VOID.name, item.kind, facts, **fields)
    return any(entry.lead == item.lead for entry in entries)


def _check_month_over(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Refuse to confirm the numbers of a month before its reporting window is over."""
    period = period_of(item)
    last = facts.window(period)[1]
    if facts.today <= last:
        yield Violation(
            "over",
            f"Kỳ số liệu của {period.words()} đến hết {day_in_words(last)}.",
            "Hãy chốt sau ngày đó.",
        )


def _check_new_planned_task(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Refuse a task of the digital plan whose number stands there for that year already."""
    year, number = data["year"], data["number"]
    if entries_without(VOID.name, PLANNED, facts, year=year, number=number):
        yield Violation("number", f"Nhiệm vụ số {number} năm {year} đã có trong sổ.", "Hãy mở mục đã ghi.")


def _check_product(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Refuse to finish a task of the digital plan without a file that proves its product."""
    if not has_evidence(item, data):
        yield Violation("proved", "Chưa có tệp minh chứng sản phẩm.", "Hãy gắn tệp rồi ghi lại.")


def _check_new_roll_out(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Refuse a second entry of a unit's accounts."""
    if _has_entry(item, facts):
        yield Violation("once", "Đơn vị này đã có mục theo dõi.", "Hãy cập nhật mục đã có.")


def _check_everybody_equipped(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Refuse to call a roll-out complete before everybody has an account and a certificate."""
    people, accounts, certificates = (count_of(item, name) for name in ("people", "accounts", "certificates"))
    if not accounts == certificates == people:
        yield Violation(
            "complete",
            f"Mới có {accounts}/{people} người có tài khoản, {certificates}/{people} người có chứng thư số.",
            "Hãy cập nhật số đã cấp trước.",
        )


def _check_due_day(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Refuse a report without a due day."""
    if item.due is None:
        yield Violation("due", "Báo cáo chưa có hạn gửi.", "Hãy ghi hạn.")


def _warn_of_late_report(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Warn of a report that is sent after its due day."""
    if item.due and data["sent_on"] > item.due:
        yield Violation(
            "late", f"Báo cáo gửi sau hạn {day_in_words(item.due)}.", "Hãy nêu lý do gửi trễ.", blocks=False
        )


_OF_AREA = task_area_check(AREA, "chuyển đổi số")
_DOCUMENTS = (_whole_number_check("total", "secret", "signed"), _check_signed_documents)
_SERVICES = (
    _whole_number_check("services", "mobile", "users", "identified"),
    _part_check("mobile", "services", "Dịch vụ dùng được trên nhiều phương tiện"),
    _part_check("identified", "users", "Người được định danh"),
)
CHECKS: dict[tuple[str, str], tuple[Check, ...]] = {
    (DOCUMENTS, "open"): (_check_new_month, *_DOCUMENTS),
    (DOCUMENTS, "correct"): _DOCUMENTS,
    (DOCUMENTS, "confirm"): (_check_month_over,),
    (SERVICES, "open"): (_check_new_month, *_SERVICES),
    (SERVICES, "correct"): _SERVICES,
    (SERVICES, "confirm"): (_check_month_over,),
    (PLANNED, "open"): (whole_year_check("year", "number"), _check_new_planned_task, _OF_AREA),
    (PLANNED, "finish"): (past_day_check("done_on"), _check_product),
    (PLANNED, "drop"): (past_day_check("decided_on"),),
    (ROLL_OUT, "open"): (_check_new_roll_out, _OF_AREA),
    (ROLL_OUT, "update"): (
        past_day_check("counted_on"),
        _part_check("accounts", "people", "Người có tài khoản"),
        _part_check("certificates", "people", "Người có chứng thư số"),
    ),
    (ROLL_OUT, "complete"): (_check_everybody_equipped,),
    (REPORT, "open"): (_check_due_day, _OF_AREA),
    (REPORT, "send"): (past_day_check("sent_on"), _warn_of_late_report),
    ("task", "close"): (finished_entries_check(AREA, TASK_REGISTERS),),
}
"""What is checked when a step of a kind is taken; an entry is written by the step "open"."""
