"""Cải cách chế độ công vụ"""

from cchc_flow.hookspecs import Area, hookimpl


@hookimpl
def areas() -> list[Area]:
    """Return the one area of this plugin."""
    return [
        Area("civil_service", "Cải cách chế độ công vụ", "CV", "#0f766e", ("cong vu", "can bo, cong chuc"))
    ]
