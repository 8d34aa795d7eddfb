"""The hooks that a plugin may implement: they take and return plain values, no database and no request.

Everything that a plugin needs for them is imported from here; the values stand in `hook_values` and
`report_values`, the parts of a text in `documents.blocks`.
"""

import pluggy

from cchc_flow.documents.blocks import Column, Emphasis, Listing, Number, Paragraph, Run, Strong, Text
from cchc_flow.documents.wording import fill
from cchc_flow.hook_values import (
    Area,
    Assessment,
    Facts,
    Figure,
    Measure,
    Opening,
    Panel,
    Prompt,
    Rule,
    Section,
    Taking,
    Violation,
    absence,
    share,
)
from cchc_flow.question_values import Given, Hit, Parameter, Question
from cchc_flow.report_values import Report, ReportBlock, ReportCell, ReportTable
from cchc_flow.workflow.calendar import Badge
from cchc_flow.workflow.definition import Field, Transition, Workflow
from cchc_flow.workflow.events import JsonObject
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.law import Edition
from cchc_flow.workflow.periods import Period

__all__ = [
    "Area",
    "Assessment",
    "Badge",
    "Column",
    "Edition",
    "Emphasis",
    "Facts",
    "Field",
    "Figure",
    "Given",
    "Hit",
    "Item",
    "JsonObject",
    "Listing",
    "Measure",
    "Number",
    "Opening",
    "Panel",
    "Paragraph",
    "Parameter",
    "Period",
    "Prompt",
    "Question",
    "Report",
    "ReportBlock",
    "ReportCell",
    "ReportTable",
    "Rule",
    "Run",
    "Section",
    "Strong",
    "Taking",
    "Text",
    "Transition",
    "Violation",
    "Workflow",
    "absence",
    "fill",
    "hookimpl",
    "share",
]

hookspec = pluggy.HookspecMarker("cchc_flow")
hookimpl = pluggy.HookimplMarker("cchc_flow")


@hookspec
def areas() -> list[Area]:  # type: ignore[empty-body]
    """Return the reform areas that the plugin looks after."""


@hookspec
def figures() -> list[Figure]:  # type: ignore[empty-body]
    """Return the numbers that the plugin's rules and measures use, each with its default and its source."""


@hookspec
def rules() -> list[Rule]:  # type: ignore[empty-body]
    """Return the plugin's rules in plain words."""


@hookspec
def workflows() -> list[Workflow]:  # type: ignore[empty-body]
    """Return the plugin's registers: kinds of items with a workflow of their own, on the same board."""


@hookspec
def fields(kind: str, step: str, item: Item | None) -> list[Field]:  # type: ignore[empty-body]
    """Return the fields that the plugin adds to the form of a step, on items of any kind.

    When an item is opened, the step is "open" and `item` is None.
    """


@hookspec
def check(item: Item, step: Transition, data: JsonObject, facts: Facts) -> list[Violation]:  # type: ignore[empty-body]
    """Return what prevents a step, or should be considered first; called before anything is written.

    When a person opens an entry of a register, the step is "open", and `item` is the entry as it would be.
    """


@hookspec
def react(event: str, item: Item, facts: Facts) -> list[Opening | Taking]:  # type: ignore[empty-body]
    """Return the commands that follow from an event, given by its stored name; each is carried out once."""


@hookspec
def measures(facts: Facts) -> list[Measure]:  # type: ignore[empty-body]
    """Return the figures that the plugin counts from items, such as those of its targets.

    They are the same for all: they count everything, and their words name no entry that has `readers`.
    """


@hookspec
def assessments(period: Period, facts: Facts) -> list[Assessment]:  # type: ignore[empty-body]
    """Return what is on record about people for a period that their grades need besides their work.

    A grade is the same for all who may see it, so the facts count everything, like those of `measures`.
    """


@hookspec
def badges(item: Item, facts: Facts) -> list[Badge]:  # type: ignore[empty-body]
    """Return the short marks that an item's page shows beside its due day.

    The facts have only the items that the reader of the page may read.
    """


@hookspec
def report_section(period: Period, facts: Facts) -> Section | Report:  # type: ignore[empty-body]
    """Return the section of the area in the report of a period; it is the same for all, like `measures`.

    The facts are as of the report's cut-off: its day is today, and what was recorded later is not known.
    """


@hookspec
def panel(facts: Facts) -> Panel:  # type: ignore[empty-body]
    """Return what the area shows on its page; the facts have no more than its reader may read."""


@hookspec
def prompts(facts: Facts) -> list[Prompt]:  # type: ignore[empty-body]
    """Return what has to be seen to by the calendar though no item says so yet, such as entries to open.

    «Việc của tôi» of coordinators and leaders shows it for as long as the plugin says it. It tells them of
    the whole commune, so the facts count everything, like those of `measures`.
    """


@hookspec
def questions() -> list[Question]:  # type: ignore[empty-body]
    """Return the questions that an inspector finds ready to ask about the plugin's registers."""


@hookspec
def answer(question: str, given: Given, facts: Facts) -> list[Hit]:  # type: ignore[empty-body]
    """Return the hits of one of the plugin's questions, given by its key and the values of its parameters.

    The facts count everything, like those of `measures`; a hit is left out for who may not read one of its
    items.
    """
