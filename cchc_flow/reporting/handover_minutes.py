"""The draft of the minutes (biên bản) by which a unit or a person hands over open work."""

from collections.abc import Sequence
from datetime import date

from sqlite_utils import Database

from cchc_flow.documents.blocks import Column, Document, Heading, Listing, Paragraph, Row, Signature, Table
from cchc_flow.projections import directory, workflows
from cchc_flow.projections.cards.queries import Card
from cchc_flow.reporting import official
from cchc_flow.reporting.minutes import OPEN, SYMBOL
from cchc_flow.workspace import Workspace

COLUMNS = (
    Column("TT", "number", 7),
    Column("Mục", width=14),
    Column("Công việc", width=46),
    Column("Bước", width=16),
    Column("Hạn", "day", 15),
)


def handover_minutes(ws: Workspace, db: Database, holder: str, cards: Sequence[Card]) -> Document:
    """Return the draft for the open work of a unit or a person, by id; who takes it over is left open."""
    name = directory.names(db).get(holder, holder)
    return Document(
        **official.letterhead(ws),
        symbol=SYMBOL,
        kind="BIÊN BẢN",
        subject=f"Bàn giao công việc của {name}",
        blocks=(
            Paragraph((f"Hồi … giờ …, ngày {OPEN}, tại {OPEN}, các bên lập biên bản bàn giao công việc.",)),
            Heading(1, "I.", "Các bên"),
            Listing(((f"Bên giao: {name}",), (f"Bên nhận: {OPEN}",), (f"Người chứng kiến: {OPEN}",))),
            Heading(1, "II.", "Công việc bàn giao"),
            Paragraph((f"Hai bên bàn giao {len(cards)} công việc chưa hoàn thành:",)),
            Table(COLUMNS, tuple(_row(db, card, place) for place, card in enumerate(cards, 1))),
            Heading(1, "III.", "Hồ sơ, tài liệu kèm theo"),
            Paragraph((OPEN,)),
            Paragraph(("Biên bản lập thành 02 bản, mỗi bên giữ 01 bản./.",)),
        ),
        signature=Signature(("Bên nhận",)),
        recipients=("Bên giao, bên nhận", "Lưu: VT"),
    )


def _row(db: Database, card: Card, place: int) -> Row:
    state = workflows.state_titles(db).get((card.kind, card.state), card.state)
    due = date.fromisoformat(card.due) if card.due else None
    return Row((place, card.ref or "", card.title, state, due))
