"""What the forms of the settings are made of."""

from typing import Literal

import msgspec

Kind = Literal["number", "yes", "roles", "units", "day", "words", "lines"]

ROLES = {
    "officer": "công chức phụ trách",
    "unit_head": "thủ trưởng đơn vị",
    "coordinator": "đầu mối CCHC",
    "leader": "lãnh đạo UBND",
}
"""The roles that a setting can name, in Vietnamese."""


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One input of a form; a number lies within `bounds`, `says` are the words for true and for false.

    `lines` are several texts, one on each line.

    `format` shows a number where its unit alone does not read well («ngày {} hằng tháng»). `default` is the
    yes or no of a new row of a table.
    """

    name: str
    kind: Kind
    title: str
    hint: str = ""
    bounds: tuple[int, int] = (0, 100)
    unit: str = ""
    format: str = ""
    says: tuple[str, str] = ("Có", "Không")
    default: bool = False
    may_be_empty: bool = False


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """Rows with the same fields: at most `most` of them, and no two with the same value in field `key`."""

    name: str
    key: str
    fields: tuple[Field, ...]
    most: int


class Form(msgspec.Struct, frozen=True):
    """The inputs of one setting: fields, and perhaps a table."""

    fields: tuple[Field, ...] = ()
    table: Table | None = None


def number_field(name: str, title: str, bounds: tuple[int, int], unit: str, hint: str = "") -> Field:
    return Field(name=name, kind="number", title=title, bounds=bounds, unit=unit, hint=hint)


def day_of_month_field(name: str, title: str, when: str, hint: str = "") -> Field:
    """Return a field for the day of a month; `when` says which month, such as «hằng tháng»."""
    return Field(
        name=name,
        kind="number",
        title=title,
        bounds=(1, 31),
        unit=f"ngày {when}",
        format=f"ngày {{}} {when}",
        hint=hint,
    )


def yes_field(name: str, title: str, says: tuple[str, str], hint: str = "") -> Field:
    return Field(name=name, kind="yes", title=title, says=says, hint=hint)
