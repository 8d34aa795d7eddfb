"""The bulk acts: their words and addresses, and how each reads its form."""

from collections.abc import Callable, Mapping

import msgspec
from flask import g

from cchc_flow.commands.bulk_steps import Act, Assigning, Reminding, SettingDue
from cchc_flow.errors import MissingData
from cchc_flow.projections import workflows
from cchc_flow.web.plans.assigning import ASSIGNING
from cchc_flow.workflow.calendar import parse_day
from cchc_flow.workflow.events import Data, ItemAssigned, ItemDueSet, ItemReminded
from cchc_flow.workflow.fields import TEXT_LIMIT

Form = Mapping[str, str]


class BulkAct(msgspec.Struct, frozen=True):
    """One bulk act: its fact in the URL, its words, the event of its step, and how its form is read.

    `sample` is the act before anything was typed, with which a preview asks what would be refused.
    """

    fact: str
    title: str
    done: str
    event_class: type[Data]
    read: Callable[[Form], Act]
    sample: Act


def _read_assigning(form: Form) -> Assigning:
    due = form.get("due", "").strip()
    return Assigning(form.get("lead", ""), due=_iso_day(due) if due else None)


def _read_due(form: Form) -> SettingDue:
    due = form.get("due", "").strip()
    if not due:
        raise MissingData({"due": "Hãy nhập hạn."})
    return SettingDue(_iso_day(due), _required_words(form, "reason", "Lý do"))


def _read_reminding(form: Form) -> Reminding:
    return Reminding(_required_words(form, "text", "Nội dung đôn đốc"))


def _required_words(form: Form, name: str, title: str) -> str:
    words = form.get(name, "").strip()
    if not 0 < len(words) <= TEXT_LIMIT:
        raise MissingData({name: f"{title}: cần từ 1 đến {TEXT_LIMIT} ký tự."})
    return words


ACTS = (
    BulkAct("assignments", "Giao việc", "giao", ItemAssigned, _read_assigning, Assigning()),
    BulkAct("due-days", "Đặt hạn", "đặt hạn", ItemDueSet, _read_due, SettingDue("", "")),
    BulkAct("reminders", "Đôn đốc", "đôn đốc", ItemReminded, _read_reminding, Reminding("")),
)


def acts_on(kind: str) -> list[BulkAct]:
    """Return the bulk acts that the newest workflow of a kind has a step for, and the person may try."""
    if g.person.roles.isdisjoint(ASSIGNING):
        return []
    steps = {step.event_class for step in workflows.newest_workflow(g.db, kind).transitions}
    return [act for act in ACTS if act.event_class in steps]


def _iso_day(words: str) -> str:
    try:
        return parse_day(words).isoformat()
    except ValueError:
        raise MissingData({"due": f"Hạn: «{words[:40]}» không phải là một ngày, như 25/01/2026."}) from None
