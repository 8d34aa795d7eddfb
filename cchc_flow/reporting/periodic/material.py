"""All that a periodic report is made of, read once as of its cut-off."""

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property

import msgspec

from cchc_flow.commands.target_streams import fact_source_of_plan
from cchc_flow.documents.blocks import Block, Number, Table
from cchc_flow.errors import BadInput
from cchc_flow.plugin_host import contributions
from cchc_flow.plugin_host.facts import FactSource, call_drawing_hook
from cchc_flow.plugin_host.measures import ComputedMeasures, compute_measures
from cchc_flow.projections import directory, plans, rules, settings, workflows
from cchc_flow.projections.as_of import Cutoff
from cchc_flow.projections.cards import counts
from cchc_flow.projections.cards.filters import Filters
from cchc_flow.projections.cards.moves import moves_of_items
from cchc_flow.projections.cards.queries import Card
from cchc_flow.projections.unit_reports import UnitReport, reports_of_unit, unit_reports
from cchc_flow.reporting.area_reports import AreaFigures, as_report, cite_figures, items_of_figures
from cchc_flow.reporting.figures import Figure, Figures
from cchc_flow.reporting.periodic.sentences import padded
from cchc_flow.reporting.targets import TargetRow, target_rows
from cchc_flow.workflow.calendar import reporting_window
from cchc_flow.workflow.periods import Period, parse
from cchc_flow.workflow.reporting import report_schedules
from cchc_flow.workflow.settings.values import Settings
from cchc_flow.workspace import Workspace


class CountedCard(msgspec.Struct, frozen=True):
    """A card at the cut-off, in which figures it counts, and the position since which it stands so."""

    card: Card
    figures: frozenset[str]
    position: int


class AreaSection(msgspec.Struct, frozen=True):
    """What a plugin says of its areas in the report; where it says nothing a `fault` says why."""

    plugin: str
    areas: frozenset[str]
    title: str
    blocks: tuple[Block, ...] = ()
    fault: str = ""

    @property
    def words(self) -> list[Block]:
        """Its sentences and lists."""
        return [block for block in self.blocks if not isinstance(block, Table)]

    @property
    def tables(self) -> list[Table]:
        """Its tables."""
        return [block for block in self.blocks if isinstance(block, Table)]


class Material:
    """What a report of a period is made of, as of a cut-off; nothing is read before it is asked for."""

    def __init__(self, ws: Workspace, period: Period, cutoff: Cutoff) -> None:
        self.ws, self.period, self.cutoff = ws, period, cutoff
        self.db = ws.read_as_of(cutoff)
        self.figures = Figures()
        self._reports_of_units: dict[str, list[UnitReport]] = {}

    @cached_property
    def plan(self) -> plans.Plan:
        """The plan of the period's year; raise BadInput while there is none."""
        plan = plans.plan_of_year(self.db, self.period.year)
        if plan is None:
            raise BadInput(
                f"Chưa có kế hoạch cải cách hành chính năm {self.period.year}.",
                "Hãy nhập kế hoạch của năm trước khi lập báo cáo.",
            )
        return plan

    @cached_property
    def settings(self) -> Settings:
        """The settings that hold at the cut-off."""
        return settings.effective_settings(self.db)

    @cached_property
    def window(self) -> tuple[date, date]:
        """The first and the last day whose figures the report gives."""
        return self.window_of(self.period)

    def window_of(self, period: Period) -> tuple[date, date]:
        """Return the first and the last day whose figures belong to a period."""
        return reporting_window(period, self.settings.reporting.window_from)

    @cached_property
    def areas(self) -> list[plans.PlanArea]:
        """The areas of the plan."""
        return plans.areas(self.db, self.plan.id)

    @cached_property
    def unit_names(self) -> Mapping[str, str]:
        """The names of all units by id."""
        return {unit.id: unit.name for unit in directory.units(self.db)}

    def name_of(self, actor: str) -> str:
        """Return the name of who acted; for the clock and the like, its id."""
        return directory.names(self.db).get(actor, actor)

    @cached_property
    def states(self) -> Mapping[tuple[str, str], str]:
        """The titles of all states, by kind and state."""
        return workflows.state_titles(self.db)

    @cached_property
    def tasks(self) -> tuple[CountedCard, ...]:
        """The tasks of the plan that count, as on the board; a part of a task counts by itself."""
        return self._counted(Filters(plan=self.plan.id))

    def tasks_of_area(self, code: str | None) -> list[CountedCard]:
        """Return the tasks of an area of the plan by its code; None: those of no area."""
        return [task for task in self.tasks if task.card.area == code]

    def order_of(self, card: Card) -> tuple[int, ...]:
        """Return the place of a task in the plan by the numbers of its reference; those without come last."""
        numbers = tuple(map(int, re.findall(r"\d+", card.ref or "")))
        return numbers or (sys.maxsize,)

    def done_within(self, figure: str = "done", window: tuple[date, date] | None = None) -> list[CountedCard]:
        """Return the tasks that count in a figure and were done within some days: those of the period."""
        days = window or self.window
        return [
            task for task in self.tasks if figure in task.figures and is_done_within(task.card.done, days)
        ]

    @cached_property
    def unit_reports(self) -> tuple[CountedCard, ...]:
        """The reports of units for this period."""
        scope = Filters(kind="report", plan=self.plan.id, period=self.period.name)
        return self._counted(scope)

    @cached_property
    def is_owed_by_units(self) -> bool:
        """Whether units owe a report on the period."""
        own, _ = report_schedules(self.settings, self.period.year)
        return any(due.period == self.period.name for due in own.dues)

    @cached_property
    def unit_contents(self) -> list[UnitReport]:
        """What the units told in their reports for this period, by unit; those that are excused are none."""
        owed = {report.card.id for report in self.unit_reports if "total" in report.figures}
        contents = unit_reports(self.db, self.plan.id, self.period.name)
        return [report for report in contents if report.item in owed]

    def accepted_reports(self, unit: str) -> list[UnitReport]:
        """Return the accepted reports of a unit with figures or words, on periods that end by this one's."""
        if unit not in self._reports_of_units:
            found = reports_of_unit(self.db, self.plan.id, unit)
            self._reports_of_units[unit] = [
                report
                for report in found
                if report.is_accepted and report.content and parse(report.period).last <= self.period.last
            ]
        return self._reports_of_units[unit]

    def earlier_total(
        self, report: UnitReport, kind: str, is_meant: Callable[[Period], bool]
    ) -> Decimal | None:
        """Return the running total of documents or meetings in the newest accepted report that is meant."""
        others = [
            (period.last, -period.first, tally.total)
            for other in self.accepted_reports(report.unit)
            if is_meant(period := parse(other.period))
            if (tally := getattr(other.content, kind)) and tally.total is not None
        ]
        return Decimal(max(others)[2]) if others else None

    def _counted(self, scope: Filters) -> tuple[CountedCard, ...]:
        classified = counts.classified_rows(self.db, scope, self.cutoff.day)
        cards = counts.cards_of_rows(self.db, [row for row, _ in classified])
        return tuple(
            CountedCard(card, frozenset(names), row["from_position"])
            for card, (row, names) in zip(cards, classified, strict=True)
        )

    @cached_property
    def sections(self) -> tuple[AreaSection, ...]:
        """What the plugins that are switched on say of the period."""
        return tuple(self._ask_plugins())

    @cached_property
    def _facts(self) -> FactSource:
        return self.ws.fact_source(cutoff=self.cutoff)

    def _ask_plugins(self) -> Iterator[AreaSection]:
        areas, about = contributions.collect(self.ws.plugins).areas, self.ws.plugins.about
        enabled = rules.enabled_plugins(self.db)
        for result in call_drawing_hook(self._facts, "report_section", enabled, period=self.period):
            name = result.plugin
            keys = frozenset(area.key for area in contributions.values_of(name, areas))
            if result.value is None:
                yield AreaSection(name, keys, about[name].title, fault=result.fault)
                continue
            said = as_report(result.value)
            moves = moves_of_items(self.db, items_of_figures([said]))
            own = AreaFigures(name, about[name].digest, moves)
            yield AreaSection(name, keys, said.title, cite_figures(said, own, self.figures))

    def rules_of(self, plugin: str) -> str:
        """Return the digest of a plugin's code by which it counts, "" when it is not there any more."""
        about = self.ws.plugins.about.get(plugin)
        return about.digest if about else ""

    @cached_property
    def targets(self) -> list[TargetRow]:
        """The measures of the plan's targets, as they stand."""
        measures = self.computed.measures
        return target_rows(self.db, self.plan.id, self.cutoff.day, computed=measures)

    @cached_property
    def computed(self) -> ComputedMeasures:
        """What the plugins count, and why one that was asked could not."""
        return compute_measures(fact_source_of_plan(self.ws, self.plan.id, self.cutoff))

    @property
    def has_faults(self) -> bool:
        """Whether a plugin that was asked could not answer."""
        return bool(self.computed.faults) or any(said.fault for said in self.sections)

    @cached_property
    def sections_of_areas(self) -> Mapping[str, AreaSection]:
        """What the plugins say, by the code of the plan's area; of several areas it stands in the first."""
        known, found = contributions.areas(self.ws.plugins), dict[str, AreaSection]()
        left = list(self.sections)
        for area in self.areas:
            own = contributions.recognise_area(area.title, known)
            said = next((each for each in left if own and own.key in each.areas), None)
            if said:
                left.remove(said)
                found[area.code] = said
        return found

    def count(self, key: str, title: str, tasks: Iterable[CountedCard], unit: str = "nhiệm vụ") -> Number:
        """Return how many cards there are, as official letters write it (05), with the events of each."""
        counted = tuple(tasks)
        value = len(counted)
        figure = Figure(key=key, title=title, value=str(value), unit=unit, positions=positions_of(counted))
        return self.figures.add(figure, padded(value))


def is_done_within(done: str | None, window: tuple[date, date]) -> bool:
    """Tell whether an ISO day on which something was done lies within some days, both included."""
    return done is not None and window[0].isoformat() <= done <= window[1].isoformat()


def positions_of(cards: Iterable[CountedCard]) -> tuple[int, ...]:
    """Return the positions of the events since which cards stand as they do, in the order of the log."""
    return tuple(sorted({card.position for card in cards}))
