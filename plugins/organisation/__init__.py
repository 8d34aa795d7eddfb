"""Cải cách tổ chức bộ máy hành chính"""

from cchc_flow.hookspecs import Area, hookimpl


@hookimpl
def areas() -> list[Area]:
    """Return the one area of this plugin."""
    return [
        Area(
            key="organisation",
            title="Cải cách tổ chức bộ máy hành chính",
            label="BM",
            colour="#6d28d9",
            says=("to chuc bo may", "bo may hanh chinh", "bo may nha nuoc", "bo may"),
            duties=(
                "cai cach to chuc bo may",
                "cai cach bo may",
                "sap xep to chuc bo may",
                "sap xep bo may",
                "nhiem vu to chuc bo may",
                "ve to chuc bo may",
            ),
        )
    ]
