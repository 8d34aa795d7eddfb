"""The names that sentences use for what events refer to by key: people, units, steps, plugins, rules."""

from sqlite_utils import Database

from cchc_flow.audit.words import Names
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.plugin_host.contributions import collect
from cchc_flow.plugin_host.loading import Plugins
from cchc_flow.projections import directory, rules, workflows
from cchc_flow.projections.cards import items
from cchc_flow.workflow.definition import Workflow
from cchc_flow.workspace import Workspace


def all_names(ws: Workspace, db: Database) -> dict[str, str]:
    """Return the names of everything a sentence may mention, by key; of a removed plugin only its title.

    Keys are ids of people and units, or have a prefix: `plugin:`, `kind:`, `figure:`, `unit:`, `rule:`.
    """
    titles = {f"plugin:{one.name}": one.title for one in rules.loaded_plugins(db).values()}
    return directory.names(db) | workflows.titles_by_key(db) | titles | _plugin_names(ws.plugins)


def names_for_event(db: Database, event: RecordedEvent, names: Names) -> Names:
    """Return the names together with the titles of steps and states in the workflow of the event's item."""
    item = items.find_item(db, event.stream.removeprefix("item-")) if event.type.startswith("item.") else None
    return {**names, **_workflow_titles(workflows.workflow(db, item.kind, item.workflow))} if item else names


def _workflow_titles(workflow: Workflow) -> dict[str, str]:
    steps = {f"step:{step.name}": step.title for step in workflow.transitions}
    return steps | {f"state:{state.name}": state.title for state in workflow.states}


def _plugin_names(known: Plugins) -> dict[str, str]:
    """Return the titles and units of all plugins' figures and the texts of their rules, by prefixed key."""
    found = collect(known)
    titles = {f"figure:{plugin}.{one.key}": one.title for plugin, one in found.figures}
    units = {f"unit:{plugin}.{one.key}": one.unit for plugin, one in found.figures}
    return titles | units | {f"rule:{plugin}.{one.key}": one.words for plugin, one in found.rules}
