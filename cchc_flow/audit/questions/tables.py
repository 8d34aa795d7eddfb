"""The hits of a question as a table: .csv for whoever counts on, .xlsx for whoever prints."""

import csv
import io
from collections.abc import Iterator, Sequence

from cchc_flow.audit.exports.csv_file import csv_cell
from cchc_flow.audit.questions.answering import Answer, ShownHit
from cchc_flow.documents.blocks import Column, Document, Row, Signature, Table
from cchc_flow.documents.xlsx import MEDIA_TYPE as XLSX
from cchc_flow.documents.xlsx import write_xlsx
from cchc_flow.workflow.calendar import moment_words

MOST_ROWS = 10_000
"""So many hits a table has; if there are more, the table says so."""
CUT = f"Bảng chỉ có {MOST_ROWS} trường hợp đầu: hãy thu hẹp câu hỏi."
COLUMNS = (
    Column("Thời điểm", width=16),
    Column("Người thực hiện", width=16),
    Column("Đơn vị", width=16),
    Column("Công việc", width=26),
    Column("Điều tìm thấy", width=36),
    Column("Các sự kiện", width=14),
)
FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": XLSX,
}


def write_table(form: str, title: str, rule: str, answer: Answer, issuer: str) -> bytes:
    """Return the hits as a file of one of the FORMATS, below the question and its rule.

    The `answer` has a page of MOST_ROWS hits."""
    notes = (rule, *answer.remarks, *([CUT] if answer.after else []))
    lines = list(_lines(answer.hits))
    if form == "csv":
        heads = tuple(column.title for column in COLUMNS)
        return _csv([(title,), *((words,) for words in notes), (), heads, *lines])
    rows = [*(Row((words,), heading=True) for words in notes), *(Row(line) for line in lines)]
    return write_xlsx(
        Document(
            issuer=issuer,
            symbol="",
            place="",
            subject=title,
            signature=Signature(()),
            recipients=(),
            kind="Câu hỏi",
            blocks=(Table(COLUMNS, tuple(rows), title=title),),
        )
    )


def _lines(hits: Sequence[ShownHit]) -> Iterator[tuple[str, ...]]:
    """Yield the words of each hit, in the order of the columns."""
    for hit in hits:
        cards = [f"{card.ref or card.id} {card.title}" for card in hit.cards]
        more = [f"và {hit.more_cards} công việc nữa"] if hit.more_cards else []
        links = ", ".join(f"{link.position} ({link.title})" for link in hit.links)
        yield moment_words(hit.time), hit.who, hit.unit, "; ".join([*cards, *more]), hit.words, links


def _csv(lines: Sequence[Sequence[str]]) -> bytes:
    """Return lines as .csv in UTF-8 with a mark, by which spreadsheets know it."""
    written = io.StringIO()
    csv.writer(written).writerows([csv_cell(cell) for cell in line] for line in lines)
    return written.getvalue().encode("utf-8-sig")
