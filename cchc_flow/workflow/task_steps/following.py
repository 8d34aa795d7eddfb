"""The steps of a whole that follow from its parts; no person takes them."""

from cchc_flow.workflow.definition import Transition

FINISH_PARTS = Transition(
    name="finish_parts",
    title="Xong mọi phần việc",
    fact="completions",
    event="item.followed/1",
    from_=("distributed",),
    to="closed",
    by=("parts",),
)
REOPEN_PARTS = Transition(
    name="reopen_parts",
    title="Tiếp tục theo phần việc",
    fact="continuations",
    event="item.followed/1",
    from_=("closed",),
    to="distributed",
    by=("parts",),
    when=("whole_with_parts",),
)
