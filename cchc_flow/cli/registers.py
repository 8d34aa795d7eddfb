"""Commands about registers: import a table into one."""

from pathlib import Path

import click

from cchc_flow.cli.context import Context, pass_context
from cchc_flow.register_import import MOST_BYTES, fill_register


@click.group()
def register() -> None:
    """Sổ theo dõi của các lĩnh vực."""


@register.command(name="import")
@click.argument("kind", metavar="SỔ")
@click.argument("file", metavar="TỆP", type=click.Path(path_type=Path))
@pass_context
def import_(context: Context, kind: str, file: Path) -> None:
    """Ghi mọi dòng của một bảng .xlsx hoặc .csv vào sổ, như người mở tệp nhìn thấy.

    Một dòng sai thì không ghi dòng nào. Những gì trong tệp không được đọc được nói rõ.
    """
    with file.open("rb") as table:
        content = table.read(MOST_BYTES + 1)
    ws = context.open()
    order = context.order(ws)
    count = fill_register(ws, kind, file.name, content, order, lambda note: click.echo(f"Lưu ý: {note}"))
    click.echo(f"Đã ghi {count} dòng vào sổ «{kind}».")


COMMANDS = (register,)
