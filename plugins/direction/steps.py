"""What the steps of the area's registers are made of: who takes them, and what their forms ask for."""

from cchc_flow.workflow.definition import Field, Transition

REASON = Field("reason", "text", "Lý do", required=True)
TASK = Field(
    "task", "task", "Nhiệm vụ của kế hoạch", hint="Nhiệm vụ này chỉ được duyệt khi việc ở đây đã xong"
)
CHIEFS = ("coordinator", "leader")
DOERS = ("lead_unit", "coordinator")


def step(
    name: str, title: str, fact: str, from_: str, to: str | None, by: tuple[str, ...], *fields: Field
) -> Transition:
    """Return a step of a register that leads from one state to another, or leaves the entry where it is."""
    return Transition(
        name=name,
        title=title,
        fact=fact,
        event="item.advanced/1",
        from_=(from_,),
        to=to,
        by=by,
        fields=fields,
    )


def choice(name: str, title: str, *choices: tuple[str, str]) -> Field:
    """Return a field with which one of several is chosen."""
    return Field(name, "choice", title, required=True, choices=choices)


def count(name: str, title: str, hint: str = "") -> Field:
    """Return a field for a whole number."""
    return Field(name, "count", title, required=True, hint=hint)


def day(name: str, title: str) -> Field:
    """Return a field for a day."""
    return Field(name, "day", title, required=True)


def number(name: str, title: str) -> Field:
    """Return a field for the number and symbol of an official document."""
    return Field(name, "line", title, required=True, hint="Cả số và ký hiệu, như 12/TB-UBND")
