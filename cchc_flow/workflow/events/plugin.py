"""Which rules are in force: what was loaded, what is in use, with which figures."""

import msgspec

from cchc_flow.workflow.events.base import Content, Data


class PluginArea(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An area that a plugin looks after, and the words by which a heading of a plan is taken for it."""

    key: str
    title: str
    says: tuple[str, ...]


class PluginLoaded(Data, frozen=True, kw_only=True):
    """A plugin is loaded: which code it is (`digest`, see `plugin_host.digest`), and what it decides about.

    What version 1 did not say is empty: the digest, its areas, the kinds of its registers, and its hooks.
    """

    plugin: str
    title: str
    version: str
    origin: str
    digest: str
    areas: tuple[PluginArea, ...]
    kinds: tuple[str, ...]
    hooks: tuple[str, ...]


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
    """A figure of a plugin, a decimal string, has another value from now on."""

    plugin: str
    figure: str
    value: str
    source: str
