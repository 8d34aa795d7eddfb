"""What happened to a plugin, for its page: loadings, switches with their reasons, and changes of figures."""

import msgspec
from flask import g
from sqlite_utils import Database

from cchc_flow.audit import naming
from cchc_flow.audit.item_history import typed_words
from cchc_flow.audit.sentences import event_sentence
from cchc_flow.audit.words import actor_name
from cchc_flow.commands.plugin_changes import stream_of_plugin
from cchc_flow.hookspecs import Figure
from cchc_flow.projections import directory, rules
from cchc_flow.projections.rules import FigureChange
from cchc_flow.projections.runner import position
from cchc_flow.workflow.events import NAMES, PluginConfigured
from cchc_flow.workflow.upcast import newest_name

SHOWN = 20


class FigureChangeRow(msgspec.Struct, frozen=True):
    """One change of a figure as the page shows it: who made it, and the figure's title and unit."""

    change: FigureChange
    actor_name: str
    title: str
    unit: str


class PluginEvent(msgspec.Struct, frozen=True):
    """A loading or a switch of a plugin in a sentence, with the reason that was typed; "" without one."""

    position: int
    time: str
    sentence: str
    reason: str


def figure_change_rows(db: Database, plugin: str, figures: list[Figure]) -> list[FigureChangeRow]:
    """Return the changes of a plugin's figures; a figure that no longer exists has its key as title."""
    names, known = directory.names(db), {figure.key: figure for figure in figures}
    return [
        FigureChangeRow(
            change,
            actor_name(change.actor, names),
            known[change.figure].title if change.figure in known else change.figure,
            known[change.figure].unit if change.figure in known else "",
        )
        for change in rules.figure_changes(db, plugin)
    ]


def loadings_and_switches(db: Database, plugin: str) -> list[PluginEvent]:
    """Return the newest loadings, absences and switches of a plugin, the newest first."""
    newest, names = position(db), naming.all_names(g.ws, db)
    events = [
        event
        for event in g.ws.log.stream(stream_of_plugin(plugin))
        if event.position <= newest and newest_name(event.type) != NAMES[PluginConfigured]
    ]
    return [
        PluginEvent(
            event.position,
            event.recordedtime,
            event_sentence(event, naming.names_for_event(db, event, names)),
            typed_words(g.ws, event.data["reason"]) if event.data.get("reason") else "",
        )
        for event in reversed(events[-SHOWN:])
    ]
