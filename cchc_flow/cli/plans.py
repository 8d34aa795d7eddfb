"""Commands about a plan document: show what can be read from it, import it."""

import json
from pathlib import Path

import click
from msgspec.structs import replace

from cchc_flow import commands
from cchc_flow.cli.context import Context, pass_context
from cchc_flow.commands.plan_learning import discard_learning
from cchc_flow.plan_import import as_json, read_plan, read_plan_bytes
from cchc_flow.plan_import.adoption import adoption
from cchc_flow.plan_import.learned import learn, learned_weights
from cchc_flow.plan_import.proposal import Proposal
from cchc_flow.plan_import.readers import media_type_of
from cchc_flow.plan_import.reading import read_content
from cchc_flow.plan_import.review.summary import summary
from cchc_flow.plugin_host import contributions
from cchc_flow.projections import settings
from cchc_flow.workflow.commands import Upload


@click.group()
def plan() -> None:
    """Đọc và nhập văn bản kế hoạch."""


@plan.command()
@click.argument("file", metavar="TỆP", type=click.Path(path_type=Path))
@click.option("--json", "wants_json", is_flag=True, help="In một đối tượng JSON.")
@click.option("--all", "is_full", is_flag=True, help="Kể hết đoạn chưa chắc, đoạn không dùng và ghi chú.")
@pass_context
def read(context: Context, file: Path, wants_json: bool, is_full: bool) -> None:
    """Cho biết đọc được gì từ văn bản; không lưu gì cả."""
    proposal = read_plan(file, contributions.areas(context.plugins))
    if wants_json:
        click.echo(json.dumps(as_json(proposal), ensure_ascii=False, indent=1))
    else:
        click.echo(summary(proposal, is_full=is_full))


@plan.command(name="import")
@click.argument("file", metavar="TỆP", type=click.Path(path_type=Path))
@click.option(
    "--year", metavar="NĂM", type=click.IntRange(2000, 2100), help="Năm của kế hoạch, nếu tên không ghi."
)
@pass_context
def import_(context: Context, file: Path, year: int | None) -> None:
    """Nhập kế hoạch: mở mọi nhiệm vụ, chưa giao, kèm đơn vị được gợi ý."""
    content = read_content(file)
    document = Upload(file.name, content, media_type_of(file.name))
    areas = contributions.areas(context.plugins)
    proposal = in_year(read_plan_bytes(file.name, content, areas), year)
    plan_to_adopt = adoption(proposal, document)  # fails for what is no plan, before a workspace is created
    ws = context.open_or_create(proposal.issuer or context.workspace_name())
    exclusive = settings.effective_settings(ws.read()).deadlines.before_is_exclusive
    weights = learned_weights(ws)
    if weights or not exclusive:  # this workspace reads otherwise than the program as it came
        proposal = in_year(
            read_plan_bytes(file.name, content, areas, before_is_exclusive=exclusive, weights=weights), year
        )
        plan_to_adopt = adoption(proposal, document)
    if commands.adopt_plan(ws, plan_to_adopt, context.order(ws)) is None:
        click.echo(f"Văn bản này đã được nhập làm kế hoạch năm {plan_to_adopt.year}; không có gì thay đổi.")
    else:
        click.echo(
            f"Đã nhập kế hoạch năm {plan_to_adopt.year}: {len(plan_to_adopt.tasks)} công việc, chưa giao."
        )


@plan.command(name="learn")
@click.option("--discard", is_flag=True, help="Bỏ những gì đã học: lại đọc như lúc mới cài đặt.")
@pass_context
def learn_(context: Context, discard: bool) -> None:
    """Học cách đọc từ những đoạn đã chỉnh khi nhập kế hoạch."""
    ws = context.open()
    if discard and not discard_learning(ws, context.order(ws)):
        click.echo("Chưa học được gì từ các kế hoạch đã nhập; không có gì để bỏ.")
        return
    result = learn(ws, contributions.areas(ws.plugins))
    if discard:
        click.echo("Đã bỏ những gì đã học. Những đoạn đã chỉnh vẫn ở trong nhật ký.")
    elif result.is_used:
        click.echo(
            f"Đã học từ {result.lines} đoạn của {result.documents} kế hoạch; kế hoạch sau đọc theo đó."
        )
    else:
        click.echo("Chưa có đoạn nào được chỉnh khi nhập kế hoạch, nên chưa có gì để học.")


def in_year(proposal: Proposal, year: int | None) -> Proposal:
    """Return the proposal with the year that a person gave, unchanged if none was given."""
    return proposal if year is None else replace(proposal, year=year, closing_day=f"{year}-12-31")


COMMANDS = (plan,)
