"""Commands about the machine's clock, without which nothing is recorded while it is in doubt."""

import click

from cchc_flow.cli.context import Context, pass_context
from cchc_flow.commands.clock_confirmation import confirm_clock
from cchc_flow.workflow.calendar import moment_words


@click.group("clock")
def clock_group() -> None:
    """Việc về đồng hồ máy chủ."""


@clock_group.command()
@pass_context
def confirm(context: Context) -> None:
    """Xác nhận đồng hồ máy chủ là đúng, khi hệ thống nghi nó sai và không ghi gì."""
    ws = context.open_for_repair()
    confirm_clock(ws, context.order(ws))
    click.echo(f"Đã xác nhận đồng hồ máy chủ: {moment_words(ws.now().isoformat())}.")


COMMANDS = (clock_group,)
