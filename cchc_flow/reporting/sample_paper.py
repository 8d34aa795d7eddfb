"""The working list of an inspector: the items of a sample with their evidence, and columns to fill in."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from sqlite_utils import Database

from cchc_flow.audit.evidence import evidence_name, evidence_of, gone_words
from cchc_flow.commands.samples import Sample
from cchc_flow.commands.streams import stream_of
from cchc_flow.documents.blocks import Column, Document, Heading, Listing, Paragraph, Row, Signature, Table
from cchc_flow.errors import IllegalMove
from cchc_flow.projections import directory, workflows
from cchc_flow.projections.cards import queries
from cchc_flow.projections.runner import position
from cchc_flow.reporting.official import letterhead
from cchc_flow.workflow.calendar import day_words, local_day, moment_words
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.shares import format_number, in_percent
from cchc_flow.workspace import Workspace

SYMBOL = "DS-KT"
COLUMNS = (
    Column("TT", "number", 5),
    Column("Mục, mã công việc", width=14),
    Column("Công việc", width=30),
    Column("Đơn vị", width=15),
    Column("Bước; ngày xong", width=13),
    Column("Minh chứng, mã băm trong nhật ký", width=27),
    Column("Kết quả kiểm tra", width=22),
    Column("Ghi chú", width=14),
)
DIGEST_SHOWN = 16
"""How many hex digits of a file's digest stand in the list; the event has them all."""


def sample_paper(ws: Workspace, db: Database, audit: Item, sample: Sample) -> Document:
    """Return the working list of a sample; raise IllegalMove before it was drawn."""
    if sample.drawn is None:
        raise IllegalMove("Mẫu này chưa rút nên chưa có danh sách.", "Hãy rút mẫu trước.")
    fields = audit.fields
    decided = day_words(date.fromisoformat(str(fields["decided_on"])))
    return Document(
        **letterhead(ws),
        symbol=SYMBOL,
        kind="DANH SÁCH MẪU KIỂM TRA",
        subject=audit.title,
        day=local_day(ws.now()),
        bases=(f"Căn cứ Quyết định số {fields['decision']} ngày {decided}",),
        blocks=(
            Heading(1, "I.", "Công việc được chọn"),
            Table(COLUMNS, tuple(_rows(ws, db, sample))),
            Heading(1, "II.", "Cách chọn, để ai cũng rút lại được"),
            *_recipe(sample),
        ),
        signature=Signature(("Người kiểm tra",)),
        recipients=("Lưu: hồ sơ cuộc kiểm tra",),
        across=True,
    )


def redrawing_program() -> str:
    """Return the program that draws a sample again; it needs nothing but Python."""
    return (Path(__file__).parent / "redraw_sample.py").read_text("utf-8")


def _rows(ws: Workspace, db: Database, sample: Sample) -> Iterator[Row]:
    """Yield a row for each drawn item, as it stands now, with the files that its events name."""
    names, titles = directory.marked_names(db), workflows.state_titles(db)
    for number, sampled in enumerate(sample.drawn.items if sample.drawn else (), 1):
        card = queries.card(db, sampled.item)
        done = f"; {day_words(date.fromisoformat(card.done))}" if card.done else ""
        state = titles.get((card.kind, card.state), card.state)
        yield Row(
            (
                number,
                f"{card.ref}, {card.id}" if card.ref and card.ref not in card.id else card.id,
                card.title,
                names.get(card.lead or "", "chưa giao"),
                f"{state}{done}",
                _evidence_words(ws, db, card.id),
                "",
                "",
            )
        )


def _evidence_words(ws: Workspace, db: Database, item_id: str) -> str:
    """Return the files of an item in words, each with the first digits of its digest."""
    events = list(ws.log.streams([stream_of(item_id)], position(db)))
    words = []
    for file in evidence_of(events):
        gone = "" if ws.vault.has(file.content.digest) else f", {gone_words(ws, file)}"
        words.append(f"{evidence_name(ws, file)} ({file.content.digest[:DIGEST_SHOWN]}…{gone})")
    return "; ".join(words) or "không có tệp nào"


def _recipe(sample: Sample) -> Iterator[Paragraph | Listing]:
    """Yield how the sample came about, in words by which it can be drawn again with sha256sum alone."""
    plan, drawn = sample.plan, sample.drawn
    if drawn is None:
        return
    shares = "; ".join(f"{stratum.key}: {stratum.size}/{stratum.holds}" for stratum in plan.strata)
    yield Paragraph(
        (
            f"Tổng thể {format_number(plan.population)} mục"
            f" theo sự kiện {format_number(plan.position)} của nhật ký,"
            f" mã băm {plan.digest}."
            f" Độ tin cậy {in_percent(plan.confidence)}, tỷ lệ sai sót chấp nhận được"
            f" {in_percent(plan.rate)}: cần {sample.size} mục. Chia tầng (mã: số chọn/số có): {shares}.",
        )
    )
    steps = (
        f"Cách chọn được ghi ở sự kiện {format_number(sample.planned_by.position)},"
        f" trước khi ai biết kết quả:"
        f" dùng mã gốc của dấu niêm phong đầu tiên ghi từ {moment_words(plan.after)}, và một bí mật có mã băm"
        f" {plan.commitment}.",
        f"Dấu niêm phong ấy gồm {format_number(drawn.size)} sự kiện, mã gốc {drawn.root}."
        f" Bí mật: {drawn.secret}",
        "Hạt giống = SHA-256 của «mã gốc:bí mật», tức printf '%s' 'MÃ_GỐC:BÍ_MẬT' | sha256sum, ra"
        f" {drawn.seed}.",
        "Dấu của mỗi công việc = SHA-256 của «hạt giống:mã công việc». Trong mỗi tầng, xếp theo dấu từ nhỏ"
        " đến lớn (thứ tự 0-9, a-f) rồi lấy những mục đầu, đủ số của tầng.",
    )
    yield Listing(tuple((words,) for words in steps), "letters")
