"""Who has reported on which period: the reports of a year as a table of units and periods."""

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec
from sqlite_utils import Database

from cchc_flow.projections import directory, plans, settings, workflows
from cchc_flow.projections.cards import counts
from cchc_flow.projections.cards.filters import Filters
from cchc_flow.projections.cards.queries import Card, due_badge
from cchc_flow.projections.unit_names import short_unit_name
from cchc_flow.reporting.commune_reports import CommuneReport, commune_reports
from cchc_flow.reporting.plan_days import differences_in_force
from cchc_flow.workflow.calendar import Badge
from cchc_flow.workflow.periods import parse
from cchc_flow.workflow.plan_deadlines import Difference, SingleDue, single_dues
from cchc_flow.workflow.report_warnings import report_warnings
from cchc_flow.workflow.reporting import ReportDue, report_schedules


class ReportState(msgspec.Struct, frozen=True):
    """How one report stands: its item and state in words, how its due day stands, and if it is still owed.

    Without an item the words say why: it opens later, or the unit does not owe it.
    """

    item: str | None
    words: str
    badge: Badge = Badge("none", "")
    is_owed: bool = False


class PeriodRow(msgspec.Struct, frozen=True):
    """One period: when the units owe their reports and the commune its own, and how many units have.

    `reports` are those of all units, in the order of the units. `upward` and `commune` are None for a period
    that the commune does not report on.
    """

    period: str
    title: str
    short: str
    due: ReportDue
    reports: tuple[ReportState, ...]
    accepted: int
    owed: int
    upward: ReportDue | None
    commune: CommuneReport | None


class ReportMatrix(msgspec.Struct, frozen=True):
    """The reports of a year: its periods, the units, what the plan says of the days, and what to mind."""

    units: tuple[directory.Unit, ...]
    short_names: tuple[str, ...]
    rows: tuple[PeriodRow, ...]
    once: tuple[SingleDue, ...]
    differences: tuple[Difference, ...]
    warnings: tuple[str, ...]


def report_matrix(
    db: Database, year: int, scope: Filters, today: date, *, at: int | None = None
) -> ReportMatrix:
    """Return how the reports of a year stand on a day, as of a position (None: now).

    `scope` names the plan and what the reader may read. A unit has a row while it is active, or if it has a
    report of that year.
    """
    rules = settings.effective_settings(db, at)
    own, upward = report_schedules(rules, year)
    cards = counts.cards_of_rows(db, counts.rows_behind(db, "all", scope, today, at=at))
    found = {(card.unit, card.period): card for card in cards}
    units = _units(db, rules.reporting.units, cards)
    describe = _Words(db, today, rules.deadlines.soon)
    above = {due.period: due for due in upward.dues}
    communes = commune_reports(db, scope.plan, upward, today, at=at)

    def row(due: ReportDue) -> PeriodRow:
        owed = [card for unit in units if (card := found.get((unit.id, due.period)))]
        period = parse(due.period)
        return PeriodRow(
            period=due.period,
            title=period.words(),
            short="Năm" if period.sort == "year" else period.short_words(year),
            due=due,
            reports=tuple(describe.state(found.get((unit.id, due.period)), due) for unit in units),
            accepted=sum(card.done is not None for card in owed),
            owed=sum(card.done is not None or not card.final for card in owed),
            upward=above.get(due.period),
            commune=communes.get(due.period),
        )

    stated, exclusive = plans.deadlines(db, scope.plan), rules.deadlines.before_is_exclusive
    return ReportMatrix(
        units=units,
        short_names=tuple(map(short_unit_name, units)),
        rows=tuple(map(row, own.dues)),
        once=single_dues(stated, exclusive=exclusive),
        differences=differences_in_force(db, scope.plan, today, at=at),
        warnings=tuple(report_warnings((own, upward), rules, year)),
    )


def _units(db: Database, asked: Sequence[str], cards: Sequence[Card]) -> tuple[directory.Unit, ...]:
    """Return the units that report (`asked`; none named: all active ones), and those that have reported."""
    reporting = {card.unit for card in cards}
    return tuple(
        unit
        for unit in directory.units(db)
        if unit.id in reporting or (unit.active and (not asked or unit.id in asked))
    )


class _Words:
    """The words in which cells tell of reports, read once for all of them."""

    def __init__(self, db: Database, today: date, soon: int) -> None:
        self.states: Mapping[tuple[str, str], str] = workflows.state_titles(db)
        self.today, self.soon = today, soon

    def state(self, card: Card | None, due: ReportDue) -> ReportState:
        """Return how a report stands; a report opens with the first day of the month in which it is due."""
        if card is None:
            is_ahead = due.due.replace(day=1) > self.today
            return ReportState(None, "Chưa đến kỳ" if is_ahead else "Không phải nộp")
        words = "Bị trả lại" if card.returned else self.states.get((card.kind, card.state), card.state)
        is_owed = card.done is None and not card.final
        return ReportState(card.id, words, due_badge(card, self.today, self.soon), is_owed)
