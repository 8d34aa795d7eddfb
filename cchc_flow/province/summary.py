"""What a province sees of one commune as of a day; each figure is one that the commune's own pages show.

Nothing is counted here: the same queries answer that draw the commune's overview, targets and progress.
"""

from collections.abc import Mapping
from datetime import date

import msgspec
from sqlite_utils import Database

from cchc_flow.hookspecs import Area
from cchc_flow.plugin_host import contributions
from cchc_flow.plugin_host.loading import Plugins
from cchc_flow.projections import plan_templates, plans, rules, workflows
from cchc_flow.projections.cards import counts
from cchc_flow.projections.cards.counts import Counts
from cchc_flow.projections.cards.filters import NONE, Filters
from cchc_flow.projections.plan_templates import ReceivedTemplate
from cchc_flow.projections.plans import Plan
from cchc_flow.projections.runner import position
from cchc_flow.reporting.ageing import ages
from cchc_flow.reporting.judged_targets import judge_targets
from cchc_flow.reporting.targets import state_counts
from cchc_flow.workflow.calendar import local_day
from cchc_flow.workspace import Workspace


class AreaCounts(msgspec.Struct, frozen=True):
    """The counts of one area of the commune's plan; `code` is what its pages filter by.

    `key` names the reform area that a plugin looks after, the same in every commune; "" where none does.
    """

    code: str
    title: str
    key: str
    counts: Counts


class Wait(msgspec.Struct, frozen=True):
    """Open work in one state: its title, how many items, and for how many days the oldest has been in it."""

    state: str
    title: str
    count: int
    days: int


class TemplateStanding(msgspec.Struct, frozen=True):
    """How it stands with a template plan in a commune: on which days it was received, adopted or put aside.

    `plan` is the plan that was adopted from its document, or `other` the one of the same year that was not;
    `reason` is where the commune's vault has the reason for putting it aside.
    """

    id: str
    received: str
    plan: str | None
    adopted: str | None
    other: str | None
    aside: str | None
    reason: str | None


class CommuneSummary(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of one commune at the end of a day, or now, as of a position of its log.

    `plan` is the plan in force that day, None without any: then there are no targets. `targets` tells how
    many measures stand how. `waits` has the state with the oldest work first. `faults` has a sentence for
    each plugin that could not count. `documents` are the SHA-256 of the adopted plans' documents by year.
    `templates` are those of its province, in a summary of today only.
    """

    title: str
    position: int
    day: date
    plan: str | None
    counts: Counts
    areas: tuple[AreaCounts, ...]
    targets: dict[str, int] | None
    late_reports: int
    waits: tuple[Wait, ...]
    faults: tuple[str, ...]
    documents: dict[str, str]
    templates: tuple[TemplateStanding, ...]

    @property
    def targets_behind(self) -> int:
        """How many measures are at risk or were missed."""
        return sum((self.targets or {}).get(state, 0) for state in BEHIND)

    @property
    def longest(self) -> Wait | None:
        """Where work has waited longest, None while nothing is open."""
        return self.waits[0] if self.waits else None


BEHIND = ("at_risk", "missed")
"""The states of a measure that somebody has to see to."""


def summarise(ws: Workspace, day: date | None = None) -> CommuneSummary:
    """Return the figures of a commune at the end of a local day, of now where it is None or not over."""
    with ws.snapshot() as now:
        today = local_day(ws.now())
        is_over = day is not None and day < today
        cutoff = ws.cutoff(day) if is_over else None
        db, shown = (ws.read_as_of(cutoff), cutoff.day) if cutoff else (now, today)
        plan = plans.plan_of_day(db, shown)
        tasks = Filters(kind="task", plan=plan.id if plan else None)
        reports = Filters(kind="report", plan=tasks.plan)
        judged = judge_targets(ws, plan.id, shown, cutoff) if plan else None
        return CommuneSummary(
            title=ws.title,
            position=cutoff.position if cutoff else position(now),
            day=shown,
            plan=tasks.plan,
            counts=counts.counts(db, tasks, shown),
            areas=_areas(db, ws.plugins, plan, tasks, shown),
            targets=state_counts(judged.rows) if judged and judged.rows else None,
            late_reports=counts.counts(db, reports, shown).open_late,
            waits=_waits(ws, db, tasks, shown),
            faults=_fault_sentences(db, judged.faults) if judged else (),
            documents={each.id: each.document_digest for each in plans.plans(db)},
            templates=() if is_over else template_standings(db),
        )


def _fault_sentences(db: Database, faults: Mapping[str, str]) -> tuple[str, ...]:
    titles = {name: plugin.title for name, plugin in rules.loaded_plugins(db).items()}
    return tuple(
        f"Chưa tính được số liệu của «{titles.get(name, name)}»: {why}" for name, why in faults.items()
    )


def template_standings(db: Database) -> tuple[TemplateStanding, ...]:
    """Return how a commune stands with each template that it received, the newest first."""
    return tuple(_standing(db, one) for one in plan_templates.received_templates(db))


def _standing(db: Database, template: ReceivedTemplate) -> TemplateStanding:
    adopted = plan_templates.adopted_from(db, template.document_digest)
    other = plans.plan_of_year(db, template.year) if adopted is None else None
    return TemplateStanding(
        template.id,
        template.day,
        adopted.id if adopted else None,
        adopted.since if adopted else None,
        other.id if other else None,
        template.aside_day,
        template.aside_reason,
    )


def _areas(
    db: Database, plugins: Plugins, plan: Plan | None, scope: Filters, day: date
) -> tuple[AreaCounts, ...]:
    """Return the counts by area in the order of the plan; work of no area comes last."""
    titles = {area.code: area.title for area in plans.areas(db, plan.id)} if plan else {}
    counts_of = counts.counts_by(db, "area", scope, day)
    known = contributions.areas(plugins)
    order = [*titles, *sorted(code for code in counts_of if code and code not in titles), None]
    return tuple(
        AreaCounts(
            code or NONE, titles.get(code or "", code or ""), _key(titles.get(code or ""), known), found
        )
        for code in order
        if (found := counts_of.get(code))
    )


def _key(title: str | None, known: list[Area]) -> str:
    """Return the key of the reform area that a heading of a plan names, "" for one that names none."""
    area = contributions.recognise_area(title, known) if title else None
    return area.key if area else ""


def _waits(ws: Workspace, db: Database, scope: Filters, day: date) -> tuple[Wait, ...]:
    titles = workflows.state_titles(db)
    found = [
        Wait(state, titles.get((scope.kind, state), state), age.total, age.longest)
        for state, age in ages(ws, db, scope, day).items()
    ]
    return tuple(sorted(found, key=lambda wait: (-wait.days, wait.title)))
