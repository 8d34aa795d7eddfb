"""The sample entries that plugins contribute to the simulated year: the `samples/year.json` of each."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import msgspec

from cchc_flow.commands import Order
from cchc_flow.conversion import decode
from cchc_flow.errors import BadInput, CchcError
from cchc_flow.plugin_host.manager import error_words
from cchc_flow.projections import rules
from cchc_flow.simulation import cast
from cchc_flow.simulation.acting import Action, perform
from cchc_flow.simulation.diary import Diary
from cchc_flow.workspace import Workspace

FILE = "year.json"
SINGLE_HOLDERS = {"coordinator": cast.COORDINATOR, "leader": cast.LEADER}
UNIT_ROLES = ("officer", "unit_head")
FormData = dict[str, str | int | list[str]]
"""The values of a form by field name."""
NumberedAction = tuple[Action, str]
"""An action, and the id of its order."""


class SampleStep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A step on an entry, taken on a day `by` somebody in a role; by default that of the entry's author.

    A step on an entry that a reaction opened has its register and title in `of`.
    """

    on: date
    step: str
    data: FormData = {}
    by: str = ""
    of: tuple[str, str] | None = None


class SampleEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An entry of a register: the day and the role `by` which it is written, its data, and its steps.

    An officer or a unit head is one of the unit `lead`.
    """

    on: date
    register: str
    title: str
    lead: str
    data: FormData = {}
    due: date | None = None
    by: str = "officer"
    steps: tuple[SampleStep, ...] = ()


class SampleRegisters:
    """The sample entries of a workspace's enabled plugins; errors in them are reported to `say`."""

    def __init__(self, ws: Workspace, say: Callable[[str], None] | None) -> None:
        self._ws, self._say = ws, say or (lambda sentence: None)
        self._failed: set[tuple[str, str]] = set()

    def actions(self, seed: str, since: datetime, until: datetime) -> Iterator[NumberedAction]:
        """Yield the actions of the samples before the moment `until`."""
        enabled = rules.enabled_plugins(self._ws.read())
        for name, folder in self._ws.plugins.folders("samples").items():
            if name in enabled and (path := folder / FILE).is_file():
                yield from (
                    numbered
                    for numbered in self._actions_of(name, path, seed, since)
                    if numbered[0].moment < until
                )

    def perform(self, action: Action, order: Order) -> None:
        """Perform an action; after an error, later actions on the same subject are skipped.

        In a workspace without plugins no error is expected, so it is raised.
        """
        subject = action.register, action.subject
        if subject in self._failed:
            return
        try:
            perform(self._ws, action, order)
        except CchcError as error:
            if not self._ws.plugins.about:
                raise
            self._failed.add(subject)
            self._say(f"{'Mục mẫu' if action.register else 'Việc'} «{action.subject}» bị bỏ dở: {error}")

    def _actions_of(self, name: str, path: Path, seed: str, since: datetime) -> list[NumberedAction]:
        try:
            actions = [
                action
                for number, entry in enumerate(read_samples(path))
                for action in entry_actions(entry, Diary(seed, f"{name}-{number}", since))
            ]
        except (CchcError, msgspec.MsgspecError, OSError, UnicodeError) as error:
            words = str(error) if isinstance(error, CchcError) else error_words(error)
            self._say(f"Các mục mẫu của trình cắm «{name}» bị bỏ qua: {words}")
            return []
        return [(action, f"year-{name}-{number}") for number, action in enumerate(actions)]


def read_samples(path: Path) -> list[SampleEntry]:
    """Return the entries in a file; raise a MsgspecError if it is not valid."""
    return decode(path.read_bytes(), list[SampleEntry])


def entry_actions(entry: SampleEntry, diary: Diary) -> list[Action]:
    """Return the actions that write an entry and take its steps; raise BadInput for an unknown role."""
    diary.advance_to(entry.on)
    content = {"lead": entry.lead, "due": entry.due.isoformat() if entry.due else None, **entry.data}
    actor = actor_for(diary, entry.by, entry.lead)
    actions = [Action(diary.now, actor, "write", entry.title, data=content, register=entry.register)]
    for step in entry.steps:
        diary.advance_to(step.on)
        actor = actor_for(diary, step.by or entry.by, entry.lead)
        register, title = step.of or (entry.register, entry.title)
        actions.append(Action(diary.now, actor, "advance", title, step.step, step.data, register))
    return actions


def actor_for(diary: Diary, role: str, unit: str) -> str:
    """Return the login of somebody who holds a role on the diary's day; an officer or head, of the unit."""
    if role in UNIT_ROLES and (staff := cast.staff(unit, role, diary.today)):
        return diary.choose(staff)
    if role in SINGLE_HOLDERS:
        return SINGLE_HOLDERS[role]
    raise BadInput(f"Không ai giữ vai trò «{role}» ở «{unit}».")
