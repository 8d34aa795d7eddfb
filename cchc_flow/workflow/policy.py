"""Policy: who may take which step, and in which role; and who may read which items."""

from collections.abc import Callable, Collection, Iterable

import msgspec

from cchc_flow.errors import FourEyes, NotAllowed
from cchc_flow.workflow.definition import AUDITOR as AUDITOR
from cchc_flow.workflow.definition import Transition, Workflow
from cchc_flow.workflow.item import Item

BUILT_IN = "built-in"
"""The `origin` of a plugin that comes with the product; that of others is the name of their package."""
PLUGIN = "system:plugin:"
"""The prefix of the actor id for commands that follow from a plugin's rules."""
ROLES = {
    "officer": "công chức",
    "unit_head": "thủ trưởng đơn vị",
    "coordinator": "đầu mối CCHC",
    "leader": "lãnh đạo UBND",
    "inspector": "kiểm tra",
    "admin": "quản trị",
    "viewer": "người xem",
}

AUDITORS = ("inspector", "coordinator", "leader", "admin")
"""The roles that may read the whole log; the first that somebody has is the one to act in as such."""
AUDITORS_WORDS = ", ".join(ROLES[role] for role in ROLES if role in AUDITORS)

OPENERS = ROLES | {"plugin": "hệ thống, theo quy tắc của lĩnh vực,"}
"""Who may open items of a register: the roles, and `plugin` for rules."""


class Actor(msgspec.Struct, frozen=True):
    """Who acts: the id, and the roles and the unit at the time of the command.

    `coordinator_closes` is the setting that lets coordinators finish approved work.
    """

    id: str
    roles: frozenset[str] = frozenset()
    unit: str | None = None
    coordinator_closes: bool = False


def may_read_log(roles: Collection[str]) -> bool:
    """Tell whether somebody with these roles may read the whole log; others read each item on its page."""
    return any(role in roles for role in AUDITORS)


Relation = Callable[[Actor, Item], str | None]
"""Returns the role in which an actor is related to an item, None if there is no such relation."""


def _role_if_held(role: str) -> Relation:
    """Return the relation of an actor who holds a role, whatever the item."""
    return lambda actor, item: role if role in actor.roles else None


def _closing_coordinator_role(actor: Actor, item: Item) -> str | None:
    return "coordinator" if actor.coordinator_closes and "coordinator" in actor.roles else None


def _lead_unit_role(actor: Actor, item: Item) -> str | None:
    return _staff_role(actor) if actor.unit and actor.unit == item.lead else None


def _lead_head_role(actor: Actor, item: Item) -> str | None:
    return "unit_head" if "unit_head" in actor.roles and actor.unit and actor.unit == item.lead else None


def _support_unit_role(actor: Actor, item: Item) -> str | None:
    return _staff_role(actor) if actor.unit in item.support else None


def _submitter(item: Item) -> str | None:
    """Return who submitted an item; of an entry of a register, who wrote it or moved it to where it is."""
    return item.submitted_by or item.handed_on_by


def _submitter_role(actor: Actor, item: Item) -> str | None:
    return _staff_role(actor) if actor.id == _submitter(item) else None


def _requester_role(actor: Actor, item: Item) -> str | None:
    request = item.extension
    return _staff_role(actor) if request and actor.id == request.by else None


def _plugin_role(actor: Actor, item: Item) -> str | None:
    return "plugin" if actor.id.startswith(PLUGIN) else None


def _no_role(actor: Actor, item: Item) -> str | None:
    """Return None: such steps follow from the parts of a whole, and no person takes them."""
    return None


def _any_role(actor: Actor, item: Item) -> str | None:
    """Return the first role that the actor holds, in the order of ROLES; to audit is none to act by.

    Who inspects reads everything and writes nothing into what she inspects, not even a comment.
    """
    return next((role for role in ROLES if role in actor.roles and role != AUDITOR), None)


def _staff_role(actor: Actor) -> str | None:
    """Return the role in which the actor works in a unit: as its head, or else as an officer."""
    return next((role for role in ("unit_head", "officer") if role in actor.roles), None)


RELATIONS: dict[str, tuple[str, Relation]] = {
    "coordinator": ("đầu mối CCHC", _role_if_held("coordinator")),
    "leader": ("lãnh đạo UBND", _role_if_held("leader")),
    "inspector": ("cán bộ kiểm tra", _role_if_held("inspector")),
    "closing_coordinator": ("đầu mối CCHC được giao quyền", _closing_coordinator_role),
    "lead_unit": ("đơn vị chủ trì", _lead_unit_role),
    "lead_head": ("thủ trưởng đơn vị chủ trì", _lead_head_role),
    "support_unit": ("đơn vị phối hợp", _support_unit_role),
    "submitter": ("người đã nộp kết quả", _submitter_role),
    "requester": ("người đã xin gia hạn", _requester_role),
    "plugin": ("hệ thống, theo quy tắc của lĩnh vực", _plugin_role),
    "parts": ("hệ thống, theo các phần việc", _no_role),
    "anyone": ("mọi người có vai trò, trừ kiểm tra", _any_role),
}
"""What the `by` of a step may name: words for people, and the relation."""

OWN_WORK: dict[str, Callable[[Item], str | None]] = {
    "submitter": _submitter,
    "requester": lambda item: item.extension.by if item.extension else None,
}
"""What `four_eyes` may name: returns the person who may not take the step."""
OWN_WORDS = {"submitter": "kết quả do chính mình nộp", "requester": "đề nghị do chính mình gửi"}
OWN_ENTRY = "mục do chính mình ghi hoặc chuyển đến đây"


ALL, LEAD, SUBJECT = "all", "lead", "subject"
"""How much of a kind somebody may read: every item, those that the own unit leads, those that name the reader
in a field of kind `person`."""
_SCOPES: dict[str, tuple[str, Callable[[Actor], bool]]] = {
    "lead_unit": (LEAD, lambda actor: bool(actor.unit) and _staff_role(actor) is not None),
    "lead_head": (LEAD, lambda actor: bool(actor.unit) and "unit_head" in actor.roles),
    "subject": (SUBJECT, lambda actor: True),
}
READERS = ROLES | {
    "inspector": RELATIONS["inspector"][0],
    "lead_unit": RELATIONS["lead_unit"][0],
    "lead_head": RELATIONS["lead_head"][0],
    "subject": "người được ghi tên trong mục",
}
"""Who `Workflow.readers` may name: the roles, and relations to the item."""


def reading_scopes(workflow: Workflow, actor: Actor) -> frozenset[str]:
    """Return how much of a kind an actor may read: {ALL}, some of LEAD and SUBJECT, or nothing.

    `workflow` is the newest version of the kind. Who holds no role reads nothing.
    """
    if actor.roles & {*(workflow.readers or ROLES), AUDITOR}:
        return frozenset({ALL})
    scopes = (_SCOPES[reader] for reader in workflow.readers if reader in _SCOPES)
    return frozenset(scope for scope, is_one in scopes if actor.roles and is_one(actor))


def may_read(workflow: Workflow, item: Item, actor: Actor) -> bool:
    """Tell whether an actor may read an item, by the newest version of its kind."""
    scopes = reading_scopes(workflow, actor)
    if ALL in scopes or (LEAD in scopes and item.lead == actor.unit):
        return True
    return SUBJECT in scopes and actor.id in (item.fields.get(name) for name in workflow.person_fields)


def readable_kinds(workflows: Iterable[Workflow], actor: Actor) -> dict[str, frozenset[str]]:
    """Return how much of each kind an actor may read; a kind of which that is nothing is left out."""
    scopes = {workflow.kind: reading_scopes(workflow, actor) for workflow in workflows}
    return {kind: scope for kind, scope in scopes.items() if scope}


def acting_role(step: Transition, item: Item, actor: Actor) -> str:
    """Return the role in which the actor may take the step; raise FourEyes or NotAllowed if none."""
    if step.four_eyes and actor.id == OWN_WORK[step.four_eyes](item):
        is_entry = step.four_eyes == "submitter" and item.submitted_by is None
        raise FourEyes(
            f"Không ai được «{step.title}» {OWN_ENTRY if is_entry else OWN_WORDS[step.four_eyes]}.",
            f"Hãy nhờ {who_may(step)} khác thực hiện.",
        )
    for relation in step.by:
        if role := RELATIONS[relation][1](actor, item):
            return role
    raise NotAllowed(
        f"Bạn không được «{step.title}» công việc này.", f"Việc này do {who_may(step)} thực hiện."
    )


def acting_relations(step: Transition, item: Item, actor: Actor) -> frozenset[str]:
    """Return the relations (of `RELATIONS`) by which the actor may take a step; none if it is not for him."""
    if not can_take(step, item, actor):
        return frozenset()
    return frozenset(relation for relation in step.by if RELATIONS[relation][1](actor, item))


def can_take(step: Transition, item: Item, actor: Actor) -> bool:
    """Tell whether the actor may take the step, whatever its data and the state of the item."""
    try:
        acting_role(step, item, actor)
    except NotAllowed:
        return False
    return True


def who_may(step: Transition) -> str:
    """Return in Vietnamese who may take a step, for pages and refusals."""
    return " hoặc ".join(RELATIONS[relation][0] for relation in step.by)
