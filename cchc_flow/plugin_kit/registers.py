"""Parts of a register's definition: who takes its steps, the fields of its forms, its transitions."""

from cchc_flow.hookspecs import Field, Transition
from cchc_flow.workflow.definition import State
from cchc_flow.workflow.events import NAMES, ItemAdvanced

ADVANCED = NAMES[ItemAdvanced]
"""The stored name of the event that a step of a register makes."""
DOERS = ("lead_unit", "coordinator")
"""Who does the work of an entry: its lead unit, or the coordinator in its place."""
DECIDERS = ("coordinator", "leader")
"""Who decides about an entry."""
OPENERS = ("coordinator", "unit_head", "officer")
"""The roles of those who write entries of most registers."""


def task_field(hint: str = "") -> Field:
    """Return the field that offers the plan's tasks, «Nhiệm vụ của kế hoạch»; it may be left empty."""
    return Field("task", "task", "Nhiệm vụ của kế hoạch", hint=hint)


TASK = task_field()
WAITING_TASK = task_field("Nhiệm vụ này chỉ được đóng khi việc ghi ở đây đã xong")
"""The same, for registers whose unfinished entries keep the task from being closed."""
REASON = Field("reason", "text", "Lý do", required=True)
EVIDENCE = Field("evidence", "files", "Minh chứng")
VOID = State("void", "Đã hủy", column="", final=True)
"""Where an entry ends that was written by mistake, in the registers of `void_transition`."""
DROPPED = State("dropped", "Ghi nhầm, đã bỏ", column="", final=True)
"""The same in the registers of `drop_transition`."""


def day_field(name: str, title: str) -> Field:
    """Return a field for a day, which must be filled in."""
    return Field(name, "day", title, required=True)


def count_field(name: str, title: str, hint: str = "") -> Field:
    """Return a field for a whole number, which must be filled in."""
    return Field(name, "count", title, required=True, hint=hint)


def amount_field(name: str, title: str, hint: str = "") -> Field:
    """Return a field for money, a large count or a share, which must be filled in."""
    return Field(name, "amount", title, required=True, hint=hint)


def choice_field(name: str, title: str, *choices: tuple[str, str]) -> Field:
    """Return a field in which one of several choices (name and title) must be picked."""
    return Field(name, "choice", title, required=True, choices=choices)


def year_field(name: str, title: str) -> Field:
    """Return a field for a whole year, which must be filled in; it is kept as the period 2026."""
    return Field(name, "period", title, required=True, choices=(("year", "Năm"),))


def decision_fields(prefix: str = "decision") -> tuple[Field, Field]:
    """Return the fields `<prefix>_number` and `<prefix>_date` of an official decision, both required."""
    return (
        Field(f"{prefix}_number", "line", "Số quyết định", required=True, hint="Ví dụ 45/QĐ-UBND"),
        day_field(f"{prefix}_date", "Ngày quyết định"),
    )


def transition(
    name: str,
    title: str,
    fact: str,
    *fields: Field,
    from_: tuple[str, ...],
    to: str | None,
    by: tuple[str, ...] = DOERS,
) -> Transition:
    """Return a step of a register that leads from some states `to` another; with None the entry stays put."""
    return Transition(
        name=name, title=title, fact=fact, event=ADVANCED, from_=from_, to=to, by=by, fields=fields
    )


def void_transition(*from_: str) -> Transition:
    """Return the step with which the coordinator voids an entry written by mistake, «Hủy mục ghi nhầm».

    The register needs the state VOID.
    """
    return transition(
        "void", "Hủy mục ghi nhầm", "voidings", REASON, from_=from_, to=VOID.name, by=("coordinator",)
    )


def drop_transition(*from_: str) -> Transition:
    """Return the step with which DECIDERS drop an entry written by mistake, «Bỏ mục ghi nhầm».

    The register needs the state DROPPED. It means the same as `void_transition`, and stays for the registers
    that were published with it.
    """
    return transition(
        "drop", "Bỏ mục ghi nhầm", "droppings", REASON, from_=from_, to=DROPPED.name, by=DECIDERS
    )
