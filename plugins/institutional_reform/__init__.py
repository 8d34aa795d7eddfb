"""Cải cách thể chế"""

from cchc_flow.hookspecs import Area, hookimpl


@hookimpl
def areas() -> list[Area]:
    """Return the one area of this plugin."""
    return [
        Area(
            key="institutional_reform",
            title="Cải cách thể chế",
            label="TC",
            colour="#9a3412",
            says=("the che",),
            duties=("cai cach the che",),
        )
    ]
