"""The rules of the area: a group only by a decision, a share that fits it, staff within the number."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from cchc_flow.hookspecs import Badge, Facts, Figure, Item, JsonObject, Rule, Violation
from cchc_flow.workflow.calendar import day_words
from cchc_flow.workflow.shares import in_percent

from .registers import GROUPS, LIVE_UNIT, NO_GROUP

AREA = "organisation"
DECREE = "Nghị định 60/2021/NĐ-CP"
FIGURES = (
    Figure("full", "Mức tự bảo đảm của nhóm 1 và nhóm 2, từ", "100", "%", DECREE, high="100"),
    Figure("high", "Nhóm 3, mức cao, từ", "70", "%", DECREE, high="100"),
    Figure("middle", "Nhóm 3, mức giữa, từ", "30", "%", DECREE, high="100"),
    Figure("low", "Nhóm 3, mức thấp, từ", "10", "%", DECREE, high="100"),
)
RULES = (
    Rule("decision", "Nhóm tự chủ của một đơn vị chỉ ghi theo quyết định có số, ngày."),
    Rule("order", "Quyết định sau không được ghi ngày trước quyết định đã ghi; không ngày nào ở phía trước."),
    Rule("before", "Nhóm, số được giao cuối năm trước phải khớp với các quyết định đã ghi."),
    Rule("share", "Mức tự bảo đảm không khớp nhóm thì cảnh báo: xem lại số liệu, hoặc xếp lại nhóm."),
    Rule(
        "twice", "Mỗi đơn vị sự nghiệp ghi một lần; mỗi loại người làm việc của một đơn vị theo dõi một lần."
    ),
    Rule("staff", "Số có mặt không được vượt số được giao; giao ít hơn số có mặt thì cảnh báo."),
    Rule(
        "grouped",
        "Nhiệm vụ bộ máy chưa được duyệt hay xác nhận hoàn thành khi đơn vị sự nghiệp ghi cho nhiệm vụ đó"
        " chưa có quyết định xếp nhóm.",
    ),
)
GROUP_WORDS = {key: words.partition(":")[0] for key, words in GROUPS} | {
    "3a": "Nhóm 3 (70 đến dưới 100\N{NO-BREAK SPACE}%)",
    "3b": "Nhóm 3 (30 đến dưới 70\N{NO-BREAK SPACE}%)",
    "3c": "Nhóm 3 (10 đến dưới 30\N{NO-BREAK SPACE}%)",
}
Check = Callable[[Item, JsonObject, Facts], Iterator[Violation]]


def violations(item: Item, step: str, data: JsonObject, facts: Facts) -> list[Violation]:
    """Return what is not as the rules want it when a step is taken; what blocks hides what comes after."""
    found: list[Violation] = []
    for check in CHECKS.get((item.kind, step), ()):
        found += check(item, data, facts)
        if any(one.blocks for one in found):  # what comes after may rest on it
            break
    return found


def fitting(share: Decimal, facts: Facts) -> tuple[str, ...]:
    """Return the groups that a share of self-financing fits: two where it covers all, else one."""
    for figure, groups in (("full", ("1", "2")), ("high", ("3a",)), ("middle", ("3b",)), ("low", ("3c",))):
        if share >= facts.figure(figure):
            return groups
    return ("4",)


def marks(item: Item, facts: Facts) -> list[Badge]:
    """Return the marks of an item: what is missing, or is not as it should be."""
    if item.kind == "service_unit" and item.state == "ungrouped":
        return [Badge("soon", "Chưa có quyết định xếp nhóm")]
    if item.kind == "service_unit" and item.state == "grouped" and not _fits(item, facts):
        return [Badge("late", "Mức tự bảo đảm không khớp nhóm")]
    if item.kind == "staffing" and item.state == "assigned":
        return _marks_of_staff(item)
    if item.kind == "task" and (waiting := _ungrouped(item, facts)):
        return [Badge("soon", f"{len(waiting)} đơn vị chưa xếp nhóm")]
    return []


def is_over(item: Item) -> bool:
    """Tell whether more staff are present than were assigned."""
    present, assigned = item.fields.get("present"), item.fields.get("assigned")
    return present is not None and assigned is not None and int(present) > int(assigned)


def _marks_of_staff(item: Item) -> list[Badge]:
    if item.fields.get("present") is None:
        return [Badge("soon", "Chưa ghi số có mặt")]
    return [Badge("late", "Vượt số được giao")] if is_over(item) else []


def _fits(item: Item, facts: Facts) -> bool:
    share = item.fields.get("share")
    return share is None or item.fields.get("group") in fitting(Decimal(share), facts)


def _decision(number: str, day: str) -> Check:
    def check(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
        if not any(letter.isdigit() for letter in data[number]):
            yield Violation("decision", "Số quyết định không có chữ số nào.", "Hãy ghi như 45/QĐ-UBND.")
        yield from _not_ahead("decision", data[day], facts)

    return check


def _not_ahead(rule: str, day: str, facts: Facts) -> Iterator[Violation]:
    if date.fromisoformat(day) > facts.today:
        yield Violation(rule, f"Ngày {_words(day)} chưa đến.", "Hãy ghi lại ngày.")


def _in_order(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    known = item.fields.get("decision_date")
    if known and data["decision_date"] < known:
        yield Violation(
            "order",
            f"Đã ghi quyết định ngày {_words(known)}, sau ngày đang ghi.",
            "Hãy ghi các quyết định theo thứ tự ngày ban hành.",
        )


def _group_before(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    known = group_at_end_of(int(data["decision_date"][:4]) - 1, item)
    if item.fields.get("group") and data["group_before"] != (known or NO_GROUP):
        words = GROUP_WORDS[known] if known else "chưa xếp nhóm"
        yield Violation(
            "before", f"Theo các quyết định đã ghi, cuối năm trước đơn vị ở: {words}.", "Hãy ghi theo đó."
        )


def group_at_end_of(year: int, item: Item) -> str | None:
    """Return the group in which a unit was at the end of a year, as its newest decision tells."""
    day, closed = item.fields.get("decision_date"), item.fields.get("closing_date")
    if day is None or (closed and int(closed[:4]) <= year):
        return None
    if int(day[:4]) <= year:
        return item.fields["group"]
    before = item.fields["group_before"]
    return None if before == NO_GROUP else before


def assigned_at_end_of(year: int, item: Item) -> int:
    """Return how many staff were assigned at the end of a year, by the newest decision; 0 before any."""
    day = item.fields.get("decision_date")
    if day is None:
        return 0
    return int(item.fields["assigned" if int(day[:4]) <= year else "assigned_before"] or 0)


def _assigned_before(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    known = assigned_at_end_of(int(data["decision_date"][:4]) - 1, item)
    if item.fields.get("assigned") and data["assigned_before"] != known:
        yield Violation(
            "before", f"Theo các quyết định đã ghi, cuối năm trước được giao {known}.", "Hãy ghi theo đó."
        )


def _share_fits(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    group, share = data.get("group", item.fields.get("group")), Decimal(data["share"])
    groups = fitting(share, facts)
    if group and group not in groups:
        fits = " hoặc ".join(GROUP_WORDS[one] for one in groups)
        yield Violation(
            "share",
            f"Mức tự bảo đảm {in_percent(share)} ứng với {fits}, không phải {GROUP_WORDS[group]}.",
            "Hãy xem lại số liệu, hoặc đề nghị xếp lại nhóm.",
            blocks=False,
        )


def _share_day(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    yield from _not_ahead("order", data["share_on"], facts)


def _staff_fits(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    yield from _not_ahead("order", data["counted_on"], facts)
    assigned = int(item.fields["assigned"] or 0)
    if int(data["present"]) > assigned:
        yield Violation(
            "staff",
            f"Số có mặt ({data['present']}) vượt số được giao ({assigned}).",
            "Hãy đếm lại, hoặc ghi quyết định giao bổ sung trước.",
        )


def _enough_assigned(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    present = item.fields.get("present")
    if present is not None and int(data["assigned"]) < int(present):
        yield Violation(
            "staff", f"Số được giao ít hơn số đang có mặt ({present}).", "Hãy nêu cách sắp xếp.", blocks=False
        )


def _one_of_a_name(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    found = facts.items("service_unit")
    if any(one.state in LIVE_UNIT and one.title.casefold() == item.title.casefold() for one in found):
        yield Violation("twice", f"«{item.title}» đã có trong sổ.", "Hãy mở mục đã ghi.")


def _one_of_a_sort(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    found = facts.items("staffing", staff=data["staff"])
    if any(one.state != "ended" and one.lead == item.lead for one in found):
        yield Violation("twice", "Đơn vị này đã có mục theo dõi loại đó.", "Hãy ghi vào mục đã có.")


def _all_grouped(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    waiting = _ungrouped(item, facts)
    if waiting:
        names = ", ".join(one.title for one in waiting[:3])
        yield Violation(
            "grouped",
            f"{len(waiting)} đơn vị ghi cho nhiệm vụ này chưa có quyết định xếp nhóm: {names}.",
            "Hãy ghi quyết định ở sổ đơn vị sự nghiệp công lập.",
        )


def _ungrouped(task: Item, facts: Facts) -> list[Item]:
    found = [one for one in facts.items("service_unit", task=task.id) if one.state == "ungrouped"]
    return found if found and facts.area_of(task) == AREA else []


def _words(day: str) -> str:
    return day_words(date.fromisoformat(day))


CHECKS: dict[tuple[str, str], tuple[Check, ...]] = {
    ("service_unit", "open"): (_one_of_a_name,),
    ("service_unit", "set_group"): (
        _decision("decision_number", "decision_date"),
        _in_order,
        _group_before,
        _share_fits,
    ),
    ("service_unit", "record_share"): (_share_day, _share_fits),
    ("service_unit", "merge"): (_decision("closing_number", "closing_date"),),
    ("service_unit", "dissolve"): (_decision("closing_number", "closing_date"),),
    ("staffing", "open"): (_one_of_a_sort,),
    ("staffing", "assign"): (
        _decision("decision_number", "decision_date"),
        _in_order,
        _assigned_before,
        _enough_assigned,
    ),
    ("staffing", "count"): (_staff_fits,),
    ("task", "approve"): (_all_grouped,),
    ("task", "close"): (_all_grouped,),
}
