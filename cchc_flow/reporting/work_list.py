"""Lists of work as documents: what a list of the pages shows, and the letter that urges a unit on."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from sqlite_utils import Database

from cchc_flow.documents.blocks import Appendix, Column, Document, Listing, Paragraph, Row, Signature, Table
from cchc_flow.errors import BadInput
from cchc_flow.projections import directory, plans, settings, workflows
from cchc_flow.projections.cards import counts
from cchc_flow.projections.cards.filters import Filters
from cchc_flow.projections.cards.queries import Card, due_badge, mark_words
from cchc_flow.reporting.official import COMMITTEE, letterhead, signature
from cchc_flow.workflow import periods
from cchc_flow.workflow.calendar import day_words
from cchc_flow.workspace import Workspace

LIST_SYMBOL, LETTER_SYMBOL = "DS-UBND", "UBND-VHXH"
COLUMNS = (
    Column("TT", "number", 6),
    Column("Mục", width=11),
    Column("Nội dung công việc", width=44),
    Column("Đơn vị chủ trì", width=18),
    Column("Bước", width=12),
    Column("Hạn", "day", 13),
    Column("Tình trạng", width=16),
)
REQUESTS = Listing(
    (
        ("Khẩn trương thực hiện, nộp kết quả kèm minh chứng của từng nhiệm vụ quá hạn.",),
        (
            "Nhiệm vụ chưa thể hoàn thành thì nêu rõ nguyên nhân, khó khăn và xin gia hạn với thời hạn"
            " hoàn thành cụ thể.",
        ),
    ),
    "letters",
)
NO_AREA = "Không thuộc lĩnh vực nào"


def work_list(ws: Workspace, db: Database, cards: Sequence[Card], title: str, today: date) -> Document:
    """Return the list of some work, grouped by area in the order of the plan, as of a day."""
    return Document(
        **letterhead(ws),
        symbol=LIST_SYMBOL,
        kind="DANH SÁCH",
        subject=f"{title} (số liệu đến hết ngày {day_words(today)})",
        signature=Signature(("Người lập biểu",)),
        recipients=("Lưu: VT",),
        blocks=(_table(db, cards, today),),
        day=today,
        across=True,
    )


def urging_letter(ws: Workspace, db: Database, unit_id: str, today: date) -> Document:
    """Return the draft of the letter that urges a unit on; raise BadInput when none of its tasks is late."""
    unit = next((unit for unit in directory.units(db) if unit.id == unit_id), None)
    if unit is None:
        raise BadInput("Đơn vị này không có trong danh bạ.", "Hãy mở lại trang Tiến độ.")
    late = counts.cards_of_rows(db, late_tasks(db, unit_id, today))
    if not late:
        raise BadInput(
            f"{unit.name} không có công việc nào quá hạn.", "Chỉ đôn đốc bằng công văn khi có việc quá hạn."
        )
    plan, total = plans.plan_of_day(db, today), counts.counts(db, _tasks_of(db, unit_id, today), today)
    year = plan.year if plan else today.year
    number = f" số {plan.number}" if plan and plan.number else ""
    return Document(
        **letterhead(ws),
        symbol=LETTER_SYMBOL,
        subject=f"đôn đốc thực hiện nhiệm vụ cải cách hành chính năm {year}",
        addressees=(unit.name,),
        signature=signature(db),
        recipients=("Như trên", "Chủ tịch, các Phó Chủ tịch UBND", "Lưu: VT, VHXH"),
        blocks=(
            Paragraph(
                (
                    f"Thực hiện Kế hoạch{number} về cải cách hành chính năm {year}, đến hết ngày"
                    f" {day_words(today)}, {unit.name} được giao {total.total} nhiệm vụ; đã hoàn thành"
                    f" {total.done}, còn {total.open_late} nhiệm vụ quá hạn chưa hoàn thành (có danh sách"
                    " kèm theo).",
                )
            ),
            Paragraph((f"{COMMITTEE} đề nghị {unit.name}:",)),
            REQUESTS,
            Paragraph(("Đề nghị đơn vị nghiêm túc thực hiện./.",)),
        ),
        appendices=(Appendix("Nhiệm vụ quá hạn", (_table(db, late, today),), across=True),),
    )


def late_tasks(db: Database, unit_id: str, today: date) -> list[counts.FigureRow]:
    """Return the tasks of a unit that are late today, in the plan that is in force."""
    return counts.rows_behind(db, "open_late", _tasks_of(db, unit_id, today), today)


def _tasks_of(db: Database, unit_id: str, today: date) -> Filters:
    plan = plans.plan_of_day(db, today)
    return Filters(kind="task", plan=plan.id if plan else None, unit=unit_id)


def _table(db: Database, cards: Sequence[Card], today: date) -> Table:
    """Return the table of some work, with a heading for each area when there are several."""
    titles = {(area.plan, area.code): f"{area.code}. {area.title}" for area in plans.areas(db)}
    order = {key: number for number, key in enumerate(titles)}
    sorted_cards = sorted(cards, key=lambda card: order.get(_area(card), len(order)))
    groups = [(area, list(group)) for area, group in groupby(sorted_cards, key=_area)]
    describe, rows, number = _Words(db, today), [], 0
    for area, group in groups:
        if len(groups) > 1:
            rows.append(Row((titles.get(area, NO_AREA),), heading=True))
        for card in group:
            number += 1
            rows.append(describe.row(card, number))
    return Table(COLUMNS, tuple(rows))


def _area(card: Card) -> tuple[str, str]:
    return card.plan or "", card.area or ""


class _Words:
    """The words in which rows tell of work, read once for all of them."""

    def __init__(self, db: Database, today: date) -> None:
        self.today = today
        self.units = {unit.id: unit.words for unit in directory.units(db)}
        self.states = workflows.state_titles(db)
        self.soon = settings.effective_settings(db).deadlines.soon

    def row(self, card: Card, number: int) -> Row:
        """Return the row of one card."""
        period = f" ({periods.parse(card.period).words()})" if card.period else ""
        badge, mark = due_badge(card, self.today, self.soon).words, mark_words(card)
        return Row(
            (
                number,
                card.ref or "",
                card.title + period,
                self.units.get(card.lead or "", "chưa giao"),
                self.states.get((card.kind, card.state), card.state),
                date.fromisoformat(card.due) if card.due else None,
                " · ".join(filter(None, (badge, mark))),
            )
        )
