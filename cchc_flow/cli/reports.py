"""Commands about the commune's periodic reports: build one as a file."""

import os
from datetime import date
from pathlib import Path

import click

from cchc_flow import settings
from cchc_flow.cli.context import Context, pass_context, say
from cchc_flow.cli.file_reading import read_bounded
from cchc_flow.documents.files import FORMATS
from cchc_flow.errors import BadInput
from cchc_flow.projections.as_of import Cutoff
from cchc_flow.reporting.periodic import Gap, build_report
from cchc_flow.reporting.signed_reports import take_signed
from cchc_flow.signatures.trust import trusted_certificates
from cchc_flow.workflow.calendar import local_day, parse_day
from cchc_flow.workflow.periods import parse_typed
from cchc_flow.workspace import Workspace


@click.group()
def report() -> None:
    """Lập báo cáo định kỳ của xã."""


@report.command()
@click.argument("out", metavar="TỆP", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--period", required=True, help="Kỳ: 2026-03, 2026-Q1, 2026-H1, 2026-9M, 2026.")
@click.option("--format", "ending", type=click.Choice(tuple(FORMATS)), help="Bỏ trống: theo đuôi của tệp.")
@click.option("--day", help="Ngày chốt số liệu, như 24/03/2026; bỏ trống: hôm nay.")
@pass_context
def build(context: Context, out: Path, period: str, ending: str | None, day: str | None) -> None:
    """Lập dự thảo báo cáo của một kỳ thành tệp; điều còn thiếu được liệt kê."""
    name = ending or out.suffix.removeprefix(".").lower()
    if name not in FORMATS:
        raise BadInput(f"Không rõ định dạng của «{out}».", f"Hãy thêm --format: {', '.join(FORMATS)}.")
    ws = context.open_to_read()
    built = build_report(ws, parse_typed(period), _cutoff(ws, day))
    out.write_bytes(FORMATS[name].write(built.document, ws.templates))
    for gap in built.missing:
        say(_gap_line(gap))
    say(f"Đã ghi dự thảo «{built.document.title}» vào {out}.")


@report.command("add-signed")
@click.argument("file", metavar="TỆP", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@pass_context
def add_signed(context: Context, file: Path) -> None:
    """Ghi nhận bản đã ký của một báo cáo đã ban hành, sau khi kiểm tra chữ ký."""
    ws = context.open()
    trusted = trusted_certificates(settings.trusted_folder(os.environ))
    before = take_signed(ws, read_bounded(file), context.order(ws), trusted)
    say(f"Đã ghi nhận bản đã ký của {before.name}.")


def _cutoff(ws: Workspace, day: str | None) -> Cutoff:
    """Return the cut-off at the end of a typed day, or now; raise BadInput for what is no day."""
    today = local_day(ws.now())
    if day is None:
        return ws.cutoff()
    try:
        chosen: date = parse_day(day)
    except ValueError as error:
        raise BadInput(f"«{day}» không phải một ngày.", "Ngày ghi như 24/03/2026.") from error
    if chosen > today:
        raise BadInput(f"Ngày chốt số liệu {day} chưa đến.", "Hãy chọn một ngày đã qua hoặc hôm nay.")
    return ws.cutoff(chosen)


def _gap_line(gap: Gap) -> str:
    """Return what is missing as one line, with what to do about it."""
    return f"{'Còn thiếu' if gap.blocks else 'Lưu ý'}: {' '.join(filter(None, (gap.words, gap.now)))}"


COMMANDS = (report,)
