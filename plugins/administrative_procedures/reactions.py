"""The area's reactions to events: open the apology for a late dossier, set and stop the clocks."""

from collections.abc import Callable
from datetime import date

from cchc_flow.hookspecs import Facts, Item, Opening, Taking
from cchc_flow.plugin_kit import count_of, day_of

from . import clocks
from .deadlines import (
    feedback_deadline,
    needed_apologies,
    parse_day,
    promised_day,
    publication_deadline,
)

Commands = list[Opening | Taking]
OPENED, ADVANCED = "item.opened", "item.advanced"


def commands_after(event: str, item: Item, facts: Facts) -> Commands:
    """Return the commands that follow from an event of an entry; `item` is the entry after the event."""
    name = event.partition("/")[0]
    react = _REACTIONS.get(item.kind)
    return react(name, item, facts) if react and name in (OPENED, ADVANCED) else []


def _after_dossier(event: str, dossier: Item, facts: Facts) -> Commands:
    """Open an apology for a dossier that is late and has none to send; drop it when the dossier is done."""
    apologies = needed_apologies(dossier.fields["code"] or "", facts)
    to_send = [apology for apology in apologies if apology.state == "to_send"]
    if dossier.state == "late" and not to_send:
        reappointed = None if event == OPENED else parse_day(dossier.due)
        return [_open_apology(dossier, reappointed or promised_day(dossier, facts), facts)]
    if dossier.state in ("returned", "dropped"):
        return [Taking(key=apology.id, item=apology.id, step="drop") for apology in to_send]
    return []


def _open_apology(dossier: Item, old_due: date, facts: Facts) -> Opening:
    days = int(facts.figure("apology_days"))
    return Opening(
        key="apology",
        kind="apology",
        title=f"Xin lỗi và hẹn lại hồ sơ {dossier.fields['code']}",
        data={
            "code": dossier.fields["code"],
            "old_due": old_due.isoformat(),
            "task": dossier.fields.get("task"),
        },
        due=clocks.apology_deadline(old_due, days, facts.working_days).isoformat(),
        lead=dossier.lead,
    )


def _after_apology(event: str, apology: Item, facts: Facts) -> Commands:
    """Give the dossier the new day of an apology that was sent, unless it has that day already."""
    if apology.state != "sent":
        return []
    due = apology.fields["new_due"]
    return [
        Taking(key=dossier.id, item=dossier.id, step="reappoint", data={"due": due})
        for dossier in facts.items("late_dossier", code=apology.fields["code"] or "")
        if dossier.state == "late" or (dossier.state == "reappointed" and dossier.due != due)
    ]


def _after_feedback(event: str, feedback: Item, facts: Facts) -> Commands:
    """Set the clock at first, stop it while the citizen supplements, set it again after each supplement."""
    supplemented, counted = feedback.fields.get("supplemented_on"), feedback.fields.get("counted")
    stopped = count_of(feedback, "stopped")
    if feedback.state == "waiting" and feedback.due:
        return [_set_clock(feedback, None, counted=counted, stopped=str(stopped))]
    if feedback.state != "received":
        return []
    if supplemented != counted:
        stopped += _days_waited(feedback, facts)
        deadline = feedback_deadline(feedback, "answer_days", facts, stopped)
        return [_set_clock(feedback, deadline, counted=supplemented, stopped=str(stopped))]
    deadline = feedback_deadline(feedback, "answer_days", facts)
    if _is_clock_set(event, feedback, deadline):
        return []
    return [_set_clock(feedback, deadline, counted=counted, stopped=str(stopped))]


def _days_waited(feedback: Item, facts: Facts) -> int:
    """Return the working days from the last request for a supplement to the supplement; 0 without one."""
    asked_on, supplemented_on = day_of(feedback, "asked_on"), day_of(feedback, "supplemented_on")
    if asked_on is None or supplemented_on is None:
        return 0
    return clocks.working_days(asked_on, supplemented_on, facts.working_days)


def _after_announcement(event: str, announcement: Item, facts: Facts) -> Commands:
    deadline = publication_deadline(announcement, facts)
    if announcement.state != "announced" or _is_clock_set(event, announcement, deadline):
        return []
    return [_set_clock(announcement, deadline)]


def _is_clock_set(event: str, item: Item, deadline: date) -> bool:
    """Tell whether an entry has its due day; one typed on opening counts unless it is after the deadline."""
    return bool(item.due and (event != OPENED or item.due <= deadline.isoformat()))


def _set_clock(item: Item, due: date | None, **fields: str | None) -> Taking:
    data = {"due": due.isoformat() if due else None} | fields
    return Taking(key="clock", item=item.id, step="set_clock", data=data)


_REACTIONS: dict[str, Callable[[str, Item, Facts], Commands]] = {
    "late_dossier": _after_dossier,
    "apology": _after_apology,
    "feedback": _after_feedback,
    "procedure_announcement": _after_announcement,
}
