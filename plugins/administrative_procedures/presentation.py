"""What the area shows: badges beside an item's due day, its panel, its section of a report."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from cchc_flow.hookspecs import Badge, Column, Facts, Item, Measure, Number, Panel, Period, Report, absence
from cchc_flow.plugin_kit import (
    ReportDraft,
    absence_sentence,
    day_of,
    entries_within,
    ids,
    period_of,
    share_of_total,
    tally,
    total,
)
from cchc_flow.workflow.calendar import day_words
from cchc_flow.workflow.shares import NO_BREAK, format_number

from . import clocks, score
from .deadlines import feedback_deadline, is_late, promised_day, publication_deadline
from .measures import figures_of_plan, figures_of_year, score_measure
from .registers import FINAL
from .score import Group, Part
from .score_groups import comma_number, scope_words, score_groups, two_decimals
from .service_figures import PAIRS, add_up, figures_within

SOON_DAYS = 3
COLUMNS = (
    Column("Nội dung", width=28),
    Column("Số lượng", "number", 14),
    *(Column(title, "number") for title in ("Tỷ lệ", "Mức đạt tối đa", "Điểm", "Điểm tối đa")),
)
MOST_LISTED = 20


class OpenEntry(msgspec.Struct, frozen=True):
    """One open entry of a register, as the panel lists it."""

    id: str
    title: str
    badge: Badge


class Row(msgspec.Struct, frozen=True):
    """A row of the table of QĐ 766, ready to be shown: a group, or one part of it."""

    title: str
    count: str
    share: str
    full: str
    marks: str
    weight: str
    is_part: bool


def badges(item: Item, facts: Facts) -> list[Badge]:
    """Return the badges of an entry: the deadlines that are running, and whether a dossier is late."""
    match item.kind, item.state:
        case "feedback", "received":
            return _feedback_badges(item, facts)
        case "feedback", "waiting":
            return [Badge("none", "Tạm dừng tính hạn: chờ người dân bổ sung")]
        case "procedure_announcement", "announced":
            return [_countdown("Công khai", publication_deadline(item, facts), facts)]
        case "late_dossier", "late" | "reappointed" | "returned":
            return _dossier_badges(item, facts)
        case _:
            return []


def _countdown(act: str, deadline: date, facts: Facts) -> Badge:
    """Return the badge that tells how many working days are left for an act, or how many it is overdue."""
    if deadline < facts.today:
        days = clocks.working_days(deadline, facts.today, facts.working_days)
        return Badge("late", f"{act}: quá hạn {days} ngày làm việc" if days else f"{act}: quá hạn")
    days = clocks.working_days(facts.today, deadline, facts.working_days)
    kind = "soon" if days <= SOON_DAYS else "in_time"
    return Badge(kind, f"{act}: còn {days} ngày làm việc" if days else f"{act}: hạn hôm nay")


def _feedback_badges(feedback: Item, facts: Facts) -> list[Badge]:
    """Return the countdown of the answer, and of what may be done before it as long as that is possible."""
    countdowns = [_countdown("Trả lời", feedback_deadline(feedback, "answer_days", facts), facts)]
    for figure, act in (("refuse_days", "Từ chối"), ("supplement_days", "Yêu cầu bổ sung")):
        deadline = feedback_deadline(feedback, figure, facts)
        if deadline >= facts.today:
            countdowns.append(_countdown(act, deadline, facts))
    return countdowns


def _dossier_badges(dossier: Item, facts: Facts) -> list[Badge]:
    shown = []
    if is_late(dossier, facts):
        until = day_of(dossier, "returned_on") or facts.today
        days = clocks.working_days(promised_day(dossier, facts), until, facts.working_days)
        shown.append(Badge("late", f"Trễ hẹn {days} ngày làm việc" if days else "Tính là trễ hạn"))
    if dossier.state == "reappointed" and dossier.due:
        shown.append(Badge("none", f"Hẹn lại {day_words(date.fromisoformat(dossier.due))}"))
    return shown


def panel(facts: Facts) -> Panel:
    """Return the panel: open feedback, apologies to send, and the table of QĐ 766 for the year so far."""
    figures = figures_of_plan(facts)
    groups = score_groups(figures, facts, facts.today)
    total = score.total(groups)
    feedback = _open_entries(facts, "feedback")
    values = {
        "feedback": feedback[:MOST_LISTED],
        "more": max(0, len(feedback) - MOST_LISTED),
        "apologies": _open_entries(facts, "apology")[:MOST_LISTED],
        "rows": score_rows(groups),
        "total": comma_number(total.marks) if total else "",
        "scope": scope_words(groups, total) if total else "",
        "spreads": all(group.spreads for group in groups),
        "periods": _periods([period_of(entry).words() for entry in figures]),
    }
    return Panel("Việc đang chờ và điểm theo QĐ 766", "panel.html", values)


def _periods(names: list[str]) -> str:
    return f"{len(names)} kỳ, từ {names[0]} đến {names[-1]}" if len(names) > 2 else ", ".join(names)


def _open_entries(facts: Facts, kind: str) -> list[OpenEntry]:
    """Return the open entries of a register, the one that is due first at the top."""
    entries = [entry for entry in facts.items(kind) if entry.state not in FINAL[kind]]
    entries.sort(key=lambda entry: entry.due or "9999")
    return [OpenEntry(entry.id, entry.title, _panel_badge(entry, facts)) for entry in entries]


def _panel_badge(entry: Item, facts: Facts) -> Badge:
    if entry.kind == "apology" and entry.due:
        deadline = date.fromisoformat(entry.due)
        kind = "late" if deadline < facts.today else "soon"
        return Badge(kind, f"Gửi chậm nhất ngày {day_words(deadline)}")
    return badges(entry, facts)[0]


def score_rows(groups: Sequence[Group]) -> list[Row]:
    """Return the table of the groups of QĐ 766, each group followed by its parts."""
    return [
        row
        for group in groups
        for row in (_group_row(group), *(_part_row(group, part) for part in group.parts))
    ]


def _group_row(group: Group) -> Row:
    marks = score.marks(group)
    words = absence(score.is_recorded([group])) if marks is None else comma_number(marks)
    return Row(group.title, "", "", "", words, comma_number(group.weight), is_part=False)


def _part_row(group: Group, part: Part) -> Row:
    """Return the row of a part; its marks are shown where its weight is its own, not what others leave."""
    share, marks = score.share(part), score.marks_of_part(group, part)
    return Row(
        part.title,
        f"{format_number(part.done)}/{format_number(part.of)}" if part.of else "",
        absence(part.recorded) if share is None else f"{comma_number(share)}{NO_BREAK}%",
        f"{comma_number(part.full)}{NO_BREAK}%",
        "" if group.spreads or marks is None else comma_number(marks),
        "" if group.spreads else comma_number(score.most_marks(group, part)),
        is_part=True,
    )


def report_section(period: Period, facts: Facts) -> Report:
    """Return the area's section in the report of a period."""
    entries = figures_within(figures_of_year(facts, period.year), period)
    groups = score_groups(entries, facts, min(period.end, facts.today))
    draft = ReportDraft("Cải cách thủ tục hành chính")
    _tell_settled(draft, period, entries)
    _tell_registers(draft, period, facts)
    _tell_score(draft, groups, entries)
    draft.add_table(COLUMNS, [*_score_cells(draft, groups, entries)] if entries else [])
    return draft.finish()


def _score_cells(
    draft: ReportDraft, groups: Sequence[Group], entries: Sequence[Item]
) -> Iterator[tuple[str | Number, ...]]:
    """Yield the rows of the table of QĐ 766, in which shares and marks are figures."""

    def cite(key: str, title: str, unit: str, value: Decimal | None, words: str) -> Number | str:
        number = None if value is None else two_decimals(value)
        measure = Measure(key=key, title=title, unit=unit, value=number, items=ids(entries))
        return draft.cite(measure, words) if words else ""

    for group in groups:
        row, title = _group_row(group), f"Điểm: {group.title}"
        marks = cite(f"marks_{group.key}", title, "điểm", score.marks(group), row.marks)
        yield row.title, row.count, row.share, row.full, marks, row.weight
        for place, part in enumerate(group.parts, 1):
            key, row = f"{group.key}_{place}", _part_row(group, part)
            share = cite(f"share_{key}", part.title, "%", score.share(part), row.share)
            title = f"Điểm: {part.title}"
            marks = cite(f"marks_{key}", title, "điểm", score.marks_of_part(group, part), row.marks)
            yield row.title, row.count, share, row.full, marks, row.weight


def _tell_settled(draft: ReportDraft, period: Period, entries: list[Item]) -> None:
    """Tell of dossiers settled in a period, and of how many of them in time."""
    in_time = add_up(entries, PAIRS["in_time"])
    if not in_time.of:
        what = (
            "không phát sinh hồ sơ phải giải quyết" if in_time.entries else "chưa có số liệu giải quyết hồ sơ"
        )
        draft.say(f"Trong {period.words()} {what}.")
        return
    done, of, found = in_time.done, in_time.of, in_time.entries
    late = "trễ hạn {late} hồ sơ" if of > done else "không có hồ sơ trễ hạn"
    rate = share_of_total("in_time_rate", "Tỷ lệ hồ sơ giải quyết đúng hạn trong kỳ", done, of, found)
    draft.say(
        f"Trong {period.words()} đã giải quyết {{of}} hồ sơ, đúng hạn {{done}} hồ sơ ({{rate}}), {late}.",
        of=total("settled", "Hồ sơ đã giải quyết trong kỳ", of, found, "hồ sơ"),
        done=total("settled_in_time", "Hồ sơ giải quyết đúng hạn trong kỳ", done, found, "hồ sơ"),
        rate=draft.cite(rate, f"{comma_number(100 * done / of)}{NO_BREAK}%"),
        late=total("settled_late", "Hồ sơ giải quyết trễ hạn trong kỳ", of - done, found, "hồ sơ"),
    )


def _tell_registers(draft: ReportDraft, period: Period, facts: Facts) -> None:
    """Tell of the feedback, the late dossiers and the announcements of a period."""
    _tell_feedback(draft, _entries_of(period, facts, "feedback", "received_on"))
    dossiers = [
        entry for entry in _entries_of(period, facts, "late_dossier", "old_due") if entry.state != "dropped"
    ]
    _tell_dossiers(draft, dossiers, _entries_of(period, facts, "apology", "sent_on"))
    _tell_announcements(draft, _entries_of(period, facts, "procedure_announcement", "announced_on"))


def _tell_feedback(draft: ReportDraft, feedback: list[Item]) -> None:
    if not feedback:
        draft.say("Sổ không ghi phản ánh, kiến nghị nào.")
        return
    answered = [entry for entry in feedback if entry.state == "answered"]
    reply = "đã trả lời {answered}" if answered else "chưa trả lời"
    draft.say(
        f"Tiếp nhận {{received}} phản ánh, kiến nghị, {reply}.",
        received=tally("feedback", "Phản ánh, kiến nghị tiếp nhận trong kỳ", feedback),
        answered=tally("feedback_answered", "Phản ánh, kiến nghị trong kỳ đã trả lời", answered),
    )


def _tell_dossiers(draft: ReportDraft, dossiers: list[Item], sent: list[Item]) -> None:
    if not dossiers and not sent:
        draft.say("Sổ không ghi hồ sơ trễ hạn nào.")
        return
    late = "Ghi {dossiers} hồ sơ trễ hạn" if dossiers else "Không ghi thêm hồ sơ trễ hạn"
    sorry = "gửi {sent} văn bản xin lỗi, hẹn lại" if sent else "chưa gửi văn bản xin lỗi, hẹn lại"
    draft.say(
        f"{late}, {sorry}.",
        dossiers=tally("late_dossiers", "Hồ sơ trễ hạn ghi trong kỳ", dossiers, "hồ sơ"),
        sent=tally("apologies", "Văn bản xin lỗi, hẹn lại đã gửi trong kỳ", sent, "văn bản"),
    )


def _tell_announcements(draft: ReportDraft, announced: list[Item]) -> None:
    if not announced:
        draft.say("Không có quyết định công bố thủ tục.")
        return
    public = [entry for entry in announced if entry.state == "published"]
    shown = "đã công khai {public}" if public else "chưa công khai"
    draft.say(
        f"Có {{announced}} quyết định công bố thủ tục, {shown}.",
        announced=tally("announced", "Quyết định công bố thủ tục trong kỳ", announced, "quyết định"),
        public=tally("announced_public", "Quyết định công bố trong kỳ đã công khai", public, "quyết định"),
    )


def _entries_of(period: Period, facts: Facts, kind: str, field: str) -> list[Item]:
    """Return the entries whose day in a field is one of the days that the report of a period covers."""
    return entries_within(facts.window(period), facts.items(kind), field)


def _tell_score(draft: ReportDraft, groups: list[Group], entries: list[Item]) -> None:
    measure = score_measure(groups, entries)
    if (total_score := score.total(groups)) is None:
        draft.say(absence_sentence("Điểm theo QĐ 766", recorded=score.is_recorded(groups)))
        return
    marks = draft.cite(measure, comma_number(total_score.marks))
    draft.say(f"Điểm theo QĐ 766: {{marks}} trên {scope_words(groups, total_score)}.", marks=marks)
