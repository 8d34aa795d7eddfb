"""Commands about workflow definitions: draw or export one, move running items to another version."""

from collections.abc import Callable, Collection
from pathlib import Path

import click

from cchc_flow import commands, workspace
from cchc_flow.cli.context import Context, pass_context, say
from cchc_flow.commands.workflow_migration import Migration, preview_migration
from cchc_flow.commands.workspace_setup import BUILT_IN
from cchc_flow.diagrams import bpmn, svg
from cchc_flow.errors import BadInput
from cchc_flow.projections import workflows
from cchc_flow.projections.reading import may_read
from cchc_flow.workflow.definition import Workflow
from cchc_flow.workflow.item import Item

NUMBER = click.IntRange(1, 99_999)
kind_argument = click.argument("kind", metavar="LOẠI")
out_argument = click.argument("out", metavar="TỆP", type=click.Path(path_type=Path))
version_option = click.option("--version", type=NUMBER, help="Phiên bản; bỏ trống: mới nhất.")


@click.group()
def workflow() -> None:
    """Vẽ, xuất quy trình và chuyển công việc sang phiên bản khác."""


@workflow.command()
@kind_argument
@out_argument
@version_option
@pass_context
def draw(context: Context, kind: str, out: Path, version: int | None) -> None:
    """Vẽ quy trình của một loại công việc thành ảnh SVG; TỆP là «-»: in ra màn hình."""
    _write_drawing(out, svg.draw_svg, _find_workflow(context, kind, version))


@workflow.command()
@kind_argument
@out_argument
@version_option
@pass_context
def export(context: Context, kind: str, out: Path, version: int | None) -> None:
    """Xuất quy trình của một loại công việc thành BPMN 2.0; TỆP là «-»: in ra màn hình."""
    _write_drawing(out, bpmn.export_bpmn, _find_workflow(context, kind, version))


@workflow.command()
@kind_argument
@click.option("--to", "version", type=NUMBER, required=True, help="Phiên bản mà công việc sẽ theo.")
@click.option(
    "--item", "item_ids", multiple=True, help="Mã công việc; lặp lại được. Bỏ trống: mọi việc đang chạy."
)
@click.option("--dry-run", is_flag=True, help="Chỉ cho biết sẽ xảy ra gì, không ghi.")
@pass_context
def migrate(context: Context, kind: str, version: int, item_ids: tuple[str, ...], dry_run: bool) -> int:
    """Chuyển công việc đang chạy sang một phiên bản quy trình đã công bố."""
    ws = context.open()
    _require_kind(kind, workflows.kind_titles(ws.read()))
    if dry_run:
        migration = preview_migration(ws, kind, version, item_ids)
    else:
        migration = commands.migrate(ws, kind, version, item_ids, context.order(ws))
    db, reader = ws.read(), context.reader(ws)
    named = {item.id for item in _items_of(migration) if may_read(db, reader, item)}
    _print_migration(migration, named, version, "Sẽ chuyển" if dry_run else "Đã chuyển")
    if migration.misfits:
        say(f"{len(migration.misfits)} công việc không chuyển được sang phiên bản {version}.")
    return 1 if migration.misfits else 0


def _find_workflow(context: Context, kind: str, version: int | None) -> Workflow:
    """Return a workspace's published definition; the built-in one if there is no workspace at all."""
    if version is None and context.workspace_option() is None and not workspace.names(context.data):
        built_in = {workflow.kind: workflow for workflow in BUILT_IN}
        _require_kind(kind, built_in)
        return built_in[kind]
    db = context.open().read()
    _require_kind(kind, workflows.kind_titles(db))
    return workflows.newest_workflow(db, kind) if version is None else workflows.workflow(db, kind, version)


def _require_kind(kind: str, kinds: dict[str, Workflow] | dict[str, str]) -> None:
    """Raise BadInput for an unknown kind of item."""
    if kind not in kinds:
        raise BadInput(f"Không có quy trình «{kind[:40]}».", f"Hãy chọn: {', '.join(kinds)}.")


def _write_drawing(out: Path, render: Callable[[Workflow], str], definition: Workflow) -> None:
    """Render a definition into a file, or on stdout for "-"."""
    content = render(definition)
    if str(out) == "-":
        click.echo(content)
        return
    out.write_text(content, encoding="utf-8")
    say(f"Đã ghi quy trình «{definition.title}» phiên bản {definition.version} vào {out}.")


def _items_of(migration: Migration) -> list[Item]:
    """Return the items that a migration is about and that have not ended."""
    return [*migration.moving, *(misfit.item for misfit in migration.misfits)]


def _print_migration(migration: Migration, named: Collection[str], version: int, done: str) -> None:
    """Print which of the items with the ids `named` move, which do not and why, and the totals of all."""
    for item in (item for item in migration.moving if item.id in named):
        click.echo(f"{done}: {item.id} {item.title}")
    for misfit in (misfit for misfit in migration.misfits if misfit.item.id in named):
        click.echo(f"Giữ nguyên: {misfit.item.id} {misfit.item.title}: {misfit.why}")
    click.echo(
        f"{done} {len(migration.moving)} công việc sang phiên bản {version}; {migration.there} việc đã theo "
        f"phiên bản này; {migration.finished} việc đã kết thúc giữ nguyên phiên bản."
    )


COMMANDS = (workflow,)
