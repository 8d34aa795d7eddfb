"""Plugins made in a test: `plugged(one=Area())` gives a manager that knows their hooks, and nothing else."""

from typing import Any

import pluggy

from cchc_flow import hookspecs
from cchc_flow.plugins import Plugins


def plugged(**plugins: Any) -> Plugins:
    """Return these plugins, each under its keyword's name."""
    manager = pluggy.PluginManager("cchc_flow")
    manager.add_hookspecs(hookspecs)
    for name, plugin in plugins.items():
        manager.register(plugin, name=name)
    manager.check_pending()
    return Plugins(manager)
