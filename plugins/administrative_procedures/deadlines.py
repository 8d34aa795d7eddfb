"""The deadlines of the registers' entries, worked out from their fields and the figures in force."""

from datetime import date

from cchc_flow.hookspecs import Facts, Item
from cchc_flow.plugin_kit import count_of, day_of, entries_without

from . import clocks


def parse_day(value: str | None) -> date | None:
    """Return the day that was typed into a form or that an item is due; None when there is none."""
    return date.fromisoformat(value) if value else None


def filled_in_day(entry: Item, name: str) -> date:
    """Return the day in a field that every entry of its register has; raise ValueError when it is empty."""
    day = day_of(entry, name)
    if day is None:
        raise ValueError(f"{entry.id} has no {name}")
    return day


def promised_day(dossier: Item, facts: Facts) -> date:
    """Return the day promised for a dossier, moved back by the working days spent waiting for the citizen."""
    old_due, waited = filled_in_day(dossier, "old_due"), count_of(dossier, "waited")
    return clocks.extended_promise(old_due, waited, facts.working_days)


def is_late(dossier: Item, facts: Facts) -> bool:
    """Tell whether a dossier was returned late or, while it is not returned, is late by today."""
    returned = day_of(dossier, "returned_on") or facts.today
    most = int(facts.figure("most_supplements", returned))
    return clocks.is_late(promised_day(dossier, facts), returned, count_of(dossier, "supplements"), most)


def feedback_deadline(feedback: Item, figure: str, facts: Facts, stopped: int | None = None) -> date:
    """Return the last day for one act on a feedback; `figure` names the law figure with its working days.

    The clock was stopped for `stopped` working days, by default for those recorded on the entry.
    """
    received = filled_in_day(feedback, "received_on")
    days = int(facts.figure(figure, received))
    pause = count_of(feedback, "stopped") if stopped is None else stopped
    return clocks.last_day(received, days, pause, facts.working_days)


def publication_deadline(announcement: Item, facts: Facts) -> date:
    """Return the last day on which announced procedures are made public in time."""
    announced = filled_in_day(announcement, "announced_on")
    days = int(facts.figure("publish_days", announced))
    return clocks.last_day(announced, days, 0, facts.working_days)


def needed_apologies(code: str, facts: Facts) -> list[Item]:
    """Return the apologies to be sent or sent for the dossier with a code; not those no longer needed."""
    return entries_without("not_needed", "apology", facts, code=code)
