"""Legal documents: their days, how far each has come, and by when it has to be published."""

from datetime import date, timedelta

from cchc_flow.hookspecs import Facts, Item
from cchc_flow.plugin_kit import day_of, entries_without

from .registers import LEGAL_DOCUMENT, UNLAWFUL

DAYS = (
    ("posted_on", "ngày đăng dự thảo"),
    ("opinions_closed_on", "ngày kết thúc lấy ý kiến"),
    ("appraised_on", "ngày thẩm định"),
    ("adopted_on", "ngày thông qua"),
    ("signed_on", "ngày ký"),
    ("published_on", "ngày công bố"),
    ("checked_on", "ngày tự kiểm tra"),
    ("handled_on", "ngày xử lý xong"),
)
"""The days of a document's life, in the order in which they must follow each other."""


def documents(facts: Facts, year: int | None = None, **fields: str) -> list[Item]:
    """Return the documents that were not given up and whose fields have some values.

    With a year: those signed in it and those not signed yet.
    """
    entries = entries_without("dropped", LEGAL_DOCUMENT.kind, facts, **fields)
    return [document for document in entries if year is None or _signing_year(document) in (None, year)]


def is_signed(document: Item) -> bool:
    """Tell whether a document is signed, published or not."""
    return document.state == "signed" or is_published(document)


def is_published(document: Item) -> bool:
    """Tell whether a document is published."""
    return document.state in ("published", "self_checked")


def is_communicated(document: Item) -> bool:
    """Tell whether the draft of a document was posted for opinions."""
    return document.fields.get("posted_on") is not None


def is_unlawful(document: Item) -> bool:
    """Tell whether the self-check of a document found something that has to be put right."""
    return document.fields.get("outcome") == UNLAWFUL


def waits_for_handling(document: Item) -> bool:
    """Tell whether what the self-check found is not put right yet."""
    return is_unlawful(document) and document.fields.get("handled_on") is None


def publication_deadline(document: Item, facts: Facts) -> date | None:
    """Return the last day on which a document is published in time; None while it is not signed."""
    signed = day_of(document, "signed_on")
    return signed + timedelta(days=int(facts.figure("publication_days", signed))) if signed else None


def is_late(document: Item, facts: Facts) -> bool:
    """Tell whether a signed document was published too late or, unpublished, is too late by today."""
    deadline = publication_deadline(document, facts) if is_signed(document) else None
    return deadline is not None and (day_of(document, "published_on") or facts.today) > deadline


def is_in_time(document: Item, facts: Facts) -> bool:
    """Tell whether a document was signed by its due day and is not late with its publication."""
    signed = day_of(document, "signed_on")
    is_signed_in_time = document.due is None or signed is None or signed <= date.fromisoformat(document.due)
    return is_signed_in_time and not is_late(document, facts)


def _signing_year(document: Item) -> int | None:
    signed = day_of(document, "signed_on") if is_signed(document) else None
    return signed.year if signed else None
