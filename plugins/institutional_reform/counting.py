"""Targets 4 and 5 of a plan, counted: documents of this year, and the following of enforcement."""

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


def shares(facts: Facts) -> list[Measure]:
    """Return the five shares; each aims at 100 %, and has nothing to count where there is no such work."""
    known = documents(facts, facts.today.year)
    none = [] if known else register(facts)
    return [
        _lawful(known, none, facts),
        _communicated(known, none),
        *_checked(known, none),
        _monitored(facts),
    ]


def register(facts: Facts) -> list[Item]:
    """Return all that was ever written into the register of documents.

    Where it is kept, a year or a period without a document is one in which none arose, which is a valid
    answer; while it is empty, nobody has said so.
    """
    return list(facts.items(LEGAL_DOCUMENT.kind))


def monitoring(facts: Facts) -> list[Item]:
    """Return the monitoring of the newest plan that was not given up."""
    found = facts.items(ENFORCEMENT_MONITORING.kind, plan=facts.plan)
    return [one for one in found if one.state != "dropped"]


def _lawful(known: list[Item], none: list[Item], facts: Facts) -> Measure:
    """A signed document counts once it is published, or late."""
    decided = [one for one in known if is_signed(one) and (is_published(one) or is_late(one, facts))]
    good = [one for one in decided if is_in_time(one, facts) and not is_unlawful(one)]
    note = "Ký đúng hạn đã đặt, công bố trong thời hạn, tự kiểm tra không thấy nội dung phải xử lý."
    return share("lawful", "Văn bản ban hành đúng hạn, đúng quy định", good, decided, note, among=none)


def _communicated(known: list[Item], none: list[Item]) -> Measure:
    """A draft counts once it has left drafting."""
    drafts = [one for one in known if one.state != "drafting"]
    posted = [one for one in drafts if is_communicated(one)]
    note = "Dự thảo đã đăng lấy ý kiến, trên số dự thảo đã qua bước soạn thảo."
    return share("communicated", "Dự thảo được truyền thông, lấy ý kiến", posted, drafts, note, among=none)


def _checked(known: list[Item], none: list[Item]) -> list[Measure]:
    published = [one for one in known if is_published(one)]
    checked = [one for one in published if one.state == "self_checked"]
    unlawful = [one for one in checked if is_unlawful(one)]
    handled = [one for one in unlawful if not waits_for_handling(one)]
    return [
        share("self_checked", "Văn bản đã công bố được tự kiểm tra", checked, published, among=none),
        share(
            "handled", "Văn bản có nội dung không phù hợp được xử lý", handled, unlawful,
            among=checked or none,
        ),
    ]  # fmt: skip


def _monitored(facts: Facts) -> Measure:
    known = monitoring(facts)
    done = [one for one in known if one.state == "done"]
    note = "Theo các kế hoạch theo dõi thi hành pháp luật đã ghi vào sổ."
    return share("monitored", "Nhiệm vụ theo dõi thi hành pháp luật đã thực hiện", done, known, note)
