"""Which rules are in force: what was loaded, what is in use, with which figures."""

from cchc_flow.workflow.events.base import Data


class PluginLoaded(Data, frozen=True, kw_only=True):
    """A plugin came with the program in this version, from the program itself or from a package."""

    plugin: str
    title: str
    version: str
    origin: str


class PluginEnabled(Data, frozen=True, kw_only=True):
    """A plugin's rules are asked from now on."""

    plugin: str


class PluginDisabled(Data, frozen=True, kw_only=True):
    """A plugin's rules are not asked any more."""

    plugin: str


class PluginConfigured(Data, frozen=True, kw_only=True):
    """A figure of a plugin, a decimal string, has another value from now on."""

    plugin: str
    figure: str
    value: str
    source: str
