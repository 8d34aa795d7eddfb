"""The reform areas that plugins look after, asked once in the life of the application."""

from flask import current_app

from cchc_flow import plugins, soundness
from cchc_flow.hookspecs import Area


def known_areas() -> list[Area]:
    """Return the areas of all plugins."""
    if "areas" not in current_app.extensions:
        current_app.extensions["areas"] = soundness.areas(plugins.loaded())
    found: list[Area] = current_app.extensions["areas"]
    return found
