"""The steps by which the head of a unit gives its work to one of its people, and takes it back."""

from cchc_flow.workflow.definition import Field, Transition


def giving_steps(states: tuple[str, ...]) -> tuple[Transition, Transition]:
    """Return the two steps, for work of a unit in these states; neither moves it."""
    return (
        Transition(
            name="delegate",
            title="Giao cho công chức",
            fact="delegations",
            event="item.delegated/1",
            from_=states,
            to=None,
            by=("lead_head",),
            fields=(
                Field("officer", "colleague", "Người làm", required=True),
                Field("note", "text", "Lời dặn", hint="Không bắt buộc"),
            ),
            rules=("colleague",),
        ),
        Transition(
            name="recall",
            title="Lấy lại việc",
            fact="recalls",
            event="item.recalled/1",
            from_=states,
            to=None,
            by=("lead_head",),
            fields=(Field("note", "text", "Lý do", hint="Không bắt buộc"),),
            when=("in_charge",),
        ),
    )
