"""What can happen to a plan."""

from cchc_flow.workflow.events.base import Content, Data, Evidence


class AdoptedTask(Data, frozen=True, kw_only=True):
    """One entry of a plan's task tree, with what the plan tells of it besides its text.

    `lead`, `support`, `product` and `due_text` are words of the plan, or what a person decided instead.
    """

    ref: str
    text: str
    title: str
    leaf: bool
    lead: str | None
    support: tuple[str, ...]
    product: str | None
    due_text: str | None
    children: "tuple[AdoptedTask, ...]"


class AdoptedArea(Data, frozen=True, kw_only=True):
    """One reform area of a plan with its tasks: `code` is its number in the plan."""

    code: str
    title: str
    tasks: tuple[AdoptedTask, ...]


class AreaHeading(Data, frozen=True, kw_only=True):
    """One reform area of a plan: its number there, its title, and how many single tasks it has."""

    code: str
    title: str
    tasks: int


class Measure(Data, frozen=True, kw_only=True):
    """One figure of a target, as a decimal string."""

    value: str
    unit: str | None
    direction: str
    baseline_year: int | None
    what: str


class Target(Data, frozen=True, kw_only=True):
    """A target or an objective with its figures."""

    ref: str
    text: str
    measures: tuple[Measure, ...]


class Clause(Data, frozen=True, kw_only=True):
    """A piece of the plan's text that is referred to."""

    ref: str
    text: str


class UnitAssignments(Data, frozen=True, kw_only=True):
    """What the plan asks of one unit heading."""

    name: str
    aliases: tuple[str, ...]
    assignments: tuple[Clause, ...]


class Deadline(Data, frozen=True, kw_only=True):
    """A reporting deadline: once on a date, or each month and period by a day."""

    kind: str
    who: str | None
    to: str | None
    date: str | None
    monthly_day: int | None
    period_day: int | None
    text: str


class PlanAdopted(Data, frozen=True, kw_only=True):
    """The plan of a year was taken over from its document, which lies in the vault.

    The tasks of its areas follow in the same commit (`PlanAreaAdopted`).
    """

    plan: str
    year: int
    number: str | None
    title: str
    issuer: str | None
    closing_day: str
    document: Evidence
    document_digest: str
    legal_bases: tuple[str, ...]
    objectives: tuple[Target, ...]
    requirements: tuple[Clause, ...]
    areas: tuple[AreaHeading, ...]
    targets: tuple[Target, ...]
    units: tuple[UnitAssignments, ...]
    general_assignments: tuple[Clause, ...]
    deadlines: tuple[Deadline, ...]


class PlanAreaAdopted(Data, frozen=True, kw_only=True):
    """The tasks of one area of a plan, taken over with it; an area without tasks has no such event."""

    plan: str
    area: AdoptedArea


class ReadingCorrection(Data, frozen=True, kw_only=True):
    """The role of one line of a document: its place in the file, and what tells that its text is the same."""

    place: int
    fingerprint: str
    role: str


class PlanReadingCorrected(Data, frozen=True, kw_only=True):
    """Lines of a plan's document have the role that a person gave or confirmed while it was read."""

    plan: str
    document_digest: str
    corrections: tuple[ReadingCorrection, ...]


class PlanLearningDiscarded(Data, frozen=True, kw_only=True):
    """What was learned from people's corrections until now is not used any more for reading plans."""

    corrections: int


class PlanTemplateReceived(Data, frozen=True, kw_only=True):
    """A template of the commune's province was received; somebody of the commune may make a plan from it.

    `draft` is what the province decided when it checked the reading, as JSON; `giver` is login@workspace of
    the province, None for a command line without a person.
    """

    template: str
    province: str
    province_name: str
    edition: int
    replaces: str | None
    year: int
    number: str | None
    title: str
    document: Evidence
    document_digest: str
    draft: Content | None
    giver: str | None
    giver_name: str | None


class PlanTemplatePutAside(Data, frozen=True, kw_only=True):
    """The commune makes no plan from a template that it received."""

    template: str
    reason: Content
