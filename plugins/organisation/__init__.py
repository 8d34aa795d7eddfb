"""Cải cách tổ chức bộ máy hành chính"""

from cchc_flow.hookspecs import Area, hookimpl


@hookimpl
def areas() -> list[Area]:
    """Return the one area of this plugin."""
    return [
        Area(
            "organisation",
            "Cải cách tổ chức bộ máy hành chính",
            "BM",
            "#6d28d9",
            ("to chuc bo may", "bo may"),
        )
    ]
