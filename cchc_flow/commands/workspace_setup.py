"""Making and opening a workspace: its log, its plugins, and the workflow definitions of its items."""

from collections.abc import Iterator
from pathlib import Path

from cchc_flow import workspace
from cchc_flow.clock import Clock
from cchc_flow.commands import channels, reactions
from cchc_flow.commands.folder_upgrade import note_end, upgrade_folder
from cchc_flow.commands.grading_formula import adopt_decree_formula
from cchc_flow.commands.plugin_changes import note_plugins
from cchc_flow.commands.reporting_periods import choose_third_quarter
from cchc_flow.commands.unit_of_work import Commit, NewEvents, Order, UnitOfWork, write
from cchc_flow.commands.workflow_upgrade import upgrade_running_items
from cchc_flow.errors import BadInput, LogBroken
from cchc_flow.eventlog.erasures import erase_again
from cchc_flow.plugin_host import contributions
from cchc_flow.plugin_host.loading import NONE as NO_PLUGINS
from cchc_flow.plugin_host.loading import Plugins
from cchc_flow.plugin_host.manager import Fault
from cchc_flow.projections import rules, workflows
from cchc_flow.workflow.bearing import event_problems
from cchc_flow.workflow.definition import Workflow, as_data, from_data, problems
from cchc_flow.workflow.events import WorkflowPublished
from cchc_flow.workflow.inspection import AUDIT, FINDING
from cchc_flow.workflow.report import REPORT
from cchc_flow.workflow.task import TASK
from cchc_flow.workspace import Workspace

BUILT_IN = (TASK, REPORT, AUDIT, FINDING)


def create_workspace(
    data: Path, name: str, *, title: str, clock: Clock, demo: bool = False, plugins: Plugins = NO_PLUGINS
) -> Workspace:
    """Make a workspace that is ready for people and a plan; raise BadInput for a bad or taken name."""
    ws = workspace.create(data, name, title=title, clock=clock, demo=demo, plugins=plugins)
    choose_third_quarter(ws)
    return publish_what_came(ws)


def open_workspace(
    data: Path, name: str, clock: Clock, plugins: Plugins = NO_PLUGINS, *, serves_pages: bool = False
) -> Workspace:
    """Open a workspace for work, upgrade the folder of an older release, and publish what came with this one.

    For a server that `serves_pages`, new read models are built beside the old ones where that can be done.
    Raise NotFound, or LogBroken when its log was changed or its signing key is not at hand.
    """
    kept = upgrade_folder(data, name, clock)
    ws = workspace.open_workspace(data, name, clock, plugins, serves_pages=serves_pages)
    try:
        ws.log.check_key()
        publish_what_came(ws)
        if kept:
            note_end(kept, ws.folder)
        return ws
    except BaseException:
        ws.close()
        raise


def publish_what_came(ws: Workspace) -> Workspace:
    """Record the plugins and the definitions that came with this release; return the workspace.

    Running items follow the newest definitions: those of the program, and of the registers of its plugins.
    Grading follows the formula of the decree.

    Contents that were erased, and came back with an older copy of the vault, are deleted again. While the
    machine's clock is in doubt nothing is recorded; who confirms it, or opens the workspace next, makes up.
    """
    erase_again(ws.log, ws.vault)
    if ws.log.find_clock_doubt() is None:
        note_plugins(ws)
        publish_definitions(ws)
        for definition in (*BUILT_IN, *_sound_registers(ws)):
            upgrade_running_items(ws, definition)
        adopt_decree_formula(ws)
    return ws


def publish_definitions(ws: Workspace) -> None:
    """Publish each usable definition that the log does not hold yet.

    Raise LogBroken when a built-in version that was published differs from the program's: a published version
    is never edited.
    """
    for definition in BUILT_IN:
        publish(ws, definition)
    for definition in _sound_registers(ws):
        publish(ws, definition)


def faults(ws: Workspace) -> list[Fault]:
    """Return the faults of plugins: what this workspace cannot use, or what they could not do, and why."""
    altered = (fault for _, fault in _altered_registers(ws))
    return [*contributions.faults(ws.plugins), *altered, *reactions.faults(ws)]


def workspace_faults(ws: Workspace) -> list[Fault]:
    """Return how this program's plugins do not fit what the log of a workspace says of them.

    A definition was changed without a new version, a plugin whose rules are in force is not there, or what a
    plugin wants to follow from events could not be done.
    """
    missing = (
        Fault(
            name,
            f"Lĩnh vực «{plugin.title}» ({name}) đang bật nhưng không còn trong phần mềm;"
            " hãy cài lại, hoặc tắt kèm lý do ở trang Lĩnh vực.",
        )
        for name, plugin in rules.loaded_plugins(ws.read()).items()
        if plugin.enabled and name not in ws.plugins.about and name not in ws.plugins.load_faults
    )
    return [*(fault for _, fault in _altered_registers(ws)), *missing, *reactions.faults(ws)]


def _altered_registers(ws: Workspace) -> Iterator[tuple[str, Fault]]:
    """Yield the kind of each register that differs from its published version, with the fault to report.

    The published version stays in use.
    """
    db = ws.read()
    published = workflows.published_versions(db)
    for plugin, register in contributions.collect(ws.plugins).registers:
        version = register.kind, register.version
        if version in published and workflows.workflow(db, *version) != from_data(as_data(register)):
            yield (
                register.kind,
                Fault(
                    plugin,
                    f"Sổ theo dõi «{register.kind}» phiên bản {register.version} của trình cắm «{plugin}»"
                    " khác bản đã công bố; bản trong nhật ký vẫn được dùng. Hãy tăng số phiên bản.",
                ),
            )


def _sound_registers(ws: Workspace) -> list[Workflow]:
    """Return the registers of plugins, without those that were altered under a published version."""
    altered = {kind for kind, _ in _altered_registers(ws)}
    registers = (definition for _, definition in contributions.collect(ws.plugins).registers)
    return [definition for definition in registers if definition.kind not in altered]


def publish(ws: Workspace, definition: Workflow) -> None:
    """Publish a definition for new items; nothing changes if it was published already.

    Raise BadInput for a definition that is not sound, LogBroken when a different one was published under its
    kind and version.
    """
    kind, version = definition.kind, definition.version
    event = WorkflowPublished(kind=kind, version=version, definition=as_data(definition))

    def decide_commit(uow: UnitOfWork) -> Commit:
        stream = f"workflow-{kind}"
        return Commit([NewEvents(stream, uow.version_of(stream), (event,))])

    db = ws.read()
    if (kind, version) not in workflows.published_versions(db):
        _check_definition(definition)
        order = Order("system:setup", f"system:publish-{kind}-{version}", channel=channels.SETUP)
        write(ws, order, event, decide_commit)
    elif workflows.workflow(db, kind, version) != from_data(as_data(definition)):
        raise LogBroken(
            f"Quy trình «{kind}» phiên bản {version} trong nhật ký khác với chương trình.",
            "Hãy dùng đúng bản phát hành của chương trình.",
        )


def _check_definition(definition: Workflow) -> None:
    """Raise BadInput when a definition is not sound."""
    if lines := [*problems(definition), *event_problems(definition)]:
        raise BadInput(
            f"Quy trình «{definition.kind}» phiên bản {definition.version} chưa hợp lệ: {'; '.join(lines)}.",
            "Hãy sửa định nghĩa trước khi công bố.",
        )
