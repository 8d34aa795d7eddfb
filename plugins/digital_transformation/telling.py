"""What the area tells: its measures year by year, marks, the section of a report, the tables of its page."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from cchc_flow.hookspecs import Badge, Facts, Item, Measure, Panel, Period, Section, share
from cchc_flow.workflow.calendar import day_words
from cchc_flow.workflow.periods import parse
from cchc_flow.workflow.shares import format_number, in_percent, percent

from .registers import DOCUMENTS, PLANNED, REPORT, ROLL_OUT, SERVICES
from .rules import unfinished

COLUMNS = ("Chỉ số", "Kết quả", "Tính từ", "Mục tiêu")


def counted(facts: Facts) -> list[Measure]:
    """Return the readings of this year, those of last year where it has entries, and what stands now."""
    last, this = facts.today.year - 1, facts.today.year
    years = [this, *([last] if _has_entries(last, facts) else [])]
    yearly = [one for year in years for one in of_months(parse(str(year)), facts)]
    return [*yearly, *(plan_done(year, facts) for year in years), *equipped(facts)]


def of_months(period: Period, facts: Facts) -> list[Measure]:
    """Return the readings that are counted from the entries and reports of some months of a year."""
    return [signed(period, facts), mobile(period, facts), identified(period, facts), in_time(period, facts)]


def _has_entries(year: int, facts: Facts) -> bool:
    whole = parse(str(year))
    monthly = [*_monthly(DOCUMENTS, whole, facts), *_monthly(SERVICES, whole, facts)]
    return bool(monthly or _planned(year, facts) or _due_reports(whole, facts))


def _monthly(kind: str, period: Period, facts: Facts) -> list[Item]:
    """Return the monthly entries of a kind whose month lies in a period."""
    found = [one for one in facts.items(kind) if one.state != "void"]
    months = [(one, parse(one.fields["period"] or "")) for one in found]
    return [
        one
        for one, month in months
        if month.year == period.year and period.first <= month.first <= period.last
    ]


def signed(period: Period, facts: Facts) -> Measure:
    """Return which part of the documents that are not secret went out electronic and signed (target 20)."""
    found = _monthly(DOCUMENTS, period, facts)
    sums = _total(found, "signed"), _total(found, "total") - _total(found, "secret")
    title = "Tỷ lệ văn bản gửi điện tử có chữ ký số (trừ văn bản mật)"
    return _measure("signed", title, period, found, sums, facts)


def mobile(period: Period, facts: Facts) -> Measure:
    """Return which part of the services can be used on any device, by the newest month told (target 18)."""
    found = _monthly(SERVICES, period, facts)
    newest = max((one.fields["period"] or "" for one in found), default="")
    told = [one for one in found if one.fields["period"] == newest]
    title = "Tỷ lệ dịch vụ công toàn trình dùng được trên nhiều phương tiện"
    title += f" (số liệu {parse(newest).words()})" if newest and newest != period.name else ""
    return _measure("mobile", title, period, told, (_total(told, "mobile"), _total(told, "services")), facts)


def identified(period: Period, facts: Facts) -> Measure:
    """Return which part of the users of online services was identified (target 21)."""
    found = _monthly(SERVICES, period, facts)
    sums = _total(found, "identified"), _total(found, "users")
    title = "Tỷ lệ người dùng dịch vụ công được định danh, xác thực điện tử"
    return _measure("identified", title, period, found, sums, facts)


def in_time(period: Period, facts: Facts) -> Measure:
    """Return which part of the reports on the systems that were due or sent went out in time."""
    found = _due_reports(period, facts)
    done = [one for one in found if one.state == "sent" and not is_late(one, facts.today)]
    sums = Decimal(len(done)), Decimal(len(found))
    return _measure("reports", "Tỷ lệ báo cáo trên hệ thống điện tử đúng hạn", period, found, sums, facts)


def is_late(report: Item, today: date) -> bool:
    """Tell whether a report was sent after its due day, or should have been sent by now."""
    sent = report.fields["sent_on"] if report.state == "sent" else today.isoformat()
    return report.due is not None and (sent or "") > report.due


def _due_reports(period: Period, facts: Facts) -> list[Item]:
    """Return the reports that were due in a period and are sent or late; one to come counts nowhere yet."""
    found = [one for one in facts.items(REPORT) if one.state != "void" and one.due]
    return [
        one
        for one in found
        if period.begin.isoformat() <= (one.due or "") <= period.end.isoformat()
        and (one.state == "sent" or is_late(one, facts.today))
    ]


def plan_done(year: int, facts: Facts) -> Measure:
    """Return which part of a year's digital plan is done; what a decision dropped is left out."""
    found = _planned(year, facts)
    done = [one for one in found if one.state == "finished"]
    title = f"Tỷ lệ nhiệm vụ Kế hoạch chuyển đổi số năm {year} hoàn thành"
    return share(f"plan_{year}", title, done, found, _note("plan", len(done), len(found), facts))


def _planned(year: int, facts: Facts) -> list[Item]:
    return [one for one in facts.items(PLANNED, year=str(year)) if one.state not in ("dropped", "void")]


def equipped(facts: Facts) -> list[Measure]:
    """Return which part of the people who should have accounts and certificates has them now."""
    found = [one for one in facts.items(ROLL_OUT) if one.state != "void"]
    titles = {"accounts": "Tỷ lệ người có tài khoản", "certificates": "Tỷ lệ người có chứng thư số"}
    return [
        _measure(key, title, None, found, (_total(found, key), _total(found, "people")), facts)
        for key, title in titles.items()
    ]


def _total(items: Sequence[Item], name: str) -> Decimal:
    return sum((Decimal(one.fields.get(name) or 0) for one in items), Decimal(0))


def _measure(
    key: str,
    title: str,
    period: Period | None,
    items: Sequence[Item],
    sums: tuple[Decimal, Decimal],
    facts: Facts,
) -> Measure:
    part, whole = sums
    return Measure(
        key=f"{key}_{period.name}" if period else key,
        title=f"{title}, {period.words()}" if period else title,
        unit="%",
        value=percent(part, whole),
        count=int(part),
        of=int(whole),
        items=tuple(one.id for one in items),
        note=_note(key, part, whole, facts),
    )


def _note(key: str, part: Decimal | int, whole: Decimal | int, facts: Facts) -> str:
    """Say whether the aim is met; it is asked of the exact numbers, not of a share that was rounded."""
    if not whole:
        return ""
    aim = facts.figure(key)
    return f"{'Đạt' if 100 * part >= aim * whole else 'Chưa đạt'} mức {in_percent(aim)}."


def marks(item: Item, facts: Facts) -> list[Badge]:
    """Return the marks of an item."""
    match item.kind:
        case "task" if waiting := unfinished(item, facts):
            return [Badge("soon", f"{len(waiting)} mục chuyển đổi số chưa xong")]
        case kind if kind == DOCUMENTS and item.state != "void":
            return _mark_of_documents(item, facts)
        case kind if kind == ROLL_OUT and item.state != "void":
            told = [int(item.fields.get(name) or 0) for name in ("accounts", "certificates", "people")]
            words = f"Tài khoản {told[0]}/{told[2]}, chứng thư số {told[1]}/{told[2]}"
            return [Badge("done_in_time" if item.state == "complete" else "soon", words)]
        case kind if kind == REPORT and item.state == "sent" and is_late(item, facts.today):
            return [Badge("late", "Gửi trễ hạn")]
        case _:
            return []


def _mark_of_documents(item: Item, facts: Facts) -> list[Badge]:
    open_ = _total([item], "total") - _total([item], "secret")
    value = percent(_total([item], "signed"), open_)
    if value is None:
        return [Badge("none", "Không phát sinh")]
    is_met = 100 * _total([item], "signed") >= facts.figure("signed") * open_
    return [Badge("in_time" if is_met else "soon", f"Ký số {in_percent(value)}")]


def told(period: Period, facts: Facts) -> Section:
    """Return the section of a report: the figures of its months, the digital plan, and what stands now."""
    found = [*of_months(period, facts), plan_done(period.year, facts), *equipped(facts)]
    return Section(
        "Chuyển đổi số",
        (f"Số liệu ghi đến ngày {day_words(facts.today)}.", *_late_words(period, facts)),
        COLUMNS,
        tuple(_row(one, facts) for one in found),
    )


def _row(measure: Measure, facts: Facts) -> tuple[str, ...]:
    value = measure.absence if measure.value is None else in_percent(measure.value)
    aim = facts.figure(measure.key.partition("_")[0])
    base = f"{format_number(measure.count or 0)}/{format_number(measure.of)}" if measure.of else ""
    return measure.title, value, base, in_percent(aim)


def _late_words(period: Period, facts: Facts) -> list[str]:
    late = [one for one in _due_reports(period, facts) if is_late(one, facts.today)]
    return [f"Báo cáo trễ hạn: {'; '.join(one.title for one in late)}."] if late else []


def table(facts: Facts) -> Panel:
    """Return the reports that wait to be sent and what each unit has, for the area's page."""
    waiting = [one for one in facts.items(REPORT) if one.state == "waiting"]
    waiting.sort(key=lambda one: (one.due or "", one.id))
    reports = [
        (one, day_words(date.fromisoformat(one.due)) if one.due else "", is_late(one, facts.today))
        for one in waiting
    ]
    units = [
        (one, facts.units.get(one.lead or "", one.title))
        for one in facts.items(ROLL_OUT)
        if one.state != "void"
    ]
    return Panel("Báo cáo và chứng thư số", "panel.html", {"reports": reports, "units": units})
