"""Commands about the plan document: read it, import it."""

import json
from pathlib import Path

import click

from cchc_flow import handling, workspace
from cchc_flow.cli.context import Context, pass_context, say
from cchc_flow.plan_import import as_json, read_plan
from cchc_flow.plan_import.adoption import adoption
from cchc_flow.plan_import.summary import summary
from cchc_flow.workflow.commands import Upload

MEDIA_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".txt": "text/plain",
}


@click.group()
def plan() -> None:
    """Đọc và nhập văn bản kế hoạch."""


@plan.command()
@click.argument("file", metavar="TỆP", type=click.Path(path_type=Path))
@click.option("--json", "wants_json", is_flag=True, help="In một đối tượng JSON.")
def read(file: Path, wants_json: bool) -> None:
    """Cho biết đọc được gì từ văn bản; không lưu gì cả."""
    proposal = read_plan(file)
    if wants_json:
        click.echo(json.dumps(as_json(proposal), ensure_ascii=False, indent=1))
    else:
        click.echo(summary(proposal))


@plan.command(name="import")
@click.argument("file", metavar="TỆP", type=click.Path(path_type=Path))
@pass_context
def import_(context: Context, file: Path) -> None:
    """Nhập kế hoạch: mở mọi nhiệm vụ, chưa giao, kèm đơn vị được gợi ý."""
    proposal = read_plan(file)
    document = Upload(file.name, file.read_bytes(), MEDIA_TYPES[file.suffix.lower()])
    wanted = adoption(proposal, document)
    name = context.name()
    if name not in workspace.names(context.data):
        handling.create_workspace(context.data, name, title=proposal.issuer or name, clock=context.now)
        say(f"Đã tạo không gian làm việc «{name}».")
    ws = context.open()
    if handling.adopt_plan(ws, wanted, context.order(ws)) is None:
        click.echo(f"Văn bản này đã được nhập làm kế hoạch năm {wanted.year}; không có gì thay đổi.")
    else:
        click.echo(f"Đã nhập kế hoạch năm {wanted.year}: {len(wanted.tasks)} công việc, chưa giao.")


COMMANDS = (plan,)
