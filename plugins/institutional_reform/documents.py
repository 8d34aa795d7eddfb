"""What a legal document tells of itself: its days, how far it came, by when it has to be published."""

from datetime import date, timedelta

from cchc_flow.hookspecs import Facts, Figure, Item

from .registers import LEGAL_DOCUMENT, UNLAWFUL

DAYS = (
    ("posted_on", "ngày đăng dự thảo"),
    ("opinions_closed_on", "ngày kết thúc lấy ý kiến"),
    ("appraised_on", "ngày thẩm định"),
    ("signed_on", "ngày ký"),
    ("published_on", "ngày công bố"),
    ("checked_on", "ngày tự kiểm tra"),
    ("handled_on", "ngày xử lý xong"),
)
"""The days of a document's life, in the order in which they must follow each other."""

FIGURES = [
    Figure(
        "publication_days",
        "Thời hạn công bố, đăng tải kể từ ngày ký",
        "3",
        "ngày",
        "Yêu cầu công bố, đăng tải trong 3 ngày kể từ ngày ký; xã đối chiếu với quy định hiện hành",
        low="1",
        high="60",
        whole=True,
    ),
    Figure(
        "effect_days",
        "Ngày có hiệu lực sớm nhất, kể từ ngày ký",
        "7",
        "ngày",
        "Thông lệ của xã, do xã quyết định",
        high="365",
        whole=True,
    ),
]


def documents(facts: Facts, year: int | None = None, **fields: str) -> list[Item]:
    """Return the documents that were not given up; of a year, those signed in it and those not yet signed."""
    found = (one for one in facts.items(LEGAL_DOCUMENT.kind, **fields) if one.state != "dropped")
    return [one for one in found if year is None or _year(one) in (None, year)]


def day(document: Item, name: str) -> date | None:
    """Return one of a document's days, None while it has none."""
    value = document.fields.get(name)
    return date.fromisoformat(value) if value else None


def is_signed(document: Item) -> bool:
    """Tell whether a document was signed."""
    return document.state == "signed" or is_published(document)


def is_published(document: Item) -> bool:
    """Tell whether a document was published."""
    return document.state in ("published", "self_checked")


def is_communicated(document: Item) -> bool:
    """Tell whether the draft was posted for opinions."""
    return document.fields.get("posted_on") is not None


def is_unlawful(document: Item) -> bool:
    """Tell whether the self-check found what has to be mended."""
    return document.fields.get("outcome") == UNLAWFUL


def waits_for_handling(document: Item) -> bool:
    """Tell whether what the self-check found is still there."""
    return is_unlawful(document) and document.fields.get("handled_on") is None


def latest_publication(document: Item, facts: Facts) -> date | None:
    """Return the last day on which a signed document is published in time."""
    signed = day(document, "signed_on")
    return signed + timedelta(days=int(facts.figure("publication_days"))) if signed else None


def is_late(document: Item, facts: Facts) -> bool:
    """Tell whether a signed document was, or as of today is, published too late."""
    latest = latest_publication(document, facts) if is_signed(document) else None
    return latest is not None and (day(document, "published_on") or facts.today) > latest


def is_in_time(document: Item, facts: Facts) -> bool:
    """Tell whether a document was signed by its due day and published in time."""
    signed = day(document, "signed_on")
    met = document.due is None or signed is None or signed <= date.fromisoformat(document.due)
    return met and not is_late(document, facts)


def _year(document: Item) -> int | None:
    signed = day(document, "signed_on") if is_signed(document) else None
    return signed.year if signed else None
