"""The checks of the area: money within plan and year, revenue counted once, recommendations proved."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from cchc_flow.hookspecs import Facts, Item, JsonObject, Violation
from cchc_flow.plugin_kit import (
    VOID,
    Check,
    amount_of,
    day_in_words,
    entries_without,
    finished_entries_check,
    has_evidence,
    past_day_check,
    period_of,
    periods_overlap,
    task_area_check,
    whole_year_check,
)

from .money import AREA, budget_year, dong_words, last_payment_day, revenues
from .registers import PROJECT, RECOMMENDATION, REGISTERS, REVENUE


def _whole_dong_check(*names: str) -> Check:
    """Return the check that sums have no fraction of a đồng."""

    def check(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
        for amount in (Decimal(data[name]) for name in names):
            if amount % 1:
                yield Violation("whole", f"Số tiền {dong_words(amount)} có số lẻ.", "Hãy ghi tròn đồng.")

    return check


def _check_new_project(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Refuse a project whose code is listed for that year of the capital plan already."""
    year = data["budget_year"]
    projects = entries_without(VOID.name, PROJECT, facts, budget_year=year)
    if any(_is_same(project, item, "code") for project in projects):
        yield Violation("code", f"Dự án mã {data['code']} đã có trong sổ năm {year}.", "Hãy mở mục đã ghi.")


def _is_same(entry: Item, other: Item, *names: str) -> bool:
    """Tell whether two entries agree in some fields, whatever the case of their letters."""
    pairs = ((entry.fields.get(name), other.fields.get(name)) for name in names)
    return all((value or "").casefold() == (other_value or "").casefold() for value, other_value in pairs)


def _check_planned(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Refuse a capital plan of nothing, or of less than has been paid already."""
    planned, paid = Decimal(data["planned"]), amount_of(item, "paid_total")
    if planned <= 0:
        yield Violation("planned", "Kế hoạch vốn được giao phải lớn hơn 0.", "Hãy ghi lại số tiền.")
    elif planned < paid:
        yield Violation(
            "planned",
            f"Kế hoạch vốn {dong_words(planned)} thấp hơn số đã giải ngân {dong_words(paid)}.",
            "Hãy ghi thu hồi trước, hoặc ghi lại kế hoạch vốn.",
        )


def _check_payment_day(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Warn of a payment before the first day of its plan year, or after the last day of payment."""
    year, paid_on = budget_year(item), date.fromisoformat(data["paid_on"])
    last = last_payment_day(year, facts)
    if not date(year, 1, 1) <= paid_on <= last:
        yield Violation(
            "payment_year",
            f"Vốn năm {year} chỉ được thanh toán từ 01/01/{year} đến hết {day_in_words(last)},"
            f" không phải ngày {day_in_words(paid_on)}.",
            "Hãy ghi vào kế hoạch vốn của năm khác, sửa ngày theo chứng từ, hoặc nêu lý do.",
            blocks=False,
            on=paid_on,
        )


def _running_total_check(sign: int) -> Check:
    """Return the check that the new total is the old one and (1) or less (-1) the amount of this time."""

    def check(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
        before, amount = amount_of(item, "paid_total"), Decimal(data["amount"])
        after = Decimal(data["paid_total"])
        if amount <= 0:
            yield Violation("running", "Số tiền lần này phải lớn hơn 0.", "Hãy ghi lại số tiền.")
        elif after != before + sign * amount:
            yield Violation(
                "running",
                f"Lũy kế {dong_words(after)} không khớp: trước đó là {dong_words(before)},"
                f" {'cộng' if sign > 0 else 'trừ'} {dong_words(amount)}.",
                "Hãy đối chiếu với Kho bạc, rồi ghi lại.",
            )

    return check


def _check_paid_within_plan(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Refuse payments that come to more than the capital plan."""
    planned, paid = amount_of(item, "planned"), Decimal(data["paid_total"])
    if paid > planned:
        yield Violation(
            "within",
            f"Lũy kế {dong_words(paid)} vượt kế hoạch vốn {dong_words(planned)}.",
            "Hãy ghi điều chỉnh vốn trước.",
        )


def _warn_of_unspent(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Warn of a project that is finished before its whole plan is paid."""
    unspent = amount_of(item, "planned") - amount_of(item, "paid_total")
    if unspent > 0:
        yield Violation(
            "unspent", f"Còn {dong_words(unspent)} chưa giải ngân.", "Hãy nêu lý do kết thúc.", blocks=False
        )


def _check_new_revenue(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Refuse revenue of a period that has not begun, or that shares a month with one that is recorded."""
    period = period_of(item)
    if period.begin > facts.today:
        yield Violation("period", f"Chưa đến {period.words()}.", "Hãy ghi khi kỳ đã bắt đầu.")
    for other in map(period_of, revenues(period.year, facts)):
        if periods_overlap(other, period):
            yield Violation(
                "period",
                f"Số thu của {other.words()} đã được ghi.",
                "Hãy sửa mục đã có, hoặc ghi kỳ khác.",
            )


def _check_period_over(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Refuse to confirm the revenue of a period on a day when it is not over."""
    period = period_of(item)
    if date.fromisoformat(data["confirmed_on"]) <= period.end:
        yield Violation(
            "confirmed",
            f"Đến ngày {day_in_words(data['confirmed_on'])} thì {period.words()} chưa hết.",
            "Hãy giữ số ước đến khi hết kỳ.",
        )


def _check_new_recommendation(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Refuse a recommendation whose number in its document is recorded already."""
    entries = entries_without(VOID.name, RECOMMENDATION, facts)
    if any(_is_same(entry, item, "number", "document") for entry in entries):
        yield Violation(
            "number",
            f"Kiến nghị {data['number']} của {data['document']} đã có trong sổ.",
            "Hãy mở mục đã ghi.",
        )


def _not_before_issue_day_check(name: str) -> Check:
    """Return the check that a day is not before the one on which the recommendation was issued."""

    def check(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
        issued = item.fields["issued_on"] or ""
        if data[name] < issued:
            yield Violation(
                "day",
                f"Ngày {day_in_words(data[name])} trước ngày văn bản kết luận {day_in_words(issued)}.",
                "Hãy ghi lại ngày.",
            )

    return check


def _check_done_amount(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Refuse to record more than the recommendation asks for."""
    done, amount = Decimal(data["done_amount"]), amount_of(item, "amount")
    if done > amount:
        yield Violation(
            "done",
            f"Đã thực hiện {dong_words(done)}, nhiều hơn số kiến nghị {dong_words(amount)}.",
            "Hãy ghi lại số tiền.",
        )


def _check_carried_out(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Refuse to close a recommendation before its whole amount is done and files prove it."""
    done, amount = amount_of(item, "done_amount"), amount_of(item, "amount")
    if done != amount:
        yield Violation(
            "proved",
            f"Mới thực hiện {dong_words(done)} trên {dong_words(amount)}.",
            "Hãy ghi kết quả thực hiện đủ số tiền trước.",
        )
    if not has_evidence(item, data):
        yield Violation("proved", "Chưa có tệp minh chứng nào.", "Hãy gắn tệp minh chứng.")


_OF_AREA = task_area_check(AREA, "tài chính công")
_ALLOTMENT = (_whole_dong_check("planned"), past_day_check("decided_on"), _check_planned)
_SUMS = _whole_dong_check("this_year", "last_year")
CHECKS: dict[tuple[str, str], tuple[Check, ...]] = {
    (PROJECT, "open"): (whole_year_check("budget_year"), _check_new_project, _OF_AREA),
    (PROJECT, "allot"): _ALLOTMENT,
    (PROJECT, "adjust"): _ALLOTMENT,
    (PROJECT, "pay"): (
        _whole_dong_check("amount", "paid_total"),
        past_day_check("paid_on"),
        _check_payment_day,
        _running_total_check(1),
        _check_paid_within_plan,
    ),
    (PROJECT, "recover"): (
        _whole_dong_check("amount", "paid_total"),
        past_day_check("paid_on"),
        _running_total_check(-1),
    ),
    (PROJECT, "finish"): (_warn_of_unspent,),
    (REVENUE, "open"): (_SUMS, _check_new_revenue, _OF_AREA),
    (REVENUE, "correct"): (_SUMS,),
    (REVENUE, "confirm"): (_SUMS, past_day_check("confirmed_on"), _check_period_over),
    (RECOMMENDATION, "open"): (
        _whole_dong_check("amount"),
        past_day_check("issued_on"),
        _check_new_recommendation,
        _OF_AREA,
    ),
    (RECOMMENDATION, "record"): (
        _whole_dong_check("done_amount"),
        past_day_check("done_on"),
        _not_before_issue_day_check("done_on"),
        _check_done_amount,
    ),
    (RECOMMENDATION, "close"): (
        past_day_check("closed_on"),
        _not_before_issue_day_check("closed_on"),
        _check_carried_out,
    ),
    ("task", "close"): (finished_entries_check(AREA, REGISTERS),),
}
"""What is checked when a step of a kind is taken; an entry is written by the step "open"."""
