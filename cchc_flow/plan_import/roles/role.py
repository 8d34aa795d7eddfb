"""The roles that a line of a plan document can have."""

from typing import Literal, get_args

import msgspec

Role = Literal[
    "letterhead",
    "title",
    "legal_basis",
    "goal",
    "target",
    "area",
    "task",
    "attribute",
    "unit",
    "duty",
    "funding",
    "reporting",
    "recipients",
    "signature",
    "heading",
    "other",
]
"""`goal` is an objective or a requirement, `area` heads tasks, `unit` heads duties, and `attribute` is a line
of the task above it («Đơn vị chủ trì: …»). `heading` heads a section that is neither an area nor a unit."""
ROLES: tuple[Role, ...] = get_args(Role)


class Tagged(msgspec.Struct, frozen=True):
    """The role of one line, and the section it belongs to: itself a role, «task» for an area or attribute.

    `confidence` goes from 0 to 1; `other` is the role that the line has in the best sequence which gives it
    another one, None where a person settled it.
    """

    role: Role
    section: Role
    confidence: float = 1.0
    other: Role | None = None
