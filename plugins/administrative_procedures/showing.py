"""What the area shows: marks beside an item's due day, its panel, and its section of a report."""

from datetime import date

import msgspec

from cchc_flow.hookspecs import Badge, Facts, Item, Panel, Period, Section, absence
from cchc_flow.workflow.calendar import day_words
from cchc_flow.workflow.shares import NO_BREAK, format_number

from . import clocks, measuring, score, service
from .rules import FINAL, clock_of, day, is_late, promise, publish_by

SOON = 3
SHOWN = 20


class Waiting(msgspec.Struct, frozen=True):
    """One open entry of a register in the panel."""

    id: str
    title: str
    badge: Badge


def left(last: date, facts: Facts, what: str) -> Badge:
    """Return how many working days are left until the last day of a clock, or how many it is late."""
    if last < facts.today:
        days = clocks.working_days(last, facts.today, facts.working_days)
        return Badge("late", f"{what}: quá hạn {days} ngày làm việc" if days else f"{what}: quá hạn")
    days = clocks.working_days(facts.today, last, facts.working_days)
    kind = "soon" if days <= SOON else "in_time"
    return Badge(kind, f"{what}: còn {days} ngày làm việc" if days else f"{what}: hạn hôm nay")


def badges(item: Item, facts: Facts) -> list[Badge]:
    """Return the clocks of an item of the area that are running."""
    match item.kind, item.state:
        case "feedback", "received":
            return _feedback(item, facts)
        case "feedback", "waiting":
            return [Badge("none", "Tạm dừng tính hạn: chờ người dân bổ sung")]
        case "procedure_announcement", "announced":
            return [left(publish_by(item, facts), facts, "Công khai")]
        case "late_dossier", "late" | "reappointed" | "returned":
            return _dossier(item, facts)
        case _:
            return []


def _feedback(item: Item, facts: Facts) -> list[Badge]:
    found = [left(clock_of(item, "answer_days", facts), facts, "Trả lời")]
    for figure, what in (("refuse_days", "Từ chối"), ("supplement_days", "Yêu cầu bổ sung")):
        last = clock_of(item, figure, facts)
        if last >= facts.today:
            found.append(left(last, facts, what))
    return found


def _dossier(item: Item, facts: Facts) -> list[Badge]:
    found = []
    if is_late(item, facts):
        until = day(item.fields.get("returned_on")) or facts.today
        days = clocks.working_days(promise(item, facts), until, facts.working_days)
        found.append(Badge("late", f"Trễ hẹn {days} ngày làm việc" if days else "Tính là trễ hạn"))
    if item.state == "reappointed" and item.due:
        found.append(Badge("none", f"Hẹn lại {day_words(date.fromisoformat(item.due))}"))
    return found


def panel(facts: Facts) -> Panel:
    """Return the open feedback, the apologies to send, and the table of QĐ 766 for the year."""
    figures = measuring.entries(facts)
    groups = measuring.groups(figures, facts)
    total = score.total(groups)
    values = {
        "feedback": _open(facts, "feedback")[:SHOWN],
        "more": max(0, len(_open(facts, "feedback")) - SHOWN),
        "apologies": _open(facts, "apology")[:SHOWN],
        "rows": measuring.rows(groups),
        "total": f"{measuring.words(total.marks)}/{measuring.words(total.out_of)}" if total else "",
        "periods": _periods([service.period_of(one).words() for one in figures]),
    }
    return Panel("Việc đang chờ và điểm theo QĐ 766", "panel.html", values)


def _periods(words: list[str]) -> str:
    return f"{len(words)} kỳ, từ {words[0]} đến {words[-1]}" if len(words) > 2 else ", ".join(words)


def _open(facts: Facts, kind: str) -> list[Waiting]:
    found = [one for one in facts.items(kind) if one.state not in FINAL[kind]]
    found.sort(key=lambda one: one.due or "9999")
    return [Waiting(one.id, one.title, _first_badge(one, facts)) for one in found]


def _first_badge(item: Item, facts: Facts) -> Badge:
    if item.kind == "apology" and item.due:
        last = date.fromisoformat(item.due)
        late = last < facts.today
        return Badge("late" if late else "soon", f"Gửi chậm nhất ngày {day_words(last)}")
    return badges(item, facts)[0]


def report_section(period: Period, facts: Facts) -> Section:
    """Return what the area says in the report of a period."""
    figures = service.within(measuring.entries(facts), period)
    groups = measuring.groups(figures, facts)
    return Section(
        "Cải cách thủ tục hành chính",
        (_settled(period, figures), *_registers(period, facts), _marks(groups)),
        ("Nội dung", "Số lượng", "Tỷ lệ", "Mức đạt tối đa", "Điểm", "Điểm tối đa"),
        tuple((row.title, row.count, row.share, row.full, row.marks, row.weight)
              for row in measuring.rows(groups)) if figures else (),
    )  # fmt: skip


def _settled(period: Period, figures: list[Item]) -> str:
    found = service.counted(figures, service.PAIRS["in_time"])
    if not found.of:
        what = "không phát sinh hồ sơ phải giải quyết" if found.items else "chưa có số liệu giải quyết hồ sơ"
        return f"Trong {period.words()} {what}."
    late = found.of - found.done
    return (
        f"Trong {period.words()} đã giải quyết {format_number(found.of)} hồ sơ,"
        f" đúng hạn {format_number(found.done)} hồ sơ"
        f" ({measuring.words(100 * found.done / found.of)}{NO_BREAK}%), trễ hạn {format_number(late)} hồ sơ."
    )


def _registers(period: Period, facts: Facts) -> list[str]:
    feedback = _in(period, facts, "feedback", "received_on")
    answered = [one for one in feedback if one.state == "answered"]
    dossiers = [one for one in _in(period, facts, "late_dossier", "old_due") if one.state != "dropped"]
    sent = _in(period, facts, "apology", "sent_on")
    announced = _in(period, facts, "procedure_announcement", "announced_on")
    public = [one for one in announced if one.state == "published"]
    return [
        f"Tiếp nhận {len(feedback)} phản ánh, kiến nghị, đã trả lời {len(answered)}."
        if feedback
        else "Sổ không ghi phản ánh, kiến nghị nào.",
        f"Ghi {len(dossiers)} hồ sơ trễ hạn, gửi {len(sent)} phiếu xin lỗi và hẹn lại."
        if dossiers or sent
        else "Sổ không ghi hồ sơ trễ hạn nào.",
        f"Có {len(announced)} quyết định công bố thủ tục, đã công khai {len(public)}."
        if announced
        else "Không có quyết định công bố thủ tục.",
    ]


def _in(period: Period, facts: Facts, kind: str, field: str) -> list[Item]:
    """Return the entries of a register one of whose days lies in the period's window."""
    begin, end = (one.isoformat() for one in facts.window(period))
    return [one for one in facts.items(kind) if begin <= (one.fields.get(field) or "") <= end]


def _marks(groups: list[score.Group]) -> str:
    total = score.total(groups)
    if total is None:
        return f"Điểm theo QĐ 766: {absence(score.is_recorded(groups)).lower()}."
    return (
        f"Điểm theo QĐ 766: {measuring.words(total.marks)} trên {measuring.words(total.out_of)} điểm"
        " của các nhóm có phát sinh."
    )
