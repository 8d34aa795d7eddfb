"""Who has reported on which period: the reports of a year as a table of periods and units."""

from collections.abc import Sequence
from datetime import date

import msgspec
from sqlite_utils import Database

from cchc_flow.projections import directory, settings, workflows
from cchc_flow.projections.cards import counts
from cchc_flow.projections.cards.filters import Filters
from cchc_flow.projections.cards.queries import Card, due_badge
from cchc_flow.projections.unit_names import short_unit_name
from cchc_flow.workflow.calendar import Badge
from cchc_flow.workflow.periods import parse
from cchc_flow.workflow.reporting import ReportDue, ReportSchedule, estimate_warnings, report_schedules


class ReportState(msgspec.Struct, frozen=True):
    """How one report stands: its item and state in words, and how its due day stands.

    Without an item the words say why: it opens later, or the unit does not owe it.
    """

    item: str | None
    words: str
    badge: Badge = Badge("none", "")


class PeriodRow(msgspec.Struct, frozen=True):
    """One period with the reports of all units, in the order of the units; what the commune owes has none."""

    due: ReportDue
    title: str
    reports: tuple[ReportState, ...]


class ReportMatrix(msgspec.Struct, frozen=True):
    """The reports of a year: the units, a row for each period, what the commune owes, and what to mind."""

    units: tuple[directory.Unit, ...]
    short_names: tuple[str, ...]
    rows: tuple[PeriodRow, ...]
    upward: tuple[PeriodRow, ...]
    warnings: tuple[str, ...]


def report_matrix(
    db: Database, year: int, scope: Filters, today: date, *, at: int | None = None
) -> ReportMatrix:
    """Return how the reports of a year stand on a day, as of a position (None: now).

    `scope` names the plan and what the reader may read. A unit has a column while it is active, or if it has
    a report of that year.
    """
    rules = settings.effective_settings(db, at)
    own, upward = report_schedules(rules, year)
    cards = counts.cards_of_rows(db, counts.rows_behind(db, "all", scope, today, at=at))
    found = {(card.unit, card.period): card for card in cards}
    units = _units(db, rules.reporting.units, cards)
    describe = _Words(db, today, rules.deadlines.soon)

    def row(due: ReportDue) -> PeriodRow:
        reports = tuple(describe.state(found.get((unit.id, due.period)), due) for unit in units)
        return PeriodRow(due, parse(due.period).words(), reports)

    return ReportMatrix(
        units=units,
        short_names=tuple(map(short_unit_name, units)),
        rows=tuple(map(row, own.dues)),
        upward=tuple(PeriodRow(due, parse(due.period).words(), ()) for due in upward.dues),
        warnings=(*estimate_warnings((own, upward)), *_days_off((own, upward))),
    )


def _units(db: Database, asked: Sequence[str], cards: Sequence[Card]) -> tuple[directory.Unit, ...]:
    """Return the units that report (`asked`; none named: all active ones), and those that have reported."""
    reporting = {card.unit for card in cards}
    return tuple(
        unit
        for unit in directory.units(db)
        if unit.id in reporting or (unit.active and (not asked or unit.id in asked))
    )


def _days_off(schedules: Sequence[ReportSchedule]) -> list[str]:
    """Return a sentence for each schedule whose due days move because they are days off."""
    sentences = []
    for schedule in schedules:
        moved = [parse(due.period).words() for due in schedule.dues if due.deadline != due.due]
        if moved:
            sentences.append(
                f"{schedule.who}: hạn rơi vào ngày nghỉ, chuyển sang ngày làm việc tiếp theo"
                f" ({', '.join(moved)})."
            )
    return sentences


class _Words:
    """The words in which cells tell of reports, read once for all of them."""

    def __init__(self, db: Database, today: date, soon: int) -> None:
        self.states = workflows.state_titles(db)
        self.today, self.soon = today, soon

    def state(self, card: Card | None, due: ReportDue) -> ReportState:
        """Return how a report stands; a report opens with the first day of the month in which it is due."""
        if card is None:
            is_ahead = due.due.replace(day=1) > self.today
            return ReportState(None, "Chưa đến kỳ" if is_ahead else "Không phải nộp")
        words = "Bị trả lại" if card.returned else self.states.get((card.kind, card.state), card.state)
        return ReportState(card.id, words, due_badge(card, self.today, self.soon))
