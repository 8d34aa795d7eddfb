"""What areas say on the page of an item or an event: badges, and the figures under which it was decided."""

import msgspec
from flask import g

from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.hookspecs import Badge, Figure, Item
from cchc_flow.plugin_host.contributions import responsible_plugin
from cchc_flow.plugin_host.facts import call_drawing_hook
from cchc_flow.plugin_host.figures import figures_on
from cchc_flow.projections import rules
from cchc_flow.projections.cards import items
from cchc_flow.workflow.calendar import day_of


class RulesAtEvent(msgspec.Struct, frozen=True):
    """The figures under which an event was decided: of which plugin, and in force since which position."""

    plugin: str
    title: str
    since: int
    figures: list[Figure]


def rules_at_event(event: RecordedEvent) -> RulesAtEvent | None:
    """Return the figures of the item's area as they were when the event was recorded; None if it has none."""
    db = g.db
    item = items.find_item(db, event.stream.removeprefix("item-")) if event.type.startswith("item.") else None
    since = rules.position_of_event(db, event.rules) if event.rules else None
    if item is None or since is None:
        return None
    plugin = responsible_plugin(g.ws.plugins, item.kind, g.ws.facts("").area_of(item))
    if plugin is None:
        return None
    day = day_of(event.recordedtime)
    figures = list(figures_on(g.ws.plugins, db, plugin, day, since).values())
    return RulesAtEvent(plugin, g.ws.plugins.about[plugin].title, since, figures) if figures else None


def plugin_badges(item: Item) -> list[Badge]:
    """Return the badges that plugins put on an item; for a plugin that fails, a badge that says so.

    They rest on what the person may read, so that a number in them is that of the entries beside it.
    """
    badges: list[Badge] = []
    facts = g.ws.fact_source(reader=g.reader)
    for answer in call_drawing_hook(facts, "badges", rules.enabled_plugins(g.db), item=item):
        title = g.ws.plugins.about[answer.plugin].title
        badges += [Badge("late", f"Lĩnh vực «{title}» không trả lời")] if answer.fault else answer.value
    return badges
