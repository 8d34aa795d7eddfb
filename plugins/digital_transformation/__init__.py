"""Chuyển đổi số"""

from cchc_flow.hookspecs import Area, hookimpl


@hookimpl
def areas() -> list[Area]:
    """Return the one area of this plugin."""
    return [
        Area(
            "digital_transformation",
            "Chuyển đổi số",
            "CĐS",
            "#0369a1",
            ("chuyen doi so", "chinh quyen so", "chinh quyen dien tu", "hien dai hoa"),
        )
    ]
