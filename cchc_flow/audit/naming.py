"""What sentences call the things that events name by key: people, units, steps, plugins, figures, rules."""

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
    """Return the names of all that a sentence may tell of; a plugin that is gone has left only its title."""
    titles = {f"plugin:{one.name}": one.title for one in rules.loaded_plugins(db).values()}
    return directory.names(db) | workflows.titles_by_key(db) | titles | _of_plugins(ws.plugins)


def names_for_event(db: Database, event: RecordedEvent, names: Names) -> Names:
    """Return the names with those that the definition of the event's item has for its steps and states."""
    item = items.find_item(db, event.stream.removeprefix("item-")) if event.type.startswith("item.") else None
    return {**names, **_titles(workflows.workflow(db, item.kind, item.workflow))} if item else names


def _titles(workflow: Workflow) -> dict[str, str]:
    steps = {f"step:{step.name}": step.title for step in workflow.transitions}
    return steps | {f"state:{state.name}": state.title for state in workflow.states}


def _of_plugins(known: Plugins) -> dict[str, str]:
    """Return the titles and units of all figures, and the words of all rules, by plugin and key."""
    found = collect(known)
    titles = {f"figure:{plugin}.{one.key}": one.title for plugin, one in found.figures}
    units = {f"unit:{plugin}.{one.key}": one.unit for plugin, one in found.figures}
    return titles | units | {f"rule:{plugin}.{one.key}": one.words for plugin, one in found.rules}
