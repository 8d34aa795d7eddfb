"""What the area says: marks on items, what waits on its page, its section of a report."""

from collections.abc import Iterator
from datetime import date

from cchc_flow.hookspecs import Badge, Facts, Item, Panel, Period, Section, absence
from cchc_flow.workflow.calendar import day_words

from .counting import monitoring, register
from .documents import (
    day,
    documents,
    is_late,
    latest_publication,
    waits_for_handling,
)
from .registers import (
    DECISION,
    LEGAL_DOCUMENT,
    RESOLUTION,
)
from .rules import awaited

COLUMNS = ("Số, ký hiệu", "Tên văn bản", "Ngày ký", "Ngày công bố", "Ngày có hiệu lực", "Nơi công bố")


def marks(item: Item, facts: Facts) -> Iterator[Badge]:
    """Yield what is pressing about a document, or what a task waits for."""
    if item.kind == "task" and (waiting := awaited(item, facts)):
        yield Badge("soon", f"Chờ công bố {len(waiting)} văn bản")
    if item.kind != LEGAL_DOCUMENT.kind:
        return
    if item.state == "signed":
        yield _publication(item, facts)
    elif is_late(item, facts):
        yield Badge("done_late", "Công bố chậm")
    if waits_for_handling(item):
        yield Badge("late", "Có nội dung phải xử lý")


def _publication(document: Item, facts: Facts) -> Badge:
    left = ((latest_publication(document, facts) or facts.today) - facts.today).days
    if left < 0:
        return Badge("late", f"Chậm công bố {-left} ngày")
    return Badge("soon", f"Còn {left} ngày để công bố" if left else "Phải công bố hôm nay")


def waiting_list(facts: Facts) -> Panel:
    """Return how many of the year's documents stand where, and which of any year wait for something."""
    known = documents(facts, facts.today.year)
    columns = LEGAL_DOCUMENT.columns()
    stages = [(one.title, sum(doc.state == one.name for doc in known)) for one in columns]
    waiting = [(one.id, one.title, *words) for one in documents(facts) if (words := _waits(one, facts))]
    return Panel("Văn bản trong năm", "panel.html", {"stages": stages, "waiting": waiting})


def _waits(document: Item, facts: Facts) -> tuple[str, str] | None:
    """Return for what a document waits, and the kind of mark that this deserves."""
    if document.state == "signed":
        mark = _publication(document, facts)
        return mark.words, mark.kind
    if document.state == "published":
        return "Chờ tự kiểm tra", "in_time"
    return ("Chờ xử lý", "late") if waits_for_handling(document) else None


def section(period: Period, facts: Facts) -> Section:
    """Return what happened with documents and monitoring in the days that a period's report covers."""
    window = facts.window(period)
    begin, end = map(day_words, window)
    known = documents(facts)
    listed = [one for one in known if _fell(one, "signed_on", window) or _fell(one, "published_on", window)]
    told = (_drafting(known, window, facts), *_lateness(listed, facts), _monitoring(facts, window))
    head = f"Số liệu {period.words()} tính từ ngày {begin} đến ngày {end}."
    return Section("Cải cách thể chế", (head, *told), COLUMNS, tuple(map(_row, sorted(listed, key=_order))))


def _drafting(known: list[Item], window: tuple[date, date], facts: Facts) -> str:
    posted, signed, published, checked = (
        [one for one in known if _fell(one, name, window)]
        for name in ("posted_on", "signed_on", "published_on", "checked_on")
    )
    if not (posted or signed or published or checked):
        return f"Văn bản quy phạm pháp luật: {absence(bool(register(facts))).lower()}."
    resolutions, decisions = (
        sum(one.fields.get("form") == form for one in signed) for form in (RESOLUTION, DECISION)
    )
    by_form = f" ({resolutions} nghị quyết của HĐND, {decisions} quyết định của UBND)" if signed else ""
    return (
        f"Văn bản quy phạm pháp luật: đăng lấy ý kiến {len(posted)} dự thảo; ký ban hành {len(signed)} "
        f"văn bản{by_form}; công bố {len(published)}; tự kiểm tra {len(checked)}."
    )


def _lateness(listed: list[Item], facts: Facts) -> Iterator[str]:
    late = [one for one in listed if is_late(one, facts)]
    if late:
        yield f"Công bố chậm so với thời hạn {facts.figure('publication_days')} ngày: {len(late)} văn bản."


def _monitoring(facts: Facts, window: tuple[date, date]) -> str:
    known = monitoring(facts)
    if not known:
        return f"Theo dõi thi hành pháp luật: {absence(recorded=False).lower()}."
    days = [done for one in known if (done := day(one, "done_on")) and done <= window[1]]
    inside = [one for one in days if one >= window[0]]
    return (
        f"Theo dõi thi hành pháp luật: thực hiện {len(inside)} nhiệm vụ trong kỳ, "
        f"lũy kế {len(days)}/{len(known)} nhiệm vụ."
    )


def _fell(document: Item, name: str, window: tuple[date, date]) -> bool:
    when = day(document, name)
    return when is not None and window[0] <= when <= window[1]


def _order(document: Item) -> tuple[str, ...]:
    return tuple(document.fields.get(name) or "" for name in ("signed_on", "number"))


def _row(document: Item) -> tuple[str, ...]:
    days = (day(document, name) for name in ("signed_on", "published_on", "effective_on"))
    number, address = (document.fields.get(name) or "" for name in ("number", "address"))
    return (number, document.title, *(day_words(one) if one else "" for one in days), address)
