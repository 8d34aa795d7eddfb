"""Cải cách thể chế"""

from cchc_flow.hookspecs import Area, hookimpl


@hookimpl
def areas() -> list[Area]:
    """Return the one area of this plugin."""
    return [Area("institutional_reform", "Cải cách thể chế", "TC", "#9a3412", ("the che",))]
