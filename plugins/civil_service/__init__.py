"""Cải cách chế độ công vụ"""

from cchc_flow.hookspecs import Area, hookimpl


@hookimpl
def areas() -> list[Area]:
    """Return the one area of this plugin."""
    return [
        Area(
            key="civil_service",
            title="Cải cách chế độ công vụ",
            label="CV",
            colour="#0f766e",
            says=("cong vu", "doi ngu", "can bo, cong chuc", "cbcc", "cbccvc"),
            duties=("chat luong doi ngu", "chat luong cua doi ngu", "che do cong vu", "dao duc cong vu"),
        )
    ]
