"""Chỉ đạo, điều hành"""

from cchc_flow.hookspecs import Area, hookimpl


@hookimpl
def areas() -> list[Area]:
    """Return the one area of this plugin."""
    return [Area("direction", "Chỉ đạo, điều hành", "CĐ", "#be123c", ("chi dao", "dieu hanh"))]
