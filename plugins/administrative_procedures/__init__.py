"""Cải cách thủ tục hành chính"""

from cchc_flow.hookspecs import Area, hookimpl


@hookimpl
def areas() -> list[Area]:
    """Return the one area of this plugin."""
    return [
        Area(
            "administrative_procedures",
            "Cải cách thủ tục hành chính",
            "TTHC",
            "#1d4ed8",
            ("thu tuc hanh chinh",),
        )
    ]
