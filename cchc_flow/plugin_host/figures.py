"""The figures of plugins on a day: what the commune decided for itself, else what the plugin brings."""

from collections.abc import Sequence
from datetime import date

import msgspec
from sqlite_utils import Database

from cchc_flow.errors import BadInput
from cchc_flow.hookspecs import Figure
from cchc_flow.plugin_host import contributions
from cchc_flow.plugin_host.loading import Plugins
from cchc_flow.projections import rules
from cchc_flow.projections.rules import FigureChange
from cchc_flow.workflow.law import Edition, merge_editions, value_on


def figures_of(plugins: Plugins, plugin: str) -> list[Figure]:
    """Return the figures of a plugin as it brings them."""
    return contributions.values_of(plugin, contributions.collect(plugins).figures)


def figures_on(
    plugins: Plugins, db: Database, plugin: str, day: date, at: int | None = None
) -> dict[str, Figure]:
    """Return the figures of a plugin by key, each with the value, source and day of what holds on a day.

    With a position, what the commune decided after it does not count: so was it decided then.
    """
    changes = rules.figure_changes(db, plugin, at)
    return {
        figure.key: _figure_with(
            figure, value_on(figure.all_editions(), own_editions(figure.key, changes), day)
        )
        for figure in figures_of(plugins, plugin)
    }


def figure_on(plugins: Plugins, db: Database, plugin: str, key: str, day: date) -> Figure:
    """Return a figure of a plugin with what holds on a day; raise BadInput when there is none."""
    figure = figures_on(plugins, db, plugin, day).get(key)
    if figure is None:
        raise BadInput(f"Lĩnh vực «{plugin}» không có số liệu «{key[:40]}».", "Hãy mở lại trang Lĩnh vực.")
    return figure


def editions_of(figure: Figure, changes: Sequence[FigureChange]) -> tuple[Edition, ...]:
    """Return the editions of a figure, one after the other; `changes` are the commune's, newest first."""
    return merge_editions(figure.all_editions(), own_editions(figure.key, changes))


def own_editions(key: str, changes: Sequence[FigureChange]) -> list[Edition]:
    """Return what the commune decided for the figure with a key, in the order in which it was recorded."""
    return [change.edition for change in reversed(changes) if change.figure == key]


def _figure_with(figure: Figure, edition: Edition) -> Figure:
    return msgspec.structs.replace(
        figure,
        value=edition.value,
        source=edition.source,
        since=edition.since,
        checked=edition.checked,
    )
