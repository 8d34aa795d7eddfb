"""The register of the area: a kind of item with a life of its own, as data.

A definition that was in use is never edited: give it the next version. What an entry keeps is described, with
examples, in `events/`, by kind, version and step.
"""

from cchc_flow.hookspecs import Field, Transition, Workflow
from cchc_flow.workflow.definition import State

ANSWER = Transition(
    name="answer",
    title="Trả lời",
    fact="answers",
    event="item.advanced/1",
    from_=("received",),
    to="answered",
    by=("lead_unit",),
    fields=(
        Field("answered_on", "day", "Ngày trả lời", required=True),
        Field("answer", "text", "Nội dung trả lời"),
    ),
)
ENTRY = Workflow(
    kind="new_area_entry",
    version=1,
    title="Sổ new_area",
    initial="received",
    states=(
        State("received", "Đã tiếp nhận"),
        State("answered", "Đã trả lời", final=True),
    ),
    transitions=(ANSWER,),
    short="new_area",
    asks=(Field("about", "line", "Về việc", required=True),),
    openers=("coordinator", "officer"),
)
