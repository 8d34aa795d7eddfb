"""The area's rules: groups only by decision and in step with the share, staff and the assigned number."""

from collections.abc import Iterator
from decimal import Decimal

from cchc_flow.hookspecs import Facts, Item, JsonObject, Rule, Violation
from cchc_flow.plugin_kit import (
    Check,
    count_of,
    day_in_words,
    document_number_check,
    past_day_check,
    violations_until_blocked,
)
from cchc_flow.workflow.shares import in_percent

from .entries import GROUP_TITLES, assigned_at_end_of, fitting_groups, group_at_end_of
from .figures import AUTONOMY_DECREE, DEPARTMENTS_DECREE
from .registers import LIVE, NO_GROUP

AREA = "organisation"
RULES = (
    Rule("decision", "Nhóm tự chủ của một đơn vị chỉ ghi theo quyết định có số, ngày."),
    Rule("order", "Quyết định sau không được ghi ngày trước quyết định đã ghi; không ngày nào ở phía trước."),
    Rule("before", "Nhóm, số được giao cuối năm trước phải khớp với các quyết định đã ghi."),
    Rule(
        "share",
        "Mức tự bảo đảm không khớp nhóm thì cảnh báo: xem lại số liệu, hoặc xếp lại nhóm.",
        source=AUTONOMY_DECREE,
        checked=False,
        figures=("full", "high", "middle", "low"),
    ),
    Rule(
        "twice", "Mỗi đơn vị sự nghiệp ghi một lần; mỗi loại người làm việc của một đơn vị theo dõi một lần."
    ),
    Rule(
        "staff",
        "Số có mặt vượt số được giao, hoặc giao ít hơn số có mặt, thì cảnh báo.",
        source="Quyết định giao biên chế, số người làm việc của cấp có thẩm quyền",
        checked=False,
    ),
    Rule(
        "departments",
        "Xã có Văn phòng HĐND và UBND, Phòng Kinh tế (phường và Phú Quốc: Phòng Kinh tế, Hạ tầng và Đô thị),"
        " Phòng Văn hóa - Xã hội, Trung tâm Phục vụ hành chính công; tên ghi theo quyết định của xã.",
        source=DEPARTMENTS_DECREE,
        checked=True,
    ),
    Rule(
        "grouped",
        "Nhiệm vụ bộ máy chưa được duyệt hay xác nhận hoàn thành khi đơn vị sự nghiệp ghi cho nhiệm vụ đó"
        " chưa có quyết định xếp nhóm.",
    ),
)


def violations(item: Item, step: str, data: JsonObject, facts: Facts) -> list[Violation]:
    """Return the rules that a step breaks, up to the first check that finds one which blocks it."""
    return violations_until_blocked(_CHECKS.get((item.kind, step), ()), item, data, facts)


def ungrouped_units(task: Item, facts: Facts) -> list[Item]:
    """Return the service units without a group that name a task of the area."""
    units = [unit for unit in facts.items("service_unit", task=task.id) if unit.state == "ungrouped"]
    return units if units and facts.area_of(task) == AREA else []


def _decision_check(prefix: str) -> Check:
    """Return the check that a decision has a number, and a day that is not after today."""
    check_number = document_number_check(f"{prefix}_number", "Số quyết định")
    check_day = past_day_check(f"{prefix}_date", "decision")

    def check(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
        yield from check_number(item, data, facts)
        yield from check_day(item, data, facts)

    return check


def _check_order(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Yield a violation when a decision is older than the one recorded before it."""
    recorded = item.fields.get("decision_date")
    if recorded and data["decision_date"] < recorded:
        yield Violation(
            "order",
            f"Đã ghi quyết định ngày {day_in_words(recorded)}, sau ngày đang ghi.",
            "Hãy ghi các quyết định theo thứ tự ngày ban hành.",
        )


def _check_group_before(unit: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Yield a violation when the group of the year before contradicts the decisions recorded so far."""
    group = group_at_end_of(_year_before(data), unit)
    if unit.fields.get("group") and data["group_before"] != (group or NO_GROUP):
        title = GROUP_TITLES[group] if group else "chưa xếp nhóm"
        yield Violation(
            "before", f"Theo các quyết định đã ghi, cuối năm trước đơn vị ở: {title}.", "Hãy ghi theo đó."
        )


def _check_assigned_before(staff: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Yield a violation when the number of the year before contradicts the decisions recorded so far."""
    number = assigned_at_end_of(_year_before(data), staff)
    if staff.fields.get("assigned") and data["assigned_before"] != number:
        yield Violation(
            "before", f"Theo các quyết định đã ghi, cuối năm trước được giao {number}.", "Hãy ghi theo đó."
        )


def _year_before(data: JsonObject) -> int:
    """Return the year before the year of the decision that is typed."""
    return int(data["decision_date"][:4]) - 1


def _check_share(unit: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Yield a warning when the share of self-financing does not fit the group."""
    group, share = data.get("group", unit.fields.get("group")), Decimal(data["share"])
    groups = fitting_groups(share, facts)
    if group and group not in groups:
        titles = " hoặc ".join(GROUP_TITLES[name] for name in groups)
        yield Violation(
            "share",
            f"Mức tự bảo đảm {in_percent(share)} ứng với {titles}, không phải {GROUP_TITLES[group]}.",
            "Hãy xem lại số liệu, hoặc đề nghị xếp lại nhóm.",
            blocks=False,
        )


def _check_head_count(staff: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Yield what is wrong with a head count: a day to come; a warning for more than were assigned."""
    yield from past_day_check("counted_on", "order")(staff, data, facts)
    assigned = count_of(staff, "assigned")
    if int(data["present"]) > assigned:
        yield Violation(
            "staff",
            f"Số có mặt ({data['present']}) vượt số được giao ({assigned}).",
            "Hãy đếm lại, ghi quyết định giao bổ sung trước, hoặc nêu lý do.",
            blocks=False,
        )


def _check_assigned(staff: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Yield a warning when fewer staff are assigned than are present."""
    present = staff.fields.get("present")
    if present is not None and int(data["assigned"]) < int(present):
        yield Violation(
            "staff", f"Số được giao ít hơn số đang có mặt ({present}).", "Hãy nêu cách sắp xếp.", blocks=False
        )


def _check_new_unit(unit: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Yield a violation when a live unit of the same name is in the register."""
    others = facts.items("service_unit")
    if any(other.state in LIVE and other.title.casefold() == unit.title.casefold() for other in others):
        yield Violation("twice", f"«{unit.title}» đã có trong sổ.", "Hãy mở mục đã ghi.")


def _check_new_staff(staff: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Yield a violation when a unit's staff of the same sort is followed already."""
    others = facts.items("staffing", staff=data["staff"])
    if any(other.state != "ended" and other.lead == staff.lead for other in others):
        yield Violation("twice", "Đơn vị này đã có mục theo dõi loại đó.", "Hãy ghi vào mục đã có.")


def _check_task(task: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    if units := ungrouped_units(task, facts):
        titles = ", ".join(unit.title for unit in units[:3])
        yield Violation(
            "grouped",
            f"{len(units)} đơn vị ghi cho nhiệm vụ này chưa có quyết định xếp nhóm: {titles}.",
            "Hãy ghi quyết định ở sổ đơn vị sự nghiệp công lập.",
        )


_CHECKS: dict[tuple[str, str], tuple[Check, ...]] = {
    ("service_unit", "open"): (_check_new_unit,),
    ("service_unit", "set_group"): (
        _decision_check("decision"),
        _check_order,
        _check_group_before,
        _check_share,
    ),
    ("service_unit", "record_share"): (past_day_check("share_on", "order"), _check_share),
    ("service_unit", "merge"): (_decision_check("closing"),),
    ("service_unit", "dissolve"): (_decision_check("closing"),),
    ("staffing", "open"): (_check_new_staff,),
    ("staffing", "assign"): (
        _decision_check("decision"),
        _check_order,
        _check_assigned_before,
        _check_assigned,
    ),
    ("staffing", "count"): (_check_head_count,),
    ("task", "approve"): (_check_task,),
    ("task", "close"): (_check_task,),
}
