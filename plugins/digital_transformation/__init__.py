"""Chuyển đổi số"""

from cchc_flow.hookspecs import Area, hookimpl


@hookimpl
def areas() -> list[Area]:
    """Return the one area of this plugin."""
    return [
        Area(
            key="digital_transformation",
            title="Chuyển đổi số",
            label="CĐS",
            colour="#0369a1",
            says=(
                "chuyen doi so",
                "chinh quyen so",
                "chinh quyen dien tu",
                "chinh phu dien tu",
                "hien dai hoa",
            ),
            duties=(
                "nhiem vu chuyen doi so",
                "cong tac chuyen doi so",
                "trien khai chuyen doi so",
                "thuc hien chuyen doi so",
                "chu tri chuyen doi so",
                "tham muu chuyen doi so",
                "linh vuc chuyen doi so",
                "ve chuyen doi so",
            ),
        )
    ]
