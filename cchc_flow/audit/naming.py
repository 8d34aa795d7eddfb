"""The names that sentences use for what events refer to by key: people, units, steps, plugins, rules."""

import msgspec
from sqlite_utils import Database

from cchc_flow.audit.kind_words import KIND
from cchc_flow.audit.plugin_clauses import CHANGE, change_phrase
from cchc_flow.audit.target_clauses import MEASURE, MEASURE_UNIT
from cchc_flow.audit.words import Names
from cchc_flow.conversion import convert
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.plugin_host.contributions import collect
from cchc_flow.plugin_host.loading import Plugins
from cchc_flow.projections import directory, province, rules, targets, workflows
from cchc_flow.projections.cards import items
from cchc_flow.projections.cards.queries import Card
from cchc_flow.workflow.definition import Workflow
from cchc_flow.workflow.events import PluginLoaded
from cchc_flow.workflow.upcast import upcast_event
from cchc_flow.workspace import Workspace


def all_names(ws: Workspace, db: Database) -> dict[str, str]:
    """Return the names of everything a sentence may mention, by key; of a removed plugin only its title.

    Keys are ids of people and units, or have a prefix: `plugin:`, `kind:`, `figure:`, `unit:`, `rule:`.
    """
    visitors = {visitor.id: visitor.words for visitor in province.visitors(db).values()}
    titles = {**directory.names(db), **visitors, **workflows.titles_by_key(db), **plugin_titles(db)}
    return titles | _plugin_names(ws.plugins)


def plugin_titles(db: Database) -> dict[str, str]:
    """Return the titles of all plugins that were ever loaded, by `plugin:` and the name."""
    return {f"plugin:{plugin.name}": plugin.title for plugin in rules.loaded_plugins(db).values()}


def item_label(card: Card, names: Names) -> str:
    """Return an item's title with its place in the plan; a part's, or a report's, with its unit and period.

    So the parts of one whole, whose titles are the same, are told apart.
    """
    words = " · ".join(filter(None, (card.place, card.title)))
    unit = card.unit if card.parent or card.period else None
    return f"{words} ({names.get(unit, unit)})" if unit else words


def names_for_event(db: Database, event: RecordedEvent, names: Names) -> Names:
    """Return the names together with what is said of this event alone.

    Of an event of an item these are the titles of steps and states in its workflow; of the loading of a
    plugin, what it changed; of an event of a target, what is measured.
    """
    if event.type.startswith("plugin.loaded/"):
        return {**names, CHANGE: _loading_change(db, event)}
    if event.type.startswith("target."):
        return {**names, **_measure_names(db, event)}
    item = items.find_item(db, event.stream.removeprefix("item-")) if event.type.startswith("item.") else None
    return {**names, **workflow_titles(workflows.workflow(db, item.kind, item.workflow))} if item else names


def _measure_names(db: Database, event: RecordedEvent) -> dict[str, str]:
    """Return what the measure of an event's target measures, and its unit, as the plan says them."""
    plan, ref, number = (event.data.get(name) for name in ("plan", "target", "measure"))
    measures = next(
        (entry.target.measures for entry in targets.plan_targets(db, str(plan)) if entry.target.ref == ref),
        (),
    )
    if not isinstance(number, int) or not 1 <= number <= len(measures):
        return {}
    return {MEASURE: measures[number - 1].what, MEASURE_UNIT: measures[number - 1].unit or ""}


def _loading_change(db: Database, event: RecordedEvent) -> str:
    """Return in words what the loading of a plugin changed; "" when its data cannot be read."""
    try:
        now = convert(upcast_event(event.type, event.data)[1], PluginLoaded)
    except msgspec.ValidationError:
        return ""
    return change_phrase(*rules.state_before(db, now.plugin, event.position), now)


def workflow_titles(workflow: Workflow) -> dict[str, str]:
    """Return the kind of its items, and the titles of steps, states and fields by prefixed key.

    The prefixes are `step:`, `state:` and `field:`.
    """
    steps = {f"step:{step.name}": step.title for step in workflow.transitions}
    states = {f"state:{state.name}": state.title for state in workflow.states}
    fields = {f"field:{field.name}": field.title for step in workflow.transitions for field in step.fields}
    return {KIND: workflow.kind} | steps | states | fields


def _plugin_names(plugins: Plugins) -> dict[str, str]:
    """Return the titles and units of all plugins' figures and the texts of their rules, by prefixed key."""
    contributions = collect(plugins)
    titles = {f"figure:{plugin}.{figure.key}": figure.title for plugin, figure in contributions.figures}
    units = {f"unit:{plugin}.{figure.key}": figure.unit for plugin, figure in contributions.figures}
    rule_texts = {f"rule:{plugin}.{rule.key}": rule.words for plugin, rule in contributions.rules}
    return titles | units | rule_texts
