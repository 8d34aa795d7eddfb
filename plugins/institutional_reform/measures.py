"""The measures of targets 4 and 5 of a plan: this year's legal documents, the monitoring of enforcement."""

from collections.abc import Sequence

from cchc_flow.hookspecs import Facts, Item, Measure, share

from .documents import (
    documents,
    is_communicated,
    is_in_time,
    is_late,
    is_published,
    is_signed,
    is_unlawful,
    waits_for_handling,
)
from .registers import ENFORCEMENT_MONITORING, LEGAL_DOCUMENT


def all_measures(facts: Facts) -> list[Measure]:
    """Return the five shares, which all aim at 100 %; a share of nothing has no value."""
    this_year = documents(facts, facts.today.year)
    register = [] if this_year else document_register(facts)
    return [
        _lawful_measure(this_year, register, facts),
        _communicated_measure(this_year, register),
        *_self_check_measures(this_year, register),
        _monitoring_measure(facts),
    ]


def document_register(facts: Facts) -> Sequence[Item]:
    """Return everything that was ever entered into the register of documents.

    Where there is anything, a year or a period without documents is one in which none arose; an empty
    register says nothing.
    """
    return facts.items(LEGAL_DOCUMENT.kind)


def monitoring_entries(facts: Facts) -> list[Item]:
    """Return the monitoring of enforcement of the plan in force, without what was given up."""
    entries = facts.items(ENFORCEMENT_MONITORING.kind, plan=facts.plan)
    return [entry for entry in entries if entry.state != "dropped"]


def _lawful_measure(this_year: list[Item], register: Sequence[Item], facts: Facts) -> Measure:
    """Return the share of documents in time and lawful, of those published or late with their publication."""
    settled = [
        document
        for document in this_year
        if is_signed(document) and (is_published(document) or is_late(document, facts))
    ]
    good = [document for document in settled if is_in_time(document, facts) and not is_unlawful(document)]
    note = "Ký đúng hạn đã đặt, công bố trong thời hạn, tự kiểm tra không thấy nội dung phải xử lý."
    title = "Văn bản ban hành đúng hạn, đúng quy định"
    return share("lawful", title, good, settled, note, among=register)


def _communicated_measure(this_year: list[Item], register: Sequence[Item]) -> Measure:
    """Return the share of drafts posted for opinions, of those that have left drafting."""
    drafts = [document for document in this_year if document.state != "drafting"]
    posted = [document for document in drafts if is_communicated(document)]
    note = "Dự thảo đã đăng lấy ý kiến, trên số dự thảo đã qua bước soạn thảo."
    title = "Dự thảo được truyền thông, lấy ý kiến"
    return share("communicated", title, posted, drafts, note, among=register)


def _self_check_measures(this_year: list[Item], register: Sequence[Item]) -> list[Measure]:
    """Return which share of published documents was checked, and of unlawful ones was put right."""
    published = [document for document in this_year if is_published(document)]
    checked = [document for document in published if document.state == "self_checked"]
    unlawful = [document for document in checked if is_unlawful(document)]
    handled = [document for document in unlawful if not waits_for_handling(document)]
    return [
        share("self_checked", "Văn bản đã công bố được tự kiểm tra", checked, published, among=register),
        share(
            "handled",
            "Văn bản có nội dung không phù hợp được xử lý",
            handled,
            unlawful,
            among=checked or register,
        ),
    ]


def _monitoring_measure(facts: Facts) -> Measure:
    entries = monitoring_entries(facts)
    done = [entry for entry in entries if entry.state == "done"]
    note = "Theo các kế hoạch theo dõi thi hành pháp luật đã ghi vào sổ."
    return share("monitored", "Nhiệm vụ theo dõi thi hành pháp luật đã thực hiện", done, entries, note)
