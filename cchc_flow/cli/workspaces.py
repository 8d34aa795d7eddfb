"""Commands about whole workspaces: create, try out, serve, rebuild."""

import os

import click

from cchc_flow import commands, logs, settings, workspace
from cchc_flow import demo as demos
from cchc_flow.accounts.opening import open_accounts
from cchc_flow.accounts.web_key import setup_code
from cchc_flow.audit.event_words import rebuild_index
from cchc_flow.audit.words import plugin_origin
from cchc_flow.cli.context import Context, pass_context, print_progress, say
from cchc_flow.errors import BadInput, LogBroken, NotFound
from cchc_flow.plugin_host import contributions
from cchc_flow.simulation import trial
from cchc_flow.workflow.policy import ROLES
from cchc_flow.workspace import Workspace

HOST, PORT, LAST_PORT = "127.0.0.1", 8000, 65_535


class PortNumber(click.ParamType[int]):
    """The number of a port; whether it can be listened on is found when the server starts."""

    name = "SỐ"

    def convert(self, value: int | str, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number; raise BadInput for what is none."""
        words = str(value)
        if not (words.isascii() and words.isdigit() and 1 <= int(words[:6]) <= LAST_PORT):
            raise BadInput(f"«{words[:20]}» không phải số cổng.", f"Hãy chọn số từ 1 đến {LAST_PORT}.")
        return int(words)


@click.command()
@click.argument("name", metavar="TÊN")
@click.option("--title", help="Tên để hiển thị, ví dụ «xã Krông Bình».")
@pass_context
def init(context: Context, name: str, title: str | None) -> None:
    """Tạo một không gian làm việc mới, còn trống."""
    commands.create_workspace(
        context.data, name, title=title or name, clock=context.now, plugins=context.plugins
    )
    click.echo(f"Đã tạo không gian làm việc «{name}» trong «{context.data}».")
    code = setup_code(context.data, name)
    say("Chạy «cchc-flow serve» rồi mở trình duyệt để khai báo người quản trị.")
    say(f"Khi máy khác cũng mở được máy chủ, trang thiết lập hỏi mã: {code}")


@click.command()
@click.option("--port", type=PortNumber(), default=PORT, show_default=True, help="Cổng của máy chủ.")
@click.option("--no-serve", is_flag=True, help="Chỉ chuẩn bị dữ liệu, không mở máy chủ.")
@click.option("--year", is_flag=True, help="Dùng thử với một năm mô phỏng của cả xã.")
@pass_context
def demo(context: Context, port: int, no_serve: bool, year: bool) -> None:
    """Dùng thử: nhập kế hoạch mẫu, tạo tài khoản cho từng vai trò và mở bảng công việc."""
    say("Đang chuẩn bị không gian dùng thử …")
    ws = (
        _year_workspace(context)
        if year
        else demos.demo_workspace(
            context.data, context.workspace_option() or "demo", context.now, context.plugins
        )
    )
    click.echo(f"Không gian dùng thử «{ws.name}» ({ws.title}). Tài khoản:")
    words = demos.passwords(ws)
    for person in demos.PEOPLE:
        click.echo(f"  {person.login:<14}{words[person.login]:<16}{ROLES[person.role]} – {person.name}")
    ws.close()
    if not no_serve:
        for sentence in _plugin_sentences(context):
            say(sentence)
        deployment = settings.read_deployment(os.environ)
        _run_server(context, HOST, port, (), deployment)


def _year_workspace(context: Context) -> Workspace:
    """Open or create the workspace with a simulated year, with progress on the terminal."""

    def report_progress(done: int, total: int) -> None:
        print_progress("Mô phỏng năm", done, total)

    return trial.year_workspace(
        context.data,
        context.workspace_option() or trial.NAME,
        context.now,
        report_progress,
        context.plugins,
        say,
    )


@click.command()
@click.option("--host", default=HOST, show_default=True, help="Địa chỉ lắng nghe.")
@click.option("--port", type=PortNumber(), default=PORT, show_default=True, help="Cổng lắng nghe.")
@click.option("--name", "names", multiple=True, help="Tên máy mà người dùng gõ (khi đứng sau máy chủ khác).")
@pass_context
def serve(context: Context, host: str, port: int, names: tuple[str, ...]) -> None:
    """Mở máy chủ web."""
    deployment = settings.read_deployment(os.environ)
    logs.configure(deployment.logging)
    for name in workspace.names(context.data):
        _sweep(context, name)
    for sentence in _plugin_sentences(context):
        logs.tell(sentence)
    _run_server(context, host, port, names, deployment)


def _run_server(
    context: Context, host: str, port: int, names: tuple[str, ...], deployment: settings.Deployment
) -> None:
    from cchc_flow.web.server import serve  # only now: the other commands start in half the time without it

    serve(context.data, host, port, context.now, names=names, deployment=deployment, plugins=context.plugins)


def _sweep(context: Context, name: str) -> None:
    """Remove leftovers from a workspace; one that cannot be opened is reported, and the others are served."""
    try:
        ws = commands.open_workspace(context.data, name, context.now, context.plugins)
    except (NotFound, LogBroken) as error:
        logs.tell(f"Không gian «{name}»: {error}" if isinstance(error, LogBroken) else str(error))
        return
    for fault in commands.workspace_faults(ws):
        logs.tell(f"Không gian «{name}»: {fault.words}")
    ws.sweep({reading.digest for reading in open_accounts(ws).plan_readings.unfinished(ws.now())})
    ws.close()


def _plugin_sentences(context: Context) -> list[str]:
    """Return a sentence on the loaded plugins, and one for each fault in a plugin."""
    titles = [
        f"{about.title} (bản {about.version}, {plugin_origin(about.origin)})"
        for about in context.plugins.about.values()
    ]
    faults = [fault.words for fault in contributions.faults(context.plugins)]
    return [f"Đã nạp {len(titles)} lĩnh vực: {'; '.join(titles)}.", *faults]


@click.command()
@click.option("--check", is_flag=True, help="Chỉ so sánh, không thay.")
@pass_context
def rebuild(context: Context, check: bool) -> int:
    """Dựng lại mọi bảng đọc từ nhật ký."""
    if not check:  # does not open the read models: they may be what is broken
        ws = workspace.open_workspace(context.data, context.existing_workspace_name(), context.now)
        files = ws.rebuild(lambda done, total: print_progress("Dựng lại", done, total))
        rebuild_index(ws)
        click.echo(f"Đã dựng lại: {', '.join(file.name for file in files)}")
        return 0
    different = context.open().differences(lambda done, total: print_progress("So sánh", done, total))
    click.echo("Khác ở bảng: " + "; ".join(different) if different else "Bảng đọc khớp với nhật ký.")
    return 1 if different else 0


COMMANDS = (init, demo, serve, rebuild)
