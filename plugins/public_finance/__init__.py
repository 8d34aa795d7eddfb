"""Cải cách tài chính công"""

from cchc_flow.hookspecs import Area, hookimpl


@hookimpl
def areas() -> list[Area]:
    """Return the one area of this plugin."""
    return [
        Area(
            key="public_finance",
            title="Cải cách tài chính công",
            label="TCC",
            colour="#a16207",
            says=("tai chinh cong", "tai chinh"),
            duties=("cai cach tai chinh", "cai cach ve tai chinh"),
        )
    ]
