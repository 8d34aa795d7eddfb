"""Plugins made in a test: `plugged(one=Area())` knows their hooks, and nothing else."""

from cchc_flow.plugin_host import loading
from cchc_flow.plugin_host.loading import Plugins

PATIENCE_SECONDS = 20.0
"""A busy machine is no fault of a plugin: only tests of one that hangs wait as briefly as people do."""


def plugged(**known: object) -> Plugins:
    """Return these plugins, each under its keyword's name."""
    found = loading.plugins_from(**known)
    found.timeout = PATIENCE_SECONDS
    return found
