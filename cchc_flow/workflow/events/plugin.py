"""Which rules are in force: what was loaded, what is in use, with which figures."""

import msgspec

from cchc_flow.workflow.events.base import Content, Data


class PluginArea(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An area that a plugin looks after, and the words by which a heading of a plan is taken for it."""

    key: str
    title: str
    says: tuple[str, ...]


class FigureEdition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A value of a figure, from which day on it holds, and whether it was compared with its source."""

    value: str
    source: str
    since: str | None
    checked: bool | None


class PluginFigure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A figure that a plugin brings, with its editions in the order of their days."""

    key: str
    title: str
    unit: str
    editions: tuple[FigureEdition, ...]


class PluginLoaded(Data, frozen=True, kw_only=True):
    """A plugin is loaded: which code it is (`digest`, see `plugin_host.digest`), and what it decides about.

    What version 1 did not say is empty: the digest, its areas, the kinds of its registers, and its hooks. The
    figures are None where an older version did not say.
    """

    plugin: str
    title: str
    version: str
    origin: str
    digest: str
    areas: tuple[PluginArea, ...]
    kinds: tuple[str, ...]
    hooks: tuple[str, ...]
    figures: tuple[PluginFigure, ...] | None


class PluginMissing(Data, frozen=True, kw_only=True):
    """A plugin that was loaded before is not there any more, or could not be loaded."""

    plugin: str


class PluginEnabled(Data, frozen=True, kw_only=True):
    """A plugin's rules are asked from now on."""

    plugin: str


class PluginDisabled(Data, frozen=True, kw_only=True):
    """A plugin's rules are not asked any more; version 1 did not say for which reason."""

    plugin: str
    reason: Content | None


class PluginConfigured(Data, frozen=True, kw_only=True):
    """A figure of a plugin, a decimal string, has another value from a day on.

    In version 1 that was the day on which it was recorded: then `since` is None.
    """

    plugin: str
    figure: str
    value: str
    source: str
    since: str | None
