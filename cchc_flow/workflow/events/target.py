"""What can happen to the measures of a plan's targets."""

from cchc_flow.workflow.events.base import Content, Data


class OfMeasure(Data, frozen=True, kw_only=True):
    """Base of the data of an event about a measure: the plan, the target's place in it, and its number."""

    plan: str
    target: str
    measure: int


class OfReading(OfMeasure, frozen=True, kw_only=True):
    """Base of the data of an event that gives the reading of a period from a source."""

    period: str
    source: str
    value: str | None
    count: int | None
    of: int | None
    estimate: bool


class TargetSet(OfMeasure, frozen=True, kw_only=True):
    """Who answers for a measure, and where its readings come from.

    Measures are numbered from 1; number 0 is the judgement of a target without figures. A measure that
    `accumulates` grows from nothing in the course of the year, such as money paid out.
    """

    owner: str | None
    source: str
    plugin: str | None
    key: str | None
    baseline: str | None
    baseline_unit: str | None
    accumulates: bool


class TargetMeasured(OfReading, frozen=True, kw_only=True):
    """A reading for a period: how the measure stands at its end, from the beginning of the year on.

    It is `computed` by a plugin, or `reported` by a person or in a unit's report (`item`). Without a value it
    is on record that nothing arose. An `estimate` was given before the days of the period were over.
    """

    unit: str | None
    item: str | None
    plugin: str | None
    key: str | None
    note: Content | None
    positions: tuple[int, ...]


class TargetCorrected(OfReading, frozen=True, kw_only=True):
    """A reading is another than was recorded: the figure before, and the reason."""

    item: str | None
    previous: str | None
    reason: Content
    positions: tuple[int, ...]
