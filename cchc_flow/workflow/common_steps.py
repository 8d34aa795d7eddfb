"""The steps that a task and a report have alike.

The definitions that use them are published: a step that is to differ in a new version is written there.
"""

from cchc_flow.workflow.definition import Field, State, Transition

REASON = Field("reason", "text", "Lý do", required=True)


def withdraw_step(title: str, to: str) -> Transition:
    """Return the step by which who handed in work takes it back, so that it is in the state `to` again."""
    return Transition(
        name="withdraw",
        title=title,
        fact="withdrawals",
        event="item.withdrawn/1",
        from_=("submitted",),
        to=to,
        by=("submitter",),
        fields=(REASON,),
    )


def return_step(title: str, to: str) -> Transition:
    """Return the step that sends work back to who handed it in, with the number of its defects."""
    defects = Field(
        "defects",
        "count",
        "Số lỗi chất lượng",
        required=True,
        hint="0 nếu trả lại không do lỗi chất lượng",
    )
    return Transition(
        name="return",
        title=title,
        fact="returns",
        event="item.returned/1",
        from_=("submitted",),
        to=to,
        by=("coordinator", "leader"),
        fields=(REASON, defects),
        four_eyes="submitter",
    )


def remind_step(states: tuple[str, ...]) -> Transition:
    """Return the step that urges on who has work in these states."""
    return Transition(
        name="remind",
        title="Đôn đốc",
        fact="reminders",
        event="item.reminded/1",
        from_=states,
        to=None,
        by=("coordinator", "leader"),
        fields=(Field("text", "text", "Nội dung đôn đốc", required=True),),
        rules=("somebody_to_remind",),
    )


def comment_step(states: tuple[State, ...]) -> Transition:
    """Return the step by which anybody writes about work in any of its states."""
    return Transition(
        name="comment",
        title="Trao đổi",
        fact="comments",
        event="item.commented/1",
        from_=tuple(state.name for state in states),
        to=None,
        by=("anyone",),
        fields=(Field("text", "text", "Nội dung trao đổi", required=True),),
    )
