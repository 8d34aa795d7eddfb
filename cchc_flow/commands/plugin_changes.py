"""What of this process's plugins differs from what the log says last; it is recorded before anything else.

Otherwise events would be recorded under rules that nobody was asked: those of a plugin whose folder was
deleted, that came back older, or whose code was changed under the same version.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from hashlib import sha256

import msgspec
from sqlite_utils import Database

from cchc_flow.commands import channels
from cchc_flow.errors import Conflict, Refusal
from cchc_flow.eventlog.port import Change, Draft, Meta
from cchc_flow.hookspecs import Figure
from cchc_flow.plugin_host import contributions
from cchc_flow.plugin_host.contributions import values_of
from cchc_flow.plugin_host.loading import Plugins
from cchc_flow.projections import rules
from cchc_flow.projections.memory import newest_position
from cchc_flow.workflow.events import (
    NAMES,
    FigureEdition,
    PluginArea,
    PluginFigure,
    PluginLoaded,
    PluginMissing,
)
from cchc_flow.workflow.law import begin
from cchc_flow.workspace import Workspace

SETUP = "system:setup"
TRIES = 3


def stream_of_plugin(plugin: str) -> str:
    """Return the stream of a plugin: it was loaded, switched, its figures were set."""
    return f"plugin-{plugin}"


class PluginsDiffer(Refusal):
    """Other processes work with other plugins, and what each notes undoes what the others noted."""


def note_plugins(ws: Workspace) -> bool:
    """Record how the plugins of this process differ from what the log says; return whether they did.

    Nothing is compared while no event about plugins came since this workspace last looked. A process without
    a plugin host has nothing to compare. Raise PluginsDiffer when others note something else again and again.
    """
    if not ws.plugins.is_host:
        return False
    has_noted = False
    for _ in range(TRIES):
        db = ws.read()
        newest = newest_position(db, "plugin")
        changes = [] if ws.plugins_noted_at == newest else plugin_changes(ws.plugins, db)
        if not changes:
            ws.plugins_noted_at = newest
            return has_noted
        with suppress(Conflict):  # another process was faster: what it noted is compared next
            ws.log.append([_draft_change(db, event) for event in changes], _meta(ws, db))
            has_noted = True
        ws.renew()
    raise PluginsDiffer(
        "Một tiến trình khác của phần mềm đang chạy với các lĩnh vực khác bản, nên chưa ghi được việc này.",
        "Hãy báo quản trị máy chủ cho mọi tiến trình dùng cùng một bản, rồi thử lại.",
    )


def unchanged_rules(db: Database, changes: Sequence[Change]) -> list[Change]:
    """Return what lets an append fail if an event about a plugin came after what was read.

    Otherwise a step would be recorded after the switching on of rules that it was not held against. Streams
    to which the changes append already are checked by them.
    """
    own = {change.stream for change in changes}
    versions = ((stream_of_plugin(name), version) for name, version in rules.versions(db).items())
    return [Change(stream, version, ()) for stream, version in versions if stream not in own]


def plugin_changes(plugins: Plugins, db: Database) -> list[PluginLoaded | PluginMissing]:
    """Return the events that bring the log up to date with these plugins, in the order of their names."""
    return sorted(_changes(plugins, rules.loaded_plugins(db)), key=lambda event: event.plugin)


def _changes(
    plugins: Plugins, recorded: Mapping[str, rules.LoadedPlugin]
) -> Iterator[PluginLoaded | PluginMissing]:
    for name in plugins.about:
        loaded, before = loaded_event(plugins, name), recorded.get(name)
        if before is None or before.missing or before.loaded != loaded:
            yield loaded
    for name, plugin in recorded.items():
        if name not in plugins.about and not plugin.missing:
            yield PluginMissing(plugin=name)


def loaded_event(plugins: Plugins, name: str) -> PluginLoaded:
    """Return the event that describes a loaded plugin as it is now."""
    about, own = plugins.about[name], contributions.collect(plugins)
    areas = values_of(name, own.areas)
    return PluginLoaded(
        plugin=name,
        title=about.title,
        version=about.version,
        origin=about.origin,
        digest=about.digest,
        areas=tuple(PluginArea(area.key, area.title, area.says) for area in areas),
        kinds=tuple(register.kind for register in values_of(name, own.registers)),
        hooks=plugins.hooks_of(name),
        figures=tuple(_describe_figure(figure) for figure in values_of(name, own.figures)),
    )


def _describe_figure(figure: Figure) -> PluginFigure:
    """Return a figure as the log keeps it, with its editions in the order of their days."""
    editions = tuple(
        FigureEdition(
            value=edition.value,
            source=edition.source,
            since=edition.since.isoformat() if edition.since else None,
            checked=edition.checked,
        )
        for edition in sorted(figure.all_editions(), key=begin)
    )
    return PluginFigure(key=figure.key, title=figure.title, unit=figure.unit, editions=editions)


def _draft_change(db: Database, event: PluginLoaded | PluginMissing) -> Change:
    stream = stream_of_plugin(event.plugin)
    draft = Draft(NAMES[type(event)], msgspec.to_builtins(event))
    return Change(stream, rules.versions(db).get(event.plugin, 0), (draft,))


def _meta(ws: Workspace, db: Database) -> Meta:
    """Return who notes it and how: the set-up of the program, each time in a command of its own."""
    command = f"{SETUP}:plugins-{ws.new_id()}"
    return Meta(
        actor=SETUP,
        time=ws.now(),
        command_id=command,
        command_digest=sha256(command.encode()).digest(),
        correlation_id=command,
        channel=channels.SETUP,
        rules=rules.latest_event_id(db),
    )
