"""A longer period as the sum of its shorter ones, and why it may differ from what was reported of them.

The days of the months of a quarter, and of the quarters of longer periods, follow each other without a gap,
so their sums are those of the whole. What was reported of one in the course of the year counted what was
recorded by then: a result that was handed in within its days and approved later has been added since.
"""

from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from cchc_flow.conversion import convert
from cchc_flow.documents.blocks import Block, Column, Paragraph, Row, Table
from cchc_flow.projections import issued
from cchc_flow.projections.cards import counts
from cchc_flow.projections.cards.filters import Filters
from cchc_flow.reporting.periodic.material import Material, is_done_within
from cchc_flow.reporting.periodic.sentences import padded
from cchc_flow.reporting.periodic.standing import DONE, done_number
from cchc_flow.workflow.commune_report import report_stream
from cchc_flow.workflow.events import ReportIssued
from cchc_flow.workflow.numbering import document_number
from cchc_flow.workflow.periods import Period, parse, shorter_periods
from cchc_flow.workflow.shares import format_number
from cchc_flow.workflow.typed_text import upper_first

COLUMNS = (
    Column("Kỳ", width=20),
    Column("Số liệu từ ngày", "day", 13),
    Column("đến ngày", "day", 13),
    Column("Nhiệm vụ hoàn thành", "number", 13),
    Column("Đúng hạn", "number", 13),
    Column("Quá hạn", "number", 13),
)


class Reported(msgspec.Struct, frozen=True):
    """How many tasks an issued report said were done within its days, and how many are known to be now.

    Some were `added` since, since their results were approved after its cut-off; some were `dropped`, since
    they were opened again.
    """

    period: Period
    number: str
    then: int
    now: int
    added: int
    dropped: int

    @property
    def differs(self) -> bool:
        """Whether other tasks are known now to have been done within its days."""
        return bool(self.added or self.dropped)

    def words(self) -> str:
        """Return the sentence on why the two differ."""
        reasons = []
        if self.added:
            reasons.append(f"{padded(self.added)} nhiệm vụ nộp kết quả trong kỳ được duyệt sau ngày chốt")
        if self.dropped:
            reasons.append(f"{padded(self.dropped)} nhiệm vụ được mở lại hoặc điều chỉnh sau ngày chốt")
        return (
            f"Báo cáo {self.period.words()} (số {self.number}) ghi {padded(self.then)} nhiệm vụ hoàn thành"
            f" trong kỳ, nay là {padded(self.now)}: {' và '.join(reasons)} số liệu."
        )


def sum_blocks(material: Material) -> list[Block]:
    """Return the table of the shorter periods of a longer one, and why it differs from what was reported."""
    parts = shorter_periods(material.period)
    if not parts:
        return []
    rows = [_row(material, part.words(), part) for part in parts]
    rows.append(_row(material, "Cộng"))
    table = Table(COLUMNS, tuple(rows), "Nhiệm vụ hoàn thành theo kỳ")
    return [table, *(Paragraph((words,)) for words in _comparison(list(reported(material))))]


def _comparison(reports: Sequence[Reported]) -> Iterator[str]:
    """Yield which issued reports said the same of their days, and why each of the others did not."""
    same = [f"{each.period.words()} (số {each.number})" for each in reports if not each.differs]
    if same:
        yield f"Khớp với báo cáo đã ban hành: {', '.join(same)}."
    yield from (each.words() for each in reports if each.differs)


def _row(material: Material, title: str, part: Period | None = None) -> Row:
    """Return the row of a part of the period, or of the whole."""
    first, last = material.window_of(part or material.period)
    numbers = [done_number(material, figure, part) for figure in DONE]
    cells = [msgspec.structs.replace(number, words=format_number(number.value or 0)) for number in numbers]
    return Row((upper_first(title), first, last, *cells))


def reported(material: Material) -> Iterator[Reported]:
    """Yield what the issued reports of the periods within a report's own said, in the order of the year."""
    for document in issued.register(material.db, material.period.year):
        issue = _issue_of(material, document)
        if issue is not None and _lies_within(parse(issue.period), material.period):
            yield _compare(material, parse(issue.period), issue)


def _issue_of(material: Material, document: issued.IssuedDocument) -> ReportIssued | None:
    """Return the event by which a document was issued as a report of the plan, None for all others."""
    if document.issue is None or document.recalled is not None:
        return None
    issue = convert(material.ws.log.event(document.issue).data, ReportIssued)
    return issue if document.stream == report_stream(material.plan.id, issue.period) else None


def _lies_within(period: Period, whole: Period) -> bool:
    return period.name != whole.name and whole.first <= period.first and period.last <= whole.last


def _compare(material: Material, period: Period, issue: ReportIssued) -> Reported:
    """Return how a report's number of tasks that were done within its days compares with that of now."""
    window, at = material.window_of(period), issue.cut_off.position
    scope, day = Filters(plan=material.plan.id), date.fromisoformat(issue.cut_off.day)
    rows = counts.classified_rows(material.db, scope, day, at=at)
    then = {row["item"] for row, names in rows if "done" in names and is_done_within(row["done"], window)}
    now = {task.card.id for task in material.done_within(window=window)}
    return Reported(
        period,
        document_number(issue.number, issue.symbol),
        len(then),
        len(now),
        len(now - then),
        len(then - now),
    )
