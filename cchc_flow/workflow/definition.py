"""Workflow definitions as data: the states, the steps between them, who takes them, what they ask for."""

from typing import Literal

import msgspec

from cchc_flow.conversion import convert
from cchc_flow.errors import NotFound
from cchc_flow.workflow import upcast
from cchc_flow.workflow.events import CLASSES, Data, JsonObject

FieldKind = Literal[
    "text",
    "line",
    "day",
    "percent",
    "count",
    "amount",
    "period",
    "choice",
    "unit",
    "units",
    "person",
    "colleague",
    "task",
    "entry",
    "files",
    "report",
    "remarks",
]
"""A `colleague` is a person of the unit that leads the item. A `task` is the id of a task of the plan, chosen
from a list, an `entry` that of an entry of the registers whose kinds are the `choices`; a `period` is kept as
2026-03, 2026-Q1…, and chosen by its words: of the sorts that the `choices` name (`periods.SORTS`), of all if
there are none. Only a unit's report has a `report` (all that it tells) and `remarks` (on its sections)."""


class Field(msgspec.Struct, frozen=True):
    """One thing that a step asks for; `text` and `files` go to the vault, the rest into the event.

    An `amount` is a number from 0 on with at most two decimals (money, large counts, shares): it is kept as a
    decimal string. A register's step moves the due day of its item by a `day` field named `due`. Choices that
    law has abolished are `retired`: they are offered no longer, and older entries keep their words.
    """

    name: str
    kind: FieldKind
    title: str
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    retired: tuple[tuple[str, str], ...] = ()

    @property
    def choice_titles(self) -> dict[str, str]:
        """The titles of all choices by value, also of those that are no longer offered."""
        return dict((*self.choices, *self.retired))


AUDITOR = "inspector"
"""The role that reads everything, whatever a definition says, and writes inspections and findings alone."""
BACK = "back"
"""The `to` of a step that leads back to the state in which the item was before the present one."""


class State(msgspec.Struct, frozen=True):
    """A place where an item can be; `column` is the state in whose column it shows, "" for none."""

    name: str
    title: str
    column: str | None = None
    final: bool = False

    @property
    def lane(self) -> str:
        """The name of the column in which items in this state show; "" for none."""
        return self.name if self.column is None else self.column


class Transition(msgspec.Struct, frozen=True, kw_only=True):
    """A step: from which states, where to (None: the item does not move), by whom, and what it asks for.

    `by` names relations of `policy.RELATIONS`; `event` is the stored name of what it makes; `fact` is the
    plural noun that stands in its URL; `four_eyes` names whose own work it judges ("submitter", "requester"),
    who may not take it (in a register the "submitter" is who wrote the entry or moved it to where it is).
    `when` names what must hold of the item for the step to be offered
    (`guards.CONDITIONS`), `rules` what must hold of what was typed (`guards.RULES`).
    """

    name: str
    title: str
    fact: str
    event: str
    from_: tuple[str, ...]
    to: str | None
    by: tuple[str, ...]
    fields: tuple[Field, ...] = ()
    four_eyes: str | None = None
    when: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()

    @property
    def event_class(self) -> type[Data]:
        """The class of the event that the step makes: the newest version, whichever `event` names."""
        return CLASSES[upcast.newest_name(self.event)]


class Workflow(msgspec.Struct, frozen=True):
    """One version of the life of one kind of item; `short` is what a tab of the board says.

    A register is opened by people who hold one of the roles in `openers`; `asks` is what its form asks for
    besides title, unit and due day, and what its items keep in their `fields`. `readers` names who may read
    the items (`policy.READERS`), by the newest version also those of older ones; empty: whoever has a role.
    """

    kind: str
    version: int
    title: str
    initial: str
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]
    short: str = ""
    asks: tuple[Field, ...] = ()
    openers: tuple[str, ...] = ()
    readers: tuple[str, ...] = ()

    @property
    def writers(self) -> tuple[str, ...]:
        """The roles in which somebody writes an entry: the `openers` but for who inspects.

        Inspections and findings, which are all that she writes, are opened by commands of their own.
        """
        return tuple(opener for opener in self.openers if opener != AUDITOR)

    @property
    def person_fields(self) -> tuple[str, ...]:
        """The names of the fields in which a person is chosen, of all its forms."""
        forms = (self.asks, *(step.fields for step in self.transitions))
        return tuple(dict.fromkeys(field.name for form in forms for field in form if field.kind == "person"))

    def state(self, name: str) -> State:
        """Return the state with this name; raise NotFound when this version has none."""
        for state in self.states:
            if state.name == name:
                return state
        raise NotFound(f"Quy trình «{self.title}» phiên bản {self.version} không có trạng thái «{name}».")

    def transition(self, name: str) -> Transition:
        """Return the step with this name; raise NotFound when this version has none."""
        for transition in self.transitions:
            if transition.name == name:
                return transition
        raise NotFound(f"Quy trình «{self.title}» phiên bản {self.version} không có bước «{name}».")

    def columns(self) -> list[State]:
        """Return the states that are columns of the board."""
        return [state for state in self.states if state.lane == state.name]

    def ends(self, step: Transition) -> tuple[str, ...]:
        """Return the names of the states to which a step may lead: none if it stays, some if it is BACK."""
        if step.to != BACK:
            return (step.to,) if step.to else ()
        return tuple(
            dict.fromkeys(
                start
                for other in self.transitions
                if other.to in step.from_
                for start in other.from_
                if start not in step.from_
            )
        )

    def leaving(self, state: str) -> list[Transition]:
        """Return the steps that may be taken from a state, in the order of the definition."""
        return [transition for transition in self.transitions if state in transition.from_]


def as_data(workflow: Workflow) -> JsonObject:
    """Return the definition as it is stored in `workflow.published`.

    The keys `readers`, and `retired` of a field, are left out where they are empty: so were the definitions
    stored that are older than these.
    """
    data: JsonObject = msgspec.to_builtins(workflow)
    if not workflow.readers:
        del data["readers"]
    for form in (data["asks"], *(step["fields"] for step in data["transitions"])):
        for field in form:
            if not field["retired"]:
                del field["retired"]
    return data


def from_data(data: JsonObject) -> Workflow:
    """Return the definition that `as_data` gave."""
    return convert(data, Workflow)


def problems(workflow: Workflow) -> list[str]:
    """Return what is wrong with a definition, a line each; an empty list for a sound one."""
    names = {state.name for state in workflow.states}
    lines = [f"initial state {workflow.initial} is not defined"] if workflow.initial not in names else []
    for step in workflow.transitions:
        if upcast.newest_name(step.event) not in CLASSES:
            lines.append(f"{step.name} makes the unknown event {step.event}")
        ends = (*step.from_, *workflow.ends(step))
        lines += [f"{step.name} names the unknown state {end}" for end in ends if end not in names]
    unreachable = names - reachable(workflow)
    lines += [f"nothing leads to {name}" for name in sorted(unreachable)]
    return lines + _repetitions(workflow) + _retired_and_offered(workflow)


def reachable(workflow: Workflow) -> set[str]:
    """Return the names of the states that some sequence of steps leads to from the initial one."""
    seen, waiting = {workflow.initial}, [workflow.initial]
    while waiting:
        state = waiting.pop()
        ahead = {end for step in workflow.leaving(state) for end in workflow.ends(step)} - seen
        seen |= ahead
        waiting += ahead
    return seen


def _retired_and_offered(workflow: Workflow) -> list[str]:
    """Return a line for each choice that a field both offers and has retired."""
    return [
        f"field {field.name} offers the retired choice {value}"
        for form in (workflow.asks, *(step.fields for step in workflow.transitions))
        for field in form
        for value in sorted(dict(field.choices).keys() & dict(field.retired).keys())
    ]


def _repetitions(workflow: Workflow) -> list[str]:
    """Return a line for each name that two steps share, as their own or in their URLs."""
    names = [step.name for step in workflow.transitions] + [step.fact for step in workflow.transitions]
    return [f"{name} is used twice" for name in sorted({name for name in names if names.count(name) > 1})]
