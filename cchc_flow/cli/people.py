"""Commands about people: add a person, give or take roles, disable a person."""

import click

from cchc_flow import commands
from cchc_flow.accounts import By
from cchc_flow.accounts.opening import open_accounts
from cchc_flow.accounts.recording import record_access
from cchc_flow.cli.context import Context, pass_context
from cchc_flow.errors import BadInput, NotFound
from cchc_flow.projections import directory
from cchc_flow.workflow.policy import ROLES
from cchc_flow.workspace import Workspace


@click.group()
def user() -> None:
    """Quản lý người dùng."""


@user.command()
@click.argument("login", metavar="TÊN_ĐĂNG_NHẬP")
@click.option("--name", required=True, help="Họ và tên.")
@click.option("--title", help="Chức vụ.")
@click.option("--unit", help="Đơn vị: mã hoặc tên.")
@click.option("--role", "roles", multiple=True, type=click.Choice(list(ROLES)), help="Vai trò; lặp lại được.")
@pass_context
def add(
    context: Context, login: str, name: str, title: str | None, unit: str | None, roles: tuple[str, ...]
) -> None:
    """Thêm người dùng và in mật khẩu tạm, phải đổi ở lần đăng nhập đầu."""
    ws = context.open()
    commands.add_person(ws, login, name, title, _find_unit(ws, unit), context.order(ws))
    for role in roles:
        commands.grant_role(ws, login, role, context.order(ws))
    order, accounts = context.order(ws), open_accounts(ws)
    password = accounts.issue_temporary_password(login, context.now(), by=By(order.actor, order.channel))
    record_access(ws, accounts)
    click.echo(f"Đã thêm «{login}». Mật khẩu tạm: {password}")


@user.command()
@click.argument("login", metavar="TÊN_ĐĂNG_NHẬP")
@click.argument("role", metavar="VAI_TRÒ", type=click.Choice(list(ROLES)))
@click.option("--revoke", is_flag=True, help="Thu hồi thay vì giao.")
@pass_context
def role(context: Context, login: str, role: str, revoke: bool) -> None:
    """Giao hoặc thu hồi một vai trò."""
    ws = context.open()
    change = commands.revoke_role if revoke else commands.grant_role
    change(ws, login, role, context.order(ws))
    person = directory.person(ws.read(), login)
    words = ", ".join(title for name, title in ROLES.items() if person and name in person.roles)
    click.echo(f"Vai trò của «{login}»: {words or 'không có'}.")


@user.command()
@click.argument("login", metavar="TÊN_ĐĂNG_NHẬP")
@pass_context
def disable(context: Context, login: str) -> None:
    """Ngừng cho một người thao tác, và kết thúc mọi phiên đăng nhập của người đó."""
    ws = context.open()
    person = directory.person(ws.read(), login)
    if person is None:
        raise NotFound(f"Không có người dùng «{login}».", "Hãy kiểm tra tên đăng nhập.")
    order, accounts = context.order(ws), open_accounts(ws)
    commands.change_person(ws, login, person.name, person.title, person.unit, False, order)
    accounts.end_all_sessions(login, context.now(), by=By(order.actor, order.channel))
    record_access(ws, accounts)
    click.echo(f"«{login}» không thao tác được nữa.")


def _find_unit(ws: Workspace, words: str | None) -> str | None:
    """Return the id of the unit with this id or name, None for no words; raise BadInput."""
    if words is None:
        return None
    units = directory.units(ws.read())
    match = next((unit for unit in units if words == unit.id), None) or commands.find_unit_by_name(
        words, units
    )
    if match is None:
        raise BadInput(f"Không có đơn vị «{words}» trong danh bạ.", "Hãy kiểm tra lại tên đơn vị.")
    return match.id


COMMANDS = (user,)
