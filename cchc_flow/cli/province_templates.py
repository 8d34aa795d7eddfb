"""Commands about a province's template plans: issue one from a file, give it, and tell how communes stand."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from cchc_flow import commands, workspace
from cchc_flow.cli.context import Context, pass_context, print_progress, say
from cchc_flow.cli.plans import in_year
from cchc_flow.commands.plan_templates import Giver, receive_template
from cchc_flow.commands.province_templates import NewTemplate, give_template, issue_template
from cchc_flow.errors import CchcError, NotFound
from cchc_flow.plan_import import read_plan_bytes
from cchc_flow.plan_import.adoption import adoption
from cchc_flow.plan_import.readers import media_type_of
from cchc_flow.plan_import.reading import read_content
from cchc_flow.plugin_host import contributions
from cchc_flow.projections import directory, plan_templates, settings
from cchc_flow.projections import province as read_model
from cchc_flow.projections.plan_templates import Template
from cchc_flow.province.summary import template_standings
from cchc_flow.province.template_plans import STATES, load_contents, state_of
from cchc_flow.province.troubles import Troubles
from cchc_flow.workflow.commands import Upload
from cchc_flow.workflow.provinces import visitor_id
from cchc_flow.workspace import Workspace


@click.group()
def template() -> None:
    """Kế hoạch mẫu của tỉnh giao cho các xã."""


@template.command()
@click.argument("file", metavar="TỆP", type=click.Path(path_type=Path))
@click.option(
    "--to", "chosen", multiple=True, metavar="KHÔNG_GIAN", help="Chỉ giao cho xã này; dùng được nhiều lần."
)
@click.option(
    "--year", metavar="NĂM", type=click.IntRange(2000, 2100), help="Năm của kế hoạch, nếu tên không ghi."
)
@click.option("--replace", is_flag=True, help="Thay kế hoạch mẫu cùng năm đã ban hành.")
@pass_context
def give(context: Context, file: Path, chosen: tuple[str, ...], year: int | None, replace: bool) -> int:
    """Ban hành kế hoạch mẫu từ một tệp và giao cho các xã.

    Xã nhận bản chờ xem lại ở trang Kế hoạch; chưa có gì vào bảng của xã. Chạy lại cùng tệp thì không ban hành
    lần nữa, chỉ giao tiếp cho xã chưa nhận.
    """
    ws = context.open()
    issued = _issue(context, ws, file, year, replace=replace)
    communes = list(chosen) or [one.workspace for one in read_model.communes(ws.read())]
    give_template(ws, issued.id, communes, context.order(ws))
    received, failed = _bring(context, ws, issued)
    say(f"{received} xã đã có kế hoạch mẫu năm {issued.year}, lần {issued.edition}.")
    if failed:
        say(f"{failed} xã chưa nhận được: chạy lại lệnh này để giao tiếp.")
    return 1 if failed else 0


@template.command()
@pass_context
def status(context: Context) -> None:
    """Cho biết mỗi xã đã nhận, đưa vào bảng hay để riêng kế hoạch mẫu."""
    ws = context.open_to_read()
    if read_model.own_name(ws.read()) is None:
        raise NotFound(f"«{ws.name}» không phải không gian của tỉnh.", "Hãy chọn bằng --workspace TỈNH.")
    for one in plan_templates.current_templates(ws.read()):
        click.echo(f"Năm {one.year}, lần {one.edition}: {one.title}")
        given = plan_templates.given_communes(ws.read()).get(one.id, frozenset())
        for commune in read_model.communes(ws.read()):
            words = _state_words(context, commune.workspace, one, is_given=commune.workspace in given)
            click.echo(f"  {commune.workspace}  {commune.name}: {words}")


def _issue(context: Context, ws: Workspace, file: Path, year: int | None, *, replace: bool) -> Template:
    """Issue what a file holds; raise BadInput for what is no plan, before anything is recorded."""
    content = read_content(file)
    document = Upload(file.name, content, media_type_of(file.name))
    exclusive = settings.effective_settings(ws.read()).deadlines.before_is_exclusive
    areas = contributions.areas(context.plugins)
    proposal = in_year(read_plan_bytes(file.name, content, areas, before_is_exclusive=exclusive), year)
    planned = adoption(proposal, document).year
    before = (one for one in plan_templates.current_templates(ws.read()) if replace and one.year == planned)
    new = NewTemplate(
        year=planned,
        number=proposal.number,
        title=proposal.title,
        document=document,
        draft=None if year is None else f'{{"year": "{year}"}}',
        replaces=next((one.id for one in before), None),
    )
    return issue_template(ws, new, context.order(ws))


def _bring(context: Context, ws: Workspace, issued: Template) -> tuple[int, int]:
    """Bring a template to all communes that it is given to; return how many have it, and how many do not."""
    contents, giver, troubles = load_contents(ws, issued), _giver(context, ws), Troubles()
    given = plan_templates.given_communes(ws.read()).get(issued.id, frozenset())
    communes = [one for one in read_model.communes(ws.read()) if one.workspace in given]
    failed = 0
    for number, commune in enumerate(communes, 1):
        with (
            troubles.noted(commune.workspace, "giao kế hoạch mẫu"),
            _opened(context, commune.workspace) as its,
        ):
            receive_template(its, ws, contents, giver)
        if why := troubles.find(commune.workspace):
            failed += 1
            say(f"{commune.name}: {why}")
        print_progress("Giao kế hoạch mẫu", number, len(communes))
    return len(communes) - failed, failed


@contextmanager
def _opened(context: Context, name: str) -> Iterator[Workspace]:
    ws = commands.open_workspace(context.data, name, context.now, context.plugins)
    try:
        yield ws
    finally:
        ws.close()


def _giver(context: Context, ws: Workspace) -> Giver:
    order = context.order(ws)
    person = None if order.is_system else directory.person(ws.read(), order.actor)
    if person is None:
        return Giver(None, None, order.channel)
    return Giver(visitor_id(person.id, ws.name), person.name, order.channel)


def _state_words(context: Context, name: str, issued: Template, *, is_given: bool) -> str:
    """Return in words how a commune stands; one in trouble stops no other."""
    try:
        ws = workspace.open_workspace(context.data, name, context.now)
    except CchcError as error:
        return f"không mở được ({error.why})"
    try:
        standing = next((one for one in template_standings(ws.read()) if one.id == issued.id), None)
        return STATES[state_of(standing, is_given=is_given)].lower()
    except CchcError as error:
        return f"không đọc được ({error.why})"
    finally:
        ws.close()


COMMAND = template
