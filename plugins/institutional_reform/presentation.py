"""What the area shows: badges of documents and tasks, its panel, its section of a report."""

from collections.abc import Iterator
from datetime import date

from cchc_flow.hookspecs import Badge, Column, Facts, Item, Panel, Period, Report
from cchc_flow.plugin_kit import ReportDraft, absence_sentence, entries_within, happened_within, tally
from cchc_flow.workflow.calendar import day_words

from .documents import documents, is_late, publication_deadline, waits_for_handling
from .measures import document_register, monitoring_entries
from .registers import DECISION, LEGAL_DOCUMENT, RESOLUTION
from .rules import awaited_documents

COLUMNS = (
    Column("Số, ký hiệu", width=13),
    Column("Tên văn bản", width=30),
    *(Column(title, "day") for title in ("Ngày ký", "Ngày công bố", "Ngày có hiệu lực")),
    Column("Nơi công bố", width=20),
)


def badges(item: Item, facts: Facts) -> Iterator[Badge]:
    """Yield the badges of a document that needs something done, or of a task that waits for documents."""
    if item.kind == "task" and (waiting := awaited_documents(item, facts)):
        yield Badge("soon", f"Chờ công bố {len(waiting)} văn bản")
    if item.kind != LEGAL_DOCUMENT.kind:
        return
    if item.state == "signed":
        yield _publication_badge(item, facts)
    elif is_late(item, facts):
        yield Badge("done_late", "Công bố chậm")
    if waits_for_handling(item):
        yield Badge("late", "Có nội dung phải xử lý")


def _publication_badge(document: Item, facts: Facts) -> Badge:
    """Return how many days are left to publish a signed document, or how many it is late."""
    deadline = publication_deadline(document, facts) or facts.today
    days_left = (deadline - facts.today).days
    if days_left < 0:
        return Badge("late", f"Chậm công bố {-days_left} ngày")
    return Badge("soon", f"Còn {days_left} ngày để công bố" if days_left else "Phải công bố hôm nay")


def panel(facts: Facts) -> Panel:
    """Return the panel: this year's documents by state, and the documents of any year that wait."""
    this_year = documents(facts, facts.today.year)
    stages = [
        (state.title, sum(document.state == state.name for document in this_year))
        for state in LEGAL_DOCUMENT.columns()
    ]
    waiting = [
        (document.id, document.title, badge.words, badge.kind)
        for document in documents(facts)
        if (badge := _next_act(document, facts))
    ]
    return Panel("Văn bản trong năm", "panel.html", {"stages": stages, "waiting": waiting})


def _next_act(document: Item, facts: Facts) -> Badge | None:
    """Return what a document waits for; None for a draft, and for one with which all is done."""
    if document.state == "signed":
        return _publication_badge(document, facts)
    if document.state == "published":
        return Badge("in_time", "Chờ tự kiểm tra")
    return Badge("late", "Chờ xử lý") if waits_for_handling(document) else None


def report_section(period: Period, facts: Facts) -> Report:
    """Return the area's section in the report of a period, with a row for each document of its days."""
    window, draft = facts.window(period), ReportDraft("Cải cách thể chế")
    begin, end = map(day_words, window)
    entries = documents(facts)
    listed = [
        document
        for document in entries
        if happened_within(window, document, "signed_on") or happened_within(window, document, "published_on")
    ]
    listed.sort(key=lambda document: [document.fields.get(name) or "" for name in ("signed_on", "number")])
    draft.say(f"Số liệu {period.words()} tính từ ngày {begin} đến ngày {end}.")
    _tell_documents(draft, entries, window, facts)
    _tell_late_documents(draft, listed, facts)
    _tell_monitoring(draft, facts, window)
    draft.add_table(COLUMNS, [*map(_document_row, listed)])
    return draft.finish()


def _tell_documents(draft: ReportDraft, entries: list[Item], window: tuple[date, date], facts: Facts) -> None:
    """Tell of drafts posted, and documents signed, published and checked, in a window."""
    posted, signed, published, checked = (
        entries_within(window, entries, name)
        for name in ("posted_on", "signed_on", "published_on", "checked_on")
    )
    if not (posted or signed or published or checked):
        recorded = bool(document_register(facts))
        draft.say(absence_sentence("Văn bản quy phạm pháp luật", recorded=recorded))
        return
    resolutions, decisions = (
        [document for document in signed if document.fields.get("form") == form]
        for form in (RESOLUTION, DECISION)
    )
    forms = [
        *(["{resolutions} nghị quyết của HĐND"] if resolutions else []),
        *(["{decisions} quyết định của UBND"] if decisions else []),
    ]
    acts = [
        *(["đăng lấy ý kiến {posted} dự thảo"] if posted else []),
        *([f"ký ban hành {{signed}} văn bản ({', '.join(forms)})"] if signed else []),
        *(["công bố {published} văn bản"] if published else []),
        *(["tự kiểm tra {checked} văn bản"] if checked else []),
    ]
    figures = {
        "posted": tally("posted", "Dự thảo đăng lấy ý kiến trong kỳ", posted, "dự thảo"),
        "signed": tally("signed", "Văn bản ký ban hành trong kỳ", signed, "văn bản"),
        "resolutions": tally("resolutions", "Nghị quyết của HĐND ký ban hành trong kỳ", resolutions),
        "decisions": tally("decisions", "Quyết định của UBND ký ban hành trong kỳ", decisions),
        "published": tally("published", "Văn bản công bố trong kỳ", published, "văn bản"),
        "checked": tally("checked", "Văn bản tự kiểm tra trong kỳ", checked, "văn bản"),
    }
    draft.say(f"Văn bản quy phạm pháp luật: {'; '.join(acts)}.", **figures)


def _tell_late_documents(draft: ReportDraft, listed: list[Item], facts: Facts) -> None:
    """Tell of documents published too late, if there are any."""
    late = [document for document in listed if is_late(document, facts)]
    if late:
        draft.say(
            f"Công bố chậm so với thời hạn {facts.figure('publication_days')} ngày: {{late}} văn bản.",
            late=tally("late", "Văn bản công bố chậm", late, "văn bản"),
        )


def _tell_monitoring(draft: ReportDraft, facts: Facts, window: tuple[date, date]) -> None:
    """Tell of monitoring done in a window, and of all that was done up to its end."""
    entries = monitoring_entries(facts)
    if not entries:
        draft.say(absence_sentence("Theo dõi thi hành pháp luật", recorded=False))
        return
    done, so_far = (entries_within((first, window[1]), entries, "done_on") for first in (window[0], date.min))
    in_period = "thực hiện {done} nhiệm vụ trong kỳ" if done else "trong kỳ không thực hiện nhiệm vụ nào"
    draft.say(
        f"Theo dõi thi hành pháp luật: {in_period}, lũy kế {{so_far}}/{{planned}} nhiệm vụ.",
        done=tally("monitored", "Nhiệm vụ theo dõi trong kỳ", done, "nhiệm vụ"),
        so_far=tally("monitored_so_far", "Nhiệm vụ theo dõi đã thực hiện đến hết kỳ", so_far, "nhiệm vụ"),
        planned=tally("monitoring", "Nhiệm vụ theo dõi thi hành pháp luật", entries, "nhiệm vụ"),
    )


def _document_row(document: Item) -> tuple[str, ...]:
    number, *days, address = (
        document.fields.get(name) or ""
        for name in ("number", "signed_on", "published_on", "effective_on", "address")
    )
    return (number, document.title, *days, address)
