"""Commands about provinces: found one with its communes, list it, and let a commune join or leave."""

from collections.abc import Iterator
from pathlib import Path

import click

from cchc_flow import commands, workspace
from cchc_flow.accounts.web_key import setup_code
from cchc_flow.cli import province_templates
from cchc_flow.cli.context import Context, pass_context, print_progress, say
from cchc_flow.commands import provinces
from cchc_flow.errors import CchcError, NotFound
from cchc_flow.projections import directory
from cchc_flow.projections import province as read_model
from cchc_flow.projections.province import ListedCommune
from cchc_flow.province.commune_list import WrongList, kind_of, read_list
from cchc_flow.province.founding import Founding, found_province
from cchc_flow.register_import import MOST_BYTES
from cchc_flow.workspace import Workspace


@click.group()
def province() -> None:
    """Tỉnh và các xã của tỉnh."""


@province.command()
@click.argument("name", metavar="TÊN")
@click.option("--title", required=True, help="Tên để hiển thị, ví dụ «tỉnh Đắk Lắk».")
@click.option(
    "--communes", "file", required=True, metavar="TỆP", type=click.Path(path_type=Path),
    help="Danh sách xã, .csv hoặc .xlsx: Mã, Tên, Loại.",
)  # fmt: skip
@pass_context
def found(context: Context, name: str, title: str, file: Path) -> int:
    """Lập không gian của tỉnh và của từng xã trong danh sách.

    Chạy lại cùng danh sách thì không có gì thay đổi; bị ngắt giữa chừng thì chạy lại để làm tiếp.
    Danh sách có chỗ sai thì không lập gì.
    """
    with file.open("rb") as table:
        content = table.read(MOST_BYTES + 1)
    try:
        founding = found_province(
            context.data,
            name,
            title=title,
            entries=read_list(file.name, content),
            clock=context.now,
            plugins=context.plugins,
            progress=lambda done, total: print_progress("Lập xã", done, total),
        )
    except WrongList as error:
        say("Chưa lập gì: danh sách có chỗ sai.")
        for fault in error.faults:
            say(fault)
        return 2
    _tell(context, name, title, founding)
    return 0


def _tell(context: Context, name: str, title: str, founding: Founding) -> None:
    for commune in founding.communes:
        click.echo(f"{commune.workspace}  {commune.name}")
    for commune in founding.skipped:
        say(
            f"Không gian «{commune.workspace}» đã có người dùng nên để nguyên; quản trị của {commune.name}"
            f" cho xã tham gia bằng «cchc-flow --workspace {commune.workspace} province join {name}»."
        )
    say(f"Đã lập {len(founding.communes)} xã; {title} có {founding.listed} xã trong danh sách.")
    if founding.communes:
        say(f"Mã thiết lập của từng xã: cchc-flow --workspace {name} province list")


@province.command("list")
@pass_context
def list_(context: Context) -> None:
    """Liệt kê các xã của tỉnh: đã tham gia chưa, và mã thiết lập của xã chưa có ai."""
    ws = context.open_to_read()
    _require_province(ws)
    for commune in read_model.communes(ws.read()):
        click.echo(f"{commune.workspace}  {commune.code}  {commune.name}: {_state(context, ws, commune)}")


def _state(context: Context, ws: Workspace, commune: ListedCommune) -> str:
    """Return in words how it stands with a commune; one in trouble stops no other."""
    try:
        its = workspace.open_workspace(context.data, commune.workspace, context.now)
    except NotFound:
        return "chưa lập"
    except CchcError as error:
        return f"không mở được ({error.why})"
    try:
        return ", ".join(_state_words(context, ws, its))
    except CchcError as error:
        return f"không đọc được ({error.why})"
    finally:
        its.close()


def _state_words(context: Context, ws: Workspace, its: Workspace) -> Iterator[str]:
    yield "đã tham gia" if provinces.belongs_to(its, ws) else "chưa tham gia"
    if not directory.people(its.read()):
        yield f"chưa có người dùng, mã thiết lập {setup_code(context.data, its.name)}"


@province.command()
@click.argument("commune", metavar="KHÔNG_GIAN")
@click.option("--code", required=True, help="Mã của xã trong danh mục hành chính.")
@pass_context
def invite(context: Context, commune: str, code: str) -> None:
    """Ghi một xã đã có không gian vào danh sách của tỉnh; quản trị của xã rồi cho xã tham gia."""
    ws = context.open()
    label = workspace.read_label(context.data, commune, context.now)
    listed = ListedCommune(commune, code, label.title, kind_of(label.title), founding=False)
    provinces.list_commune(ws, listed, context.order(ws))
    click.echo(f"Đã ghi {label.title} vào danh sách của {ws.title}.")


@province.command()
@click.argument("commune", metavar="KHÔNG_GIAN")
@pass_context
def unlist(context: Context, commune: str) -> None:
    """Bỏ một xã khỏi danh sách của tỉnh; tỉnh không xem được xã đó nữa."""
    ws = context.open()
    provinces.unlist_commune(ws, commune, context.order(ws))
    click.echo(f"Đã bỏ «{commune}» khỏi danh sách của {ws.title}.")


@province.command()
@click.argument("name", metavar="TỈNH")
@pass_context
def join(context: Context, name: str) -> None:
    """Cho xã tham gia tỉnh: người có vai trò ở tỉnh xem được các trang của xã."""
    ws = context.open()
    its = commands.open_workspace(context.data, name, context.now, context.plugins)
    provinces.join_province(ws, its, context.order(ws))
    click.echo(f"{ws.title} đã tham gia {its.title}.")


@province.command()
@pass_context
def leave(context: Context) -> None:
    """Cho xã rời tỉnh: người của tỉnh không xem được gì của xã nữa."""
    ws = context.open()
    provinces.leave_province(ws, context.order(ws))
    click.echo(f"{ws.title} đã rời tỉnh.")


def _require_province(ws: Workspace) -> None:
    if read_model.own_name(ws.read()) is None:
        raise NotFound(f"«{ws.name}» không phải không gian của tỉnh.", "Hãy chọn bằng --workspace TỈNH.")


province.add_command(province_templates.COMMAND)
COMMANDS = (province,)
