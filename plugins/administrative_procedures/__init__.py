"""Cải cách thủ tục hành chính"""

from cchc_flow.hookspecs import Area, hookimpl


@hookimpl
def areas() -> list[Area]:
    """Return the one area of this plugin."""
    return [
        Area(
            key="administrative_procedures",
            title="Cải cách thủ tục hành chính",
            label="TTHC",
            colour="#1d4ed8",
            says=("thu tuc hanh chinh", "tthc"),
            duties=(
                "cai cach thu tuc hanh chinh",
                "cai cach tthc",
                "kiem soat thu tuc hanh chinh",
                "kiem soat tthc",
            ),
        )
    ]
