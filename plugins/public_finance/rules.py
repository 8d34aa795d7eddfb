"""The rules of the area: money within its plan and its year, revenue counted once, recommendations proved."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from cchc_flow.hookspecs import Facts, Item, JsonObject, Violation
from cchc_flow.workflow.periods import parse

from .money import (
    AREA,
    budget_year,
    dong,
    last_payment_day,
    period,
    projects,
    revenues,
    said,
    unfinished,
    words,
)
from .registers import PROJECT, RECOMMENDATION, REVENUE

Check = Callable[[Item, JsonObject, Facts], Iterator[Violation]]


def violations(item: Item, step: str, data: JsonObject, facts: Facts) -> list[Violation]:
    """Return what is not as the rules want it when a step is taken with some data."""
    return [found for check in CHECKS.get((item.kind, step), ()) for found in check(item, data, facts)]


def _whole(*names: str) -> Check:
    def check(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
        for name in names:
            if Decimal(data[name]) % 1:
                yield Violation(
                    "whole", f"Số tiền {words(Decimal(data[name]))} có số lẻ.", "Hãy ghi tròn đồng."
                )

    return check


def _not_ahead(name: str) -> Check:
    def check(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
        if date.fromisoformat(data[name]) > facts.today:
            yield Violation("day", f"Ngày {said(data[name])} chưa đến.", "Hãy ghi lại ngày.")

    return check


def _one_project(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    year = parse(data["budget_year"])
    if year.name != str(year.year):
        yield Violation("year", f"«{year.words()}» không phải một năm.", "Hãy ghi năm, như 2026.")
    elif any(_alike(one, item, "code") for one in projects(year.year, facts)):
        yield Violation(
            "code", f"Dự án mã {data['code']} đã có trong sổ năm {year.year}.", "Hãy mở mục đã ghi."
        )


def _alike(one: Item, other: Item, *names: str) -> bool:
    pairs = ((one.fields.get(name), other.fields.get(name)) for name in names)
    return all((left or "").casefold() == (right or "").casefold() for left, right in pairs)


def _planned(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    planned, paid = Decimal(data["planned"]), dong(item, "paid_total")
    if planned <= 0:
        yield Violation("planned", "Kế hoạch vốn được giao phải lớn hơn 0.", "Hãy ghi lại số tiền.")
    elif planned < paid:
        yield Violation(
            "planned",
            f"Kế hoạch vốn {words(planned)} thấp hơn số đã giải ngân {words(paid)}.",
            "Hãy ghi thu hồi trước, hoặc ghi lại kế hoạch vốn.",
        )


def _in_its_year(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    year, paid_on = budget_year(item), date.fromisoformat(data["paid_on"])
    last = last_payment_day(year, facts)
    if not date(year, 1, 1) <= paid_on <= last:
        yield Violation(
            "year",
            f"Vốn năm {year} chỉ được thanh toán từ 01/01/{year} đến hết {said(last)},"
            f" không phải ngày {said(paid_on)}.",
            "Hãy ghi vào kế hoạch vốn của năm khác, hoặc sửa ngày theo chứng từ.",
        )


def _running(sign: int) -> Check:
    def check(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
        before, amount, after = dong(item, "paid_total"), Decimal(data["amount"]), Decimal(data["paid_total"])
        if amount <= 0:
            yield Violation("running", "Số tiền lần này phải lớn hơn 0.", "Hãy ghi lại số tiền.")
        elif after != before + sign * amount:
            yield Violation(
                "running",
                f"Lũy kế {words(after)} không khớp: trước đó là {words(before)},"
                f" {'cộng' if sign > 0 else 'trừ'} {words(amount)}.",
                "Hãy đối chiếu với Kho bạc, rồi ghi lại.",
            )

    return check


def _within(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    planned, after = dong(item, "planned"), Decimal(data["paid_total"])
    if after > planned:
        yield Violation(
            "within",
            f"Lũy kế {words(after)} vượt kế hoạch vốn {words(planned)}.",
            "Hãy ghi điều chỉnh vốn trước.",
        )


def _all_spent(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    left = dong(item, "planned") - dong(item, "paid_total")
    if left > 0:
        yield Violation(
            "unspent", f"Còn {words(left)} chưa giải ngân.", "Hãy nêu lý do kết thúc.", blocks=False
        )


def _counted_once(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    told = period(item)
    if told.begin > facts.today:
        yield Violation("period", f"Chưa đến {told.words()}.", "Hãy ghi khi kỳ đã bắt đầu.")
    for one in revenues(told.year, facts):
        if period(one).first <= told.last and told.first <= period(one).last:
            yield Violation(
                "period",
                f"Số thu của {period(one).words()} đã được ghi.",
                "Hãy sửa mục đã có, hoặc ghi kỳ khác.",
            )


def _period_over(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    told = period(item)
    if date.fromisoformat(data["confirmed_on"]) <= told.end:
        yield Violation(
            "confirmed",
            f"Đến ngày {said(data['confirmed_on'])} thì {told.words()} chưa hết.",
            "Hãy giữ số ước đến khi hết kỳ.",
        )


def _one_recommendation(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    found = [one for one in facts.items(RECOMMENDATION) if one.state != "void"]
    if any(_alike(one, item, "number", "document") for one in found):
        yield Violation(
            "number",
            f"Kiến nghị {data['number']} của {data['document']} đã có trong sổ.",
            "Hãy mở mục đã ghi.",
        )


def _not_before_issued(name: str) -> Check:
    def check(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
        issued = item.fields["issued_on"] or ""
        if data[name] < issued:
            yield Violation(
                "day",
                f"Ngày {said(data[name])} trước ngày văn bản kết luận {said(issued)}.",
                "Hãy ghi lại ngày.",
            )

    return check


def _not_too_much(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    done, amount = Decimal(data["done_amount"]), dong(item, "amount")
    if done > amount:
        yield Violation(
            "done",
            f"Đã thực hiện {words(done)}, nhiều hơn số kiến nghị {words(amount)}.",
            "Hãy ghi lại số tiền.",
        )


def _proved(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    done, amount = dong(item, "done_amount"), dong(item, "amount")
    if done != amount:
        yield Violation(
            "proved",
            f"Mới thực hiện {words(done)} trên {words(amount)}.",
            "Hãy ghi kết quả thực hiện đủ số tiền trước.",
        )
    if not item.evidence and not data["evidence"]:
        yield Violation("proved", "Chưa có tệp minh chứng nào.", "Hãy gắn tệp minh chứng.")


def _of_the_area(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    task = facts.item(data["task"]) if data["task"] else None
    if task is not None and facts.area_of(task) != AREA:
        yield Violation(
            "area", f"Nhiệm vụ «{task.title}» không thuộc tài chính công.", "Hãy chọn nhiệm vụ khác."
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


ALLOTTED = (_whole("planned"), _not_ahead("decided_on"), _planned)
PAID = (_whole("amount", "paid_total"), _not_ahead("paid_on"), _in_its_year)
COLLECTED = (_whole("this_year", "last_year"),)
CHECKS: dict[tuple[str, str], tuple[Check, ...]] = {
    (PROJECT, "open"): (_one_project, _of_the_area),
    (PROJECT, "allot"): ALLOTTED,
    (PROJECT, "adjust"): ALLOTTED,
    (PROJECT, "pay"): (*PAID, _running(1), _within),
    (PROJECT, "recover"): (_whole("amount", "paid_total"), _not_ahead("paid_on"), _running(-1)),
    (PROJECT, "finish"): (_all_spent,),
    (REVENUE, "open"): (*COLLECTED, _counted_once, _of_the_area),
    (REVENUE, "correct"): COLLECTED,
    (REVENUE, "confirm"): (*COLLECTED, _not_ahead("confirmed_on"), _period_over),
    (RECOMMENDATION, "open"): (
        _whole("amount"),
        _not_ahead("issued_on"),
        _one_recommendation,
        _of_the_area,
    ),
    (RECOMMENDATION, "record"): (
        _whole("done_amount"),
        _not_ahead("done_on"),
        _not_before_issued("done_on"),
        _not_too_much,
    ),
    (RECOMMENDATION, "close"): (_not_ahead("closed_on"), _not_before_issued("closed_on"), _proved),
    ("task", "close"): (_all_finished,),
}
