"""Words about provinces and communes, and the ids of people of a province who read a commune's pages."""

KINDS = {"commune": "xã", "ward": "phường", "special_zone": "đặc khu"}
"""The kinds of communes, by their stored names."""
PROVINCE_ROLES = {
    "coordinator": "đầu mối CCHC của tỉnh",
    "leader": "lãnh đạo tỉnh",
    "inspector": "kiểm tra của tỉnh",
}
"""The roles in a province with which one reads the pages of its communes."""
AT = "@"
"""No login has it: whoever is named so is of another workspace."""


def visitor_id(login: str, province: str) -> str:
    """Return how a person of a province is named in a commune: lan.tran@tinh-dak-lak."""
    return f"{login}{AT}{province}"


def is_visitor_id(actor: str) -> bool:
    """Tell whether an id names somebody of a province, and not of the commune."""
    return AT in actor


def reading_roles(roles: frozenset[str]) -> frozenset[str]:
    """Return the roles as which somebody with these roles in the province reads a commune; none without one.

    An inspector of the province reads what an inspector of the commune reads; others as a viewer does, for
    what a commune opens to its own leader is not open to that of the province.
    """
    if "inspector" in roles:
        return frozenset({"inspector"})
    return frozenset({"viewer"}) if roles & PROVINCE_ROLES.keys() else frozenset()
