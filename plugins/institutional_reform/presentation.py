"""What the area shows: badges of documents and tasks, its panel, its section of a report."""

from collections.abc import Iterator
from datetime import date

from cchc_flow.hookspecs import Badge, Facts, Item, Panel, Period, Section
from cchc_flow.plugin_kit import absence_sentence, day_of, entries_within, happened_within
from cchc_flow.workflow.calendar import day_words

from .documents import documents, is_late, publication_deadline, waits_for_handling
from .measures import document_register, monitoring_entries
from .registers import DECISION, LEGAL_DOCUMENT, RESOLUTION
from .rules import awaited_documents

COLUMNS = ("Số, ký hiệu", "Tên văn bản", "Ngày ký", "Ngày công bố", "Ngày có hiệu lực", "Nơi công bố")


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


def report_section(period: Period, facts: Facts) -> Section:
    """Return the area's section in the report of a period, with a row for each document of its days."""
    window = facts.window(period)
    begin, end = map(day_words, window)
    entries = documents(facts)
    listed = [
        document
        for document in entries
        if happened_within(window, document, "signed_on") or happened_within(window, document, "published_on")
    ]
    listed.sort(key=lambda document: [document.fields.get(name) or "" for name in ("signed_on", "number")])
    return Section(
        "Cải cách thể chế",
        (
            f"Số liệu {period.words()} tính từ ngày {begin} đến ngày {end}.",
            _document_words(entries, window, facts),
            *_late_words(listed, facts),
            _monitoring_words(facts, window),
        ),
        COLUMNS,
        tuple(map(_document_row, listed)),
    )


def _document_words(entries: list[Item], window: tuple[date, date], facts: Facts) -> str:
    """Return the sentence on drafts posted, and documents signed, published and checked, in a window."""
    posted, signed, published, checked = (
        entries_within(window, entries, name)
        for name in ("posted_on", "signed_on", "published_on", "checked_on")
    )
    if not (posted or signed or published or checked):
        return absence_sentence("Văn bản quy phạm pháp luật", recorded=bool(document_register(facts)))
    resolutions, decisions = (
        sum(document.fields.get("form") == form for document in signed) for form in (RESOLUTION, DECISION)
    )
    by_form = f" ({resolutions} nghị quyết của HĐND, {decisions} quyết định của UBND)" if signed else ""
    return (
        f"Văn bản quy phạm pháp luật: đăng lấy ý kiến {len(posted)} dự thảo; ký ban hành {len(signed)} "
        f"văn bản{by_form}; công bố {len(published)}; tự kiểm tra {len(checked)}."
    )


def _late_words(listed: list[Item], facts: Facts) -> Iterator[str]:
    """Yield the sentence on documents published too late, if there are any."""
    late = [document for document in listed if is_late(document, facts)]
    if late:
        yield f"Công bố chậm so với thời hạn {facts.figure('publication_days')} ngày: {len(late)} văn bản."


def _monitoring_words(facts: Facts, window: tuple[date, date]) -> str:
    """Return the sentence on monitoring done in a window, and on all that was done up to its end."""
    entries = monitoring_entries(facts)
    if not entries:
        return absence_sentence("Theo dõi thi hành pháp luật", recorded=False)
    first, last = window
    done_days = [day for entry in entries if (day := day_of(entry, "done_on")) and day <= last]
    in_window = sum(day >= first for day in done_days)
    return (
        f"Theo dõi thi hành pháp luật: thực hiện {in_window} nhiệm vụ trong kỳ, "
        f"lũy kế {len(done_days)}/{len(entries)} nhiệm vụ."
    )


def _document_row(document: Item) -> tuple[str, ...]:
    days = (day_of(document, name) for name in ("signed_on", "published_on", "effective_on"))
    number, address = (document.fields.get(name) or "" for name in ("number", "address"))
    return (number, document.title, *(day_words(day) if day else "" for day in days), address)
