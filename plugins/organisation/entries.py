"""What entries tell: a unit's autonomy group now and in earlier years, staff assigned and staff present."""

from decimal import Decimal

from cchc_flow.hookspecs import Facts, Item
from cchc_flow.plugin_kit import count_of

from .registers import GROUPS, NO_GROUP

GROUP_TITLES = {key: words.partition(":")[0] for key, words in GROUPS} | {
    "3a": "Nhóm 3 (70 đến dưới 100\N{NO-BREAK SPACE}%)",
    "3b": "Nhóm 3 (30 đến dưới 70\N{NO-BREAK SPACE}%)",
    "3c": "Nhóm 3 (10 đến dưới 30\N{NO-BREAK SPACE}%)",
}


def fitting_groups(share: Decimal, facts: Facts) -> tuple[str, ...]:
    """Return the groups that a share of self-financing (in percent) fits: 1 and 2 for all of it, else one."""
    for figure, groups in (("full", ("1", "2")), ("high", ("3a",)), ("middle", ("3b",)), ("low", ("3c",))):
        if share >= facts.figure(figure):
            return groups
    return ("4",)


def is_group_fitting(unit: Item, facts: Facts) -> bool:
    """Tell whether the share recorded for a unit fits its group; a unit without a share passes."""
    share = unit.fields.get("share")
    return share is None or unit.fields.get("group") in fitting_groups(Decimal(share), facts)


def group_at_end_of(year: int, unit: Item) -> str | None:
    """Return the group of a unit at the end of a year, by its newest decision.

    None where it had no group, or no decision yet, or was closed by then.
    """
    decided, closed = unit.fields.get("decision_date"), unit.fields.get("closing_date")
    if decided is None or (closed and int(closed[:4]) <= year):
        return None
    if int(decided[:4]) <= year:
        return unit.fields["group"]
    before = unit.fields["group_before"]
    return None if before == NO_GROUP else before


def assigned_at_end_of(year: int, staff: Item) -> int:
    """Return how many staff were assigned at the end of a year, by the newest decision; 0 without one."""
    decided = staff.fields.get("decision_date")
    if decided is None:
        return 0
    return count_of(staff, "assigned" if int(decided[:4]) <= year else "assigned_before")


def has_head_count(staff: Item) -> bool:
    """Tell whether the number of staff present was recorded."""
    return staff.fields.get("present") is not None


def is_over_assigned(staff: Item) -> bool:
    """Tell whether more staff are present than were assigned; not while either number is missing."""
    has_both = has_head_count(staff) and staff.fields.get("assigned") is not None
    return has_both and count_of(staff, "present") > count_of(staff, "assigned")
