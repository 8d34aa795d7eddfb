"""What plugins let the people of the year write into their registers: the `samples/year.json` of each."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import msgspec

from cchc_flow.commands import Order
from cchc_flow.errors import BadInput, CchcError
from cchc_flow.plugin_host.loading import error_words
from cchc_flow.projections import rules
from cchc_flow.simulation import cast
from cchc_flow.simulation.acting import Action, perform
from cchc_flow.simulation.diary import Diary
from cchc_flow.workspace import Workspace

FILE = "year.json"
ONE_OF_A_KIND = {"coordinator": cast.COORDINATOR, "leader": cast.LEADER, "inspector": cast.INSPECTOR}
OF_A_UNIT = ("officer", "unit_head")
Answers = dict[str, str | int | list[str]]
"""What a form is told, by the names of its fields."""
NumberedAction = tuple[Action, str]
"""An act, and the id of its order."""


class SampleStep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A step that is taken on a day, `by` the role in which the entry was written if no other is named.

    One on an entry that a rule opened says `of` which register and title that is.
    """

    on: date
    step: str
    data: Answers = {}
    by: str = ""
    of: tuple[str, str] | None = None


class SampleEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An entry of a register: on which day and `by` whom it is written, what it says, which steps follow.

    `by` is a role; an officer or a head is one of the unit `lead`.
    """

    on: date
    register: str
    title: str
    lead: str
    data: Answers = {}
    due: date | None = None
    by: str = "officer"
    steps: tuple[SampleStep, ...] = ()


class SampleRegisters:
    """The registers of a workspace as its plugins' samples keep them; what plugins spoil is said."""

    def __init__(self, ws: Workspace, say: Callable[[str], None] | None) -> None:
        self._ws, self._say = ws, say or (lambda sentence: None)
        self._left: set[tuple[str, str]] = set()

    def acts(self, seed: str, since: datetime, until: datetime) -> Iterator[NumberedAction]:
        """Yield what the samples of the plugins in force tell of some time."""
        in_force = rules.enabled_plugins(self._ws.read())
        for name, folder in self._ws.plugins.folders("samples").items():
            if name in in_force and (path := folder / FILE).is_file():
                yield from (one for one in self._of(name, path, seed, since) if one[0].moment < until)

    def act_out(self, act: Action, order: Order) -> None:
        """Do what an act says; once a step on something was refused, the rest of that is left out.

        Where there is no plugin nothing is ever refused: what is, is raised.
        """
        thread = act.register, act.of
        if thread in self._left:
            return
        try:
            perform(self._ws, act, order)
        except CchcError as error:
            if not self._ws.plugins.about:
                raise
            self._left.add(thread)
            self._say(f"{'Mục mẫu' if act.register else 'Việc'} «{act.of}» bị bỏ dở: {error}")

    def _of(self, name: str, path: Path, seed: str, since: datetime) -> list[NumberedAction]:
        try:
            acts = [
                act
                for number, entry in enumerate(read_samples(path))
                for act in plan_acts(entry, Diary(seed, f"{name}-{number}", since))
            ]
        except (CchcError, msgspec.MsgspecError, OSError, UnicodeError) as error:
            words = str(error) if isinstance(error, CchcError) else error_words(error)
            self._say(f"Các mục mẫu của trình cắm «{name}» bị bỏ qua: {words}")
            return []
        return [(act, f"year-{name}-{number}") for number, act in enumerate(acts)]


def read_samples(path: Path) -> list[SampleEntry]:
    """Return the entries that a file tells; raise a MsgspecError for one that does not read."""
    return msgspec.json.decode(path.read_bytes(), type=list[SampleEntry])


def plan_acts(entry: SampleEntry, diary: Diary) -> list[Action]:
    """Return the acts that write an entry and take its steps; raise BadInput for an unknown role."""
    diary.reach(entry.on)
    content = {"lead": entry.lead, "due": entry.due.isoformat() if entry.due else None, **entry.data}
    actor = actor_for(diary, entry.by, entry.lead)
    acts = [Action(diary.now, actor, "write", entry.title, data=content, register=entry.register)]
    for taken in entry.steps:
        diary.reach(taken.on)
        actor = actor_for(diary, taken.by or entry.by, entry.lead)
        register, title = taken.of or (entry.register, entry.title)
        acts.append(Action(diary.now, actor, "advance", title, taken.step, taken.data, register))
    return acts


def actor_for(diary: Diary, role: str, unit: str) -> str:
    """Return one who acts in a role on the diary's day, of the unit where units have their own."""
    if role in OF_A_UNIT and (staff := cast.staff(unit, role, diary.today)):
        return diary.one_of(staff)
    if role in ONE_OF_A_KIND:
        return ONE_OF_A_KIND[role]
    raise BadInput(f"Không ai giữ vai trò «{role}» ở «{unit}».")
