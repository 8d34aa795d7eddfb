"""Who may take which step, and in which role."""

from collections.abc import Callable

import msgspec

from cchc_flow.errors import FourEyes, NotAllowed
from cchc_flow.workflow.definition import Transition
from cchc_flow.workflow.item import Item

BUILT_IN = "built-in"
"""The origin of a plugin that comes with the product; any other origin is the name of a package."""
PLUGIN = "system:plugin:"
"""How the id begins under which a plugin's follow-up commands are given."""
ROLES = {
    "officer": "công chức",
    "unit_head": "thủ trưởng đơn vị",
    "coordinator": "đầu mối CCHC",
    "leader": "lãnh đạo UBND",
    "inspector": "kiểm tra",
    "admin": "quản trị",
    "viewer": "người xem",
}

OPENERS = ROLES | {"plugin": "hệ thống, theo quy tắc của lĩnh vực,"}
"""Who may open the items of a register: roles, and rules alone."""


class Actor(msgspec.Struct, frozen=True):
    """Who acts: a person's id, the roles held and the unit belonged to when the command was given.

    `coordinator_closes` is what the workspace's settings say of coordinators.
    """

    id: str
    roles: frozenset[str] = frozenset()
    unit: str | None = None
    coordinator_closes: bool = False


def _holds(role: str) -> Callable[[Actor, Item], str | None]:
    return lambda actor, item: role if role in actor.roles else None


def _closing_coordinator(actor: Actor, item: Item) -> str | None:
    return "coordinator" if actor.coordinator_closes and "coordinator" in actor.roles else None


def _lead_unit(actor: Actor, item: Item) -> str | None:
    return _staff_role(actor) if actor.unit and actor.unit == item.lead else None


def _lead_head(actor: Actor, item: Item) -> str | None:
    return "unit_head" if "unit_head" in actor.roles and actor.unit and actor.unit == item.lead else None


def _support_unit(actor: Actor, item: Item) -> str | None:
    return _staff_role(actor) if actor.unit in item.support else None


def _submitter(actor: Actor, item: Item) -> str | None:
    return _staff_role(actor) if actor.id == item.submitted_by else None


def _requester(actor: Actor, item: Item) -> str | None:
    asked = item.extension
    return _staff_role(actor) if asked and actor.id == asked.by else None


def _plugin(actor: Actor, item: Item) -> str | None:
    return "plugin" if actor.id.startswith(PLUGIN) else None


def _nobody(actor: Actor, item: Item) -> str | None:
    return None


def _anyone(actor: Actor, item: Item) -> str | None:
    return next((role for role in ROLES if role in actor.roles), None)


def _staff_role(actor: Actor) -> str | None:
    return next((role for role in ("unit_head", "officer") if role in actor.roles), None)


RELATIONS: dict[str, tuple[str, Callable[[Actor, Item], str | None]]] = {
    "coordinator": ("đầu mối CCHC", _holds("coordinator")),
    "leader": ("lãnh đạo UBND", _holds("leader")),
    "closing_coordinator": ("đầu mối CCHC được giao quyền", _closing_coordinator),
    "lead_unit": ("đơn vị chủ trì", _lead_unit),
    "lead_head": ("thủ trưởng đơn vị chủ trì", _lead_head),
    "support_unit": ("đơn vị phối hợp", _support_unit),
    "submitter": ("người đã nộp kết quả", _submitter),
    "requester": ("người đã xin gia hạn", _requester),
    "plugin": ("hệ thống, theo quy tắc của lĩnh vực", _plugin),
    "parts": ("hệ thống, theo các phần việc", _nobody),
    "anyone": ("mọi người có vai trò", _anyone),
}


OWN_WORK: dict[str, Callable[[Item], str | None]] = {
    "submitter": lambda item: item.submitted_by,
    "requester": lambda item: item.extension.by if item.extension else None,
}
OWN_WORDS = {"submitter": "kết quả do chính mình nộp", "requester": "đề nghị do chính mình gửi"}


def acting_role(step: Transition, item: Item, actor: Actor) -> str:
    """Return the role in which the actor takes the step; raise FourEyes or NotAllowed, saying who may."""
    if step.four_eyes and actor.id == OWN_WORK[step.four_eyes](item):
        raise FourEyes(
            f"Không ai được «{step.title}» {OWN_WORDS[step.four_eyes]}.",
            f"Hãy nhờ {who_may(step)} khác thực hiện.",
        )
    for relation in step.by:
        if role := RELATIONS[relation][1](actor, item):
            return role
    raise NotAllowed(
        f"Bạn không được «{step.title}» công việc này.", f"Việc này do {who_may(step)} thực hiện."
    )


def can_take(step: Transition, item: Item, actor: Actor) -> bool:
    """Tell whether the actor may take the step, whatever its data."""
    try:
        acting_role(step, item, actor)
    except NotAllowed:
        return False
    return True


def who_may(step: Transition) -> str:
    """Return in words who may take a step, for pages and refusals."""
    return " hoặc ".join(RELATIONS[relation][0] for relation in step.by)
