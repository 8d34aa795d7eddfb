"""Cải cách tài chính công"""

from cchc_flow.hookspecs import Area, hookimpl


@hookimpl
def areas() -> list[Area]:
    """Return the one area of this plugin."""
    return [Area("public_finance", "Cải cách tài chính công", "TCC", "#a16207", ("tai chinh",))]
