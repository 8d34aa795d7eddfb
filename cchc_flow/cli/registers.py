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
    """Ghi mọi dòng của một bảng .xlsx hoặc .csv vào sổ; một dòng sai thì không ghi dòng nào."""
    with file.open("rb") as table:
        content = table.read(MOST_BYTES + 1)
    ws = context.open()
    count = fill_register(ws, kind, file.name, content, context.order(ws))
    click.echo(f"Đã ghi {count} dòng vào sổ «{kind}».")


COMMANDS = (register,)
