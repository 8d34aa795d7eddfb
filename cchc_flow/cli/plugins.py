"""Commands for those who write plugins."""

from pathlib import Path

import click

from cchc_flow import resources
from cchc_flow.cli.context import Context, pass_context, say
from cchc_flow.errors import BadInput
from cchc_flow.plugin_host import scaffold


@click.group()
def plugin() -> None:
    """Trình cắm: lĩnh vực cải cách có quy tắc, sổ theo dõi, thước đo riêng."""


@plugin.command()
@click.argument("name", metavar="TÊN")
@click.option("--package", is_flag=True, help="Tạo một gói cài đặt riêng thay cho thư mục trong «plugins».")
@click.option("--into", type=click.Path(path_type=Path), metavar="THƯ_MỤC", help="Nơi tạo.")
@pass_context
def new(context: Context, name: str, package: bool, into: Path | None) -> None:
    """Tạo một trình cắm mới có một quy tắc, một sổ, một thước đo, một mẫu trang và các kiểm thử."""
    if package:
        files = scaffold.create_package(name, into or Path(), context.plugins)
    else:
        files = scaffold.create_folder(name, into or _plugins_folder(), context.plugins)
    for path in files:
        click.echo(str(path))
    say(f"Đã tạo trình cắm «{name}». Chạy kiểm thử bằng «python -m pytest {files[-1]}».")


def _plugins_folder() -> Path:
    """Return the plugins of this checkout; an installed product is not the place for new ones."""
    if resources.ROOT == resources.PACKAGE:
        raise BadInput(
            "Bản cài đặt này không phải bản mã nguồn nên không có chỗ cho trình cắm mới.",
            "Hãy thêm --package, hoặc chỉ nơi tạo bằng --into.",
        )
    return resources.folder("plugins")


COMMANDS = (plugin,)
