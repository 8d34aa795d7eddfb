"""How other machines that serve the same database differ from this one, looked at now and then, in words."""

import logging
import time
from pathlib import Path

from cchc_flow.homes import find_home
from cchc_flow.nodes import describe_differences
from cchc_flow.plugin_host.loading import Plugins

EVERY_SECONDS = 60.0


class NodeWatch:
    """Looks once a minute at most; `differences` has the sentences of the last look, none on one machine."""

    def __init__(self, data: Path, plugins: Plugins) -> None:
        self._data, self._plugins = data, plugins
        self._looked_at = float("-inf")
        self.differences: list[str] = []

    def look(self) -> None:
        """Look at what the other machines run, unless that was a moment ago; what is new is logged."""
        if time.monotonic() - self._looked_at < EVERY_SECONDS:
            return
        self._looked_at = time.monotonic()
        before = self.differences
        self.differences = describe_differences(self._plugins, find_home(self._data).programs())
        for words in self.differences:
            if words not in before:
                logging.getLogger(__name__).warning("%s", words)
