"""The command that writes a bundle of proof, and what `verify` says of one."""

from pathlib import Path

import click

from cchc_flow.audit.bundles import verify
from cchc_flow.audit.bundles.create import Bundle, write_bundle
from cchc_flow.audit.bundles.manifest import EVENTS
from cchc_flow.audit.bundles.recording import record_bundle
from cchc_flow.audit.bundles.scope import WHOLE_LOG, Scope, item_scope, period_scope, unit_scope
from cchc_flow.backup.archive import create_file, refuse_existing
from cchc_flow.cli.context import Context, pass_context, print_progress, say
from cchc_flow.cli.item_log import find_item
from cchc_flow.errors import BadInput
from cchc_flow.eventlog.checkpoint import parse_checkpoint
from cchc_flow.eventlog.verification.checkpoint_file import split_note_and_key
from cchc_flow.workflow.periods import parse_typed
from cchc_flow.workflow.shares import format_number
from cchc_flow.workspace import Workspace

FILE = click.Path(path_type=Path, dir_okay=False)
FIRST_LOCAL_NAME = slice(30, 30 + len(EVENTS))


@click.command()
@click.argument("out", metavar="TỆP.zip", type=FILE)
@click.option(
    "--item", help="Chỉ một công việc và các phần của nó, gọi theo mã hoặc theo mục trong kế hoạch."
)
@click.option("--unit", help="Chỉ các công việc mà đơn vị này chủ trì hoặc đã chủ trì.")
@click.option("--period", help="Chỉ những gì được ghi trong kỳ, như 2026-03, 2026-Q1 hoặc 2026.")
@click.option(
    "--checkpoint",
    "kept",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Dấu niêm phong giữ ở nơi khác: hồ sơ có thêm chỗ để đối chiếu với nó.",
)
@click.option("--tables", is_flag=True, help="Kèm bảng Excel và CSV để đọc; hồ sơ lớn thì lâu hơn nhiều.")
@pass_context
def bundle(
    context: Context,
    out: Path,
    item: str | None,
    unit: str | None,
    period: str | None,
    kept: Path | None,
    tables: bool,
) -> None:
    """Lập hồ sơ bằng chứng: sự kiện nguyên văn, minh chứng, dấu niêm phong và cách kiểm, trong một tệp ZIP.

    Không có tùy chọn nào thì là toàn bộ nhật ký. Việc lập hồ sơ được ghi vào nhật ký.
    """
    refuse_existing(out)
    ws = context.open()
    order = context.order(ws)
    scope = _scope(context, ws, item, unit, period)
    sizes = [parse_checkpoint(split_note_and_key(kept.read_bytes())[0])[0].size] if kept else []
    with create_file(out) as file:
        written = write_bundle(
            ws,
            scope,
            file,
            reader=context.reader(ws),
            sizes=sizes,
            with_tables=tables,
            progress=lambda done, total: print_progress("Lập hồ sơ", done, total),
        )
        record_bundle(ws, order, scope, written, file)
    click.echo(f"Đã lập {out}, có {format_number(written.manifest.count)} sự kiện. {written.manifest.title}.")
    _tell_faults(written)


def is_bundle(path: Path) -> bool:
    """Tell whether a file is named as a ZIP, or begins as bundles do."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        beginning = file.read(FIRST_LOCAL_NAME.stop)
    return path.suffix.lower() == ".zip" or beginning[FIRST_LOCAL_NAME] == EVENTS.encode()


def verify_bundle(path: Path, checkpoint: Path | None, key: str | None) -> int:
    """Print what verify.py says of a bundle, against a checkpoint and key kept elsewhere; return its code."""
    if key and not checkpoint:
        raise BadInput("Cần cả dấu niêm phong đã giữ cùng khóa.", "Hãy thêm --checkpoint TỆP.")
    outside = [str(checkpoint)] if checkpoint else []
    words, code = verify.main([str(path), *outside, *([key.strip()] if key else [])])
    click.echo(words, err=code != 0)
    return int(code)


def _scope(context: Context, ws: Workspace, item: str | None, unit: str | None, period: str | None) -> Scope:
    if sum(map(bool, (item, unit, period))) > 1:
        raise BadInput("Mỗi hồ sơ chỉ có một phạm vi.", "Hãy chọn một trong --item, --unit và --period.")
    if item:
        return item_scope(ws.read(), find_item(ws, item, context.reader(ws)), context.reader(ws))
    if unit:
        return unit_scope(ws.read(), unit)
    return period_scope(parse_typed(period)) if period else WHOLE_LOG


def _tell_faults(written: Bundle) -> None:
    if written.manifest.withheld:
        say(
            f"{format_number(written.manifest.withheld)} sự kiện của công việc mà bạn không được xem chỉ có"
            " mã băm, và không kèm nội dung."
        )
    if written.missing:
        say(
            f"Kho thiếu hoặc hỏng {len(written.missing)} nội dung mà không có sự kiện xóa, ví dụ"
            f" {written.missing[0]}: hồ sơ này kiểm sẽ không đạt. Hãy chạy «cchc-flow verify»."
        )


COMMANDS = (bundle,)
