"""What follows from the area's events: apologies that open themselves, clocks that are set anew."""

from collections.abc import Callable
from datetime import date

from cchc_flow.hookspecs import Facts, Item, Opening, Taking

from . import clocks
from .rules import (
    apologies,
    clock_of,
    day,
    number,
    promise,
    publish_by,
)

Commands = list[Opening | Taking]
OPENED, ADVANCED = "item.opened", "item.advanced"


def commands(event: str, item: Item, facts: Facts) -> Commands:
    """Return what has to follow from an event of an item of the area."""
    name = event.partition("/")[0]
    follow = _FOLLOW.get(item.kind)
    return follow(name, item, facts) if follow and name in (OPENED, ADVANCED) else []


def _dossier(event: str, item: Item, facts: Facts) -> Commands:
    known = apologies(item.fields["code"] or "", facts)
    waiting = [one for one in known if one.state == "to_send"]
    if item.state == "late" and not waiting:
        old = promise(item, facts) if event == OPENED else day(item.due)
        return [_apology(item, old or promise(item, facts), facts)]
    if item.state in ("returned", "dropped"):
        return [Taking(key=one.id, item=one.id, step="drop") for one in waiting]
    return []


def _apology(dossier: Item, old_due: date, facts: Facts) -> Opening:
    due = clocks.apology_due(old_due, int(facts.figure("apology_days")), facts.working_days)
    return Opening(
        key="apology",
        kind="apology",
        title=f"Xin lỗi và hẹn lại hồ sơ {dossier.fields['code']}",
        data={
            "code": dossier.fields["code"],
            "old_due": old_due.isoformat(),
            "task": dossier.fields.get("task"),
        },
        due=due.isoformat(),
        lead=dossier.lead,
    )


def _sent(event: str, item: Item, facts: Facts) -> Commands:
    if item.state != "sent":
        return []
    due = item.fields["new_due"]
    return [
        Taking(key=one.id, item=one.id, step="reappoint", data={"due": due})
        for one in facts.items("late_dossier", code=item.fields["code"] or "")
        if one.state == "late" or (one.state == "reappointed" and one.due != due)
    ]


def _feedback(event: str, item: Item, facts: Facts) -> Commands:
    """The clock is set at first, rests while the citizen supplements, and is set anew after each rest."""
    told, counted = item.fields.get("supplemented_on"), item.fields.get("counted")
    stopped = number(item, "stopped")
    if item.state == "waiting" and item.due:
        return [_clock(item, None, {"counted": counted, "stopped": str(stopped)})]
    if item.state != "received":
        return []
    if told != counted:
        stopped += _rest(item, facts)
        last = clock_of(item, "answer_days", facts, stopped)
        return [_clock(item, last, {"counted": told, "stopped": str(stopped)})]
    last = clock_of(item, "answer_days", facts)
    is_set = item.due and (event != OPENED or item.due <= last.isoformat())
    return [] if is_set else [_clock(item, last, {"counted": counted, "stopped": str(stopped)})]


def _rest(item: Item, facts: Facts) -> int:
    asked, resumed = day(item.fields.get("asked_on")), day(item.fields.get("supplemented_on"))
    return clocks.working_days(asked, resumed, facts.working_days) if asked and resumed else 0


def _announcement(event: str, item: Item, facts: Facts) -> Commands:
    last = publish_by(item, facts)
    is_set = item.due and (event != OPENED or item.due <= last.isoformat())
    return [] if is_set or item.state != "announced" else [_clock(item, last, {})]


def _clock(item: Item, due: date | None, more: dict[str, str | None]) -> Taking:
    data = {"due": due.isoformat() if due else None} | more
    return Taking(key="clock", item=item.id, step="set_clock", data=data)


_FOLLOW: dict[str, Callable[[str, Item, Facts], Commands]] = {
    "late_dossier": _dossier,
    "apology": _sent,
    "feedback": _feedback,
    "procedure_announcement": _announcement,
}
