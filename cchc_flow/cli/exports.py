"""The command that takes events out of the log as a file."""

from pathlib import Path

import click

from cchc_flow.audit.event_search import PARAMETERS, parse_search
from cchc_flow.audit.event_words import fill_index
from cchc_flow.audit.export_clauses import FILTER_TITLES
from cchc_flow.audit.exports.export import write_export
from cchc_flow.audit.exports.formats import FORMATS, find_format
from cchc_flow.audit.exports.view import EventView
from cchc_flow.cli.context import Context, pass_context, say
from cchc_flow.workflow.shares import format_number


@click.command("export")
@click.argument("name", metavar="ĐỊNH_DẠNG")
@click.argument("out", metavar="TỆP", type=click.Path(path_type=Path))
@pass_context
def export_events(context: Context, /, name: str, out: Path, **filters: str | None) -> None:
    """Xuất nhật ký ra tệp mới; lọc bằng các tùy chọn như ở trang Nhật ký. Việc xuất được ghi vào nhật ký."""
    form = find_format(name)
    ws = context.open()
    reader = context.reader(ws)
    query = parse_search(ws, [(key, value) for key, value in filters.items() if value], reader)
    if query.search.words:
        fill_index(ws)
    export = write_export(EventView(ws, query, reader), form, out, context.order(ws))
    withheld = f" ({format_number(export.withheld)} sự kiện không được xem)" if export.withheld else ""
    say(f"Đã ghi {format_number(export.count)} sự kiện{withheld} vào «{out}», SHA-256 {export.digest}.")


export_events.help = f"{export_events.help} ĐỊNH_DẠNG là một trong: {', '.join(FORMATS)}."
WORDS = {
    **FILTER_TITLES,
    "q": "từ ngữ trong câu kể, nội dung và tên việc",
    "clock": "tính ngày theo lúc ghi (recorded) hay lúc ra lệnh (happened)",
}
for parameter in PARAMETERS:
    option = click.option(f"--{parameter}", parameter, metavar="GIÁ_TRỊ", help=f"Lọc: {WORDS[parameter]}.")
    export_events = option(export_events)

COMMANDS = (export_events,)
