"""Plugins made in a test: `plugged(one=Area())` knows their hooks, and nothing else."""

from cchc_flow.plugin_host import loading
from cchc_flow.plugin_host.loading import Plugins
from cchc_flow.testing import PATIENCE_SECONDS


def plugged(**known: object) -> Plugins:
    """Return these plugins, each under its keyword's name, with more patience than people have."""
    found = loading.plugins_from(**known)
    found.timeout = PATIENCE_SECONDS
    return found
