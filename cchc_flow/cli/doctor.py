"""The command that tells whether this machine, its plugins and the data folder can serve pages."""

import os
import platform
import tempfile
from pathlib import Path

import click
from sqlite_utils.utils import sqlite3

from cchc_flow import commands, data_folder, settings, workspace
from cchc_flow.accounts.opening import open_accounts
from cchc_flow.audit.witnessing import load_witnessing
from cchc_flow.cli.context import Context, pass_context
from cchc_flow.documents import templates
from cchc_flow.documents.equipment import require_what_a_pdf_needs
from cchc_flow.documents.template_check import check_templates
from cchc_flow.errors import CchcError, LogBroken, describe_os_error
from cchc_flow.eventlog.locking import check_sqlite_version
from cchc_flow.homes import find_home
from cchc_flow.nodes import describe_differences
from cchc_flow.plugin_host import contributions, schemas
from cchc_flow.signatures.process import is_installed
from cchc_flow.signatures.trust import trusted_certificates


@click.command()
@pass_context
def doctor(context: Context) -> int:
    """Kiểm tra máy: phiên bản, SQLite, ổ đĩa, thư mục dữ liệu; mã thoát 1 nếu trang sẽ không mở được."""
    click.echo(f"Python {platform.python_version()} · {platform.system()} {platform.machine()}")
    healthy = _check_sqlite() & _check_folder(context.data) & _check_plugins(context)
    for words in describe_differences(context.plugins, find_home(context.data).programs()):
        click.echo(words)
    for name in workspace.names(context.data):
        healthy &= _check_workspace(context, name)
    _check_pdf()
    _check_signing()
    return 0 if healthy else 1


def _check_sqlite() -> bool:
    """Print the version of SQLite; return whether it can be used."""
    try:
        click.echo(f"SQLite {check_sqlite_version()}: dùng được")
    except LogBroken as error:
        click.echo(str(error))
        return False
    return True


def _check_pdf() -> None:
    """Print whether documents can be set as PDF; pages open without that."""
    try:
        require_what_a_pdf_needs()
        click.echo("Tệp PDF: dựng được")
    except CchcError as error:
        click.echo(f"Tệp PDF: không dựng được ({error})")


def _check_signing() -> None:
    """Print whether PDFs can be signed here, and whose certificates are trusted; pages open without that."""
    if not is_installed():
        click.echo("Chữ ký số: chưa cài (phần «sign»), nên không ký và không kiểm tra được")
        return
    try:
        trusted = trusted_certificates(settings.trusted_folder(os.environ))
        click.echo(f"Chữ ký số: ký và kiểm tra được; {len(trusted)} chứng thư tin cậy")
    except CchcError as error:
        click.echo(f"Chữ ký số: {error}")


def _check_folder(folder: Path) -> bool:
    """Print whether the data folder can be written to and has room, and return it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(bytes(data_folder.BLOCK))
        looked_at = {*data_folder.shared_paths(folder), *data_folder.closed_folders(folder)}
        faults = data_folder.find_faults(folder, sorted(looked_at))
        full = data_folder.find_full_disk(folder)
    except OSError as error:
        click.echo(f"Thư mục dữ liệu «{folder}»: không ghi được ({describe_os_error(error)})")
        return False
    for fault in (*faults, *filter(None, [full])):
        click.echo(str(fault))
    if not faults and not full:
        click.echo(f"Thư mục dữ liệu «{folder}»: ghi được")
    return not faults and not full


def _check_plugins(context: Context) -> bool:
    """Print the faults of the plugins and of their registers' schemas; return whether there are none."""
    faults = [*contributions.faults(context.plugins), *schemas.faults(context.plugins)]
    for fault in faults:
        click.echo(fault.words)
    if not faults:
        click.echo(f"{len(context.plugins.about)} lĩnh vực: dùng được")
    return not faults


def _check_workspace(context: Context, name: str) -> bool:
    """Print what is wrong with a workspace, or its size; return whether its pages can be served."""
    loose = data_folder.find_loose_paths(data_folder.workspace_paths(context.data, name))
    if loose:
        click.echo(
            f"Không gian «{name}»: người dùng khác của máy đọc được {len(loose)} tệp, như «{loose[0]}»"
        )
    faults = [*data_folder.find_faults(context.data, data_folder.workspace_paths(context.data, name))]
    for fault in faults:
        click.echo(f"Không gian «{name}»: {fault}")
    return _can_open(context, name) and not faults and _is_closed_to_others(context, name, bool(loose))


def _can_open(context: Context, name: str) -> bool:
    """Open a workspace as pages do, and print its size; return whether it can be used."""
    try:
        ws = workspace.open_workspace(context.data, name, context.now, context.plugins)
        ws.log.check_key()
        ws.log.check_writable()
        open_accounts(ws).check_writable()
        click.echo(f"Không gian «{name}» ({ws.title}): {ws.log.size()} sự kiện")
        if doubt := ws.log.find_clock_doubt():
            raise doubt.error()
        faults = commands.workspace_faults(ws)
    except (CchcError, OSError, ValueError, sqlite3.DatabaseError) as error:
        click.echo(f"Không gian «{name}»: không mở được ({_words(error)})")
        return False
    for fault in faults:
        click.echo(f"Không gian «{name}»: {fault.words}")
    for warning in load_witnessing(ws).warnings:
        click.echo(f"Không gian «{name}»: {warning}")
    _check_templates(name, ws.templates)
    return not faults


def _check_templates(name: str, folder: Path) -> None:
    """Print whether documents can be made by a commune's own templates; pages open without that."""
    for unknown in templates.unknown_names(folder):
        names = ", ".join(templates.NAMES)
        click.echo(f"Không gian «{name}»: không dùng «{unknown}» làm mẫu văn bản; các tên được dùng: {names}")
    if own := templates.own_names(folder):
        try:
            check_templates(folder)
            click.echo(f"Không gian «{name}»: mẫu văn bản riêng dùng được ({', '.join(own)})")
        except CchcError as error:
            click.echo(f"Không gian «{name}»: {error}")


def _words(error: Exception) -> str:
    return describe_os_error(error) if isinstance(error, OSError) else str(error)


def _is_closed_to_others(context: Context, name: str, was_loose: bool) -> bool:
    """Close the files of a workspace to other users of the machine; return whether that was done."""
    data_folder.close_to_others(data_folder.workspace_paths(context.data, name))
    left = data_folder.find_loose_paths(data_folder.workspace_paths(context.data, name))
    if left:
        click.echo(f"Không gian «{name}»: không đóng được «{left[0]}». Hãy chạy lệnh chmod go= cho tệp đó.")
    elif was_loose:
        click.echo(f"Không gian «{name}»: đã đóng lại, chỉ chủ của thư mục dữ liệu đọc được")
    return not left


COMMANDS = (doctor,)
