"""Chỉ đạo, điều hành"""

from cchc_flow.hookspecs import Area, hookimpl


@hookimpl
def areas() -> list[Area]:
    """Return the one area of this plugin."""
    return [
        Area(
            key="direction",
            title="Chỉ đạo, điều hành",
            label="CĐ",
            colour="#be123c",
            says=(
                "chi dao, dieu hanh",
                "chi dao dieu hanh",
                "chi dao va dieu hanh",
                "cong tac chi dao",
                "cong tac cai cach hanh chinh",
                "tuyen truyen",
            ),
            duties=("cchc", "cai cach hanh chinh"),
        )
    ]
