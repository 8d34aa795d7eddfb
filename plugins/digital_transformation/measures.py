"""The measures of the area: shares of months and reports, the digital plan of a year, and what stands now."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from cchc_flow.hookspecs import Facts, Item, Measure, Period, share
from cchc_flow.plugin_kit import (
    VOID,
    aim_words,
    entries_without,
    is_aim_met,
    lies_within,
    period_of,
    share_of_total,
    total_amount,
    years_with_entries,
)
from cchc_flow.workflow.periods import parse

from .registers import DOCUMENTS, PLANNED, REPORT, ROLL_OUT, SERVICES


def all_measures(facts: Facts) -> list[Measure]:
    """Return the measures of this year, those of last year where it has entries, and what stands now."""
    years = years_with_entries(facts.today, lambda year: _has_entries(year, facts))
    yearly = [measure for year in years for measure in period_measures(parse(str(year)), facts)]
    return [*yearly, *(plan_share(year, facts) for year in years), *equipment_shares(facts)]


def period_measures(period: Period, facts: Facts) -> list[Measure]:
    """Return the measures that are counted from the entries and reports of some months of a year."""
    return [
        signed_share(period, facts),
        mobile_share(period, facts),
        identified_share(period, facts),
        punctual_share(period, facts),
    ]


def _has_entries(year: int, facts: Facts) -> bool:
    whole = parse(str(year))
    monthly = [*_monthly_entries(DOCUMENTS, whole, facts), *_monthly_entries(SERVICES, whole, facts)]
    return bool(monthly or _planned_tasks(year, facts) or due_reports(whole, facts))


def _monthly_entries(kind: str, period: Period, facts: Facts) -> list[Item]:
    """Return the monthly entries of a kind whose month lies in a period."""
    entries = entries_without(VOID.name, kind, facts)
    return [entry for entry in entries if lies_within(period_of(entry), period)]


def signed_share(period: Period, facts: Facts) -> Measure:
    """Return which part of the documents that are not secret went out electronic and signed (target 20)."""
    entries = _monthly_entries(DOCUMENTS, period, facts)
    title = "Tỷ lệ văn bản gửi điện tử có chữ ký số (trừ văn bản mật)"
    part, whole = signed_documents(entries)
    return _period_share("signed", title, period, entries, part, whole, facts)


def signed_documents(entries: Sequence[Item]) -> tuple[Decimal, Decimal]:
    """Return how many documents of some months were signed, and how many were not secret."""
    public = total_amount(entries, "total") - total_amount(entries, "secret")
    return total_amount(entries, "signed"), public


def mobile_share(period: Period, facts: Facts) -> Measure:
    """Return which part of the services can be used on any device, by the newest month told (target 18)."""
    entries = _monthly_entries(SERVICES, period, facts)
    newest = max((entry.fields["period"] or "" for entry in entries), default="")
    entries = [entry for entry in entries if entry.fields["period"] == newest]
    title = "Tỷ lệ dịch vụ công toàn trình dùng được trên nhiều phương tiện"
    title += f" (số liệu {parse(newest).words()})" if newest and newest != period.name else ""
    part, whole = total_amount(entries, "mobile"), total_amount(entries, "services")
    return _period_share("mobile", title, period, entries, part, whole, facts)


def identified_share(period: Period, facts: Facts) -> Measure:
    """Return which part of the users of online services was identified (target 21)."""
    entries = _monthly_entries(SERVICES, period, facts)
    title = "Tỷ lệ người dùng dịch vụ công được định danh, xác thực điện tử"
    part, whole = total_amount(entries, "identified"), total_amount(entries, "users")
    return _period_share("identified", title, period, entries, part, whole, facts)


def punctual_share(period: Period, facts: Facts) -> Measure:
    """Return which part of the reports on the systems that were due or sent went out in time."""
    reports = due_reports(period, facts)
    punctual = [report for report in reports if not is_late(report, facts.today)]
    title = "Tỷ lệ báo cáo trên hệ thống điện tử đúng hạn"
    return _period_share("reports", title, period, reports, len(punctual), len(reports), facts)


def is_late(report: Item, today: date) -> bool:
    """Tell whether a report was sent after its due day, or should have been sent by now."""
    sent = report.fields["sent_on"] if report.state == "sent" else today.isoformat()
    return report.due is not None and (sent or "") > report.due


def due_reports(period: Period, facts: Facts) -> list[Item]:
    """Return the reports that were due in a period and are sent or late; one to come counts nowhere yet."""
    first, last = period.begin.isoformat(), period.end.isoformat()
    return [
        report
        for report in entries_without(VOID.name, REPORT, facts)
        if first <= (report.due or "") <= last and (report.state == "sent" or is_late(report, facts.today))
    ]


def plan_share(year: int, facts: Facts) -> Measure:
    """Return which part of a year's digital plan is done; what a decision dropped is left out."""
    tasks = _planned_tasks(year, facts)
    done = [task for task in tasks if task.state == "finished"]
    title = f"Tỷ lệ nhiệm vụ Kế hoạch chuyển đổi số năm {year} hoàn thành"
    return share(f"plan_{year}", title, done, tasks, _aim_note("plan", len(done), len(tasks), facts))


def _planned_tasks(year: int, facts: Facts) -> list[Item]:
    tasks = entries_without(VOID.name, PLANNED, facts, year=str(year))
    return [task for task in tasks if task.state != "dropped"]


def equipment_shares(facts: Facts) -> list[Measure]:
    """Return which part of the people who should have accounts and certificates has them now."""
    entries = entries_without(VOID.name, ROLL_OUT, facts)
    people = total_amount(entries, "people")
    titles = {"accounts": "Tỷ lệ người có tài khoản", "certificates": "Tỷ lệ người có chứng thư số"}
    return [
        share_of_total(key, title, equipped, people, entries, _aim_note(key, equipped, people, facts))
        for key, title in titles.items()
        for equipped in [total_amount(entries, key)]
    ]


def _period_share(
    key: str,
    title: str,
    period: Period,
    entries: Sequence[Item],
    part: Decimal | int,
    whole: Decimal | int,
    facts: Facts,
) -> Measure:
    """Return a share whose key and title name its period, with a note on the aim of that key."""
    note = _aim_note(key, part, whole, facts)
    return share_of_total(f"{key}_{period.name}", f"{title}, {period.words()}", part, whole, entries, note)


def _aim_note(key: str, part: Decimal | int, whole: Decimal | int, facts: Facts) -> str:
    """Return whether the aim of a key is met, as a sentence; empty where there is nothing to count."""
    if not whole:
        return ""
    aim = facts.figure(key)
    return f"{aim_words(is_aim_met(part, whole, aim), aim).capitalize()}."
