"""The deadlines of the registers' entries, worked out from their fields and the figures in force."""

from datetime import date

from cchc_flow.hookspecs import Facts, Item

from . import clocks


def parse_day(value: object) -> date | None:
    """Return the day in the text of a field or a form; None when there is none."""
    return date.fromisoformat(value) if isinstance(value, str) and value else None


def recorded_day(item: Item, name: str) -> date:
    """Return the day in a field that the entry must have; raise ValueError when it is empty."""
    day = parse_day(item.fields.get(name))
    if day is None:
        raise ValueError(f"{item.id} has no {name}")
    return day


def recorded_count(item: Item, name: str) -> int:
    """Return the count in a field of an entry; 0 when it is empty."""
    return int(item.fields.get(name) or 0)


def promised_day(dossier: Item, facts: Facts) -> date:
    """Return the day promised for a dossier, moved back by the working days spent waiting for the citizen."""
    old_due, waited = recorded_day(dossier, "old_due"), recorded_count(dossier, "waited")
    return clocks.extended_promise(old_due, waited, facts.working_days)


def is_late(dossier: Item, facts: Facts) -> bool:
    """Tell whether a dossier was returned late or, while it is not returned, is late by today."""
    returned = parse_day(dossier.fields.get("returned_on")) or facts.today
    most = int(facts.figure("most_supplements"))
    return clocks.is_late(
        promised_day(dossier, facts), returned, recorded_count(dossier, "supplements"), most
    )


def feedback_deadline(feedback: Item, figure: str, facts: Facts, stopped: int | None = None) -> date:
    """Return the last day for one act on a feedback; `figure` names the law figure with its working days.

    The clock was stopped for `stopped` working days, by default for those recorded on the entry.
    """
    days = int(facts.figure(figure))
    pause = recorded_count(feedback, "stopped") if stopped is None else stopped
    return clocks.last_day(recorded_day(feedback, "received_on"), days, pause, facts.working_days)


def publication_deadline(announcement: Item, facts: Facts) -> date:
    """Return the last day on which announced procedures are made public in time."""
    announced, days = recorded_day(announcement, "announced_on"), int(facts.figure("publish_days"))
    return clocks.last_day(announced, days, 0, facts.working_days)


def needed_apologies(code: str, facts: Facts) -> list[Item]:
    """Return the apologies to be sent or sent for the dossier with a code; not those no longer needed."""
    return [apology for apology in facts.items("apology", code=code) if apology.state != "not_needed"]
