"""The states of the sequence: a role together with the section that a heading opens or a remark stands in."""

import msgspec

from cchc_flow.plan_import.roles.role import Role

SECTIONS: tuple[Role, ...] = ("goal", "target", "task", "duty", "funding", "reporting", "other")
REMARK_SECTIONS: tuple[Role, ...] = ("goal", "target", "task", "duty", "other")
SECTION_OF: dict[Role, Role] = {
    "goal": "goal",
    "target": "target",
    "area": "task",
    "task": "task",
    "attribute": "task",
    "unit": "duty",
    "duty": "duty",
    "funding": "funding",
    "reporting": "reporting",
}
"""The section of the roles that belong to one; of all others it is «other»."""
PLAIN: tuple[Role, ...] = (
    "letterhead",
    "title",
    "legal_basis",
    *SECTION_OF,
    "recipients",
    "signature",
)


class State(msgspec.Struct, frozen=True):
    """What the sequence gives a line: a role and its section."""

    role: Role
    section: Role

    @property
    def name(self) -> str:
        """The state as labels and weights write it: the role, of headings and remarks with the section."""
        if self.role == "heading" or (self.role == "other" and self.section != "other"):
            return f"{self.role}:{self.section}"
        return self.role


STATES: tuple[State, ...] = (
    *(State(role, SECTION_OF.get(role, "other")) for role in PLAIN),
    *(State("heading", section) for section in SECTIONS),
    *(State("other", section) for section in REMARK_SECTIONS),
)
BY_NAME = {state.name: state for state in STATES}


def state_of(name: str) -> State:
    """Return the state of a name («task», «heading:goal»); raise KeyError for any other word."""
    return BY_NAME[name]
