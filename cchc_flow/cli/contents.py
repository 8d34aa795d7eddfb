"""Commands about the contents of the vault."""

import click

from cchc_flow.audit.erasing import erase_everywhere
from cchc_flow.cli.context import Context, pass_context
from cchc_flow.commands.erasure import LAW, Grounds


@click.group()
def content() -> None:
    """Nội dung trong kho: chữ đã gõ và tệp đã đính kèm."""


@content.command()
@click.argument("digest", metavar="MÃ")
@click.option("--reason", required=True, help="Lý do xóa; được giữ trong kho cùng sự kiện xóa.")
@click.option("--decision", default="", help="Số, ngày của quyết định làm căn cứ, nếu có.")
@click.option("--legal-basis", default=LAW, show_default=True, help="Điều, khoản của luật làm căn cứ.")
@pass_context
def erase(context: Context, digest: str, reason: str, decision: str, legal_basis: str) -> None:
    """Xóa hẳn một nội dung khỏi kho và ghi sự kiện xóa; nhật ký vẫn nguyên vẹn. Cần --as của quản trị."""
    ws = context.open()
    grounds = Grounds(legal_basis, reason, decision)
    if erase_everywhere(ws, [digest], grounds, context.order(ws)):
        click.echo(f"Đã xóa nội dung {digest} khỏi kho; việc xóa đã được ghi vào nhật ký.")
    else:
        click.echo(f"Nội dung {digest} đã được xóa từ trước.")


COMMANDS = (content,)
